"""Opening the store, and its two ways in: reading, and writing in one transaction."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from pipeline.errors import StoreError, UsageError
from pipeline.store.failures import explained

DEFAULT_STORE = "data/store.sqlite"
HEAD = "1"  # the newest migration: a store that has it is not migrated again
_BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. `archive` is the folder that keeps the bytes of what was read, by their sha256."""

    url: sa.URL
    engine: sa.Engine
    archive: Path

    @property
    def path(self) -> Path | None:
        """The SQLite file, or None where the store is a server."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the store.

        Raises StoreError where it cannot be read.
        """
        with explained(self.url), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction: all of it is kept, or nothing.

        Raises StoreError where it cannot be written, or where another writer holds it for too long.
        """
        with (
            explained(self.url),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_store(address: str | Path | None = None) -> Store:
    """The store at `address` (a path, or a SQLAlchemy URL), or PIPELINE_STORE, or data/store.sqlite.

    It is made where there is none, and brought to the newest schema.

    Raises StoreError where that cannot be done, UsageError where the address is none.
    """
    text = str(address or os.environ.get("PIPELINE_STORE") or DEFAULT_STORE)
    try:
        url = make_url(text if "://" in text else f"sqlite:///{text}")
    except sa.exc.ArgumentError as error:
        raise UsageError(f"PIPELINE_STORE is no address of a store: {error}") from error
    backend = url.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise UsageError(f"The store can be SQLite or PostgreSQL, not {backend}: give a path or postgresql+psycopg://…")
    if backend == "sqlite":
        archive = _folder_of(url) / "archive"
        engine = sa.create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        archive = Path(os.environ.get("PIPELINE_ARCHIVE", "data/archive"))
        engine = _server(url)
    store = Store(url, engine, archive)
    try:
        _migrate(store)
    except BaseException:
        store.close()
        raise
    return store


def _folder_of(url: sa.URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise UsageError("The store must be a file: one in memory would be gone after the run.")
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The store's folder {folder} cannot be made ({error.strerror}): allow writing there, or name another "
            "place in PIPELINE_STORE."
        ) from error
    return folder


def _server(url: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(url, pool_pre_ping=True)
    except ImportError as error:
        raise UsageError(f"PostgreSQL needs its driver: pip install 'psycopg[binary]' ({error}).") from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the transactions are SQLAlchemy's: see _begin_sqlite
    cursor = connection.cursor()
    # FULL: what was committed outlives a power cut; a run commits in batches, so that it costs little.
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "cache_size = -16384"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    # A writer takes its lock at once: one that reads first and then writes would fail rather than wait.
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _migrate(store: Store) -> None:
    with store.read() as connection:
        known = sa.inspect(connection).has_table("alembic_version")
        version = connection.scalar(sa.text("select version_num from alembic_version")) if known else None
    if version == HEAD:
        return
    from pipeline.store.migrations import upgrade  # alembic takes a while to import, and is seldom needed

    with store.write() as connection:
        upgrade(connection, str(store.url), version)
