"""Dates counted from publication: اليوم, قبل أربعة أيام, الجمعة الماضية, خلال الساعات الـ48 الماضية, last week.

Weeks begin on Sunday, as in Iraq. Every one is unresolved where the report has no publication day.
"""

from datetime import date, timedelta

from pipeline.extract.date_mention import (
    DateMention,
    past_last,
    relative_mention,
    time_tag_end,
    time_unit,
    time_value,
    weekday_offset,
)
from pipeline.extract.dates_written import part_of_month
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.model import Days

_TO = frozenset(("علي", "/", "-", "الي", "او", "and", "to", "و", "حتي", "until", "بو"))


_WEEK_OF_SUNDAY = 6


def read_anchored(marked: Marked, at: int, last: int) -> DateMention | None:
    """ "بعد أربعة أيام من زيارة", "two days after jets hit": days before what the sentence tells first."""
    if marked.lang == "en":
        before = _count_of_days(marked, at, last)
        that = marked.tokens[before[1] + 1].form in ("that", "this") if before and before[1] + 1 < last else False
        if before and before[1] + 1 < last and not that and time_tag_end(marked, before[1], "anchor") is not None:
            return DateMention(at, before[1] + 1, Days(None, None, None), "anchor", anchor=before[0])
    if time_tag_end(marked, at, "anchor") is None:
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


def read_shifted(marked: Marked, at: int, last: int) -> DateMention | None:
    """ "في اليوم التالي", "قبل ذلك بيومين", "the next day", "two days later": counted from the event told before."""
    told = marked.tag_at("times", at)
    if told is not None and told.value.startswith("shift:"):
        return DateMention(at, told.last, Days(None, None, None), "shift", anchor=-int(told.value[6:]))
    for value, sign in (("shift_before", 1), ("shift_after", -1)):
        end = time_tag_end(marked, at, value)
        if end is not None and end < last and marked.tokens[end].form.startswith("ب"):
            counted = _count_of_days(marked, end, last)
            if counted:
                return DateMention(at, counted[1], Days(None, None, None), "shift", anchor=sign * counted[0])
    if marked.lang == "en":
        counted = _count_of_days(marked, at, last)
        if counted and counted[1] < last and marked.tokens[counted[1]].form == "later":
            return DateMention(at, counted[1] + 1, Days(None, None, None), "shift", anchor=-counted[0])
        that = marked.tokens[counted[1] + 1].form if counted and counted[1] + 1 < last else ""
        if counted and that in ("that", "this") and marked.tokens[counted[1]].form == "after":
            return DateMention(at, counted[1] + 2, Days(None, None, None), "shift", anchor=-counted[0])
    return None


_SOME = frozenset(("ايام", "اسابيع", "days", "weeks", "روژان"))


def _count_of_days(marked: Marked, at: int, last: int) -> tuple[int, int] | None:
    """A number of days in words: "أربعة أيام", "يومين", "أسبوع", "three days"."""
    unit = time_unit(marked, at) if at < last else None
    factor = {"day": 1, "week": 7}
    if unit and unit[2] in _SOME:
        return None  # "بعد أيام من": how many is not told
    if unit and unit[0] in factor:
        two = unit[2].endswith(("ين", "ان"))
        return factor[unit[0]] * (2 if two else 1), unit[1]
    count = count_at(marked, at, last)
    if count and count.number and count.last < last:
        unit = time_unit(marked, count.last)
        if unit and unit[0] in factor:
            return factor[unit[0]] * count.number, unit[1]
    return None


def read_ago(marked: Marked, at: int, last: int) -> DateMention | None:
    """قبل أربعة أيام, منذ يومين, قبل أسبوع, three days ago, دوو ڕۆژ لەمەوبەر."""
    start = time_tag_end(marked, at, "ago")
    if start is not None and marked.lang != "en":
        found = _quantity(marked, start, last)
        return _back(marked, at, found[2], found[0], found[1]) if found else None
    found = _quantity(marked, at, last)
    if found and found[2] < last:
        end = time_tag_end(marked, found[2], "ago")
        if end is not None and (marked.lang != "ar"):
            return _back(marked, at, end, found[0], found[1])
    return None


