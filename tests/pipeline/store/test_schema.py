"""The schema: migrated to what the tables say, and older or newer stores told apart."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pipeline.errors import StoreError, UsageError
from pipeline.store import Store, open_store
from pipeline.store.database import HEAD
from pipeline.store.migrations import head
from pipeline.store.tables import metadata


def test_migrations_lead_to_the_tables(store: Store) -> None:
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    assert head() == HEAD


def test_opening_again_changes_nothing(store: Store) -> None:
    assert store.path is not None
    before = store.path.read_bytes()
    open_store(store.path).close()
    assert store.path.read_bytes() == before


def test_sqlite_is_in_wal_mode_and_commits_to_disk(store: Store) -> None:
    with store.read() as connection:
        assert connection.scalar(sa.text("pragma journal_mode")) == "wal"
        assert connection.scalar(sa.text("pragma synchronous")) == 2
        assert connection.scalar(sa.text("pragma foreign_keys")) == 1


def test_a_store_of_a_newer_version_is_refused(store: Store) -> None:
    with store.write() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreError, match="update the project"):
        open_store(store.path)


ADDRESSES = [("mysql://somewhere/x", "SQLite or PostgreSQL"), ("sqlite://", "must be a file"), ("://", "no address")]


@pytest.mark.parametrize(("address", "told"), ADDRESSES)
def test_addresses_that_cannot_be_used(address: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        open_store(address)


def test_the_store_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPELINE_STORE", str(tmp_path / "deep" / "mine.sqlite"))
    open_store().close()
    assert (tmp_path / "deep" / "mine.sqlite").exists()
