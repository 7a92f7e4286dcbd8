"""Where words that a language model gives stand in a report: letter by letter, whole words, nearest to the event."""

import re
from bisect import bisect_right

from pipeline.extract.marked import Marked
from pipeline.model import Span

_CLITICS = frozenset("وفبكلا")  # and, so, in, as, to, the: written onto the Arabic word that follows
_ENDINGS = 3  # letters that Sorani writes onto a name: "کەرکووکدا"
_LEAST_LETTERS = 3


def has_letters(words: str, least: int = _LEAST_LETTERS) -> bool:
    """Whether the words are more than a mark or a single letter, which would stand in any report."""
    return sum(char.isalpha() for char in words) >= least


def find_words(marked: Marked, words: str, near: int = 0) -> Span | None:
    """The place of `words` in the report that lies nearest to offset `near`; None where they do not stand in it.

    Runs of white space count as one, since answers break lines elsewhere. Everything else must be the same.
    """
    parts = words.split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    found = [Span(*match.span()) for match in pattern.finditer(marked.document.text) if _whole(marked, *match.span())]
    return min(found, key=lambda span: abs(span.start - near), default=None)


def _whole(marked: Marked, start: int, end: int) -> bool:
    """Whether it begins and ends with words, but for what Arabic and Sorani write onto them: "3" is not in "13"."""
    text = marked.document.text
    tokens = marked.tokens
    first = bisect_right(tokens, start, key=lambda token: token.start) - 1
    last = bisect_right(tokens, end - 1, key=lambda token: token.start) - 1
    before = text[tokens[first].start : start] if first >= 0 and tokens[first].end > start else ""
    after = text[end : tokens[last].end] if last >= 0 else ""
    if before and not (marked.lang == "ar" and len(before) <= 4 and set(before) <= _CLITICS):
        return False
    return not after or (marked.lang == "ckb" and len(after) <= _ENDINGS and after.isalpha())


def tokens_in(marked: Marked, span: Span) -> tuple[int, int]:
    """The tokens that a span touches, as first and one past the last."""
    tokens = marked.tokens
    first = bisect_right(tokens, span.start, key=lambda token: token.start) - 1
    if first < 0 or tokens[first].end <= span.start:
        first += 1
    last = bisect_right(tokens, span.end - 1, key=lambda token: token.start)
    return first, max(first, last)
