"""Clauses of a sentence: stretches that may each tell their own event."""

from typing import NamedTuple

from pipeline.extract.dates import DateMention
from pipeline.extract.marked import Marked
from pipeline.text.tokens import Sentence


class Clause(NamedTuple):
    """tokens[first:last] of a sentence. separate: begins with "in another incident" or its like."""

    first: int
    last: int
    separate: bool
    anchor: DateMention | None


def clauses(marked: Marked, sentence: Sentence, dates: list[DateMention]) -> list[Clause]:
    """The clauses of a sentence in order; together they cover it."""
    cuts: dict[int, tuple[bool, DateMention | None]] = {sentence.first: (False, None)}
    for tag in marked.tags("cues", sentence.first, sentence.last, ("separate", "clause", "contrast")):
        separate = tag.value == "separate" and tag.entry.term not in ("كذلك", "أيضا", "also", "هەروەها", "دواتر")
        if tag.first == sentence.first or tag.first <= sentence.first + 1:
            cuts[sentence.first] = (separate, None)
        elif separate or _after_pause(marked, tag.first):
            cuts[tag.first] = (separate, None)
    for mention in dates:
        if mention.kind == "anchor":
            cuts[mention.first] = (False, mention)
    firsts = sorted(cuts)
    return [Clause(first, last, *cuts[first]) for first, last in zip(firsts, [*firsts[1:], sentence.last], strict=True)]


def _after_pause(marked: Marked, at: int) -> bool:
    before = marked.tokens[at - 1].form
    return before in (",", "-", ")", '"') or marked.tokens[at].form.startswith("و") or marked.lang == "ckb"
