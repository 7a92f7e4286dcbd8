"""Reports whose events are written into them, so that tests of store, linking and review need no extraction.

A line of the text is an event: `type | day | place | actor1 | actor2 | killed | wounded`. Empty fields are unknown.
"""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.extraction import Extract
from pipeline.model import EVENT_TYPES, Claim, Days, Event, Location, Range, Report, Span
from pipeline.read.types import Failure, ReadOptions

PLACES = {
    "Amirli": ("amirli", "Salah al-Din", 34.727, 44.587),
    "Tuz Khurmatu": ("tuz", "Salah al-Din", 34.888, 44.633),
    "Makhmur": ("makhmur", "Erbil", 35.776, 43.579),
    "Hawija": ("hawija", "Kirkuk", 35.325, 43.770),
    "Daquq": ("daquq", "Kirkuk", 35.138, 44.448),
}


def report(report_id: str, *lines: str, published: str = "2023-04-19", **more: object) -> Report:
    """A report of those events, with filler that differs from report to report."""
    filler = " ".join(f"{report_id}word{number}" for number in range(40))
    text = "\n".join((*lines, filler))
    return Report(report_id=report_id, text=text, published=date.fromisoformat(published), **more)  # type: ignore[arg-type]


def load() -> Extract:
    return read_events


def read_events(report: Report) -> list[Event]:
    """The events written into the report's text."""
    if "CRASH" in report.text:
        raise RuntimeError("this one cannot be read")
    if "KILL" in report.text and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    if report.title and report.title.startswith("KILL ONCE ") and not (once := Path(report.title[10:])).exists():
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return list(_events(report))


def _events(report: Report) -> Iterator[Event]:
    at = 0
    for number, line in enumerate(report.text.split("\n")):
        if line.count("|") == 6:
            yield _event(report, number, line, Span(at, at + len(line)))
        at += len(line) + 1


def _event(report: Report, number: int, line: str, span: Span) -> Event:
    kind, day, place, actor1, actor2, killed, wounded = (part.strip() for part in line.split("|"))

    def claim(value: object) -> Claim:  # type: ignore[type-arg]
        return Claim(value, line, (span,), "text", "test")

    def toll(text: str) -> Claim[Range] | None:
        return claim(Range(int(text), int(text), int(text))) if text else None

    days = Days(date.fromisoformat(day), date.fromisoformat(day), 1) if day else None
    return Event(
        event_id=f"{report.report_id}-{number}",
        report_id=report.report_id,
        category=EVENT_TYPES[kind],
        event_type=claim(kind),
        days=claim(days) if days else None,
        locations=(claim(_location(place)),) if place else (),
        actor1=claim(actor1) if actor1 else None,
        actor2=claim(actor2) if actor2 else None,
        fatalities=toll(killed),
        injuries=toll(wounded),
        publisher=report.publisher,
        sentence=span,
        confidence=0.8,
    )


def _location(name: str) -> Location:
    place_id, admin1, latitude, longitude = PLACES[name]
    return Location(place_id, name, None, None, admin1, None, name, latitude, longitude, geo_precision=1, where_prec=1)


class Source:
    """A source of reports, and of failures, for `run`."""

    def __init__(self, *items: Report | Failure) -> None:
        self.items = items

    def __call__(self, source: str, options: ReadOptions) -> Iterator[Report | Failure]:
        yield from self.items
