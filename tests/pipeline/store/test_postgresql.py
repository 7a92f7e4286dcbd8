"""The same on PostgreSQL: a real server is started where one is installed (Debian: apt-get install postgresql)."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pipeline.errors import StoreError
from pipeline.review import Decision, decide
from pipeline.run import RunOptions, publish_now, run
from pipeline.snapshot_schema import FILES
from pipeline.store import Store, open_store
from pipeline.store.lock import BusyError, run_lock
from pipeline.store.tables import metadata
from pipeline.versions import Versions
from tests.pipeline.told_reports import Source, load, report

REPORTS = [
    report("a", "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7", publisher="A"),
    report("b", "attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5", publisher="B"),
    report("c", "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |"),
    report("d", "ied |  | Hawija | | Iraqi Army | 1 | 2"),
]


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    onpath = shutil.which("initdb")
    return found[0].parent if found else Path(onpath).parent if onpath else None


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server of its own, on a socket in a folder of its own."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="the driver is not installed (pip install 'psycopg[binary]')")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = None
    if os.geteuid() == 0:  # the server refuses to be root
        user = next((name for name in ("postgres", "nobody") if _known(name)), None)
        shutil.chown(folder, user)

    def call(name: str, *arguments: str) -> None:
        command = [str(binaries / name), "-D", str(folder / "data"), *arguments]
        done = subprocess.run(command, cwd=folder, user=user, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    call("initdb", "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    call("pg_ctl", "-w", "-l", str(folder / "log"), "-o", settings, "start")
    try:
        yield f"postgresql+psycopg://tester@/postgres?host={folder}"
    finally:
        call("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _known(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


@pytest.fixture
def on_server(server: str) -> Iterator[Store]:
    store = open_store(server)
    yield store
    store.close()
    engine = sa.create_engine(server)
    with engine.begin() as connection:
        connection.execute(sa.text("drop schema public cascade"))
        connection.execute(sa.text("create schema public"))
        connection.execute(sa.text("drop function if exists keep_decisions"))
    engine.dispose()


def _options(root: Path, *items: object, rules: str = "1") -> RunOptions:
    return RunOptions(root, load=load, read_source=Source(*items), versions=Versions("code", rules, "places"))  # type: ignore[arg-type]


def test_migrations_lead_to_the_tables(on_server: Store) -> None:
    with on_server.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_snapshot_is_the_one_that_sqlite_gives(on_server: Store, store: Store, tmp_path: Path) -> None:
    snapshots = []
    for number, each in enumerate((on_server, store)):
        root = tmp_path / str(number)
        first = run(each, ["here"], _options(root, *REPORTS)).snapshot
        incident_id = first.read("sources").filter(report_id="a")["incident_id"].item()
        decide(each, Decision(incident_id, "set", "Rezan", field="fatalities", value="5"))
        publish_now(each, root)
        again = run(each, ["here"], _options(root, *REPORTS, rules="2"))
        assert again.counts["reports_unchanged"] == 4
        snapshots.append(again.snapshot)
    for table in FILES:
        drop = {"reports": ["retrieved_at"], "history": ["decided_at"]}.get(table, [])
        one, other = (snapshot.read(table).drop(drop) for snapshot in snapshots)
        assert one.equals(other, null_equal=True), table
    assert snapshots[0].read("incidents")["fatalities_best"].to_list().count(5) == 1


def test_the_log_can_only_be_added_to(on_server: Store, tmp_path: Path) -> None:
    snapshot = run(on_server, ["here"], _options(tmp_path, *REPORTS)).snapshot
    decide(on_server, Decision(snapshot.read("incidents")["incident_id"][0], "accept", "Rezan"))
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), on_server.write() as connection:
        connection.execute(sa.text("delete from decisions"))


def test_two_runs_at_once_are_refused(on_server: Store, server: str, tmp_path: Path) -> None:
    other = open_store(server)
    with run_lock(other), pytest.raises(BusyError):
        run(on_server, ["here"], _options(tmp_path, *REPORTS))
    other.close()
    run(on_server, ["here"], _options(tmp_path, *REPORTS))


def test_a_server_that_does_not_answer_is_told() -> None:
    pytest.importorskip("psycopg", reason="the driver is not installed (pip install 'psycopg[binary]')")
    with pytest.raises(StoreError, match="is it running"):
        open_store("postgresql+psycopg://tester:secret@127.0.0.1:1/none")
