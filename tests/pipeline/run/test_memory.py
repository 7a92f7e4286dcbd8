"""What a run keeps in memory does not grow with the reports it reads."""

import gc
import weakref

import pytest
import sqlalchemy as sa

from pipeline import run as run_module
from pipeline.garbage import collecting_seldom, sweep
from tests.pipeline.conftest import Runner
from tests.pipeline.told_reports import report

ATTACK = "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"


class _Circle:
    def __init__(self) -> None:
        self.itself = self


def test_a_sweep_frees_what_counting_does_not() -> None:
    with collecting_seldom():
        gone = weakref.ref(_Circle())
        assert gone() is not None
        sweep()
        assert gone() is None


def test_statements_of_batches_that_are_stored_are_let_go(run_with: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "BATCH", 5)
    monkeypatch.setattr(run_module, "_SWEPT", 2)
    held: list[int] = []

    def look(stage: str, total: int | None, done: int) -> None:
        if stage == "extracting":
            held.append(sum(isinstance(each, sa.BindParameter) for each in gc.get_objects()))

    run_with(*(report(f"r{number:03}", ATTACK) for number in range(120)), progress=look)
    assert len(held) == 24
    assert max(held[-4:]) <= max(held[4:8])
