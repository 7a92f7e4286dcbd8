"""Dates as the text tells them, resolved against the publication day, never without it.

Each mention is one phrase: "صباح اليوم الأحد", "ليلة الخميس على الجمعة", "قبل أربعة أيام", "3 آذار 2021",
"خلال الأسابيع الماضية", "the night of 7 March". Weeks begin on Sunday, as in Iraq. Past-biased: a weekday or a day
without a year is the latest one on or before publication.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.extract.calendar_days import day_of_month, hijri_day, numeric_date
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.model import Days

Kind = Literal["day", "night", "window", "week", "month", "year", "future", "anchor", "unresolved", "statement"]

_TO = frozenset(("علي", "/", "-", "الي", "او", "and", "to", "و", "حتي", "until", "بو"))
_WEEK_OF_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class DateMention:
    """tokens[first:last] and the days they name. `anchor` days count back from another event of the sentence."""

    first: int
    last: int
    days: Days
    kind: Kind
    anchor: int | None = None


def find_dates(marked: Marked, first: int, last: int) -> list[DateMention]:
    """The date phrases of tokens[first:last], in order, none within another."""
    found: list[DateMention] = []
    at = first
    while at < last:
        if not (marked.tokens[at].is_number or marked.tag_at("times", at) or marked.tag_at("numbers", at)):
            at += 1
            continue
        mention = _mention_at(marked, at, last)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = max(mention.last, at + 1)
    return _joined(marked, found)


def _mention_at(marked: Marked, at: int, last: int) -> DateMention | None:
    for reader in (_numeric, _absolute, _anchored, _ago, _period, _night, _relative, _weekdays, _month, _year):
        mention = reader(marked, at, last)
        if mention is not None:
            return mention
    return None


def _value(marked: Marked, at: int, prefix: str) -> tuple[int, int] | None:
    """The number of a times tag such as month:3 at a token, and where the tag ends."""
    for tag in marked.tags("times", at, at + 1):
        head, _, number = tag.value.partition(":")
        if head == prefix and number.lstrip("-").isdigit():
            if prefix == "weekday" and marked.lang == "ar" and "ال" not in marked.tokens[at].form[:4]:
                continue  # اثنين is two, احد one: a day's name has the article
            return int(number), tag.last
    return None


def _tag(marked: Marked, at: int, *values: str) -> int | None:
    """Where a times tag of one of the values ends, if one begins at the token."""
    for tag in marked.tags("times", at, at + 1, values):
        return tag.last
    return None


def _unit(marked: Marked, at: int) -> tuple[str, int, str] | None:
    """day, week, month, year or hour at a token, where it ends, and its form."""
    for tag in marked.tags("times", at, at + 1):
        if tag.value.startswith("unit:"):
            return tag.value[5:], tag.last, tag.form.base
    return None


# --- phrases with the day written out -------------------------------------------------------------------------------


def _numeric(marked: Marked, at: int, last: int) -> DateMention | None:
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


def _absolute(marked: Marked, at: int, last: int) -> DateMention | None:
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
    month, hijri = _value(marked, at, "month"), _value(marked, at, "hijri")
    if month:
        at = _other_month_name(marked, month[1], last)
        year, at = _year_after(marked, at, last)
        return _day_mention(marked, start, at, day, second, month[0], year)
    if at < last and marked.tokens[at].form in ("الشهر", "هذا") and marked.report.published:
        return _of_this_month(marked, start, at, last, day)
    if hijri:
        year, at = _year_after(marked, hijri[1], last)
        found = hijri_day(day, hijri[0], year, marked.report.published, _weekday_near(marked, start))
        return DateMention(
            start, at, Days(found, found, 1) if found else Days(None, None, None), "day" if found else "unresolved"
        )
    return None


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
    month = _value(marked, at, "month")
    if not month or month[1] >= last or not marked.tokens[month[1]].is_number:
        return None
    number = _day_number(marked, month[1], last)
    if number is None:
        return None
    end = number[1]
    second = None
    if end + 1 < last and marked.tokens[end].form in ("-", "and", "to") and marked.tokens[end + 1].is_number:
        other = _day_number(marked, end + 1, last)
        if other and other[0] > number[0]:
            second, end = other
    year, end = _year_after(marked, end, last)
    return _day_mention(marked, at, end, number[0], second, month[0], year)


def _day_number(marked: Marked, at: int, last: int) -> tuple[int, int] | None:
    if at >= last:
        return None
    token = marked.tokens[at]
    if token.is_number and token.form.isdigit() and 1 <= int(token.form) <= 31:
        end = at + 1
        if end < last and marked.tokens[end].form in ("st", "nd", "rd", "th"):
            end += 1
        return int(token.form), end
    return _value(marked, at, "ord")


def _other_month_name(marked: Marked, at: int, last: int) -> int:
    """Past a second name of the month: يونيو/حزيران, شباط (فبراير)."""
    if at + 1 < last and marked.tokens[at].form in "/(":
        other = _value(marked, at + 1, "month")
        if other:
            return other[1] + (1 if other[1] < last and marked.tokens[other[1]].form == ")" else 0)
    return at


def _year_after(marked: Marked, at: int, last: int) -> tuple[int | None, int]:
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
        if form.isdigit() and (1900 <= int(form) <= 2100 or 1300 <= int(form) <= 1500):
            return int(form), end + 1
    this = _tag(marked, at, "this", "last")
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
        weekday = _value(marked, near, "weekday")
        if weekday:
            return weekday[0]
    return None


# --- phrases that count from publication ----------------------------------------------------------------------------


def _relative_mention(
    marked: Marked, first: int, last: int, start: int, end: int, precision: int, kind: Kind
) -> DateMention:
    """Days counted from publication: offsets in days. Unresolved where the report has no publication day."""
    published = marked.report.published
    if published is None:
        return DateMention(first, last, Days(None, None, None), "unresolved")
    if kind in ("day", "night") and -8 < start < 0 and first and marked.tokens[first - 1].form in ("منذ", "since"):
        return DateMention(first, last, Days(published + timedelta(start), published, precision), "window")
    days = Days(published + timedelta(start), published + timedelta(end), precision)
    return DateMention(first, last, days, "future" if start > 0 else kind)


def _anchored(marked: Marked, at: int, last: int) -> DateMention | None:
    """ "بعد أربعة أيام من زيارة": the visit was four days before what the sentence tells first."""
    if _tag(marked, at, "anchor") is None:
        return None
    counted = _count_of_days(marked, at + 1, last)
    if counted is None:
        return None
    days, end = counted
    while end < last and marked.tokens[end].form in ("فقط", "only"):
        end += 1
    if end < last and marked.tokens[end].form in ("من", "علي", "after", "of"):
        return DateMention(at, end, Days(None, None, None), "anchor", anchor=days)
    return None


def _count_of_days(marked: Marked, at: int, last: int) -> tuple[int, int] | None:
    """A number of days in words: "أربعة أيام", "يومين", "أسبوع", "three days"."""
    unit = _unit(marked, at) if at < last else None
    factor = {"day": 1, "week": 7}
    if unit and unit[0] in factor:
        two = unit[2].endswith(("ين", "ان"))
        return factor[unit[0]] * (2 if two else 1), unit[1]
    count = count_at(marked, at, last)
    if count and count.number and count.last < last:
        unit = _unit(marked, count.last)
        if unit and unit[0] in factor:
            return factor[unit[0]] * count.number, unit[1]
    return None


def _ago(marked: Marked, at: int, last: int) -> DateMention | None:
    """قبل أربعة أيام, منذ يومين, قبل أسبوع, three days ago, دوو ڕۆژ لەمەوبەر."""
    start = _tag(marked, at, "ago")
    if start is not None and marked.lang != "en":
        found = _quantity(marked, start, last)
        return _back(marked, at, found[2], found[0], found[1]) if found else None
    found = _quantity(marked, at, last)
    if found and found[2] < last:
        end = _tag(marked, found[2], "ago")
        if end is not None and (marked.lang != "ar"):
            return _back(marked, at, end, found[0], found[1])
    return None


def _quantity(marked: Marked, at: int, last: int) -> tuple[int, str, int] | None:
    """How many of which unit, and where it ends: (4, "day", end)."""
    if at >= last:
        return None
    unit = _unit(marked, at)
    if unit:
        two = unit[2].endswith(("ين", "ان")) and unit[0] != "hour"
        plural = unit[2] in ("ايام", "اسابيع", "اشهر", "شهور", "سنوات", "اعوام", "ساعات")
        return (0 if plural else 2 if two else 1), unit[0], unit[1]
    count = count_at(marked, at, last)
    if count and count.number is not None and count.last < last:
        unit = _unit(marked, count.last)
        if unit:
            return count.number, unit[0], unit[1]
    return None


def _back(marked: Marked, first: int, last: int, number: int, unit: str) -> DateMention | None:
    if unit == "hour":
        return _relative_mention(marked, first, last, 0, 0, 1, "day")
    if unit == "day":
        if number == 0:  # "قبل أيام": some days ago
            return _relative_mention(marked, first, last, -7, -1, 2, "week")
        since = marked.tokens[first].form.removeprefix("و") == "منذ"
        if since and marked.tags(
            "cues", max(0, first - 9), first, ("habit",)
        ):  # "تواصل القوة منذ ثلاثة أيام": until now
            return _relative_mention(marked, first, last, -number, 0, 1, "window")
        return _relative_mention(marked, first, last, -number, -number, 1, "day")
    if unit == "week":
        middle = -7 * (number or 2)
        return _relative_mention(marked, first, last, middle - 3, middle + 3, 2, "week")
    if unit == "month":
        middle = -30 * (number or 2)
        return _relative_mention(marked, first, last, middle - 15, middle + 15, 3, "month")
    return DateMention(first, last, Days(None, None, None), "year")


def _period(marked: Marked, at: int, last: int) -> DateMention | None:
    """خلال الساعات الـ48 الماضية, الأسبوع الماضي, مطلع الأسبوع الجاري, هذا الشهر, over the past three days."""
    first = at
    early = _tag(marked, at, "early", "middle", "late")
    where = next((tag.value for tag in marked.tags("times", at, at + 1, ("early", "middle", "late"))), None)
    at = early if early is not None else at
    this_before = _tag(marked, at, "this", "last")
    before = next((tag.value for tag in marked.tags("times", at, at + 1, ("this", "last"))), None)
    at = this_before if this_before is not None else at
    while at < last and marked.tokens[at].form in ("ال", "the", "ـ"):
        at += 1
    found = _noun_then_number(marked, at, last) or _quantity(marked, at, last)
    if found is None:
        return None
    number, unit, end = found
    which, end = _which(marked, end, last, before)
    if which is None and where is None:
        return None
    if which == "next":
        return _relative_mention(marked, first, end, 1, 7, 2, "future")
    return _of_period(marked, first, end, number, unit, which, where)


def _noun_then_number(marked: Marked, at: int, last: int) -> tuple[int, str, int] | None:
    """الساعات الـ48: the unit before its number."""
    unit = _unit(marked, at) if at < last else None
    if not unit:
        return None
    end = unit[1]
    while end < last and marked.tokens[end].form in ("ال", "ـ"):
        end += 1
    count = count_at(marked, end, last)
    return (count.number, unit[0], count.last) if count and count.number else None


def _which(marked: Marked, at: int, last: int, before: str | None) -> tuple[str | None, int]:
    """last, this or next, standing before or after the unit, a number between them passed over."""
    if before and marked.lang != "ar":
        return before, at
    end = at
    while end < last and end < at + 3:
        number = count_at(marked, end, last) if marked.lang == "ar" else None
        for tag in marked.tags("times", end, end + 1, ("last", "this", "next")):
            return tag.value, tag.last
        if number is None and marked.tokens[end].form not in ("ال", "ـ", "من"):
            break
        end = number.last if number else end + 1
    return before, at


def _of_period(
    marked: Marked, first: int, last: int, number: int, unit: str, which: str | None, where: str | None
) -> DateMention | None:
    published = marked.report.published
    if unit == "year":
        return DateMention(first, last, Days(None, None, None), "year")
    if published is None:
        return DateMention(first, last, Days(None, None, None), "unresolved")
    if unit == "hour":
        back = max(1, round((number or 24) / 24))
        return _relative_mention(marked, first, last, -back, 0, 1 if back == 1 else 2, "window")
    if unit == "day":
        return _relative_mention(marked, first, last, -(number or 7), 0, 2, "window")
    if unit == "week":
        return _of_week(marked, first, last, number, which, where, published)
    return _of_month(marked, first, last, number, which, where, published)


def _of_week(
    marked: Marked, first: int, last: int, number: int, which: str | None, where: str | None, published: date
) -> DateMention:
    since_sunday = (published.weekday() - _WEEK_OF_SUNDAY) % 7
    if number != 1:  # "the past weeks"
        return _relative_mention(marked, first, last, -7 * number if number else -30, 0, 3, "month")
    sunday = -since_sunday - (7 if which == "last" and where is None or which == "last" else 0)
    end = sunday + 6 if which == "last" else 0
    if where == "early":
        return _relative_mention(marked, first, last, sunday, min(sunday + 1, 0), 2, "week")
    if where == "middle":
        return _relative_mention(marked, first, last, sunday + 2, min(sunday + 4, 0), 2, "week")
    if where == "late":
        return _relative_mention(marked, first, last, sunday + 4, min(sunday + 6, 0), 2, "week")
    return _relative_mention(marked, first, last, sunday, end, 2, "week")


def _of_month(
    marked: Marked, first: int, last: int, number: int, which: str | None, where: str | None, published: date
) -> DateMention:
    if number != 1:
        return _relative_mention(marked, first, last, -30 * (number or 3), 0, 3, "month")
    if which == "last":
        end = published.replace(day=1) - timedelta(1)
        return DateMention(first, last, _part_of_month(end.year, end.month, where, None), "month")
    return DateMention(first, last, _part_of_month(published.year, published.month, where, published), "month")


def _part_of_month(year: int, month: int, where: str | None, latest: date | None) -> Days:
    end = calendar.monthrange(year, month)[1]
    low, high = {"early": (1, 10), "middle": (11, 20), "late": (21, end), None: (1, end)}[where]
    start, stop = date(year, month, low), date(year, month, high)
    return Days(start, max(start, min(stop, latest)) if latest else stop, 3)


def _night(marked: Marked, at: int, last: int) -> DateMention | None:
    """ليلة الخميس على الجمعة, ليل الأحد, شەوی پێنجشەممە, the night of Thursday."""
    start = _tag(marked, at, "part:night")
    if start is None:
        return None
    while start < last and marked.tokens[start].form in ("يوم", "of", "ل", "on"):
        start += 1
    weekday = _value(marked, start, "weekday") if start < last else None
    if weekday is None:
        return None
    end = weekday[1]
    offset = _weekday_offset(marked, weekday[0])
    other = (
        _value(marked, end + (1 if end < last and marked.tokens[end].form in _TO else 0), "weekday")
        if end < last
        else None
    )
    if other:
        end = other[1]
    end = _past_last(marked, end, last)
    if offset is None:
        return DateMention(at, end, Days(None, None, None), "unresolved")
    midnight = at > 0 and marked.tokens[at - 1].form == "منتصف" and not other
    return _relative_mention(marked, at, end, offset, offset if midnight else min(offset + 1, 0), 1, "night")


def _relative(marked: Marked, at: int, last: int) -> DateMention | None:
    """اليوم, صباح أمس, أول أمس, yesterday, دوێنێ شەو; a weekday that follows belongs to it."""
    start = at
    part = next((t for t in marked.tags("times", at, at + 1) if t.value.startswith("part:")), None)
    if part is not None:
        at = part.last
    offset = _value(marked, at, "day") if at < last else None
    if offset is None:
        return None
    days, end = offset
    if start and marked.tokens[start - 1].form in ("تلك", "ذلك", "that"):
        return None
    if end < last and marked.tokens[end].form in ("نفسه", "ذاته", "نفسها", "ذاتها"):
        return None  # "the same day": the day of what was told before
    while end < last and any(t.value.startswith("part:") for t in marked.tags("times", end, end + 1)):
        end += 1
    return _relative_mention(marked, start, end, days, days, 1, "day")


def _weekdays(marked: Marked, at: int, last: int) -> DateMention | None:
    """الجمعة الماضية, يومي الجمعة والسبت, on Friday and Saturday."""
    weekday = _value(marked, at, "weekday")
    if weekday is None:
        return None
    offset = _weekday_offset(marked, weekday[0])
    end = weekday[1]
    part = (
        next((t for t in marked.tags("times", end, end + 1) if t.value == "part:night"), None) if end < last else None
    )
    if part is not None and marked.lang == "en":
        if offset is None:
            return DateMention(at, part.last, Days(None, None, None), "unresolved")
        return _relative_mention(marked, at, part.last, offset, min(offset + 1, 0), 1, "night")
    last_tag = _past_last(marked, end, last)
    if last_tag > end and offset == 0:
        offset = -7
    before = marked.lang == "en" and _tag(marked, at - 1, "last") is not None if at else False
    if before and offset == 0:
        offset = -7
    if _tag(marked, end, "next") is not None:
        return DateMention(at, end + 1, Days(None, None, None), "future")
    end = last_tag
    second = _second_weekday(marked, end, last)
    if offset is None:
        return DateMention(at, end, Days(None, None, None), "unresolved")
    if second:
        later = _weekday_offset(marked, second[0])
        if later is not None and offset < later:
            return _relative_mention(marked, at, second[1], offset, later, 1, "window")
    return _relative_mention(marked, at, end, offset, offset, 1, "day")


def _second_weekday(marked: Marked, at: int, last: int) -> tuple[int, int] | None:
    if at >= last:
        return None
    second = _value(marked, at, "weekday")
    if second and marked.lang == "ar" and marked.tokens[at].form.startswith("و"):
        return second
    if marked.tokens[at].form in _TO and at + 1 < last:
        return _value(marked, at + 1, "weekday")
    return None


def _past_last(marked: Marked, at: int, last: int) -> int:
    end = _tag(marked, at, "last") if at < last else None
    return end if end is not None else at


def _weekday_offset(marked: Marked, weekday: int) -> int | None:
    published = marked.report.published
    return None if published is None else -((published.weekday() - weekday) % 7)


def _month(marked: Marked, at: int, last: int) -> DateMention | None:
    """شهر أيار الماضي, منذ مطلع حزيران الجاري وحتى اليوم, in early March 2021."""
    first = at
    where = next((t.value for t in marked.tags("times", at, at + 1, ("early", "middle", "late"))), None)
    if where:
        at = _tag(marked, at, where) or at
    while at < last and marked.tokens[at].form in ("شهر", "في", "in", "of", "the", "مانگي"):
        at += 1
    month = _value(marked, at, "month") if at < last else None
    if month is None or (
        marked.lang == "en" and marked.tokens[at].form in ("may", "march", "mar") and not _is_month(marked, at)
    ):
        return None
    end = _other_month_name(marked, month[1], last)
    year, end = _year_after(marked, end, last)
    end = _past_last(marked, end, last)
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
    return DateMention(first, end, _part_of_month(year, month[0], where, latest), "month")


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


def _year(marked: Marked, at: int, last: int) -> DateMention | None:
    """عام 2014, since 2017: a whole year is background, whatever is told of it."""
    form = marked.tokens[at].form
    if form.isdigit() and len(form) == 4 and 1950 <= int(form) <= 2100:
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


# --- joining ---------------------------------------------------------------------------------------------------------

_RANK = {"day": 5, "night": 5, "window": 4, "future": 4, "week": 3, "month": 2, "unresolved": 1, "year": 0, "anchor": 6}


def _joined(marked: Marked, found: list[DateMention]) -> list[DateMention]:
    """ "اليوم الأحد", "الاثنين الأول من مايو", "Tuesday, 3 March": neighbours that name one day become one mention."""
    joined: list[DateMention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if before and _until(marked, before, mention):
            ends = [day for day in (before.days.end, mention.days.end) if day is not None]
            days = Days(before.days.start, max(ends), before.days.precision)
            joined[-1] = DateMention(before.first, mention.last, days, before.kind)
            continue
        if before and _touch(marked, before.last, mention.first) and _compatible(before, mention):
            joined[-1] = _one_of(before, mention)
        else:
            joined.append(mention)
    return joined


def _until(marked: Marked, one: DateMention, other: DateMention) -> bool:
    """ "منذ مطلع حزيران وحتى اليوم": the second day closes the stretch that the first opens."""
    if (
        one.kind not in ("month", "week", "day")
        or not one.days.start
        or not other.days.end
        or one.days.start > other.days.end
    ):
        return False
    return other.first - one.last <= 2 and marked.tokens[other.first - 1].form in (
        "حتي",
        "وحتي",
        "until",
        "لغايه",
        "ولغايه",
        "till",
    )


def _touch(marked: Marked, end: int, start: int) -> bool:
    between = [marked.tokens[at].form for at in range(end, start)]
    return len(between) <= 2 and all(
        form in (",", "(", "الموافق", "-", "المصادف", "يوم", "on", "of", "/") for form in between
    )


def _compatible(one: DateMention, other: DateMention) -> bool:
    if "anchor" in (one.kind, other.kind) or "year" in (one.kind, other.kind):
        return False
    if one.days.start is None or other.days.start is None:
        return True
    single = one.days.start == one.days.end or other.days.start == other.days.end
    overlap = one.days.start <= (other.days.end or other.days.start) and other.days.start <= (
        one.days.end or one.days.start
    )
    return overlap or (single and abs((one.days.start - other.days.start).days) <= 1)


def _one_of(one: DateMention, other: DateMention) -> DateMention:
    """The more certain of two neighbours, over the tokens of both."""

    def size(mention: DateMention) -> int:
        start, end = mention.days.start, mention.days.end
        return (end - start).days if start and end else 999

    best = min((one, other), key=lambda m: (-_RANK.get(m.kind, 0), size(m)))
    return DateMention(one.first, other.last, best.days, best.kind, best.anchor)
