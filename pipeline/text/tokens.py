"""Tokens and sentences of a report, by folded form, with offsets into the text as read."""

import re
from functools import lru_cache, partial
from typing import NamedTuple

from geodata.fold import fold_with_map
from pipeline.model import Span

MAX_SENTENCE_TOKENS = 160  # a text without full stops is cut here, so that work stays proportional to its length

_NUMBER, _WORD = 1, 2  # the groups of a token's pattern; a mark or a new line is in neither
_TOKEN = re.compile(r"(\d+(?:[.,:/]\d+)*)|([^\W\d_]+(?:'[^\W\d_]+)*)|\n|[^\s\w]")
_ENDS = frozenset(".!?؟…\n;؛")
_ABBREVIATIONS = frozenset(
    "gen col maj lt capt sgt cpl brig dr mr mrs ms st no vs vic approx jan feb mar apr jun jul aug "
    "sep sept oct nov dec u s a m p".split()
)


class Token(NamedTuple):
    """A word, number or mark: its folded form, and where it stands in the text as read."""

    form: str
    start: int
    end: int
    is_word: bool
    is_number: bool


_token = partial(tuple.__new__, Token)  # half the time of Token(...), which matters a thousand times an article


class Sentence(NamedTuple):
    """A run of tokens, `tokens[first:last]` of the document, and its span in the text."""

    first: int
    last: int
    span: Span


class Document(NamedTuple):
    """A report's text, cut."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]


def read_document(text: str) -> Document:
    """Cut a text into tokens and sentences. Any string is accepted; the work is linear in its length."""
    folded, offsets = fold_with_map(text)
    cut = []
    for found in _TOKEN.finditer(folded):
        kind, (start, end) = found.lastindex, found.span()
        cut.append(_token((found[0], offsets[start], offsets[end - 1] + 1, kind == _WORD, kind == _NUMBER)))
    tokens = tuple(cut)
    return Document(text, tokens, tuple(_sentences(tokens)))


def _sentences(tokens: tuple[Token, ...]) -> list[Sentence]:
    found: list[Sentence] = []
    first = 0
    ends = [at for at, token in enumerate(tokens) if token.form in _ENDS and _ends_sentence(tokens, at)]
    for end in (*ends, len(tokens)):
        while end - first > MAX_SENTENCE_TOKENS:
            found.append(_sentence(tokens, first, first + MAX_SENTENCE_TOKENS))
            first += MAX_SENTENCE_TOKENS
        if _has_word(tokens, first, end):
            found.append(_sentence(tokens, first, min(end + 1, len(tokens))))
        first = end + 1
    return found


def _ends_sentence(tokens: tuple[Token, ...], at: int) -> bool:
    if tokens[at].form != "." or at == 0:
        return True
    before = tokens[at - 1]
    if before.end != tokens[at].start:
        return True
    if before.form in _ABBREVIATIONS or (len(before.form) == 1 and before.form.isascii() and before.is_word):
        return at + 1 < len(tokens) and tokens[at + 1].form == "\n"
    # "3.the" and "1.2" are no ends; a full stop before the next word needs a space or a letter of another sentence
    return not (at + 1 < len(tokens) and tokens[at + 1].is_number and tokens[at + 1].start == tokens[at].end)


def _has_word(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    return any(token.is_word or token.is_number for token in tokens[first:last])


def _sentence(tokens: tuple[Token, ...], first: int, last: int) -> Sentence:
    while first < last and tokens[first].form == "\n":
        first += 1
    end = last
    while end > first + 1 and tokens[end - 1].form == "\n":
        end -= 1
    return Sentence(first, last, Span(tokens[first].start, tokens[end - 1].end))


class Form(NamedTuple):
    """One way to take a token apart: proclitics before a base."""

    base: str
    conj: str  # و ف
    prep: str  # ب ل ك, or س before an imperfect
    definite: bool
    cost: int  # letters taken off: the form that takes least off is tried first


@lru_cache(maxsize=16_384)
def forms(word: str, lang: str) -> tuple[Form, ...]:
    """The ways to take a folded token apart in a language, the least cut first."""
    if lang == "en":
        if word.endswith("'s"):
            return (Form(word, "", "", False, 0), Form(word[:-2], "", "", False, 0))
        return (Form(word, "", "", False, 0),)
    found = _arabic(word) if lang == "ar" else _sorani(word)
    return tuple(sorted(set(found), key=lambda form: (form.cost, form.base)))


def _arabic(word: str) -> list[Form]:
    found = [Form(word, "", "", False, 0)]
    stages = [("", word)]
    if len(word) > 2 and word[0] in "وف":
        stages.append((word[0], word[1:]))
        found.append(Form(word[1:], word[0], "", False, 1))
    for conj, rest in stages:
        cut = len(conj)
        if rest.startswith("ال") and len(rest) > 4:
            found.append(Form(rest[2:], conj, "", True, cut + 2))
        if rest.startswith("لل") and len(rest) > 4:
            found.append(Form(rest[2:], conj, "ل", True, cut + 2))
        if len(rest) > 3 and rest[0] in "بلك":
            found.append(Form(rest[1:], conj, rest[0], False, cut + 1))
            if rest[1:3] == "ال" and len(rest) > 5:
                found.append(Form(rest[3:], conj, rest[0], True, cut + 3))
        if len(rest) > 3 and rest[0] == "س" and rest[1] in "يتنا":
            found.append(Form(rest[1:], conj, "س", False, cut + 1))
    return found


# Endings of Sorani nouns and verbs, folded: definite, indefinite, plural, possession, "in", "also".
_ENDINGS = (
    "هكانيشيان", "هكانيان", "هكانيش", "هكاني", "هكهيان", "هكهيش", "هكهي", "هكان", "هكهدا", "هكه", "يهكاني", "يهكان",
    "يهكهي", "يهكه", "كاني", "كان", "كهي", "كه", "يكيان", "يكيش", "يكدا", "يكي", "يك", "يهكي", "يهك", "انيان", "انيش",
    "اني", "اندا", "انه", "ان", "ياندا", "يان", "يشيان", "يش", "هيه", "هوه", "هيان", "دا", "يدا", "هدا", "هي", "يي",
    "ي", "ن",
    "ه", "ش", "ت", "يانه", "ياني", "هوهي", "كانيشي", "كانيان", "كاندا", "هكاندا", "تيان", "يهي",
)  # fmt: skip
_ENDINGS_BY_LENGTH = tuple(sorted(_ENDINGS, key=len, reverse=True))


def _sorani(word: str) -> list[Form]:
    found = [Form(word, "", "", False, 0)]
    stages = [("", word)]
    if len(word) > 4 and word[0] == "و":
        stages.append(("و", word[1:]))
        found.append(Form(word[1:], "و", "", False, 1))
    if len(word) > 4 and word[:2] in ("له", "به"):  # "لە" and "بە" written onto the word
        stages.append((word[:2], word[2:]))
        found.append(Form(word[2:], "", word[:2], False, 3))
    for taken, rest in stages:
        for ending in _ENDINGS_BY_LENGTH:
            if rest.endswith(ending) and len(rest) - len(ending) >= 3:
                stem = rest[: -len(ending)]
                conj, prep = (taken, "") if taken == "و" else ("", taken)
                found.append(Form(stem, conj, prep, "هكه" in ending or "هكان" in ending, len(ending) + len(taken)))
    return found