def _quantity(marked: Marked, at: int, last: int) -> tuple[int, str, int] | None:
    """How many of which unit, and where it ends: (4, "day", end)."""
    if at >= last:
        return None
    unit = time_unit(marked, at)
    if unit:
        two = unit[2].endswith(("ين", "ان")) and unit[0] != "hour"
        plural = unit[2] in (
            "ايام",
            "اسابيع",
            "اشهر",
            "شهور",
            "سنوات",
            "اعوام",
            "ساعات",
            "weeks",
            "days",
            "months",
            "years",
        )
        end = unit[1] + (unit[1] < last and marked.tokens[unit[1]].form in ("واحد", "واحده"))  # "بعد يوم واحد من"
        return (0 if plural else 2 if two else 1), unit[0], end
    count = count_at(marked, at, last)
    if count and count.number is not None and count.last < last:
        unit = time_unit(marked, count.last)
        if unit:
            return count.number, unit[0], unit[1]
    return None


def _back(marked: Marked, first: int, last: int, number: int, unit: str) -> DateMention | None:
    if unit == "hour":
        if any(tag.value.startswith("part:") for tag in marked.tags("times", last, last + 1)):
            return None  # "منذ ساعات الصباح الأولى ليوم أمس": the hours of a morning
        return relative_mention(marked, first, last, 0, 0, 1, "day")
    if unit == "day":
        if number == 0:  # "قبل أيام": some days ago
            return relative_mention(marked, first, last, -7, -1, 2, "week")
        since = marked.tokens[first].form.removeprefix("و") == "منذ"
        if since and marked.tags(
            "cues", max(0, first - 9), first, ("habit",)
        ):  # "تواصل القوة منذ ثلاثة أيام": until now
            return relative_mention(marked, first, last, -number, 0, 1, "window")
        return relative_mention(marked, first, last, -number, -number, 1, "day")
    if unit == "week":
        middle = -7 * (number or 2)
        return relative_mention(marked, first, last, middle - 3, middle + 3, 2, "week")
    if unit == "month":
        middle = -30 * (number or 2)
        return relative_mention(marked, first, last, middle - 15, middle + 15, 3, "month")
    return DateMention(first, last, Days(None, None, None), "year")


def read_period(marked: Marked, at: int, last: int) -> DateMention | None:
    """خلال الساعات الـ48 الماضية, الأسبوع الماضي, مطلع الأسبوع الجاري, هذا الشهر, over the past three days."""
    first = at
    early = marked.tag_at("times", at, "early", "middle", "late")
    where, at = (early.value, early.last) if early is not None else (None, at)
    this = marked.tag_at("times", at, "this", "last", "next")
    before, at = (this.value, this.last) if this is not None else (None, at)
    while at < last and marked.tokens[at].form in ("ال", "the", "ـ", "few", "several"):
        at += 1
    found = _noun_then_number(marked, at, last) or _quantity(marked, at, last)
    if found is None:
        return None
    number, unit, end = found
    which, end = _which(marked, end, last, before)
    if which is None and where is None:
        return None
    if which == "next":
        return relative_mention(marked, first, end, 1, 7, 2, "future")
    return _of_period(marked, first, end, number, unit, which, where)


def _noun_then_number(marked: Marked, at: int, last: int) -> tuple[int, str, int] | None:
    """الساعات الـ48: the unit before its number."""
    unit = time_unit(marked, at) if at < last else None
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
        return relative_mention(marked, first, last, -back, 0, 1 if back == 1 else 2, "window")
    if unit == "day":
        return relative_mention(marked, first, last, -(number or 7), 0, 2, "window")
    if unit == "week":
        return _of_week(marked, first, last, number, which, where, published)
    return _of_month(marked, first, last, number, which, where, published)


