"""Several processes and many machines: the same snapshot, and a killed process costs nothing but time."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError
from pipeline.fleet import Processes
from pipeline.model import Report
from pipeline.run import RunOptions, run
from pipeline.snapshot import Snapshot
from pipeline.store import open_store
from pipeline.versions import Versions
from tests.pipeline.told_reports import Source, load, report

ATTACK = "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"
LINES = [
    ATTACK,
    "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |",
    ATTACK.replace("| 4 | 7", "| 6 | 5"),
    ATTACK.replace("Amirli", "Hawija"),
]
REPORTS = [report(f"r{number:03}", LINES[number % 4]) for number in range(150)]


def _published(
    folder: Path, reports: list[Report], workers: int = 1, scheduler: str | None = None, **more: Any
) -> Snapshot:
    store = open_store(folder / "store.sqlite")
    options = RunOptions(
        folder / "snapshot",
        load=load,
        read_source=Source(*reports),
        versions=Versions("code", "1", "places"),
        workers=workers,
        scheduler=scheduler,
        **more,
    )
    return run(store, ["here"], options).snapshot


def _hashes(snapshot: Snapshot) -> dict[str, str]:
    """Of every file but the reports': those hold the time at which they were retrieved."""
    files = snapshot.manifest.files.items()
    return {name: entry.sha256 for name, entry in files if not name.startswith("reports/")}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return _published(tmp_path_factory.mktemp("alone"), REPORTS)


@pytest.mark.slow
@pytest.mark.parametrize("many", [500, 100])  # fewer reports come in than this, or more: then processes start early
def test_several_processes_give_the_same_snapshot_byte_for_byte(
    alone: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("pipeline.fleet._MANY", many)
    assert _hashes(_published(tmp_path, REPORTS, workers=2)) == _hashes(alone)


@pytest.mark.slow
def test_a_process_killed_once_costs_nothing_but_time(tmp_path: Path) -> None:
    once = report("once", ATTACK, title=f"KILL ONCE {tmp_path / 'killed'}")
    (found,) = Processes(2).run(load, [[*REPORTS[:40], once]])
    assert (tmp_path / "killed").exists(), "it was killed"
    assert [len(read.events) for read in found] == [1] * 41
    assert not any(read.problem for read in found)


@pytest.mark.slow
def test_a_report_that_ends_every_process_is_named_and_the_rest_is_read() -> None:
    (found,) = Processes(2).run(load, [[*REPORTS[:3], report("bad", "KILL"), *REPORTS[3:5]]])
    assert [bool(read.problem) for read in found] == [False, False, False, True, False, False]
    assert "ended the process" in str(found[3].problem)


@pytest.fixture
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed", reason="Dask is optional: pip install distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.mark.slow
def test_the_workers_of_a_scheduler_give_the_same_snapshot(alone: Snapshot, tmp_path: Path, scheduler: str) -> None:
    assert _hashes(_published(tmp_path, REPORTS, scheduler=scheduler)) == _hashes(alone)


@pytest.mark.slow
def test_a_dask_worker_killed_midway_costs_nothing_but_time(
    alone: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is optional: pip install distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        first = next(iter(cluster.workers.values())).pid
        killed: list[int] = []
        monkeypatch.setattr("pipeline.run.BATCH", 20)  # so that most are still to be read when the first are stored

        def kill_after_a_while(stage: str, total: int | None, done: int) -> None:
            if stage == "extracting" and not killed:
                os.kill(first, signal.SIGKILL)
                killed.append(first)

        told = _published(tmp_path, REPORTS, scheduler=cluster.scheduler_address, progress=kill_after_a_while)
        assert killed == [first], "it was killed while reports were being read"
        assert _hashes(told) == _hashes(alone)


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask is optional: pip install distributed")
    monkeypatch.setattr("pipeline.fleet.CONNECT_SECONDS", 0.5)
    with pytest.raises(StoreError, match="is it running"):
        _published(tmp_path, REPORTS[:1], scheduler="tcp://127.0.0.1:1")
