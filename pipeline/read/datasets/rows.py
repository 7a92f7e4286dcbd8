"""Rows of a dataset as events. Each value's evidence is the cell it was read from.

A row becomes a report of its own: the row's prose, then its mapped cells, a line a cell. So a value coded by ACLED or
UCDP has words and a span like any other, its rule names the dataset and column, and the original code stays readable.
"""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.errors import InputError
from pipeline.model import EVENT_TYPES, Claim, Days, Event, Location, Range, Report, Span
from pipeline.read.clean import as_read
from pipeline.read.datasets.days import days_of, published_of
from pipeline.read.datasets.mapping import Mapping, actor_name, load_mapping, mapping_for
from pipeline.read.datasets.places import location
from pipeline.read.encoding import decode
from pipeline.read.language import detect_language
from pipeline.read.types import Failure, ReadOptions

T = TypeVar("T")
CONFIDENCE = 0.9  # coded by people


@dataclass(frozen=True, slots=True)
class Coded:
    """One row of a dataset: as a report, and as the event its coders made of it."""

    report: Report
    event: Event
    dataset: str


def read_dataset(path: Path, options: ReadOptions, mapping: Mapping | None = None) -> Iterator[Coded | Failure]:
    """The rows of a CSV that the mapping keeps. A row that cannot be used is a Failure that names its line.

    Without `mapping` (or options.mapping, a file) the header tells which dataset it is.
    """
    try:
        lines = _lines(path)
        reader = csv.DictReader(lines, dialect=_dialect(lines[0] if lines else ""))
        header = reader.fieldnames or []
        mapping = mapping or (load_mapping(Path(options.mapping)) if options.mapping else mapping_for(header))
        if mapping is None:
            raise InputError("is a CSV of no dataset that is known: write a mapping file and give it with --mapping")
        missing = {mapping.columns["id"], *mapping.keep} - set(header)
        if missing:
            raise InputError(f"has no column {', '.join(sorted(missing))}, which the mapping for {mapping.name} needs")
    except InputError as error:
        yield Failure(str(path), str(error))
        return
    try:
        for row in reader:
            cells = {name: as_read(value).strip() for name, value in row.items() if name and isinstance(value, str)}
            yield from _row(cells, f"{path}:{reader.line_num}", mapping)
    except csv.Error as error:
        yield Failure(f"{path}:{reader.line_num}", f"is no CSV from here on ({error})")


def _row(cells: dict[str, str], source: str, mapping: Mapping) -> Iterator[Coded | Failure]:
    if any(cells.get(column, "") not in values for column, values in mapping.keep.items()):
        return
    try:
        rule = next((rule for rule in mapping.rules if rule.fits(cells)), None)
        if rule is None:
            codes = ", ".join(f"{name}={cells.get(name, '')!r}" for rule in mapping.rules[:1] for name in rule.when)
            raise InputError(f"its kind of event ({codes}) is not in the mapping for {mapping.name}")
        if rule.event_type:
            yield _Row(cells, source, mapping).coded(rule.event_type, tuple(rule.when))
    except InputError as error:
        yield Failure(source, str(error))