def _of_week(
    marked: Marked, first: int, last: int, number: int, which: str | None, where: str | None, published: date
) -> DateMention:
    since_sunday = (published.weekday() - _WEEK_OF_SUNDAY) % 7
    if number != 1:  # "the past weeks"
        return relative_mention(marked, first, last, -7 * number if number else -30, 0, 3, "month")
    sunday = -since_sunday - (7 if which == "last" and where is None or which == "last" else 0)
    end = sunday + 6 if which == "last" else 0
    if where == "early":
        return relative_mention(marked, first, last, sunday, min(sunday + 1, 0), 2, "week")
    if where == "middle":
        return relative_mention(marked, first, last, sunday + 2, min(sunday + 4, 0), 2, "week")
    if where == "late":
        return relative_mention(marked, first, last, sunday + 4, min(sunday + 6, 0), 2, "week")
    return relative_mention(marked, first, last, sunday, end, 2, "week")


def _of_month(
    marked: Marked, first: int, last: int, number: int, which: str | None, where: str | None, published: date
) -> DateMention:
    if number != 1:
        return relative_mention(marked, first, last, -30 * (number or 3), 0, 3, "month")
    if which == "last":
        end = published.replace(day=1) - timedelta(1)
        return DateMention(first, last, part_of_month(end.year, end.month, where, None), "month")
    return DateMention(first, last, part_of_month(published.year, published.month, where, published), "month")


def read_night(marked: Marked, at: int, last: int) -> DateMention | None:
    """ليلة الخميس على الجمعة, ليل الأحد, شەوی پێنجشەممە, the night of Thursday."""
    start = time_tag_end(marked, at, "part:night")
    if start is None:
        return None
    while start < last and marked.tokens[start].form in ("يوم", "of", "ل", "on"):
        start += 1
    weekday = time_value(marked, start, "weekday") if start < last else None
    if weekday is None:
        return None
    end = weekday[1]
    offset = weekday_offset(marked, weekday[0])
    other = (
        time_value(marked, end + (1 if end < last and marked.tokens[end].form in _TO else 0), "weekday")
        if end < last
        else None
    )
    if other:
        end = other[1]
    end = past_last(marked, end, last)
    if offset is None:
        return DateMention(at, end, Days(None, None, None), "unresolved")
    midnight = at > 0 and marked.tokens[at - 1].form == "منتصف" and not other
    before = [token.form for token in marked.tokens[max(0, at - 2) : at + 1]]
    if "منتصف" in before and ("قبيل" in before or "قبل" in before):
        midnight = not other  # "قبيل منتصف ليل السبت": still Saturday
    return relative_mention(marked, at, end, offset, offset if midnight else min(offset + 1, 0), 1, "night")


_GO_ON = ("security_operation", "armed_clash", "shelling", "air_strike", "meeting")


def read_nth_day(marked: Marked, at: int, last: int) -> DateMention | None:
    """ "لليوم الثاني", "for a third day", "بۆ دووەم ڕۆژ": from as many days before until today, while it goes on."""
    form = marked.tokens[at].form
    if form not in ("لليوم", "ولليوم", "for", "بو"):
        return None
    near = at + 1
    while near < last and marked.tokens[near].form in ("the", "a", "ال"):
        near += 1
    order = time_value(marked, near, "ord") if near < last else None
    if order is None:
        return None
    end = order[1]
    while end < last and marked.tokens[end].form in ("consecutive", "straight", "successive"):
        end += 1
    unit = time_unit(marked, end) if end < last else None
    if form not in ("لليوم", "ولليوم") and (unit is None or unit[0] != "day"):
        return None
    end = unit[1] if unit and form not in ("لليوم", "ولليوم") else end
    if end + 1 < last and marked.tokens[end].form == "علي" and marked.tokens[end + 1].form == "التوالي":
        end += 2
    goes_on = marked.tags("triggers", end, min(last, end + 5)) or marked.tags("triggers", max(0, at - 4), at)
    if not any(tag.value.startswith(_GO_ON) for tag in goes_on):
        return None  # "لليوم الرابع تداعيات الهجوم": what goes on is not the attack
    return relative_mention(marked, at, end, 1 - order[0], 0, 1, "window")


