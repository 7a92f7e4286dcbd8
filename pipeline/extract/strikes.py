"""The number of air strikes a clause tells: "سبع غارات", "ضربتين جويتين", "four air strikes", "سێ جار"."""

from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.model import Claim

_STRIKE_STEMS = (
    "غار",
    "ضرب",
    "air strike",
    "airstrike",
    "strike",
    "air raid",
    "drone strike",
    "air-strike",
    "هێرش",
    "گورز",
    "لێدان",
)


def strikes(marked: Marked, first: int, last: int) -> Claim[int] | None:
    """n_strikes with its words, or None where no number of strikes is told."""
    for tag in marked.tags("triggers", first, last):
        if not tag.entry.term.startswith(_STRIKE_STEMS):
            continue
        for gap in (0, 1):
            for start in range(max(first, tag.first - 4), tag.first):
                count = count_at(marked, start, last)
                if count and count.number and tag.first - count.last == gap:
                    span = marked.span(count.first, tag.last)
                    return Claim(count.number, marked.words(span), (span,), "text", "counted")
        base = tag.form.base
        if base.endswith(("تين", "تان")) or marked.tokens[tag.last - 1].form.endswith(("تين", "تان")):
            span = marked.span(tag.first, tag.last)
            return Claim(2, marked.words(span), (span,), "text", "dual")
    return _times(marked, first, last)


def _times(marked: Marked, first: int, last: int) -> Claim[int] | None:
    for at in range(first, last):
        if marked.tokens[at].form in ("جار", "جارهكه", "مرات", "times"):
            for start in range(max(first, at - 3), at):
                count = count_at(marked, start, at)
                if count and count.number and count.last == at:
                    span = marked.span(count.first, at + 1)
                    return Claim(count.number, marked.words(span), (span,), "text", "times")
    return None