class _Row:
    """One row while it is read: its text is laid out once, then each claim finds its cell in it."""

    def __init__(self, cells: dict[str, str], source: str, mapping: Mapping) -> None:
        self.cells, self.source, self.mapping = cells, source, mapping
        if not cells.get(mapping.columns["id"]):
            raise InputError(f"has no {mapping.columns['id']}")
        self.spans: dict[str, Span] = {}
        self.text = self._lay_out()

    def coded(self, event_type: str, kind_columns: tuple[str, ...]) -> Coded:
        """The report and the event of the row. Raises InputError for a cell that is not what its column holds."""
        mapping = self.mapping
        name = f"{mapping.name.lower().replace(' ', '-')}-{self.cells[mapping.columns['id']]}"
        report = Report(
            report_id=name, text=self.text, published=published_of(self.value("published")), publisher=mapping.name,
            title=None, url=self.value("url") or mapping.address or None, lang=detect_language(self.text),
            source=self.source,
        )  # fmt: skip
        place = location(self.value, self.whole("where_prec"), self.number("latitude"), self.number("longitude"))
        return Coded(report, self._event(name, event_type, kind_columns, place), mapping.name)

    def _event(self, name: str, event_type: str, kind_columns: tuple[str, ...], place: Location | None) -> Event:
        prose = next((self.spans[column] for column in self.mapping.texts if column in self.spans), None)
        low_strikes = self.whole("n_strikes")
        return Event(
            event_id=name,
            report_id=name,
            category=EVENT_TYPES[event_type],
            event_type=self._claim(event_type, *kind_columns),
            days=self._days(),
            locations=(self._claim(place, *self._columns("place", "admin1", "latitude", "longitude")),)
            if place
            else (),
            actor1=self._actor("actor1"),
            actor2=self._actor("actor2"),
            fatalities=self._range("fatalities"),
            injuries=self._range("injuries"),
            n_strikes=self._claim(low_strikes, *self._columns("n_strikes")) if low_strikes is not None else None,
            publisher=self.mapping.name,
            quoted_sources=tuple(
                self._claim(one.strip(), *self._columns("quoted_sources"))
                for one in self.value("quoted_sources").split(";")
                if one.strip()
            ),
            sentence=prose or self.spans.get(kind_columns[0]),
            confidence=CONFIDENCE,
            notes=(f"coded by {self.mapping.name}", f"licence: {self.mapping.licence}"),
        )

    def value(self, field: str) -> str:
        """The cell of one of our fields; "" where the dataset has none."""
        return self.cells.get(self.mapping.columns.get(field, ""), "")

    def number(self, field: str) -> float | None:
        """A cell as a finite number; None where it is empty. Raises InputError for anything else."""
        cell = self.value(field)
        if not cell:
            return None
        try:
            number = float(cell.replace(",", "."))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise InputError(f"{self.mapping.columns[field]} is {cell[:40]!r}, not a number")
        return number

    def whole(self, field: str) -> int | None:
        """A cell as a whole number, by the mapping's codes if any. None where empty, or below zero (GTD's -99)."""
        codes = self.mapping.codes.get(field)
        cell = self.value(field)
        if codes and cell:
            if cell not in codes:
                raise InputError(f"{self.mapping.columns[field]} is {cell[:40]!r}, which the mapping does not know")
            return codes[cell]
        number = self.number(field)
        return None if number is None or number < 0 else int(number)

    def _lay_out(self) -> str:
        """The row's text: its prose, then `column: cell` for every other column that the mapping speaks of."""
        kinds = {column for rule in self.mapping.rules for column in rule.when}
        others = dict.fromkeys([*self.mapping.columns.values(), *sorted(kinds)])
        parts: list[str] = []
        at = 0
        for column in (*self.mapping.texts, *(name for name in others if name not in self.mapping.texts)):
            cell = self.cells.get(column, "")
            if not cell:
                continue
            lead = "" if column in self.mapping.texts else f"{column}: "
            parts.append(f"{lead}{cell}\n")
            self.spans[column] = Span(at + len(lead), at + len(lead) + len(cell))
            at += len(parts[-1])
        return "".join(parts)

    def _columns(self, *fields: str) -> tuple[str, ...]:
        return tuple(self.mapping.columns[field] for field in fields if field in self.mapping.columns)

    def _claim(self, value: T, *columns: str) -> Claim[T]:
        found = [column for column in columns if column in self.spans]
        rule = f"dataset.{self.mapping.name.lower().replace(' ', '_')}.{'+'.join(found)}"
        words = "; ".join(self.cells[column] for column in found)
        return Claim(value, words, tuple(sorted(self.spans[column] for column in found)), "text", rule)

    def _days(self) -> Claim[Days] | None:
        days = days_of(self.value, self.mapping.date_formats, self.whole("time_precision"))
        return self._claim(days, *self._columns("start", "end", "year", "month", "day")) if days else None

    def _actor(self, field: str) -> Claim[str] | None:
        name = actor_name(self.value(field))
        return self._claim(name, *self._columns(field)) if name else None

    def _range(self, field: str) -> Claim[Range] | None:
        exact = self.whole(field)
        low, best, high = (self.whole(f"{field}_{end}") for end in ("low", "best", "high"))
        figures = Range(exact, exact, exact) if exact is not None else Range(low, best, high)
        if figures == Range(None, None, None):
            return None
        if figures.low is not None and figures.low == figures.high and figures.best is None:
            figures = Range(figures.low, figures.low, figures.low)
        return self._claim(figures, *self._columns(field, f"{field}_low", f"{field}_best", f"{field}_high"))


def _lines(path: Path) -> list[str]:
    try:
        return decode(path.read_bytes()).text.splitlines(keepends=True)
    except FileNotFoundError:
        raise InputError("no such file: is the path right?") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})") from None


def _dialect(header: str) -> type[csv.Dialect]:
    """Comma, semicolon or tab, whichever the header has most of."""

    class Found(csv.excel):
        delimiter = max(",;\t", key=header.count)

    return Found
