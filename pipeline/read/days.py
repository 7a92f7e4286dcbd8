"""The day of publication, as sources write it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pipeline.errors import InputError

BAGHDAD = ZoneInfo("Asia/Baghdad")  # the reports' local calendar
_FIRST, _LAST = date(1950, 1, 1), date(2100, 1, 1)


def published_day(value: object) -> date | None:
    """The day of an ISO 8601 day or moment; a moment with a zone counts by Baghdad's calendar. None for null or "".

    Raises InputError for anything else: a day that is guessed wrong would move every relative day of the report.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"published is {value!r}: write the day as text, YYYY-MM-DD")
    text = value.strip()
    try:
        day = date.fromisoformat(text) if len(text) <= 10 else baghdad_day(datetime.fromisoformat(text))
    except ValueError:
        raise InputError(f"published {value[:40]!r} is no day: write it as YYYY-MM-DD") from None
    if not _FIRST <= day < _LAST:
        raise InputError(f"published {value[:40]!r} lies outside {_FIRST.year} to {_LAST.year - 1}: is the year right?")
    return day


def baghdad_day(moment: datetime) -> date:
    """The day of `moment` in Baghdad; a moment without a zone is taken as Baghdad's own."""
    return moment.astimezone(BAGHDAD).date() if moment.tzinfo else moment.date()


def day_of_timestamp(seconds: float) -> date:
    """The day in Baghdad of a Unix time."""
    return baghdad_day(datetime.fromtimestamp(seconds, UTC))
