"""Writing a snapshot folder beside the current one, and putting it in its place in one step."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from pipeline.errors import StoreError
from pipeline.snapshot import CURRENT, MANIFEST, Entry, Manifest, Snapshot, file_sha256
from pipeline.snapshot_schema import FILES

_UNFINISHED = ".unfinished-"
# Rows that are held until they are written together, by table: some megabytes.
_ROW_GROUP = {"incidents": 4096, "locations": 8192, "claims": 8192, "reports": 2048, "sources": 2048, "history": 8192}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a snapshot."""

    run_id: str
    code_version: str
    lexicon_hash: str
    gazetteer_hash: str


def write_table(folder: Path, table: str, month: str, parts: Iterable[pl.DataFrame]) -> dict[str, Entry]:
    """Write one file of a snapshot and say what it holds, by its name; no rows make no file.

    `parts` are its rows in their order, each taken when the one before is written; how they are cut changes no byte.

    Raises OSError where it cannot be written.
    """
    name = f"{table}/{month}.parquet"
    path = folder / name
    rows = 0

    def taken(*_: object) -> Iterator[pl.DataFrame]:
        nonlocal rows
        for part in parts:
            rows += part.height
            yield part

    try:
        register_io_source(taken, schema=FILES[table]).sink_parquet(
            path,
            compression="zstd",
            compression_level=1,
            row_group_size=_ROW_GROUP[table],
        )
    except pl.exceptions.PolarsError as error:
        raise OSError(0, str(error)) from error
    if not rows:
        path.unlink()
        return {}
    return {name: Entry(file_sha256(path), path.stat().st_size, rows)}


class SnapshotWriter:
    """Collects the files of one snapshot out of readers' sight; `publish` makes them the current one."""

    def __init__(self, root: Path, made_by: Provenance) -> None:
        self.root = root
        self.made_by = made_by
        self.folder = root / f"{_UNFINISHED}{made_by.run_id}"
        self.files: dict[str, Entry] = {}
        with _explained(root):
            shutil.rmtree(self.folder, ignore_errors=True)
            for table in FILES:
                (self.folder / table).mkdir(parents=True)

    def write(self, table: str, month: str, parts: Iterable[pl.DataFrame]) -> None:
        """Write one month of one table, given in parts. No file is made for no rows."""
        with _explained(self.root):
            self.files |= write_table(self.folder, table, month, parts)

    def keep(self, previous: Snapshot, names: Iterable[str]) -> None:
        """Take files over from another snapshot as they are: linked where the file system can, else copied."""
        with _explained(self.root):
            for name in names:
                try:
                    os.link(previous.folder / name, self.folder / name)
                except OSError:
                    shutil.copyfile(previous.folder / name, self.folder / name)
                self.files[name] = previous.manifest.files[name]

    def publish(self, contains_samples: bool, orphaned_decisions: int, keep: int = 2) -> Snapshot:
        """Write the manifest, make this snapshot the current one, and prune all but `keep` of the older ones."""
        counts = dict.fromkeys(FILES, 0)
        for name, entry in self.files.items():
            counts[name.partition("/")[0]] += entry.rows
        manifest = Manifest(
            **asdict(self.made_by),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            counts=counts,
            contains_samples=contains_samples,
            orphaned_decisions=orphaned_decisions,
            files=dict(sorted(self.files.items())),
        )
        final = self.root / self.made_by.run_id
        with _explained(self.root):
            _write_durably(self.folder / MANIFEST, json.dumps(asdict(manifest), indent=1))
            self.folder.rename(final)
            pointer = self.root / f".{CURRENT}-{os.getpid()}"
            _write_durably(pointer, self.made_by.run_id + "\n")
            pointer.replace(self.root / CURRENT)
        _prune(self.root, self.made_by.run_id, keep)
        return Snapshot(final, manifest)

    def discard(self) -> None:
        """Take away what was written so far."""
        shutil.rmtree(self.folder, ignore_errors=True)


class _explained:  # noqa: N801 - reads as a phrase at its `with`
    """Turns the machine's failures into a StoreError that says what to do."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and not isinstance(error, StoreError):
            raise StoreError(
                f"The snapshot cannot be written to {self.root} ({error.strerror or error}): free some space or allow "
                "writing there, then run again. What was published before is untouched."
            ) from error


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _prune(root: Path, current: str, keep: int) -> None:
    """Older snapshots beyond `keep` go, and so does what killed runs left behind. Who reads one keeps it open."""
    folders = [path for path in root.iterdir() if path.is_dir() and path.name != current]
    published = sorted((path for path in folders if (path / MANIFEST).exists()), key=lambda path: path.name)
    unfinished = [path for path in folders if path.name.startswith(_UNFINISHED)]
    published = [path for path in published if path not in unfinished]
    for path in (*published[: max(0, len(published) - keep)], *unfinished):
        shutil.rmtree(path, ignore_errors=True)
