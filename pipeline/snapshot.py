"""Reading the published snapshot: which one is current, whether it is whole, and its tables as Polars frames.

A snapshot is a folder `<root>/<run_id>/` that never changes once it is published; `<root>/current` names the one to
read and is replaced in one step. Each table lies in `<table>/<month>.parquet`, so that a run rewrites only the months
it touched; readers see one table (`Snapshot.scan`).
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.errors import StoreError
from pipeline.snapshot_schema import FILES

FORMAT = 1
DEFAULT_ROOT = "data/snapshot"
CURRENT = "current"
MANIFEST = "manifest.json"
_HASHED_AT_OPENING = 32_000_000  # bytes: a larger snapshot is checked by its files' sizes; `verify` reads it all
_REPUBLISH = "publish it anew with `python -m pipeline run`"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a snapshot, as its manifest has it."""

    sha256: str
    size: int  # bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds and what made it."""

    run_id: str
    created: str  # ISO 8601, UTC
    code_version: str
    lexicon_hash: str
    gazetteer_hash: str
    counts: dict[str, int]  # rows by table
    contains_samples: bool
    orphaned_decisions: int  # decisions of reviewers whose evidence has gone: `review list --orphaned` shows them
    files: dict[str, Entry]  # by path below the snapshot's folder
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published snapshot. It stays readable as it is, whatever is published after it."""

    folder: Path
    manifest: Manifest

    @property
    def run_id(self) -> str:
        return self.manifest.run_id

    def months(self, table: str) -> dict[str, int]:
        """The rows of each month that has a file of `table`, in the order of `scan`."""
        files = sorted(
            (name, entry.rows) for name, entry in self.manifest.files.items() if name.startswith(f"{table}/")
        )
        return {Path(name).stem: rows for name, rows in files}

    def scan(self, table: str, months: Sequence[str] | None = None) -> pl.LazyFrame:
        """The rows of one of pipeline.snapshot_schema.FILES, unread: filter and select before collecting.

        `months` are those to read; all of them where it is None.
        """
        paths = [
            self.folder / table / f"{month}.parquet"
            for month in self.months(table)
            if months is None or month in months
        ]
        if not paths:
            return pl.LazyFrame(schema=FILES[table])
        return pl.scan_parquet(paths, schema=pl.Schema(FILES[table]), glob=False)

    def read(self, table: str) -> pl.DataFrame:
        """The rows of one table, in memory.

        Raises StoreError where a file has been damaged or taken away.
        """
        try:
            return self.scan(table).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise StoreError(f"Snapshot {self.folder} cannot be read ({error}): {_REPUBLISH}.") from error

    def verify(self, hashes: bool = True) -> None:
        """Check every file against the manifest: its size, and its sha256 where `hashes`.

        Raises StoreError naming the first file that differs.
        """
        for name, entry in self.manifest.files.items():
            path = self.folder / name
            try:
                whole = path.stat().st_size == entry.size and (not hashes or file_sha256(path) == entry.sha256)
            except OSError as error:
                raise StoreError(f"Snapshot file {path} is missing ({error.strerror}): {_REPUBLISH}.") from error
            if not whole:
                raise StoreError(f"Snapshot file {path} is damaged (not what its manifest says): {_REPUBLISH}.")


def snapshot_root(root: Path | str | None = None) -> Path:
    """Where snapshots are published: `root`, or PIPELINE_SNAPSHOT, or data/snapshot."""
    return Path(root or os.environ.get("PIPELINE_SNAPSHOT") or DEFAULT_ROOT)


def current_run(root: Path | str | None = None) -> str | None:
    """The run_id of the current snapshot, or None where none was published: cheap, to notice a new one."""
    try:
        return (snapshot_root(root) / CURRENT).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{snapshot_root(root) / CURRENT} cannot be read ({error.strerror}).") from error


def open_current(root: Path | str | None = None) -> Snapshot:
    """The current snapshot, checked against its manifest.

    Raises StoreError where there is none, or where it is not whole; the text says what to do.
    """
    run_id = current_run(root)
    while True:
        if run_id is None:
            raise StoreError(
                f"Nothing has been published to {snapshot_root(root)} yet: "
                "run `python -m pipeline run samples/*.jsonl`, or name another folder in PIPELINE_SNAPSHOT."
            )
        try:
            return _open(snapshot_root(root) / run_id)
        except StoreError:
            newer = current_run(root)  # it may have been replaced, and pruned, while it was being opened
            if newer == run_id:
                raise
            run_id = newer


def _open(folder: Path) -> Snapshot:
    snapshot = Snapshot(folder, read_manifest(folder))
    size = sum(entry.size for entry in snapshot.manifest.files.values())
    snapshot.verify(hashes=size <= _HASHED_AT_OPENING)
    return snapshot


def read_manifest(folder: Path) -> Manifest:
    """The manifest of one snapshot folder.

    Raises StoreError where it is missing, damaged, or of a format this version does not know.
    """
    path = folder / MANIFEST
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files = {name: Entry(**entry) for name, entry in record.pop("files").items()}
        manifest = Manifest(**record, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"{path} is missing or damaged ({error}): {_REPUBLISH}.") from error
    if manifest.format != FORMAT:
        raise StoreError(f"{path} is of format {manifest.format}, this version reads {FORMAT}: {_REPUBLISH}.")
    return manifest


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
