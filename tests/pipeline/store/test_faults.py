"""What goes wrong with machines: processes killed, disks full, folders read-only, a store that is held or damaged.

Nothing that was accepted is lost, the next run completes, and the message says what to do.
"""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

import pipeline.ingest
import pipeline.run
import pipeline.store.database
from pipeline.errors import StoreError
from pipeline.review import Decision, decide
from pipeline.run import publish_now, run
from pipeline.snapshot import open_current
from pipeline.snapshot_schema import FILES
from pipeline.store import Store, open_store
from tests.pipeline.conftest import Runner
from tests.pipeline.store.victim import REPORTS, options
from tests.pipeline.told_reports import report

PROJECT = Path(__file__).parents[3]
ATTACK = "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"


def _start(act: str, folder: Path, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.pipeline.store.victim", act, str(folder), *more]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=PROJECT, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _killed_after(process: "subprocess.Popen[str]", seconds: float) -> str:
    """What it had said when it was killed, if it did not end before."""
    time.sleep(seconds)
    process.kill()
    return process.communicate()[0]


def _whole(folder: Path, incidents: int | None = None) -> None:
    """The store is sound, and what is published is whole and hangs together."""
    with sqlite3.connect(folder / "store.sqlite") as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
    if (folder / "snapshot" / "current").exists():
        snapshot = open_current(folder / "snapshot")
        ids = set(snapshot.read("incidents")["incident_id"])
        assert ids == set(snapshot.read("sources")["incident_id"])
        assert incidents is None or len(ids) == incidents


@pytest.mark.slow
def test_a_run_killed_at_any_moment_is_completed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pipeline.ingest, pipeline.run):
        monkeypatch.setattr(module, "BATCH", 5)  # as in the processes: ids depend on what came first
    clean = tmp_path / "clean"
    began = time.monotonic()
    expected = run(open_store(clean / "store.sqlite"), ["here"], options(clean, "last")).snapshot
    lasts = time.monotonic() - began
    folder, dice = tmp_path / "killed", random.Random(6)
    killed = 0
    for attempt in range(40):
        process = _start("run", folder, f"rules {attempt // 5}")
        _killed_after(process, dice.uniform(0, lasts))
        killed += process.returncode == -9
        _whole(folder)
        if killed == 12:
            break
    assert killed == 12, "killed at work, not after it"
    store = open_store(folder / "store.sqlite")
    after = run(store, ["here"], options(folder, "last")).snapshot
    for table in FILES:
        drop = ["retrieved_at"] if table == "reports" else []
        assert after.read(table).drop(drop).equals(expected.read(table).drop(drop), null_equal=True), table
    assert not list((folder / "snapshot").glob(".unfinished-*"))


@pytest.mark.slow
def test_no_decision_that_was_taken_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite")
    snapshot = run(store, ["here"], options(tmp_path, "1")).snapshot
    incident_id = snapshot.read("incidents")["incident_id"][0]
    taken: list[int] = []
    dice = random.Random(7)
    for _ in range(10):
        process = _start("decide", tmp_path, incident_id)
        taken += map(int, _killed_after(process, dice.uniform(0.05, 0.5)).split())
        assert process.returncode == -9
        _whole(tmp_path)
    with store.read() as connection:
        kept = set(connection.scalars(sa.text("select decision_id from decisions")))
    assert len(taken) >= 10
    assert set(taken) <= kept
    after = publish_now(store, tmp_path / "snapshot")
    assert after.manifest.counts["history"] == len(kept)


