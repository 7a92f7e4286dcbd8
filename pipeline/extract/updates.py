"""Counts that replace earlier ones: "ارتفعت الحصيلة إلى سبعة قتلى", "the death toll rose to seven"."""

from dataclasses import replace

from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.toll import OF_THE_HURT, Toll

FINAL = "final"
_TO = frozenset(("الي", "to", "at", "بو", "ب"))
_REACH = 6


def updated(marked: Marked, first: int, last: int) -> int | None:
    """The token from which tokens[first:last] tell a toll anew, or None."""
    for tag in marked.tags("cues", first, last, ("toll_rise",)):
        if tag.last - tag.first > 1:
            return tag.first  # "final toll": says by itself what has risen
        near = range(max(first, tag.first - 4), min(last, tag.last + _REACH))
        if any(marked.tag_at("casualties", at) or marked.has("objects", at, at + 1, "toll") for at in near):
            return tag.first
    return None


def as_updated(marked: Marked, tolls: list[Toll], first: int, last: int) -> list[Toll]:
    """The counts of a stretch in which a toll is told anew: of each field the one it rose to, and no part of it.

    "ارتفعت الحصيلة إلى قتيلين بعد وفاة أحد الجرحى": two, not three.
    """
    since = updated(marked, first, last) if tolls else None
    if since is None:
        told = any(toll.field == "killed" and toll.rule == "number of" for toll in tolls)
        return [toll for toll in tolls if not (told and toll.rule == OF_THE_HURT)]  # "climbed to eight, after two died"
    kept: dict[str, Toll] = {}
    for toll in tolls:
        if toll.rule in ("none", "initial"):
            continue
        risen = toll.at >= since and (_settled(marked, since) or _to_it(marked, toll, since))
        if toll.field not in kept or (risen and kept[toll.field].rule != FINAL):
            kept[toll.field] = replace(toll, rule=FINAL) if risen else toll
    finals = any(toll.rule == FINAL for toll in kept.values())
    return [replace(toll, rule=FINAL) if not finals else toll for toll in kept.values()]


_NUMBER_TO = frozenset(("العدد", "الحصيله", "toll", "number"))


def bare_total(marked: Marked, first: int, last: int) -> Toll | None:
    """ "ثم رفع الجهاز العدد إلى سبعة بعد العثور على جثتين": a number of dead told with no noun of its own."""
    for at in range(first, last - 2):
        if marked.tokens[at].form not in _NUMBER_TO or marked.tokens[at + 1].form not in _TO:
            continue
        count = count_at(marked, at + 2, last)
        dead = any(tag.value.startswith("killed") for tag in marked.tags("casualties", first, last))
        if count is not None and dead and marked.tag_at("casualties", count.last) is None:
            return Toll("killed", count.value, marked.span(at, count.last), at, (), FINAL)
    return None


def _settled(marked: Marked, since: int) -> bool:
    """ "لتصبح الحصيلة أربعة قتلى", "استقرت الحصيلة على خمسة": the count follows with no "to"."""
    return any(tag.last - tag.first > 1 for tag in marked.tags("cues", since, since + 1, ("toll_rise",)))


def _to_it(marked: Marked, toll: Toll, since: int) -> bool:
    """Whether "to" stands between the rise and the count, with no "after" between them."""
    forms = [marked.tokens[at].form for at in range(since, min(len(marked.tokens), toll.at + 3))]
    return bool(_TO.intersection(forms)) or any(form.startswith("ل") and form[1:].isdecimal() for form in forms)
