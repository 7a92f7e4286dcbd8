"""Rows of a dataset as reports that say what was coded, and by whom.

A row becomes a report: its prose, then `[coded by NAME]`, then a line for each mapped cell,
`column [field=value]: cell`, where value is the cell in our codes if it differs. So a value coded by ACLED or UCDP has
words and a span like any other, the original code stays readable, and the event can be read from the report alone
(datasets.coded).
"""

import csv
import math
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import Report
from pipeline.read.clean import as_read, check_size
from pipeline.read.datasets.days import days_of, published_of
from pipeline.read.datasets.mapping import Mapping, Rule, load_mapping, mapping_for
from pipeline.read.encoding import decode
from pipeline.read.language import detect_language
from pipeline.read.types import Failure, ReadOptions

SUFFIXES = (".csv", ".tsv")
_NUMBERS = ("latitude", "longitude")
_WHOLE = (
    "fatalities", "fatalities_low", "fatalities_best", "fatalities_high", "injuries", "injuries_low", "injuries_best",
    "injuries_high", "n_strikes", "where_prec",
)  # fmt: skip
_TEXTS = ("place", "where_description", "admin1", "admin2", "actor1", "actor2", "quoted_sources")


def read_dataset(path: Path, options: ReadOptions) -> Iterator[Report | Failure]:
    """The rows of a CSV that its mapping keeps. A row that cannot be used is a Failure that names its line.

    The mapping is options.mapping, a file, or else the header tells which dataset it is.
    """
    try:
        lines = _lines(path, options)
        reader = csv.DictReader(lines, dialect=_dialect(lines[0] if lines else ""))
        header = reader.fieldnames or []
        mapping = load_mapping(Path(options.mapping)) if options.mapping else mapping_for(header)
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
            yield from _row(cells, f"{path}:{reader.line_num}", mapping, options)
    except csv.Error as error:
        yield Failure(f"{path}:{reader.line_num}", f"is no CSV from here on ({error})")


def is_known(path: Path) -> bool:
    """Whether a CSV has the header of a dataset with a shipped mapping. False also for one that cannot be read."""
    try:
        with path.open("rb") as file:
            header = decode(file.readline(100_000)).text
    except (OSError, InputError):
        return False
    names = next(csv.reader([header], dialect=_dialect(header)), [])
    return mapping_for(names) is not None


def _row(cells: dict[str, str], source: str, mapping: Mapping, options: ReadOptions) -> Iterator[Report | Failure]:
    if any(cells.get(column, "") not in values for column, values in mapping.keep.items()):
        return
    try:
        rule = next((rule for rule in mapping.rules if rule.fits(cells)), None)
        if rule is None:
            codes = ", ".join(f"{name}={cells.get(name, '')!r}" for name in mapping.rules[0].when)
            raise InputError(f"its kind of event ({codes}) is not in the mapping for {mapping.name}")
        if rule.event_type:
            yield _report(_Row(cells, mapping), rule, source, options)
    except InputError as error:
        yield Failure(source, str(error))


def _report(row: "_Row", rule: Rule, source: str, options: ReadOptions) -> Report:
    number = row.value("id")
    if not number:
        raise InputError(f"has no {row.mapping.columns['id']}")
    text = row.laid_out(rule)
    check_size(text, options.max_chars)
    return Report(
        report_id=f"{row.mapping.name.lower().replace(' ', '-')}-{number}",
        text=text,
        published=published_of(row.value("published")),
        publisher=row.mapping.name,
        url=row.value("url") or None,
        lang=detect_language(text),
        source=source,
    )


class _Row:
    """The cells of one row, and what they are by the mapping."""

    def __init__(self, cells: dict[str, str], mapping: Mapping) -> None:
        self.cells, self.mapping = cells, mapping

    def value(self, field: str) -> str:
        """The cell of one of our fields; "" where the dataset has none."""
        return self.cells.get(self.mapping.columns.get(field, ""), "")

    def laid_out(self, rule: Rule) -> str:
        """The report's text. Raises InputError for a cell that is not what its column holds."""
        prose = [self.cells[column] for column in self.mapping.texts if self.cells.get(column)]
        lines = [f"[coded by {self.mapping.name}]", f"licence: {_one_line(self.mapping.licence)}"]
        for column in rule.when:
            lines.append(self._line(column, "event_type", rule.event_type))
        lines += self._day_lines()
        for field in (*_NUMBERS, *_WHOLE):
            number = self._number(field)
            if number is not None:
                lines.append(
                    self._line(self.mapping.columns[field], field, f"{number:g}" if number % 1 else f"{number:.0f}")
                )
        lines += [self._line(self.mapping.columns[field], field) for field in _TEXTS if self.value(field)]
        return "\n\n".join([*prose, "\n".join(lines)]) + "\n"

    def _line(self, column: str, field: str, value: str = "") -> str:
        cell = _one_line(self.cells[column])
        return f"{column} [{field}={value}]: {cell}" if value and value != cell else f"{column} [{field}]: {cell}"

    def _day_lines(self) -> list[str]:
        precision = self._number("time_precision")
        days = days_of(self.value, self.mapping.date_formats, int(precision) if precision else None)
        if days is None or days.start is None or days.end is None:
            return []
        columns = self.mapping.columns
        start, end = days.start.isoformat(), days.end.isoformat()
        starts = [columns[name] for name in ("year", "month", "day") if self.value(name)] or [columns["start"]]
        last = columns["end"] if self.value("end") and not self.value("year") else starts[-1]
        told = columns["time_precision"] if self.value("time_precision") else last
        return [
            *(self._line(column, "start", start) for column in starts),
            self._line(last, "end", end),
            self._line(told, "time_precision", str(days.precision)),
        ]

    def _number(self, field: str) -> float | None:
        """A cell as a number, by the mapping's codes if any. None where empty, or a count below zero (GTD's -99)."""
        cell = self.value(field)
        codes = self.mapping.codes.get(field)
        if not cell:
            return None
        if codes:
            if cell not in codes:
                raise InputError(f"{self.mapping.columns[field]} is {cell[:40]!r}, which the mapping does not know")
            return codes[cell]
        try:
            number = float(cell.replace(",", "."))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise InputError(f"{self.mapping.columns[field]} is {cell[:40]!r}, not a number")
        return None if number < 0 and field not in _NUMBERS else number


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _lines(path: Path, options: ReadOptions) -> list[str]:
    try:
        if path.stat().st_size > 20 * options.max_bytes:
            raise InputError(f"is larger than {options.max_bytes // 50_000_000} GB: split it by year")
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