def _tmpfs(folder: Path, size: str) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def _small_disk(folder: Path, size: str) -> Iterator[None]:
    if not _tmpfs(folder, size):
        pytest.skip("a small disk can be mounted by root alone")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_told_and_the_next_run_completes(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with _small_disk(folder, "16m"):
        run(open_store(folder / "store.sqlite"), ["here"], options(folder, "1"))
        before = open_current(folder / "snapshot").run_id
        with (folder / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space"):
            while filler.write(b"\0" * 4096):
                pass
        process = _start("run", folder, "2")
        said, told = process.communicate()
        assert process.returncode == 1, said
        assert "free some" in told and "untouched" in told
        assert open_current(folder / "snapshot").run_id == before
        (folder / "filler").unlink()
        after = run(open_store(folder / "store.sqlite"), ["here"], options(folder, "3"))
        assert after.counts["reports_unchanged"] == len(REPORTS)
        _whole(folder)


@pytest.mark.slow
@pytest.mark.parametrize("limit", [20_000, 300_000])
def test_files_that_may_not_grow_are_told(tmp_path: Path, limit: int) -> None:
    process = _start("run", tmp_path, "1", str(limit))
    _, told = process.communicate()
    assert process.returncode == 1
    assert "Traceback" not in told and "untouched" in told, told
    run(open_store(tmp_path / "store.sqlite"), ["here"], options(tmp_path, "1"))
    _whole(tmp_path)


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """A folder that may not be written; root may write everywhere, but not to what is mounted read-only."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    bind = subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True, check=False)
    if bind.returncode:
        pytest.skip("root may write everywhere here, and cannot mount")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_read_only_snapshot_folder_is_told_and_nothing_is_lost(tmp_path: Path, run_with: Runner) -> None:
    root = tmp_path / "snapshot"
    root.mkdir()
    with _read_only(root), pytest.raises(StoreError, match="allow"):
        run_with(report("a", ATTACK))
    after = run_with()
    assert after.snapshot.manifest.counts["incidents"] == 1, "it was stored, and is published now"


def test_a_read_only_store_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    open_store(folder / "store.sqlite").close()
    with _read_only(folder), pytest.raises(StoreError, match="allow"):
        run(open_store(folder / "store.sqlite"), ["here"], options(folder, "1"))


def test_a_locked_store_is_told(store: Store, run_with: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.store.database, "_BUSY_SECONDS", 0.1)
    assert store.path is not None
    impatient = open_store(store.path)
    other = sqlite3.connect(store.path)
    other.execute("begin immediate")
    with pytest.raises(StoreError, match="another program is writing to it"), impatient.write():
        pytest.fail("it was not waited for")
    other.rollback()
    other.close()
    run_with(report("a", ATTACK))


DAMAGES: list[tuple[str, Callable[[Path], object]]] = [
    ("no store at all", lambda path: path.write_bytes(b"some letter, and no database at all" * 50)),
    ("cut", lambda path: path.write_bytes(path.read_bytes()[:6000])),
]


@pytest.mark.parametrize(("how", "damage"), DAMAGES, ids=[each[0] for each in DAMAGES])
def test_a_damaged_store_is_told(tmp_path: Path, how: str, damage: Callable[[Path], object]) -> None:
    path = tmp_path / "store.sqlite"
    store = open_store(path)
    run(store, ["here"], options(tmp_path, "1"))
    store.close()
    for left in (path.with_name("store.sqlite-wal"), path.with_name("store.sqlite-shm")):
        left.unlink(missing_ok=True)
    damage(path)
    with pytest.raises(StoreError, match="move it away"):
        run(open_store(path), ["here"], options(tmp_path, "2"))


def test_a_damaged_snapshot_is_published_anew(run_with: Runner) -> None:
    snapshot = run_with(report("a", ATTACK)).snapshot
    next(snapshot.folder.glob("incidents/*.parquet")).write_bytes(b"broken")
    with pytest.raises(StoreError, match="pipeline run"):
        open_current(snapshot.folder.parent)
    again = run_with().snapshot
    assert again.run_id != snapshot.run_id
    assert open_current(snapshot.folder.parent).read("incidents").height == 1


def test_decisions_taken_while_a_run_is_at_work_are_published_by_it(store: Store, run_with: Runner) -> None:
    incident_id = run_with(report("a", ATTACK)).snapshot.read("incidents")["incident_id"].item()
    decide(store, Decision(incident_id, "accept", "Rezan"))
    assert run_with().snapshot.read("incidents")["review_state"].to_list() == ["accepted"]
