"""Reading events from many reports: in this process, in several, or on many machines, with the same result in order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from pipeline.link.duplicates import signature
from pipeline.model import Event, Report

Extract = Callable[[Report], list[Event]]
Load = Callable[[], Extract]  # called once in each process: loads lexicons and gazetteer


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from one report, or why nothing could be."""

    report: Report
    events: tuple[Event, ...]
    signature: bytes  # MinHash of its text
    problem: str | None = None


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
        yield read_chunk(load, batch)


def read_chunk(load: Load, reports: Sequence[Report]) -> list[Read]:
    """What one process reads from some reports."""
    extract = _loaded(load)
    return [_read(report, extract) for report in reports]


@cache
def _loaded(load: Load) -> Extract:
    return load()


def _read(report: Report, extract: Extract) -> Read:
    """A report that the extractor cannot cope with holds up none of the others."""
    try:
        events = tuple(extract(report))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported with the report's name
        return Read(report, (), b"", f"could not be read ({type(error).__name__}: {error})")
    return Read(report, events, signature(report.text))
