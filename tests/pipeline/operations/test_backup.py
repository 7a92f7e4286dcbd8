"""Backup and restore: what comes back is what was there, damage is found first, nothing is written over."""

import json
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.__main__ import main
from pipeline.backup import backup, read_backup, restore
from pipeline.errors import StoreError, UsageError
from pipeline.review import Decision, decide
from pipeline.snapshot import open_current
from pipeline.snapshot_schema import FILES
from pipeline.store import Store, open_store
from pipeline.store.archive import keep
from pipeline.store.lock import BusyError, run_lock
from tests.pipeline.conftest import Runner
from tests.pipeline.told_reports import report

ATTACK = "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"


@pytest.fixture
def filled(store: Store, run_with: Runner, tmp_path: Path) -> Store:
    """A store with a report, a decision, an archived file and a published snapshot."""
    outcome = run_with(report("a", ATTACK))
    decide(store, Decision(outcome.snapshot.read("incidents")["incident_id"][0], "accept", "Rezan"))
    page = tmp_path / "page.html"
    page.write_text("<p>as it came in</p>")
    keep(store.archive, page)
    return store


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
        return {
            name: sorted(map(tuple, connection.execute(sa.text(f"select * from {name}"))), key=str) for name in names
        }


def test_what_was_there_comes_back(filled: Store, tmp_path: Path) -> None:
    taken = backup(filled, tmp_path / "snapshot", tmp_path / "kept")
    assert taken.schema and taken.snapshot and read_backup(tmp_path / "kept") == taken
    done = restore(tmp_path / "kept", str(tmp_path / "new" / "store.sqlite"), tmp_path / "new" / "snapshot")
    assert done.moved is None
    again = open_store(tmp_path / "new" / "store.sqlite")
    assert _rows(again) == _rows(filled)
    assert len(_rows(again)["decisions"]) == 1
    names = [{str(path.relative_to(s.archive)) for path in s.archive.rglob("*.html")} for s in (again, filled)]
    assert names[0] == names[1] and len(names[0]) == 1
    again.close()
    old, new = open_current(tmp_path / "snapshot"), open_current(tmp_path / "new" / "snapshot")
    new.verify()
    assert all(new.read(table).equals(old.read(table), null_equal=True) for table in FILES)


def test_a_backup_taken_while_somebody_writes_is_one_state(filled: Store, tmp_path: Path) -> None:
    """A writer adds two rows a transaction: a copy with an odd number of them would be of no state at all."""
    with filled.write() as connection:
        connection.execute(sa.text("create table pairs (n integer)"))
        connection.execute(sa.text("insert into pairs values (1), (1)"))
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with filled.write() as connection:
                connection.execute(sa.text("insert into pairs values (1)"))
                connection.execute(sa.text("insert into pairs values (1)"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup(filled, tmp_path / "snapshot", tmp_path / f"kept{number}")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        with sqlite3.connect(tmp_path / f"kept{number}" / "store.sqlite") as copy:
            count = copy.execute("select count(*) from pairs").fetchone()[0]
        assert count and count % 2 == 0


def test_a_store_that_is_there_is_never_lost(filled: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "snapshot", tmp_path / "kept")
    address = str(filled.path)
    with filled.write() as connection:
        connection.execute(sa.text("create table later (n integer)"))
    filled.close()
    with pytest.raises(UsageError, match="--replace"):
        restore(tmp_path / "kept", address, tmp_path / "snapshot")
    with run_lock(filled), pytest.raises(BusyError):
        restore(tmp_path / "kept", address, tmp_path / "snapshot", replace=True)
    done = restore(tmp_path / "kept", address, tmp_path / "snapshot", replace=True)
    assert done.moved is not None
    moved, now = open_store(done.moved), open_store(address)
    assert "later" in _rows(moved) and "later" not in _rows(now)
    moved.close()
    now.close()


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def _rename(folder: Path) -> None:
    record = json.loads((folder / "backup.json").read_text())
    record["files"]["../outside"] = "0" * 64
    (folder / "backup.json").write_text(json.dumps(record))


DAMAGE = [
    (lambda folder: _flip(folder / "store.sqlite"), "damaged"),
    (lambda folder: next((folder / "archive").rglob("*.html")).unlink(), "missing"),
    (lambda folder: _flip(next(folder.rglob("*.parquet"))), "damaged"),
    (lambda folder: (folder / "backup.json").write_text("{"), "no backup"),
    (lambda folder: (folder / "backup.json").unlink(), "no backup"),
    (_rename, "outside itself"),
]


@pytest.mark.parametrize(("damage", "told"), DAMAGE)
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    filled: Store, tmp_path: Path, damage: object, told: str
) -> None:
    backup(filled, tmp_path / "snapshot", tmp_path / "kept")
    damage(tmp_path / "kept")  # type: ignore[operator]
    with pytest.raises(StoreError, match=told):
        restore(tmp_path / "kept", str(tmp_path / "new" / "store.sqlite"), tmp_path / "new" / "snapshot")
    assert not (tmp_path / "new").exists()


def test_a_backup_is_not_written_over_another_nor_left_half_written(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(UsageError, match="there already"):
        backup(filled, tmp_path / "snapshot", tmp_path / "kept")
    shutil.rmtree(filled.archive)
    filled.archive.write_text("no folder")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        backup(filled, tmp_path / "snapshot", tmp_path / "file" / "below")
    assert not list(tmp_path.glob(".*partial"))


def test_an_unpublished_store_is_kept_too(store: Store, tmp_path: Path) -> None:
    taken = backup(store, tmp_path / "snapshot", tmp_path / "kept")
    assert taken.snapshot is None
    restore(tmp_path / "kept", str(tmp_path / "new.sqlite"), tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()


def test_the_verbs(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIPELINE_STORE", str(filled.path))
    monkeypatch.setenv("PIPELINE_SNAPSHOT", str(tmp_path / "snapshot"))
    assert main(["backup", str(tmp_path / "kept-{time}")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["folder"].endswith("Z") and told["files"] > 3
    assert main(["restore", told["folder"]]) == 2
    monkeypatch.setenv("PIPELINE_STORE", str(tmp_path / "other" / "store.sqlite"))
    monkeypatch.setenv("PIPELINE_SNAPSHOT", str(tmp_path / "other" / "snapshot"))
    capsys.readouterr()
    assert main(["restore", told["folder"]]) == 0
    assert json.loads(capsys.readouterr().out)["snapshot"] == told["snapshot"]
    monkeypatch.setenv("PIPELINE_STORE", "postgresql+psycopg://nobody@localhost/none")
    assert main(["restore", told["folder"]]) == 2
