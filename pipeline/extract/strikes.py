"""The number of air strikes a clause tells: "سبع غارات", "ضربتين جويتين", "four air strikes", "سێ جار"."""

from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.model import Claim

_STRIKES = ("غار", "ضرب", "strike", "raid", "airstrike", "sortie", "هيرش", "كورز", "ليدان")  # stems, folded
_MOST = 500  # more strikes than this are the count of a campaign


def strikes(marked: Marked, first: int, last: int) -> Claim[int] | None:
    """n_strikes with its words, or None where no number of strikes is told."""
    for at in _strike_words(marked, first, last):
        if marked.tokens[at].form.endswith(("تين", "تان")):
            span = marked.span(at, at + 1)
            return Claim(2, marked.words(span), (span,), "text", "dual")
        for gap in (0, 1):
            for start in range(max(first, at - 4), at):
                count = count_at(marked, start, last)
                if count and count.number and at - count.last == gap and count.number < _MOST:
                    span = marked.span(count.first, at + 1)
                    return Claim(count.number, marked.words(span), (span,), "text", "counted")
    return _times(marked, first, last) or _one(marked, first, last)


_SINGLE = frozenset("ضربه غاره بضربه بغاره لضربه لغاره strike airstrike raid كورزيكي كورزيك".split())


def _one(marked: Marked, first: int, last: int) -> Claim[int] | None:
    """ "ضربة جوية", "an air strike": one, unless another sentence counts more."""
    for at in _strike_words(marked, first, last):
        if marked.tokens[at].form not in _SINGLE:
            continue
        if marked.lang == "en" and not {t.form for t in marked.tokens[max(first, at - 3) : at]} & _A:
            continue
        span = marked.span(at, at + 1)
        return Claim(1, marked.words(span), (span,), "text", SINGLE)
    return None


SINGLE = "singular"
_A = frozenset(("a", "an", "one", "single", "another"))


def _strike_words(marked: Marked, first: int, last: int) -> list[int]:
    """The tokens that are the word "strike" or its like within the triggers of a stretch."""
    found: list[int] = []
    for tag in marked.tags("triggers", first, last):
        for at in range(tag.first, min(tag.last, last)):
            form = marked.tokens[at].form
            bare = form.removeprefix("ال").removeprefix("ب") if marked.lang == "ar" else form
            if bare.startswith(_STRIKES) and at not in found:
                found.append(at)
    return found


def _times(marked: Marked, first: int, last: int) -> Claim[int] | None:
    for at in range(first, last):
        if marked.tokens[at].form in ("twice", "مرتين"):
            span = marked.span(at, at + 1)
            return Claim(2, marked.words(span), (span,), "text", "times")
        if marked.tokens[at].form in ("جار", "جارهكه", "مرات", "times"):
            for start in range(max(first, at - 3), at):
                count = count_at(marked, start, at)
                if count and count.number and count.last == at:
                    span = marked.span(count.first, at + 1)
                    return Claim(count.number, marked.words(span), (span,), "text", "times")
    return None