def read_relative(marked: Marked, at: int, last: int) -> DateMention | None:
    """اليوم, صباح أمس, أول أمس, yesterday, دوێنێ شەو; a weekday that follows belongs to it."""
    start = at
    part = marked.tag_at("times", at)
    if part is not None and part.value.startswith("part:"):
        at = part.last
    offset = time_value(marked, at, "day") if at < last else None
    if offset is None:
        return None
    days, end = offset
    if start and marked.tokens[start - 1].form in ("تلك", "ذلك", "that"):
        return None
    if end < last and marked.tokens[end].form in ("برس", "press"):
        return None  # "الغد برس" is an outlet
    if end < last and marked.tokens[end].form in ("نفسه", "ذاته", "نفسها", "ذاتها"):
        return None  # "the same day": the day of what was told before
    while end < last and any(t.value.startswith("part:") for t in marked.tags("times", end, end + 1)):
        end += 1
    return relative_mention(marked, start, end, days, days, 1, "day")


_NAMED_FOR_A_DAY = frozenset("سوق شارع جامع قريه حي market".split())


def read_weekdays(marked: Marked, at: int, last: int) -> DateMention | None:
    """الجمعة الماضية, يومي الجمعة والسبت, on Friday and Saturday."""
    weekday = time_value(marked, at, "weekday")
    if weekday is None:
        return None
    before = marked.tokens[at - 1].form if at else ""
    after = marked.tokens[weekday[1]].form if weekday[1] < last else ""
    if before in ("غدا", "غد", "tomorrow"):
        return DateMention(at - 1, weekday[1], Days(None, None, None), "future")
    if before in _NAMED_FOR_A_DAY or after in ("عشر", "عشره", "الاخرين", "الاخران", "منهم", "معا"):
        return None  # "سوق الأربعاء" is a market, "الأحد عشر" are eleven, "الاثنين الآخرين" the other two
    offset = weekday_offset(marked, weekday[0])
    end = weekday[1]
    part = (
        next((t for t in marked.tags("times", end, end + 1) if t.value == "part:night"), None) if end < last else None
    )
    late = at > 0 and marked.tokens[at - 1 - (marked.tokens[at - 1].form == "on")].form == "late"
    if part is not None and marked.lang == "en" and not late:
        if offset is None:
            return DateMention(at, part.last, Days(None, None, None), "unresolved")
        return relative_mention(marked, at, part.last, offset, min(offset + 1, 0), 1, "night")
    last_tag = past_last(marked, end, last)
    if last_tag > end and offset == 0:
        offset = -7
    if marked.lang == "en" and at and time_tag_end(marked, at - 1, "last") is not None and offset == 0:
        offset = -7
    if time_tag_end(marked, end, "next") is not None:
        return DateMention(at, end + 1, Days(None, None, None), "future")
    end = last_tag
    second = _second_weekday(marked, end, last)
    if offset is None:
        return DateMention(at, end, Days(None, None, None), "unresolved")
    if second:
        later = weekday_offset(marked, second[0])
        if later is not None and offset < later:
            return relative_mention(marked, at, second[1], offset, later, 1, "window")
    return relative_mention(marked, at, end, offset, offset, 1, "day")


def _second_weekday(marked: Marked, at: int, last: int) -> tuple[int, int] | None:
    if at >= last:
        return None
    second = time_value(marked, at, "weekday")
    if second and marked.lang == "ar" and marked.tokens[at].form.startswith("و"):
        return second
    if marked.tokens[at].form in _TO and at + 1 < last:
        return time_value(marked, at + 1, "weekday")
    return None
