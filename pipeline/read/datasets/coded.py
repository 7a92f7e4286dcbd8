"""The event that a dataset's coders made of a row, read back from the report it was laid out as (datasets.rows)."""

import re
from datetime import date
from typing import NamedTuple, TypeVar

from pipeline.model import EVENT_TYPES, Claim, Days, Event, Range, Report, Span
from pipeline.read.datasets.mapping import actor_name
from pipeline.read.datasets.places import location
from pipeline.read.datasets.rows import SUFFIXES

T = TypeVar("T")
CONFIDENCE = 0.9  # coded by people
_HEAD = re.compile(r"^\[coded by (?P<name>[^\]\n]+)\]\nlicence: (?P<licence>.*)$", re.MULTILINE)
_LINE = re.compile(r"^(?P<column>[^\[\n]+) \[(?P<field>\w+)(?:=(?P<value>[^\]\n]*))?\]: (?P<cell>.*)$", re.MULTILINE)
SOURCE = rf"(?:{'|'.join(map(re.escape, SUFFIXES))}):\d+$"  # how a report's source ends that is a row of a dataset


class _Cell(NamedTuple):
    """One mapped cell: what it is in our codes, its own words, where they stand, and its column."""

    value: str
    words: str
    span: Span
    column: str


def is_coded(report: Report) -> bool:
    """Whether a report is a row of a dataset. By where it was read from: no text of a news report can pretend to be."""
    return "://" not in report.source and bool(re.search(SOURCE, report.source)) and bool(_HEAD.search(report.text))


def coded_by(text: str) -> tuple[str, str] | None:
    """(dataset, its licence) of a laid-out row; None for any other text."""
    heads = list(_HEAD.finditer(text))
    return (heads[-1]["name"], heads[-1]["licence"]) if heads else None


def coded_event(report: Report) -> Event:
    """The event of a report for which is_coded holds; every value with its cell as evidence."""
    return _Coded(report).event()


class _Coded:
    """The laid-out cells of one report, by field."""

    def __init__(self, report: Report) -> None:
        self.report = report
        heads = list(_HEAD.finditer(report.text))
        head = heads[-1]  # prose may hold anything, also such a line
        self.name, self.licence = head["name"], head["licence"]
        self.prose = Span(0, len(report.text[: head.start()].rstrip()))
        self.cells: dict[str, list[_Cell]] = {}
        for line in _LINE.finditer(report.text, head.end()):
            cell = _Cell(line["value"] or line["cell"], line["cell"], Span(*line.span("cell")), line["column"])
            self.cells.setdefault(line["field"], []).append(cell)

    def event(self) -> Event:
        event_type = self.value("event_type")
        strikes = self.number("n_strikes")
        place = location(self.value, self.number("where_prec"), self.degrees("latitude"), self.degrees("longitude"))
        return Event(
            event_id=self.report.report_id,
            report_id=self.report.report_id,
            category=EVENT_TYPES[event_type],
            event_type=self.claim(event_type, "event_type"),
            days=self._days(),
            locations=(self.claim(place, "place", "admin2", "admin1", "latitude", "longitude"),) if place else (),
            actor1=self._actor("actor1"),
            actor2=self._actor("actor2"),
            fatalities=self._range("fatalities"),
            injuries=self._range("injuries"),
            n_strikes=self.claim(strikes, "n_strikes") if strikes is not None else None,
            publisher=self.name,
            quoted_sources=tuple(
                self.claim(one.strip(), "quoted_sources")
                for one in self.value("quoted_sources").split(";")
                if one.strip()
            ),
            sentence=self.prose if self.prose.end else self.cells["event_type"][0].span,
            confidence=CONFIDENCE,
            notes=(f"coded by {self.name}", f"licence: {self.licence}"),
        )

    def value(self, field: str) -> str:
        """What the cell of a field is in our codes; "" where there is none."""
        return self.cells[field][0].value if field in self.cells else ""

    def degrees(self, field: str) -> float | None:
        return float(self.value(field).replace(",", ".")) if self.value(field) else None

    def number(self, field: str) -> int | None:
        return int(float(self.value(field))) if self.value(field) else None

    def claim(self, value: T, *fields: str) -> Claim[T]:
        """`value` with the cells of `fields` as its evidence."""
        cells = list(dict.fromkeys(cell for field in fields for cell in self.cells.get(field, ())))
        spans = dict.fromkeys(cell.span for cell in sorted(cells, key=lambda cell: cell.span))
        columns = "+".join(dict.fromkeys(cell.column for cell in cells))
        words = "; ".join(dict.fromkeys(self.report.text[span.start : span.end] for span in spans))
        return Claim(value, words, tuple(spans), "text", f"dataset.{self.name.lower().replace(' ', '_')}.{columns}")

    def _days(self) -> Claim[Days] | None:
        if not self.value("start"):
            return None
        start, end = (date.fromisoformat(self.value(name)[:10]) for name in ("start", "end"))
        return self.claim(Days(start, end, self.number("time_precision")), "start", "end")

    def _actor(self, field: str) -> Claim[str] | None:
        name = actor_name(self.value(field))
        return self.claim(name, field) if name else None

    def _range(self, field: str) -> Claim[Range] | None:
        exact = self.number(field)
        low, best, high = (self.number(f"{field}_{end}") for end in ("low", "best", "high"))
        if exact is not None or (best is None and low is not None and low == high):
            low = best = high = exact if exact is not None else low
        if (low, best, high) == (None, None, None):
            return None
        return self.claim(Range(low, best, high), field, f"{field}_low", f"{field}_best", f"{field}_high")
