"""Dates as the text tells them, resolved against the publication day, never without it.

Each mention is one phrase: "صباح اليوم الأحد", "ليلة الخميس على الجمعة", "قبل أربعة أيام", "3 آذار 2021",
"خلال الأسابيع الماضية", "the night of 7 March". Weeks begin on Sunday, as in Iraq. Past-biased: a weekday or a day
without a year is the latest one on or before publication.
"""

from collections.abc import Callable
from functools import lru_cache

from pipeline.extract.date_mention import DateMention
from pipeline.extract.dates_counted import (
    read_ago,
    read_anchored,
    read_night,
    read_nth_day,
    read_period,
    read_relative,
    read_shifted,
    read_weekdays,
)
from pipeline.extract.dates_written import read_absolute, read_month, read_numeric, read_ordinal, read_year
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import may_count
from pipeline.model import Days

Reader = Callable[[Marked, int, int], DateMention | None]


def find_dates(marked: Marked, first: int, last: int) -> list[DateMention]:
    """The date phrases of tokens[first:last], in order, none within another."""
    found: list[DateMention] = []
    at = first
    for at in marked.openings(first, last):
        if found and at < found[-1].last:
            continue
        mention = _mention_at(marked, at, last)
        if mention is not None:
            found.append(mention)
    return _joined(marked, found)


# What each kind of phrase may begin with: digits, a count, the head of a times tag ("unit" of "unit:day"), or a word.
_READERS: tuple[tuple[Reader, frozenset[str]], ...] = (
    (read_numeric, frozenset(("digits",))),
    (read_absolute, frozenset(("digits", "ord", "month"))),
    (read_ordinal, frozenset(("digits",))),
    (read_anchored, frozenset(("anchor", "unit", "count"))),
    (read_shifted, frozenset(("shift", "shift_before", "shift_after", "unit", "count"))),
    (read_nth_day, frozenset(("لليوم", "ولليوم", "for", "بو"))),
    (read_ago, frozenset(("ago", "unit", "count"))),
    (read_period, frozenset(("early", "middle", "late", "this", "last", "next", "unit", "count",
                             "ال", "the", "ـ", "few", "several"))),
    (read_night, frozenset(("part",))),
    (read_relative, frozenset(("part", "day"))),
    (read_weekdays, frozenset(("weekday",))),
    (read_month, frozenset(("early", "middle", "late", "month", "شهر", "في", "in", "of", "the", "مانگي"))),
    (read_year, frozenset(("digits",))),
)  # fmt: skip
_WORDS = frozenset(form for _, openers in _READERS for form in openers)


@lru_cache(maxsize=1024)
def _readers(*opened_by: str) -> tuple[Reader, ...]:
    return tuple(reader for reader, openers in _READERS if not openers.isdisjoint(opened_by))


def _mention_at(marked: Marked, at: int, last: int) -> DateMention | None:
    token, time = marked.tokens[at], marked.tag_at("times", at)
    head = time.value.partition(":")[0] if time is not None else ""
    word = token.form if token.form in _WORDS else ""
    counts = may_count(marked, at) and marked.has("times", at + 1, last)  # a count of days, weeks, months
    for reader in _readers(head, word, "digits" if token.is_number else "", "count" if counts else ""):
        mention = reader(marked, at, last)
        if mention is not None:
            return mention
    return None


_RANK = {
    "day": 5,
    "night": 5,
    "window": 4,
    "future": 4,
    "week": 3,
    "month": 2,
    "unresolved": 1,
    "year": 0,
    "anchor": 6,
    "shift": 6,
}


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
    opened = marked.tokens[one.first - 1].form if one.first else ""
    if other.first - one.last == 1 and opened in ("between", "from", "بين", "من"):
        return marked.tokens[one.last].form in ("and", "to", "و", "الي")  # "between Oct. 30 and Nov. 2"
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
    if between == ["-", "on"]:
        return False  # "March 21, 2016 - On March 20": a dateline, and the day of what is told
    return len(between) <= 2 and all(
        form in (",", "(", "الموافق", "-", "المصادف", "يوم", "on", "of", "/") for form in between
    )


def _compatible(one: DateMention, other: DateMention) -> bool:
    if {"anchor", "shift"} & {one.kind, other.kind} or "year" in (one.kind, other.kind):
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
    night = next((m for m in (one, other) if m.kind == "night" and size(m) == 1), None)
    if night is not None and best.days.start in (night.days.start, night.days.end):
        best = night  # "ليلة الجمعة على السبت، الثامن عشر من رمضان": both its days
    return DateMention(one.first, other.last, best.days, best.kind, best.anchor)
