"""Reading events from many reports: in this process, in several, or on many machines, with the same result in order."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Protocol, TypeVar

from pipeline.link.duplicates import signature
from pipeline.link.written import Written, written
from pipeline.model import Event, Report

Extract = Callable[[Report], list[Event]]
Told = TypeVar("Told")
Load = Callable[[], Extract]  # called once in each process: loads lexicons and gazetteer


class Found(NamedTuple):
    """What a process sends back of one report: what was read from it, or why nothing could be."""

    events: tuple[Written, ...]
    signature: bytes  # MinHash of its text
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """One report, and what was read from it."""

    report: Report
    events: tuple[Written, ...]
    signature: bytes
    problem: str | None


class Fleet(Protocol):
    """Processes that read reports."""

    def run(self, load: Load, batches: Iterable[Sequence[Report]]) -> Iterator[list[Read]]:
        """For each batch what was read from it, in order."""


def load_extractor() -> Extract:
    """The project's own extractor, with its lexicons and gazetteer loaded."""
    from geodata.gazetteer import Gazetteer
    from pipeline.extract import extract_events

    gazetteer = Gazetteer.load()
    return lambda report: list(extract_events(report, gazetteer))


def extract_all(batches: Iterable[Sequence[Report]], load: Load, fleet: Fleet | None = None) -> Iterator[list[Read]]:
    """For each of `batches`, what was read from its reports, in order. A fleet must be able to import `load`."""
    if fleet is not None:
        yield from fleet.run(load, batches)
        return
    for batch in batches:
        yield together(batch, read_chunk(load, batch))


def together(batch: Sequence[Report], found: Sequence[Found]) -> list[Read]:
    """Each report with what was read from it."""
    return [Read(report, *what) for report, what in zip(batch, found, strict=True)]


def read_chunk(load: Load, reports: Sequence[Report]) -> list[Found]:
    """What one process reads from some reports."""
    extract = _loaded(load)
    return [_read(report, extract) for report in reports]


@cache
def _loaded(load: Load) -> Extract:
    extract = load()
    gc.freeze()  # lexicons and gazetteer stay: the collector need not look through them again and again
    return extract


def prepare(load: Load) -> None:
    """Load the extractor before there is anything to read."""
    _loaded(load)


def _read(report: Report, extract: Extract) -> Found:
    events, problem = attempt(report, lambda each: [written(event, each) for event in extract(each)])
    return Found((), b"", problem) if problem else Found(tuple(events), signature(report.text))


def attempt(report: Report, extract: Callable[[Report], list[Told]]) -> tuple[list[Told], str | None]:
    """What is read from a report, or why nothing could be: one the extractor cannot cope with holds up no other."""
    try:
        return extract(report), None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told with the report's name
        return [], f"could not be read ({type(error).__name__}: {error})"
