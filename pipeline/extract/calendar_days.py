"""Days of the Gregorian and Hijri calendars from their numbers, past-biased where the year is not told."""

from datetime import date, timedelta

from hijridate import Hijri


def numeric_date(parts: list[str]) -> date | None:
    """2021/3/7, 7/3/2021: three numbers of which one has four digits. Day before month, as in Iraq."""
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        year, month, day = numbers
    elif len(parts[2]) == 4:
        day, month, year = numbers
        if month > 12:
            day, month = month, day
    else:
        return None
    return _day(year, month, day) if 1950 <= year <= 2100 else None


def day_of_month(day: int, month: int, year: int | None, published: date | None) -> date | None:
    """The day; with no year, the latest such day that is not more than a month after publication."""
    if year is not None and year < 1600:
        return None
    if year is not None:
        return _day(year, month, day)
    if published is None:
        return None
    for candidate in (published.year, published.year - 1):
        found = _day(candidate, month, day)
        if found is not None and found <= published + timedelta(31):
            return found
    return None


def hijri_day(day: int, month: int, year: int | None, published: date | None, weekday: int | None) -> date | None:
    """A Hijri day in the Gregorian calendar. The named weekday settles a doubt of one day, for moon sightings differ.

    With no year, the latest such day on or before publication.
    """
    if year is None:
        if published is None:
            return None
        from hijridate import Gregorian

        this = Gregorian.fromdate(published).to_hijri().year
        candidates = [found for y in (this, this - 1) if (found := _hijri(y, month, day)) and found <= published]
        found = candidates[0] if candidates else None
    else:
        found = _hijri(year, month, day)
    if found is None or weekday is None:
        return found
    for shift in (0, -1, 1, -2, 2):
        if (found + timedelta(shift)).weekday() == weekday:
            return found + timedelta(shift)
    return found


def _hijri(year: int, month: int, day: int) -> date | None:
    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(gregorian.year, gregorian.month, gregorian.day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):  # the second for numbers no machine word holds
        return None
