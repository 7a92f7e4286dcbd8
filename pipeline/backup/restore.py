"""Putting a backup back: checked first, then the archive, the database and the snapshot, in that order."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from pipeline.backup import database
from pipeline.backup.take import Backup, read_backup
from pipeline.errors import StoreError, UsageError
from pipeline.snapshot import CURRENT
from pipeline.store import Store, open_store
from pipeline.store.lock import run_lock


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the store that was there before has been moved."""

    backup: Backup
    store: str
    moved: Path | None = None


def restore(folder: Path, address: str, root: Path, *, replace: bool = False) -> Restored:
    """Put the backup in `folder` back as the store at `address`, with its archive, and its snapshot into `root`.

    Without `replace`, a store that is there already is left alone and the restore refused. With it, a SQLite store is
    moved aside (never deleted), a PostgreSQL one replaced. An older schema is brought to the newest.
    Raises StoreError where the backup is damaged or something cannot be written, UsageError where it does not fit.
    """
    taken = read_backup(folder)
    url = make_url(address if "://" in address else f"sqlite:///{address}")
    if taken.database != database.file_name(url):
        raise UsageError(
            f"The backup holds {taken.database}, and PIPELINE_STORE names a {url.get_backend_name()} store."
        )
    try:
        if url.get_backend_name() == "sqlite":
            moved = _restore_sqlite(folder / taken.database, url, replace=replace)
        else:
            moved = None
            _restore_server(folder / taken.database, url, replace=replace)
        store = open_store(address)  # brings it to the newest schema
        try:
            _restore_archive(folder / "archive", store.archive)
        finally:
            store.close()
        if taken.snapshot:
            _restore_snapshot(folder / "snapshot" / taken.snapshot, root, taken.snapshot)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"The backup cannot be put back ({error.strerror or error}).") from error
    return Restored(taken, url.render_as_string(hide_password=True), moved)


def _restore_sqlite(source: Path, url: sa.URL, *, replace: bool) -> Path | None:
    target = Path(url.database or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        database.load(source, url, replace=False)
        return None
    if not replace:
        raise UsageError(f"There is a store at {target} already: --replace moves it aside and takes its place.")
    aside = target.with_name(f"{target.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    with run_lock(Store(url, sa.create_engine(url), target.parent / "archive")):
        for suffix in ("", "-wal", "-shm"):
            if (old := target.with_name(target.name + suffix)).exists():
                old.rename(aside.with_name(aside.name + suffix))
        try:
            database.load(source, url, replace=True)
        except StoreError:
            for suffix in ("", "-wal", "-shm"):
                if (kept := aside.with_name(aside.name + suffix)).exists():
                    kept.rename(target.with_name(target.name + suffix))
            raise
    return aside


def _restore_server(source: Path, url: sa.URL, *, replace: bool) -> None:
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            taken = sa.inspect(connection).get_table_names()
        if taken and not replace:
            raise UsageError(f"The database has {len(taken)} tables already: --replace puts the backup in their place.")
        with run_lock(Store(url, engine, Path())):
            database.load(source, url, replace=replace)
    except sa.exc.OperationalError as error:
        shown = url.render_as_string(hide_password=True)
        raise StoreError(f"The database {shown} does not answer: is it running, and is the address right?") from error
    finally:
        engine.dispose()


def _restore_archive(source: Path, archive: Path) -> None:
    if not source.is_dir():
        return
    for path in sorted(source.rglob("*")):
        place = archive / path.relative_to(source)
        if path.is_file() and not place.exists():  # its name is its hash: what is there is the same
            place.parent.mkdir(parents=True, exist_ok=True)
            partial = place.with_name(f".partial-{os.getpid()}")
            shutil.copyfile(path, partial)
            partial.replace(place)


def _restore_snapshot(source: Path, root: Path, run_id: str) -> None:
    root.mkdir(parents=True, exist_ok=True)
    final = root / run_id
    if not final.exists():
        partial = root / f".unfinished-{run_id}"  # pruned by the next publication where this is killed
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(source, partial)
        partial.rename(final)
    pointer = root / f".{CURRENT}-{os.getpid()}"
    pointer.write_text(run_id + "\n", encoding="utf-8")
    pointer.replace(root / CURRENT)
