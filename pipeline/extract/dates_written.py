"""Dates with their day, month or year written out: 7 March 2021, 2021/3/7, الثالث من رمضان, أيار الماضي, عام 2014."""

import calendar
from datetime import date, timedelta

from pipeline.extract.calendar_days import day_of_month, hijri_day, numeric_date
from pipeline.extract.date_mention import DateMention, past_last, time_tag_end, time_value
from pipeline.extract.marked import Marked
from pipeline.model import Days


def read_numeric(marked: Marked, at: int, last: int) -> DateMention | None:
    token = marked.tokens[at]
    if not token.is_number:
        return None
    end, parts = at + 1, token.form.replace("-", "/").split("/")
    while len(parts) < 3 and end + 1 < last and marked.tokens[end].form in "-/." and marked.tokens[end + 1].is_number:
        if marked.tokens[end].form != "/" and marked.tokens[end].start != marked.tokens[end - 1].end:
            break
        parts += marked.tokens[end + 1].form.split("/")
        end += 2
    day = numeric_date(parts)
    return DateMention(at, end, Days(day, day, 1), "day") if day else None


def read_absolute(marked: Marked, at: int, last: int) -> DateMention | None:
    """7 March 2021, March 7, 7-8 آذار, الثالث من رمضان 1442, الأول من مايو."""
    start, number = at, _day_number(marked, at, last)
    if number is None:
        return _month_first(marked, at, last)
    day, at = number
    second = None
    if at + 1 < last and marked.tokens[at].form in ("-", "و", "and", "to", "/"):
        other = _day_number(marked, at + 1, last)
        if other and other[0] > day:
            second, at = other
    while at < last and marked.tokens[at].form in ("من", "شهر", "of", "ي", "st", "nd", "rd", "th", "لشهر", "/", "ه"):
        at += 1
    month, hijri = time_value(marked, at, "month"), time_value(marked, at, "hijri")
    if month:
        at = other_month_name(marked, month[1], last)
        year, at = year_after(marked, at, last)
        return _day_mention(marked, start, at, day, second, month[0], year)
    if at < last and marked.tokens[at].form in ("الشهر", "هذا") and marked.report.published:
        return _of_this_month(marked, start, at, last, day)
    if hijri:
        year, at = year_after(marked, hijri[1], last)
        found = hijri_day(day, hijri[0], year, marked.report.published, _weekday_near(marked, start))
        return DateMention(
            start, at, Days(found, found, 1) if found else Days(None, None, None), "day" if found else "unresolved"
        )
    return None


def read_ordinal(marked: Marked, at: int, last: int) -> DateMention | None:
    """ "on the 22nd": the latest day of that number, where no month is told."""
    published = marked.report.published
    if marked.lang != "en" or published is None or at < 2 or marked.tokens[at - 1].form != "the":
        return None
    if marked.tokens[at - 2].form != "on" or not marked.tokens[at].is_number:
        return None
    number = _day_number(marked, at, last)
    if number is None or number[1] == at + 1:
        return None
    month = published if number[0] <= published.day else published.replace(day=1) - timedelta(1)
    found = day_of_month(number[0], month.month, month.year, published)
    return DateMention(at, number[1], Days(found, found, 1), "day") if found else None


def _of_this_month(marked: Marked, first: int, at: int, last: int, day: int) -> DateMention | None:
    """ "الخامس من الشهر الجاري", "في 3 من الشهر الماضي"."""
    published = marked.report.published
    end = at + 1
    while end < last and marked.tokens[end].form in ("الشهر",):
        end += 1
    which = next((t.value for t in marked.tags("times", end, end + 1, ("this", "last"))), None)
    if published is None or which is None:
        return None
    base = published if which == "this" else published.replace(day=1) - timedelta(1)
    found = day_of_month(day, base.month, base.year, published)
    return DateMention(first, end + 1, Days(found, found, 1), "day") if found else None


def _month_first(marked: Marked, at: int, last: int) -> DateMention | None:
    if marked.lang != "en":
        return None
    month = time_value(marked, at, "month")
    if not month or month[1] >= last:
        return None
    day = month[1] + (marked.tokens[month[1]].form == ".")  # "Oct. 21"
    if day >= last or not marked.tokens[day].is_number:
        return None
    number = _day_number(marked, day, last)
    if number is None:
        return None
    end = number[1]
    second = None
    if end + 1 < last and marked.tokens[end].form in ("-", "and", "to") and marked.tokens[end + 1].is_number:
        other = _day_number(marked, end + 1, last)
        if other and other[0] > number[0]:
            second, end = other
    year, end = year_after(marked, end, last)
    return _day_mention(marked, at, end, number[0], second, month[0], year)


def _day_number(marked: Marked, at: int, last: int) -> tuple[int, int] | None:
    if at >= last:
        return None
    token = marked.tokens[at]
    if token.is_number and token.form.isdecimal() and 1 <= int(token.form) <= 31:
        end = at + 1
        if end < last and marked.tokens[end].form in ("st", "nd", "rd", "th"):
            end += 1
        return int(token.form), end
    return time_value(marked, at, "ord")


