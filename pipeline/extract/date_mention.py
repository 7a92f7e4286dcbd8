"""A date phrase of a text, and the small questions its readers ask of the tags."""

from datetime import timedelta
from typing import Literal, NamedTuple

from pipeline.extract.marked import Marked
from pipeline.model import Days

Kind = Literal["day", "night", "window", "week", "month", "year", "future", "anchor", "shift", "unresolved"]


class DateMention(NamedTuple):
    """tokens[first:last] and the days they name. `anchor` days count back from another event.

    An anchor counts from an event of the sentence, a shift from the event told before.
    """

    first: int
    last: int
    days: Days
    kind: Kind
    anchor: int | None = None


def time_value(marked: Marked, at: int, prefix: str) -> tuple[int, int] | None:
    """The number of a times tag such as month:3 at a token, and where the tag ends."""
    tag = marked.tag_at("times", at)
    if tag is None or not tag.value.startswith(prefix):
        return None
    head, _, number = tag.value.partition(":")
    if head != prefix or not number.lstrip("-").isdigit():
        return None
    if prefix == "weekday" and marked.lang == "ar" and "ال" not in marked.tokens[at].form[:4]:
        return None  # اثنين is two, احد one: a day's name has the article
    return int(number), tag.last


def time_tag_end(marked: Marked, at: int, *values: str) -> int | None:
    """Where a times tag of one of the values ends, if one begins at the token."""
    tag = marked.tag_at("times", at, *values)
    return tag.last if tag is not None else None


def time_unit(marked: Marked, at: int) -> tuple[str, int, str] | None:
    """day, week, month, year or hour at a token, where it ends, and its form."""
    tag = marked.tag_at("times", at)
    if tag is None or not tag.value.startswith("unit:"):
        return None
    return tag.value[5:], tag.last, tag.form.base


_FARTHEST = 36_525  # days: what is told of a century ago or of one to come is no news


def relative_mention(
    marked: Marked, first: int, last: int, start: int, end: int, precision: int, kind: Kind
) -> DateMention:
    """Days counted from publication: offsets in days. Unresolved where the report has no publication day."""
    published = marked.report.published
    if published is None:
        return DateMention(first, last, Days(None, None, None), "unresolved")
    if max(abs(start), abs(end)) > _FARTHEST:
        return DateMention(first, last, Days(None, None, None), "year")
    if kind in ("day", "night") and -8 < start < 0 and first and marked.tokens[first - 1].form in ("منذ", "since"):
        return DateMention(first, last, Days(published + timedelta(start), published, precision), "window")
    days = Days(published + timedelta(start), published + timedelta(end), precision)
    return DateMention(first, last, days, "future" if start > 0 else kind)


def past_last(marked: Marked, at: int, last: int) -> int:
    end = time_tag_end(marked, at, "last") if at < last else None
    return end if end is not None else at


def weekday_offset(marked: Marked, weekday: int) -> int | None:
    published = marked.report.published
    return None if published is None else -((published.weekday() - weekday) % 7)
