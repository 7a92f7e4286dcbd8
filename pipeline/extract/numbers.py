"""Counts as the text writes them: digits of three scripts, number words, vague plurals, "more than", "at least".

Numbers that belong to hours, years, weapons' names and percentages are not counts: who asks says what must follow.
"""

from typing import NamedTuple

from pipeline.extract.marked import Marked
from pipeline.model import Range

MAX_COUNT = 100_000
_UNIT_OF_OTHER_THINGS = frozenset("% ٪ percent".split())


class Count(NamedTuple):
    """A count over tokens[first:last], its modifiers included."""

    value: Range
    first: int
    last: int

    @property
    def number(self) -> int | None:
        return self.value.best if self.value.best is not None else self.value.low


_SIZES = frozenset("year month day hour week storey vehicle car man member strong".split())


_TENS = frozenset(("احد", "احدي", "اثنا", "اثني", "اثنتا", "اثنتي"))  # before "عشر": eleven, twelve


def may_count(marked: Marked, at: int) -> bool:
    """Whether a count can begin at a token at all."""
    token = marked.tokens[at]
    return token.is_number or marked.tag_at("numbers", at) is not None or token.form in _TENS


def count_at(marked: Marked, at: int, limit: int) -> Count | None:
    """The count that begins at token `at`, or None."""
    if at < len(marked.tokens) and not may_count(marked, at):
        return None
    first = at
    head = marked.tag_at("numbers", at, "more", "about")
    more = head is not None and head.value == "more"
    start = head.last if head is not None else at
    value, last = _plain(marked, start, limit)
    if value is None:
        vague = _vague(marked, start)
        if vague is None:
            return None
        return Count(Range(vague[0], None, None), first, vague[1])
    if last < limit and marked.tokens[last].form in _UNIT_OF_OTHER_THINGS:
        return None
    if last + 1 < limit and marked.tokens[last].form == "-" and marked.tokens[last + 1].form in _SIZES:
        return None  # "an eight-year-old girl"
    trailing = marked.tag_at("numbers", last, "more") if last < limit else None
    if more or trailing:
        return Count(Range(value, None, None), first, trailing.last if trailing else last)
    upper = _upper(marked, last, limit, value)
    if upper:
        return Count(Range(value, None, upper[0]), first, upper[1])
    return Count(Range(value, value, value), first, last)


def _vague(marked: Marked, at: int) -> tuple[int, int] | None:
    tag = marked.tag_at("numbers", at)
    if tag is None or not tag.value.startswith("vague:"):
        return None
    return int(tag.value.split(":")[1]), tag.last


def _upper(marked: Marked, at: int, limit: int, lower: int) -> tuple[int, int] | None:
    """The second number of "3-5" or "three to five"."""
    if at + 1 < limit and marked.tokens[at].form in ("-", "to", "او"):
        value, last = _plain(marked, at + 1, limit)
        if value is not None and value > lower:  # "has risen to 11 - seven men, three women": no range
            return value, last
    return None


def _plain(marked: Marked, at: int, limit: int) -> tuple[int | None, int]:
    """A number in digits or words from token `at`, and where it ends."""
    if at >= limit:
        return None, at
    token = marked.tokens[at]
    if token.is_number:
        other = _of_a_date(marked, at) or _of_an_outlet(marked, at) or _of_a_unit(marked, at)
        return (None if other else _digits(token.form)), at + 1
    total, last, previous = 0, at, None
    while last < limit:
        value = _word(marked, last, previous)
        if value is None:
            break
        step, last = value
        if step in (100, 1000) and previous is not None and previous < step:
            total = (total or 1) * step
        else:
            total += step
        previous = step
    return (total, last) if last > at else (None, at)


_OUTLETS = ("كردستان", "كوردستان", "kurdistan", "k", "نيوز", "فرانس", "france", "العربيه")


def _of_an_outlet(marked: Marked, at: int) -> bool:
    """The number in the name of a channel: "كوردستان 24"."""
    return marked.tokens[at].form == "24" and at > 0 and marked.tokens[at - 1].form in _OUTLETS


_UNITS = frozenset(
    "لواء فوج فرقه سريه كتيبه فصيل ماده قاطع فقره رقم محور شارع قضيه بند "
    "ليوا ليواي brigade division regiment article".split()
)


_BEFORE_UNITS = ("", "ال", "لل", "وال", "بال", "و", "ل", "ب")


def _of_a_unit(marked: Marked, at: int) -> bool:
    """The number of a brigade, a law's article or a street: "اللواء 35", "Article 140", "فوج 3"."""
    if at == 0:
        return False
    before = marked.tokens[at - 1].form
    return any(before.startswith(clitic) and before.removeprefix(clitic) in _UNITS for clitic in _BEFORE_UNITS)


def _of_a_date(marked: Marked, at: int) -> bool:
    """A day of a month or an hour: "July 31", "14 تشرين", "الساعة 8"."""
    for tag in marked.tags("times", max(0, at - 2), min(at + 2, len(marked.tokens))):
        if tag.value.startswith("month:") and (tag.last == at or tag.first == at + 1):
            return True
        if tag.value == "unit:hour" and tag.last == at and marked.lang != "en":
            following = marked.tag_at("times", at + 1)
            return following is None or following.value not in ("last", "this")
    return False


def _digits(form: str) -> int | None:
    plain = form.replace(",", "")
    if not plain.isdecimal() or len(plain) > 6:
        return None
    value = int(plain)
    if "," not in form and len(plain) == 4 and 1950 <= value <= 2050:
        return None  # a year
    return value if value <= MAX_COUNT else None


def _word(marked: Marked, at: int, previous: int | None) -> tuple[int, int] | None:
    """One number word that may follow another: "خمسة" "وعشرين", "احد" "عشر", "twenty" "-" "two"."""
    start = at
    if previous is not None and marked.tokens[at].form in ("-", "and", "و"):
        start = at + 1
    tag = marked.tag_at("numbers", start)
    # الاثنين is Monday, not two
    if tag is not None and tag.value.isdecimal() and not (tag.form.definite and marked.tag_at("times", start)):
        value = int(tag.value)
        joined = bool(tag.form.conj) or start > at
        if previous is None or (joined and _joins(previous, value)) or (not joined and _follows(previous, value)):
            if tag.form.prep and previous is not None:
                return None
            return value, tag.last
        return None
    if (
        previous is None
        and marked.lang == "ar"
        and marked.tokens[at].form in ("احد", "احدي")
        and at + 1 < len(marked.tokens)
    ):
        if marked.tokens[at + 1].form in ("عشر", "عشره"):
            return 11, at + 2
    if previous is None and marked.lang == "ar" and marked.tokens[at].form in ("اثنا", "اثني", "اثنتا", "اثنتي"):
        if at + 1 < len(marked.tokens) and marked.tokens[at + 1].form in ("عشر", "عشره"):
            return 12, at + 2
    return None


def _joins(previous: int, value: int) -> bool:
    """Whether "previous AND value" is one number."""
    return (
        (previous < 10 and value in range(20, 100, 10))
        or (previous >= 100 and value < 100)
        or (previous in range(20, 100, 10) and value < 10)
    )


def _follows(previous: int, value: int) -> bool:
    """Whether "previous value" without "and" is one number."""
    return (previous < 10 and value == 10) or (previous < 100 <= value) or (previous >= 100 > value)
