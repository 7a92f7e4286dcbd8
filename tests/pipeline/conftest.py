"""A store, a folder of snapshots, and a way to run the pipeline on reports that carry their events."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.model import Report
from pipeline.read.types import Failure
from pipeline.run import Outcome, RunOptions, run
from pipeline.store import Store, open_store
from pipeline.versions import Versions
from tests.pipeline.told_reports import Source, load

Runner = Callable[..., Outcome]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def run_with(store: Store, tmp_path: Path) -> Runner:
    """Run the pipeline on those reports and failures; `rules` stands for the version of code and lexicons."""

    def run_these(*items: Report | Failure, rules: str = "1", **more: object) -> Outcome:
        options = RunOptions(
            root=tmp_path / "snapshot",
            load=load,
            read_source=Source(*items),
            versions=Versions("code", rules, "places"),
            **more,  # type: ignore[arg-type]
        )
        return run(store, ["here"], options)

    return run_these