def other_month_name(marked: Marked, at: int, last: int) -> int:
    """Past a second name of the month: يونيو/حزيران, شباط (فبراير)."""
    if at + 1 < last and marked.tokens[at].form in "/(":
        other = time_value(marked, at + 1, "month")
        if other:
            return other[1] + (1 if other[1] < last and marked.tokens[other[1]].form == ")" else 0)
    return at


def year_after(marked: Marked, at: int, last: int) -> tuple[int | None, int]:
    end = at
    while end < last and marked.tokens[end].form in (
        ",",
        "من",
        "عام",
        "العام",
        "سنه",
        "لعام",
        "لسنه",
        "of",
        "ي",
        "ساڵي",
        "سالي",
        "هـ",
    ):
        end += 1
    if end < last and marked.tokens[end].is_number:
        form = marked.tokens[end].form
        if form.isdecimal() and (1900 <= int(form) <= 2100 or 1300 <= int(form) <= 1500):
            return int(form), end + 1
    this = time_tag_end(marked, at, "this", "last")
    return None, this or at


def _day_mention(
    marked: Marked, first: int, last: int, day: int, second: int | None, month: int, year: int | None
) -> DateMention | None:
    published = marked.report.published
    if year is None and published is None:
        return DateMention(first, last, Days(None, None, None), "unresolved")
    start = day_of_month(day, month, year, published)
    if start is None:
        return None
    end = start
    if second is not None:
        end = day_of_month(second, month, start.year, published) or start
    if published and start > published:
        return DateMention(first, last, Days(start, end, 1), "future")
    return DateMention(first, last, Days(start, end, 1), "day" if second is None else "window")


def _weekday_near(marked: Marked, at: int) -> int | None:
    for near in range(max(0, at - 4), at):
        weekday = time_value(marked, near, "weekday")
        if weekday:
            return weekday[0]
    return None


def read_month(marked: Marked, at: int, last: int) -> DateMention | None:
    """شهر أيار الماضي, منذ مطلع حزيران الجاري وحتى اليوم, in early March 2021."""
    first = at
    where = next((t.value for t in marked.tags("times", at, at + 1, ("early", "middle", "late"))), None)
    if where:
        at = time_tag_end(marked, at, where) or at
    while at < last and marked.tokens[at].form in ("شهر", "في", "in", "of", "the", "مانگي"):
        at += 1
    month = time_value(marked, at, "month") if at < last else None
    if month is None or (
        marked.lang == "en" and marked.tokens[at].form in ("may", "march", "mar") and not _is_month(marked, at)
    ):
        return None
    end = other_month_name(marked, month[1], last)
    year, end = year_after(marked, end, last)
    end = past_last(marked, end, last)
    published = marked.report.published
    if year is None and published is None:
        return DateMention(first, end, Days(None, None, None), "unresolved")
    if year is None and published is not None:
        year = published.year if month[0] <= published.month else published.year - 1
    if year is None or not 1900 <= year <= 2100:
        return None
    if published and year < published.year - 1:
        return DateMention(first, end, Days(None, None, None), "year")
    latest = published if published and (year, month[0]) == (published.year, published.month) else None
    if published and date(year, month[0], 1) > published:
        return DateMention(first, end, Days(None, None, None), "future")
    if where == "middle" and latest and latest.day < 11:
        return DateMention(first, end, Days(None, None, None), "future")
    since = marked.tokens[first - 1].form if first else ""
    where = None if since in ("منذ", "since") else where
    return DateMention(first, end, part_of_month(year, month[0], where, latest), "month")


def _is_month(marked: Marked, at: int) -> bool:
    """English "may" and "march" are months after a preposition, a number or "early", or before a year."""
    before = marked.tokens[at - 1] if at else None
    after = marked.tokens[at + 1] if at + 1 < len(marked.tokens) else None
    return bool(
        (
            before
            and (
                before.form in ("in", "of", "since", "early", "late", "mid", "during", "until", "-") or before.is_number
            )
        )
        or (after and after.is_number)
    )


def read_year(marked: Marked, at: int, last: int) -> DateMention | None:
    """عام 2014, since 2017: a whole year is background, whatever is told of it."""
    form = marked.tokens[at].form
    if form.isdecimal() and len(form) == 4 and 1950 <= int(form) <= 2100:
        before = marked.tokens[at - 1].form if at else ""
        if before in (
            "عام",
            "العام",
            "سنه",
            "منذ",
            "in",
            "since",
            "until",
            "after",
            "before",
            "لعام",
            "سنتي",
            "عامي",
            "عامين",
            "و",
            "and",
            "حزيران",
            "سالي",
            "by",
            "of",
        ):
            return DateMention(at, at + 1, Days(None, None, None), "year")
    return None


def part_of_month(year: int, month: int, where: str | None, latest: date | None) -> Days:
    end = calendar.monthrange(year, month)[1]
    low, high = {"early": (1, 10), "middle": (11, 20), "late": (21, end), None: (1, end)}[where]
    start, stop = date(year, month, low), date(year, month, high)
    return Days(start, max(start, min(stop, latest)) if latest else stop, 3)
