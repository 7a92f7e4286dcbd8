"""The lexicons: reviewed CSV files, a term a row, matched in one pass over a document's tokens.

Every file of pipeline/lexicons/ named in FILES has the columns lang, term, pos, value, gloss. The class of a match is
the file's name. A gap in a phrase ("أطلق … النار") is written as an ellipsis and spans up to GAP words.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import LexiconError
from pipeline.text.inflect import inflections
from pipeline.text.tokens import Form, Token, forms, read_document

HERE = Path(__file__).parent.parent / "lexicons"
FILES = (
    "triggers", "casualties", "persons", "cues", "numbers", "times", "kinds", "relations", "organisations", "abroad",
    "actor_aliases", "speech", "objects", "domains", "ordinary",
)  # fmt: skip
LANGUAGES = ("ar", "ckb", "en")
GAP = 22
_REMEMBER = 100_000  # words whose patterns are kept
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Entry:
    """A lexicon row."""

    cls: str
    lang: str
    term: str
    pos: str
    value: str
    gloss: str


class Tag(NamedTuple):
    """A lexicon entry met in a document: tokens[first:last], and what stood before its first word."""

    cls: str
    value: str
    first: int
    last: int
    form: Form
    entry: Entry


class _Pattern(NamedTuple):
    entry: Entry
    rest: tuple[frozenset[str] | None, ...]  # None is a gap
    definite: bool | None  # True: only with the article; None: either way


class Lexicon:
    """All entries of one language, by the forms of their first word."""

    def __init__(self, entries: Sequence[Entry], lang: str) -> None:
        self.lang = lang
        self._by_first: dict[str, list[_Pattern]] = defaultdict(list)
        self._remembered: dict[str, list[tuple[_Pattern, Form]]] = {}
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        parts = [part.strip() for part in entry.term.split(_ELLIPSIS)]
        tags = entry.pos.split()
        words: list[frozenset[str] | None] = []
        for at, part in enumerate(parts):
            if at:
                words.append(None)
            count = len(read_document(part).tokens)
            own, tags = (tags[:count], tags[count:]) if len(parts) > 1 else (tags, [])
            filled = own + ["x"] * (count - len(own)) if len(parts) > 1 else own
            words += inflections(part, " ".join(filled), entry.lang)
        first = words[0]
        if first is None:
            raise LexiconError(f"lexicon {entry.cls}: term {entry.term!r} begins with a gap")
        article = entry.lang == "ar" and parts[0].split()[0].startswith("ال")
        for form in first:
            bare = article and not form.startswith("ال")
            self._by_first[form].append(_Pattern(entry, tuple(words[1:]), True if bare else None))

    def tags(self, tokens: Sequence[Token], first: int, last: int) -> list[Tag]:
        """Every entry that occurs in tokens[first:last]; of one class at one place only the longest is kept."""
        found: list[Tag] = []
        for at in range(first, last):
            token = tokens[at]
            if not token.is_word:
                continue
            whole = False  # a word the lexicon knows whole is not a clitic and another word: وزارة is not و + زار
            for pattern, form in self._candidates(token.form):
                if whole and (form.conj or form.prep):
                    break
                end = self._end(pattern.rest, tokens, at + 1, last) if pattern.rest else at + 1
                if end:
                    whole = whole or form.cost == 0
                    found.append(Tag(pattern.entry.cls, pattern.entry.value, at, end, form, pattern.entry))
        return _longest(found)

    def _candidates(self, word: str) -> list[tuple[_Pattern, Form]]:
        """The patterns whose first word a token may be, with how it is taken apart, the least cut first. Remembered."""
        met = self._remembered.get(word)
        if met is None:
            met = [
                (pattern, form)
                for form in forms(word, self.lang)
                for pattern in self._by_first.get(form.base, ())
                if form.definite or not pattern.definite
            ]
            if len(self._remembered) < _REMEMBER:
                self._remembered[word] = met
        return met

    def _end(self, rest: tuple[frozenset[str] | None, ...], tokens: Sequence[Token], at: int, last: int) -> int:
        """Where the words of `rest` end when they follow at `at`, or 0."""
        gap = False
        for words in rest:
            if words is None:
                gap = True
                continue
            limit = min(last, at + (GAP if gap else 1))
            while at < limit and not self._fits(tokens[at].form, words):
                if tokens[at].form in ".!?\n":
                    return 0
                at += 1
            if at >= limit:
                return 0
            at += 1
            gap = False
        return at

    def _fits(self, word: str, words: frozenset[str]) -> bool:
        if word in words:
            return True
        if self.lang == "ar":
            return word[:2] == "ال" and word[2:] in words
        if self.lang == "ckb":
            return any(form.base in words for form in forms(word, "ckb"))
        return word.endswith("'s") and word[:-2] in words


def _longest(found: list[Tag]) -> list[Tag]:
    """Of the tags of one class that overlap, the longest; of equals, the one that took least off the word."""
    kept: list[Tag] = []
    taken: dict[str, set[int]] = defaultdict(set)
    for tag in sorted(found, key=lambda t: (t.first - t.last, t.form.cost, t.first)):
        cells = range(tag.first, tag.last) if tag.entry.term.find(_ELLIPSIS) < 0 else (tag.first, tag.last - 1)
        if taken[tag.cls].isdisjoint(cells):
            taken[tag.cls].update(cells)
            kept.append(tag)
    kept.sort(key=lambda t: (t.first, -t.last))
    return kept


@cache
def load(lang: str, folder: Path = HERE) -> Lexicon:
    """The lexicon of a language. Raises LexiconError naming the file and row that is broken."""
    return Lexicon([entry for name in FILES for entry in read_entries(name, folder) if entry.lang == lang], lang)


@cache
def read_entries(name: str, folder: Path = HERE) -> tuple[Entry, ...]:
    """The rows of one lexicon file. Lines that begin with # are the file's own notes."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        entries = []
        for number, row in enumerate(rows, 2):
            if row.get("lang") not in LANGUAGES or not (row.get("term") or "").strip() or row.get("gloss") is None:
                raise LexiconError(f"{path.name}, row {number}: lang, term, pos, value and gloss are needed, got {row}")
            entries.append(Entry(name, row["lang"], row["term"].strip(), row["pos"], row["value"], row["gloss"]))
    return tuple(entries)


@cache
def lexicon_hash(folder: Path = HERE) -> str:
    """A hash of all lexicon files: two runs with the same hash read with the same words."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
