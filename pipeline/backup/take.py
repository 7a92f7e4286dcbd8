"""Taking a backup: written beside its place, and put there whole or not at all."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipeline.backup import database
from pipeline.errors import StoreError, UsageError
from pipeline.snapshot import current_run, file_sha256, open_current
from pipeline.store import Store

MANIFEST = "backup.json"
FORMAT = 1
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup folder holds. `files` are sha256 by path below the folder."""

    created: str  # ISO 8601, UTC
    database: str  # its file in the folder
    schema: str  # the store's migration
    snapshot: str | None  # run_id, or None where nothing was published
    files: dict[str, str]
    format: int = FORMAT


def backup(store: Store, root: Path, target: Path) -> Backup:
    """Copy the store, its archive and the current snapshot of `root` to the new folder `target`.

    Reports may be read and decisions taken meanwhile: the database is one consistent state, and the archive, copied
    after it, holds at least what that state names.
    Raises UsageError where `target` is taken, StoreError where it cannot be written.
    """
    if target.exists():
        raise UsageError(f"{target} is there already: a backup is never written over another. Name a new folder.")
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        taken = _copy(store, root, partial)
        (partial / MANIFEST).write_text(json.dumps(asdict(taken), indent=1) + "\n", encoding="utf-8")
        partial.rename(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"The backup cannot be written to {target} ({error.strerror or error}).") from error
    return taken


def _copy(store: Store, root: Path, folder: Path) -> Backup:
    name = database.file_name(store.url)
    # 1. the database first: everything that it names is in the archive by then
    database.dump(store.url, folder / name)
    # 2. the archive, which files are only ever added to
    if store.archive.is_dir():
        _copy_archive(store.archive, folder / "archive")
    # 3. the snapshot, which a run may replace and prune while it is copied
    run_id = _again(lambda: _copy_snapshot(root, folder))
    with store.read() as connection:
        schema = str(connection.scalar(sa.text("select version_num from alembic_version")))
    files = {str(path.relative_to(folder)): file_sha256(path) for path in _files(folder)}
    return Backup(datetime.now(UTC).isoformat(timespec="seconds"), name, schema, run_id, files)


def _copy_archive(archive: Path, target: Path) -> None:
    for path in _files(archive):
        if path.name.startswith(".partial-"):  # being written by a run
            continue
        place = target / path.relative_to(archive)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _copy_snapshot(root: Path, folder: Path) -> str | None:
    shutil.rmtree(folder / "snapshot", ignore_errors=True)
    if current_run(root) is None:
        return None
    snapshot = open_current(root)
    shutil.copytree(snapshot.folder, folder / "snapshot" / snapshot.run_id)
    return snapshot.run_id


def _again(copy: Callable[[], str | None]) -> str | None:
    for _ in range(_ATTEMPTS - 1):
        try:
            return copy()
        except (FileNotFoundError, shutil.Error):
            continue
    return copy()


def _files(folder: Path) -> Iterator[Path]:
    """The plain files below a folder, in the order of their names; links are not followed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def read_backup(folder: Path) -> Backup:
    """The backup in `folder`, each of its files checked against its sha256.

    Raises StoreError naming the first file that is missing or damaged, or where the folder is no backup.
    """
    try:
        record: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        taken = Backup(**record)
        names = list(taken.files)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"{folder} is no backup, or its {MANIFEST} is damaged ({error}).") from error
    if taken.format != FORMAT:
        raise StoreError(f"{folder} is a backup of format {taken.format}; this version reads {FORMAT}.")
    here = folder.resolve()
    for name in names:
        path = folder / name
        if not path.resolve().is_relative_to(here) or path.is_symlink():
            raise StoreError(f"{folder} names a file outside itself ({name!r}): it is no backup of this project.")
        try:
            whole = file_sha256(path) == taken.files[name]
        except OSError as error:
            raise StoreError(f"{path} is missing ({error.strerror}): the backup is not whole.") from error
        if not whole:
            raise StoreError(f"{path} is damaged (not what {MANIFEST} says): take another backup.")
    if taken.database not in taken.files:
        raise StoreError(f"{folder} holds no database.")
    return taken
