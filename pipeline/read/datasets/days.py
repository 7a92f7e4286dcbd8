"""The days of a dataset's row, never more precise than its cells."""

import calendar
from collections.abc import Callable
from datetime import date, datetime

from pipeline.errors import InputError
from pipeline.model import Days

Cell = Callable[[str], str]


def days_of(cell: Cell, formats: tuple[str, ...], precision: int | None) -> Days | None:
    """First and last day with ACLED's time_precision, from start and end, or from year, month, day (0: not known).

    Raises InputError where a cell is no day.
    """
    if cell("year"):
        return _parts(cell("year"), cell("month"), cell("day"))
    start = _day(cell("start"), formats)
    if start is None:
        return None
    end = _day(cell("end"), formats) or start
    if end < start:
        raise InputError(f"ends ({end}) before it starts ({start})")
    return Days(start, end, precision or (1 if (end - start).days <= 1 else 2 if (end - start).days < 8 else 3))


def published_of(cell: str) -> date | None:
    """The day of publication, where a column holds one in ISO form; else None, for it is not needed here."""
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None


def _day(cell: str, formats: tuple[str, ...]) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell[:10])  # UCDP writes "2021-12-01 00:00:00.000"
    except ValueError:
        pass
    for form in formats:
        try:
            return datetime.strptime(cell, form).date()
        except ValueError:
            continue
    raise InputError(f"{cell[:40]!r} is no day: YYYY-MM-DD, or a form that the mapping's date_formats names")


def _parts(year: str, month: str, day: str) -> Days:
    try:
        y, m, d = int(year), int(month or 0), int(day or 0)
        if not m:
            return Days(date(y, 1, 1), date(y, 12, 31), 3)
        if not d:
            return Days(date(y, m, 1), date(y, m, calendar.monthrange(y, m)[1]), 3)
        return Days(date(y, m, d), date(y, m, d), 1)
    except ValueError:
        raise InputError(f"year {year!r}, month {month!r}, day {day!r} is no day") from None
