"""A document with its lexicon tags, and small questions about what stands where."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model import Language, Report, Span
from pipeline.text.lexicon import Lexicon, Tag
from pipeline.text.tokens import Document, Sentence, Token

_PAUSES = frozenset(',;:()[]"\n-')


class _Met(NamedTuple):
    """The tags of one class, in the order of the text; of one class at most one begins at a token, the longest."""

    tags: list[Tag]
    firsts: list[int]
    at: dict[int, Tag]
    values: set[str]


@dataclass(slots=True)
class Marked:
    """One report being read: tokens, sentences, and the tags of each class in the order of the text."""

    report: Report
    lang: Language
    document: Document
    lexicon: Lexicon
    named: set[str] = field(default_factory=set)  # doubtful names that the report has once used as a place
    tokens: Sequence[Token] = field(init=False)  # of the document
    _met: dict[str, _Met] = field(default_factory=dict)
    _openings: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tokens = self.document.tokens

    def tags(self, cls: str, first: int, last: int, values: Collection[str] = ()) -> list[Tag]:
        """Tags of a class that begin in tokens[first:last]; of given values alone where any are given."""
        met = self._met.get(cls)
        if met is None or (values and met.values.isdisjoint(values)):
            return []  # most questions are of what the report does not have at all
        low = bisect_left(met.firsts, first)
        high = bisect_left(met.firsts, last, low)
        if low == high:
            return []
        found = met.tags[low:high]
        return [tag for tag in found if tag.value in values] if values else found

    def has(self, cls: str, first: int, last: int, *values: str) -> bool:
        return bool(self.tags(cls, first, last, values))

    def tag_at(self, cls: str, at: int, *values: str) -> Tag | None:
        """The tag of a class that begins at a token."""
        met = self._met.get(cls)
        tag = met.at.get(at) if met is not None else None
        return tag if tag is None or not values or tag.value in values else None

    def openings(self, first: int, last: int) -> list[int]:
        """Those of tokens[first:last] that a date may begin with: digits, and words that tell of times or numbers."""
        return self._openings[bisect_left(self._openings, first) : bisect_left(self._openings, last)]

    def tag_ending(self, cls: str, at: int, *values: str, reach: int = 4) -> Tag | None:
        """The tag of a class whose last word is just before token `at`."""
        for tag in reversed(self.tags(cls, max(0, at - reach), at, values)):
            if tag.last == at:
                return tag
        return None

    def span(self, first: int, last: int) -> Span:
        """The text of tokens[first:last], marks at its edges left out."""
        tokens = self.tokens
        while first < last - 1 and not (tokens[first].is_word or tokens[first].is_number):
            first += 1
        while last - 1 > first and not (tokens[last - 1].is_word or tokens[last - 1].is_number):
            last -= 1
        return Span(tokens[first].start, tokens[last - 1].end)

    def words(self, span: Span) -> str:
        return self.document.text[span.start : span.end]

    def pause_between(self, first: int, last: int) -> bool:
        return any(token.form in _PAUSES for token in self.tokens[first:last])


def mark(report: Report, lang: Language, document: Document, lexicon: Lexicon) -> Marked:
    """Tag a document, sentence by sentence, so that no phrase runs over a full stop."""
    marked = Marked(report, lang, document, lexicon)
    by_class: dict[str, list[Tag]] = defaultdict(list)
    for sentence in document.sentences:
        for tag in lexicon.tags(document.tokens, sentence.first, sentence.last):
            if lang == "ar" and _noun_read_as_verb(tag, document):
                continue
            by_class[tag.cls].append(tag)
    _leave_names(by_class, lang)
    for cls, tags in by_class.items():
        at = {tag.first: tag for tag in tags}
        marked._met[cls] = _Met(tags, list(at), at, {tag.value for tag in tags})
    digits = [at for at, token in enumerate(document.tokens) if token.is_number]
    timed = [tag.first for cls in ("times", "numbers") for tag in by_class.get(cls, ())]
    marked._openings = sorted({*digits, *timed})
    return marked


def _noun_read_as_verb(tag: Tag, document: Document) -> bool:
    """ "أسرة" is a family, and no "he captured him": folding makes its last letter a pronoun."""
    if not tag.entry.pos.startswith("v") or tag.last - tag.first > 1 or not tag.form.base.endswith("ه"):
        return False
    return document.text[document.tokens[tag.first].end - 1] == "ة"


def _leave_names(by_class: dict[str, list[Tag]], lang: Language) -> None:
    """Triggers and cues within a body's name are part of the name: "قيادة العمليات المشتركة", "مكافحة الإرهاب"."""
    inside = {
        at for tag in by_class.get("actor_aliases", ()) if tag.last - tag.first > 1 for at in range(tag.first, tag.last)
    }
    for cls in ("triggers", "cues"):
        if cls in by_class:
            by_class[cls] = [
                tag
                for tag in by_class[cls]
                if not inside.issuperset(range(tag.first, tag.last))
                and not (tag.value.startswith("security_op") and "…" in tag.entry.term and tag.last - 1 in inside)
            ]
    ends_it = lang != "ar"  # "Kurdish fighters" are people; the "workers" of "حزب العمال" are nobody
    within = {at for tag in by_class.get("actor_aliases", ()) for at in range(tag.first + 1, tag.last - ends_it)}
    if "persons" in by_class:
        by_class["persons"] = [
            tag for tag in by_class["persons"] if tag.first not in within or tag.last - 1 not in within
        ]


def sentence_of(document: Document, at: int) -> Sentence:
    """The sentence that holds token `at`."""
    firsts = [sentence.first for sentence in document.sentences]
    return document.sentences[max(0, bisect_left(firsts, at + 1) - 1)]
