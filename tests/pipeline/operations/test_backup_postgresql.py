"""The same on PostgreSQL, by pg_dump and pg_restore, where a server and its programs are installed."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.backup import backup, restore
from pipeline.errors import StoreError, UsageError
from pipeline.health import health
from pipeline.review import Decision, decide
from pipeline.run import run
from pipeline.store import Store, open_store
from tests.pipeline.store.test_postgresql import REPORTS, _options, on_server, server

__all__ = ["on_server", "server"]  # fixtures


@pytest.fixture(autouse=True)
def programs() -> None:
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("pg_dump is not installed (Debian: apt-get install postgresql-client)")


def _database(address: str, name: str) -> str:
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"drop database if exists {name}"))
        connection.execute(sa.text(f"create database {name}"))
    engine.dispose()
    return address.replace("/postgres?", f"/{name}?")


def test_what_was_there_comes_back_in_another_database(
    on_server: Store, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPELINE_ARCHIVE", str(tmp_path / "archive"))
    snapshot = run(on_server, ["here"], _options(tmp_path / "snapshot", *REPORTS)).snapshot
    decide(on_server, Decision(snapshot.read("incidents")["incident_id"][0], "accept", "Rezan"))
    taken = backup(on_server, tmp_path / "snapshot", tmp_path / "kept")
    assert taken.database == "store.pgdump"

    address = _database(server, "another")
    restore(tmp_path / "kept", address, tmp_path / "elsewhere")
    again = open_store(address)
    try:
        for table in ("reports", "events", "decisions", "runs"):
            query = sa.text(f"select count(*), min(t::text), max(t::text) from {table} t")
            with on_server.read() as one, again.read() as other:
                assert one.execute(query).one() == other.execute(query).one(), table
        with pytest.raises(sa.exc.DBAPIError, match="never changed"), again.write() as connection:
            connection.execute(sa.text("delete from decisions"))
    finally:
        again.close()
    with pytest.raises(UsageError, match="--replace"):
        restore(tmp_path / "kept", address, tmp_path / "elsewhere")
    restore(tmp_path / "kept", address, tmp_path / "elsewhere", replace=True)
    with pytest.raises(UsageError, match="sqlite store"):
        restore(tmp_path / "kept", str(tmp_path / "store.sqlite"), tmp_path / "elsewhere")


def test_health_looks_at_the_server(on_server: Store, server: str, tmp_path: Path) -> None:
    run(on_server, ["here"], _options(tmp_path / "snapshot", *REPORTS))
    assert [check.name for check in health(server, tmp_path / "snapshot") if not check.ok] == []
    gone = health("postgresql+psycopg://u:hunter2@127.0.0.1:1/none", tmp_path / "snapshot")
    assert [check.name for check in gone if not check.ok] == ["store"]
    assert "is it running" in gone[0].told and "hunter2" not in gone[0].told


def test_a_password_is_in_no_message(tmp_path: Path, on_server: Store) -> None:
    backup(on_server, tmp_path / "snapshot", tmp_path / "kept")
    with pytest.raises(StoreError) as caught:
        restore(tmp_path / "kept", "postgresql+psycopg://u:hunter2@127.0.0.1:1/none", tmp_path / "snapshot")
    assert "hunter2" not in str(caught.value)
