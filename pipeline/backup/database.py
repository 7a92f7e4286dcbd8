"""The database of a store into one file, and out of it: SQLite by its backup API, PostgreSQL by pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from pipeline.errors import StoreError, UsageError

SQLITE, POSTGRESQL = "store.sqlite", "store.pgdump"
_PAGES = 4096  # copied between two looks at whether somebody wants to write


def file_name(url: sa.URL) -> str:
    """What the database of a store is called in a backup."""
    return SQLITE if url.get_backend_name() == "sqlite" else POSTGRESQL


def dump(url: sa.URL, target: Path) -> None:
    """Write one consistent state of the database to `target`, while others go on reading and writing.

    Raises StoreError where that cannot be done.
    """
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), target)
    else:
        _call("pg_dump", url, ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def load(source: Path, url: sa.URL, *, replace: bool) -> None:
    """Put the database in `source` where `url` points. For SQLite the file must not be there.

    Raises StoreError where that cannot be done; what was there before is then untouched.
    """
    if url.get_backend_name() == "sqlite":
        target = Path(url.database or "")
        partial = target.with_name(f".{target.name}.restoring")
        partial.unlink(missing_ok=True)
        _copy_sqlite(source, partial)
        partial.replace(target)
    else:
        clean = ["--clean", "--if-exists"] if replace else []
        _call("pg_restore", url, ["--exit-on-error", "--single-transaction", "--no-owner", *clean, str(source)])


def check_sqlite(path: Path) -> str | None:
    """What SQLite finds wrong with a file, reading all of it; None where nothing is."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            said = str(connection.execute("pragma integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)
    return None if said == "ok" else said


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.is_file():
        raise StoreError(f"There is no store at {source}: name it in PIPELINE_STORE.")
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as coming,
            closing(sqlite3.connect(target)) as kept,
        ):
            coming.backup(kept, pages=_PAGES, sleep=0.01)
            kept.execute("pragma journal_mode = delete")  # one file, with no -wal beside it
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise StoreError(
            f"{source} cannot be copied to {target} ({error}): is it a store, and is there space?"
        ) from error
    damage = check_sqlite(target)
    if damage:
        target.unlink(missing_ok=True)
        raise StoreError(f"{source} is damaged ({damage}): put back an earlier backup.")


def _call(program: str, url: sa.URL, arguments: Sequence[str]) -> None:
    binary = shutil.which(program)
    if binary is None:
        raise UsageError(f"{program} is not installed (Debian: apt-get install postgresql-client).")
    shown = url.render_as_string(hide_password=True)
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = str(url.password)  # not an argument: those are seen by every user of the machine
    done = subprocess.run(
        [binary, "--no-password", f"--dbname={_conninfo(url)}", *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise StoreError(f"{program} of {shown} failed: {said[-1] if said else f'exit code {done.returncode}'}.")


def _conninfo(url: sa.URL) -> str:
    """The address as libpq writes it, without the password."""
    parts = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database, **url.query}
    quoted = {name: str(value).replace("\\", "\\\\").replace("'", "\\'") for name, value in parts.items() if value}
    return " ".join(f"{name}='{value}'" for name, value in quoted.items())
