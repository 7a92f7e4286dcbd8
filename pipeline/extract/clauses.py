"""Clauses of a sentence: stretches that may each tell their own event."""

from typing import NamedTuple

from pipeline.extract.date_mention import DateMention
from pipeline.extract.marked import Marked
from pipeline.text.lexicon import Tag
from pipeline.text.tokens import Sentence


class Clause(NamedTuple):
    """tokens[first:last] of a sentence. separate: begins with "in another incident" or its like."""

    first: int
    last: int
    separate: bool
    anchor: DateMention | None


def clauses(marked: Marked, sentence: Sentence, dates: list[DateMention], places: list[int]) -> list[Clause]:
    """The clauses of a sentence in order; together they cover it."""
    cuts: dict[int, tuple[bool, DateMention | None]] = {sentence.first: (False, None)}
    for tag in marked.tags("cues", sentence.first, sentence.last, ("separate", "clause", "contrast")):
        separate = tag.value == "separate" and tag.entry.term not in ("كذلك", "أيضا", "also", "هەروەها", "دواتر")
        if not separate and marked.lang == "en" and _an_hour(marked, tag):
            continue
        if tag.first == sentence.first or tag.first <= sentence.first + 1:
            cuts[sentence.first] = (separate, None)
        elif separate or _after_pause(marked, tag.first):
            cuts[tag.first] = (separate, None)
    for mention in dates:
        if mention.kind == "anchor":
            cuts[mention.first] = (False, mention)
    further = _second_events(marked, sentence, places) + _second_places(marked, sentence, places)
    for at in further + _second_sayings(marked, sentence, dates):
        cuts.setdefault(at, (False, None))
    for mention in dates:
        if mention.kind == "shift":  # it dates the clause it stands in
            begin = max(at for at in cuts if at <= mention.first)
            cuts[begin] = (cuts[begin][0], mention)
    if len(cuts) == 1:
        return [Clause(sentence.first, sentence.last, *cuts[sentence.first])]
    firsts = sorted(cuts)
    return [Clause(first, last, *cuts[first]) for first, last in zip(firsts, [*firsts[1:], sentence.last], strict=True)]


_HOURS = frozenset("dawn daybreak sunrise sunset dusk dark nightfall noon midday midnight iftar".split())


def _an_hour(marked: Marked, tag: Tag) -> bool:
    """ "hit the base, before dawn on Monday, wounding three": an hour, and the clause goes on."""
    return tag.last < len(marked.tokens) and marked.tokens[tag.last].form in _HOURS


def _second_events(marked: Marked, sentence: Sentence, places: list[int]) -> list[int]:
    """Where "and" with a verb begins a second event of a sentence: one that has its place, after one that had its own.

    "قُتل مدني في داقوق وأصيب آخران بانفجار عبوة في الحويجة".
    """
    if len(places) < 2:
        return []
    verbs = [tag for tag in marked.tags("triggers", sentence.first, sentence.last) if ":strong" in tag.value]
    verbs += [tag for tag in marked.tags("casualties", sentence.first, sentence.last) if tag.value.endswith(":verb")]
    found: list[int] = []
    begin, seen = sentence.first, False
    for tag in sorted(verbs, key=lambda t: t.first):
        joined = tag.form.conj == "و" or marked.tokens[tag.first - 1].form in ("and", "و") if tag.first else False
        before = any(begin <= place < tag.first for place in places)
        after = any(tag.first < place < sentence.last for place in places)
        if seen and joined and before and after:
            found.append(tag.first)
            begin = tag.first
        seen = True
    return found


_ADDING = frozenset("مبينا موضحا مضيفا مشيرا مؤكدا موكدا لافتا كاشفا منوها".split())


def _second_sayings(marked: Marked, sentence: Sentence, dates: list[DateMention]) -> list[int]:
    """Where a speaker goes on to what has its own day: "... خلّفت قتيلاً، مبيناً أن وساطة أفضت أول من أمس إلى اتفاق"."""
    found: list[int] = []
    for at in range(sentence.first + 3, sentence.last - 2):
        if marked.tokens[at].form not in _ADDING:
            continue
        before = marked.tags("triggers", sentence.first, at) or marked.tags("casualties", sentence.first, at)
        after = marked.tags("triggers", at, sentence.last)
        if before and after and any(mention.first > at for mention in dates):
            found.append(at)
    return found


def _second_places(marked: Marked, sentence: Sentence, places: list[int]) -> list[int]:
    """Where ", and in" a place begins another item of a list: "في الدجيل ... ، وفي ناحية الضلوعية عُثر ..."."""
    found: list[int] = []
    for place in places:
        relation = marked.tag_ending("relations", place)
        start = relation.first if relation is not None else place
        listed = (
            marked.tokens[start].form.startswith(("وفي", "وب", "ففي", "واما", "وفى")) and start > sentence.first + 2
        )
        if not listed or marked.tokens[start - 1].form not in (",", ";", "-"):
            continue
        before = marked.tags("triggers", sentence.first, start) or marked.tags("casualties", sentence.first, start)
        after = marked.tags("triggers", start, sentence.last) or marked.tags("casualties", start, sentence.last)
        if before and after:
            found.append(start)
    return found


def _after_pause(marked: Marked, at: int) -> bool:
    before = marked.tokens[at - 1].form
    return before in (",", "-", ")", '"') or marked.tokens[at].form.startswith("و") or marked.lang == "ckb"
