"""The lexicons: reviewed CSV files, a term a row, matched in one pass over a document's tokens.

Every file of pipeline/lexicons/ named in FILES has the columns lang, term, pos, value, gloss. The class of a match is
the file's name. A gap in a phrase ("أطلق … النار") is written as an ellipsis and spans up to GAP words.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from operator import attrgetter
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
_REMEMBER = 30_000  # words whose patterns are kept
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


_tag = partial(tuple.__new__, Tag)  # half the time of Tag(...): some hundred are made for an article


class _Pattern(NamedTuple):
    order: int  # in the lexicon: of two phrases that end together the first is kept
    entry: Entry
    rest: tuple[frozenset[str] | None, ...]  # None is a gap
    definite: bool | None  # True: only with the article; None: either way

    @property
    def after_gap(self) -> frozenset[str]:
        """The word after a gap that stands right after the first word."""
        return self.rest[1] or frozenset()


class _Base(NamedTuple):
    """What begins with a word that carries nothing: entries of one word, and phrases by the forms of their second."""

    alone: list[_Pattern]
    phrases: dict[str, list[_Pattern]]
    gapped: list[_Pattern]  # phrases with a gap after their first word


_Alone = tuple[str, str, Form, Entry]  # class, value, how the word is taken apart, and the entry it is by itself


class _Word(NamedTuple):
    """What a word as written may be, worked out when it is first met: most words of a text are nothing, or one tag.

    whole: the lexicon knows it as it stands, so it is not a clitic and another word: وزارة is not و + زار.
    """

    alone: tuple[_Alone, ...]  # at most one of a class, the least cut
    whole: bool
    alone_in_phrase: tuple[_Alone, ...]  # the same where a phrase that begins here makes the word whole
    begins: tuple[tuple[Form, _Base], ...]  # the phrases it may begin, the least cut first
    seconds: Set[str]  # the forms of their second words
    gapped: bool  # whether any has a gap there


_NOTHING = _Word((), False, (), (), frozenset(), False)


class Lexicon:
    """All entries of one language, by the forms of their first word.

    A scan looks each word up once. What can only begin a phrase is dismissed by the word after it, by a second lookup:
    "في" begins twenty phrases, and hardly ever one of them.
    """

    def __init__(self, entries: Sequence[Entry], lang: str) -> None:
        self.lang = lang
        self._by_first: dict[str, _Base] = {}
        self._remembered: dict[str, _Word] = {}
        for order, entry in enumerate(entries):
            self._add(order, entry)

    def _add(self, order: int, entry: Entry) -> None:
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
            self._place(form, _Pattern(order, entry, tuple(words[1:]), True if bare else None))

    def _place(self, form: str, pattern: _Pattern) -> None:
        base = self._by_first.setdefault(form, _Base([], {}, []))
        if not pattern.rest:
            base.alone.append(pattern)
        elif pattern.rest[0] is None:
            base.gapped.append(pattern)
        else:
            for second in pattern.rest[0]:
                base.phrases.setdefault(second, []).append(pattern)

    def tags(self, tokens: Sequence[Token], first: int, last: int) -> list[Tag]:
        """Every entry that occurs in tokens[first:last]; of one class at one place only the longest is kept."""
        found: list[Tag] = []
        phrases: list[Tag] = []
        remembered = self._remembered.get
        for at in range(first, last):
            token = tokens[at]
            word = remembered(token.form)
            if word is _NOTHING:
                continue
            if word is None:
                if not token.is_word:
                    continue
                word = self._meet(token.form)
            alone = word.alone
            if word.begins and at + 1 < last:
                after = spellings(tokens[at + 1].form, self.lang)
                if word.gapped or not word.seconds.isdisjoint(after):
                    begun = self._phrases(word, after, tokens, at, last)
                    phrases += begun
                    alone = word.alone_in_phrase if any(tag.form.cost == 0 for tag in begun) else alone
            for cls, value, form, entry in alone:
                found.append(_tag((cls, value, at, at + 1, form, entry)))
        return _longest(found, phrases) if phrases else found

    def _meet(self, written: str) -> _Word:
        """What a word may be. Remembered."""
        word = self._read(written)
        if len(self._remembered) < _REMEMBER:
            self._remembered[written] = word
        return word

    def _read(self, written: str) -> _Word:
        taken = [(form, self._by_first[form.base]) for form in forms(written, self.lang) if form.base in self._by_first]
        if not taken:
            return _NOTHING
        whole = any(form.cost == 0 and _by_itself(form, base) for form, base in taken)
        bare = next((n for n, (form, _) in enumerate(taken) if form.conj or form.prep), len(taken))
        if whole:
            taken = taken[:bare]
        begins = tuple((form, base) for form, base in taken if base.phrases or base.gapped)
        seconds = [base.phrases.keys() for _, base in begins]
        return _Word(
            _first_of_class(taken), whole, _first_of_class(taken[:bare]), begins,
            seconds[0] if len(seconds) == 1 else frozenset().union(*seconds),
            any(base.gapped for _, base in begins),
        )  # fmt: skip

    def _phrases(self, word: _Word, after: tuple[str, ...], tokens: Sequence[Token], at: int, last: int) -> list[Tag]:
        """The phrases that a word begins at `at` with the word `after` it, in the order of the lexicon."""
        found: list[Tag] = []
        whole = word.whole
        for form, base in word.begins:
            if whole and (form.conj or form.prep):
                break
            follow = [pattern for spelt in after for pattern in base.phrases.get(spelt, ())]
            if base.gapped:
                ahead = {spelt for token in tokens[at + 1 : last] for spelt in spellings(token.form, self.lang)}
                follow += [pattern for pattern in base.gapped if not pattern.after_gap.isdisjoint(ahead)]
            if len(follow) > 1:
                follow = sorted({pattern.order: pattern for pattern in follow}.values())
            for pattern in follow:
                if pattern.definite and not form.definite:
                    continue
                rest = pattern.rest
                if rest[0] is None:
                    end = self._end(rest, tokens, at + 1, last)
                else:  # the second word is known to follow
                    end = self._end(rest[1:], tokens, at + 2, last) if len(rest) > 1 else at + 2
                if end:
                    whole = whole or form.cost == 0
                    found.append(Tag(pattern.entry.cls, pattern.entry.value, at, end, form, pattern.entry))
        return found

    def _end(self, rest: tuple[frozenset[str] | None, ...], tokens: Sequence[Token], at: int, last: int) -> int:
        """Where the words of `rest` end when they follow at `at`, or 0."""
        gap = False
        for words in rest:
            if words is None:
                gap = True
                continue
            limit = min(last, at + (GAP if gap else 1))
            while at < limit and words.isdisjoint(spellings(tokens[at].form, self.lang)):
                if tokens[at].form in ".!?\n":
                    return 0
                at += 1
            if at >= limit:
                return 0
            at += 1
            gap = False
        return at


@lru_cache(maxsize=_REMEMBER)
def spellings(word: str, lang: str) -> tuple[str, ...]:
    """The forms by which a word of a phrase other than its first may be known: itself, and without what it carries."""
    if lang == "ar":
        return (word, word[2:]) if word[:2] == "ال" else (word,)
    if lang == "ckb":
        return tuple(dict.fromkeys(form.base for form in forms(word, "ckb")))
    return (word, word[:-2]) if word.endswith("'s") else (word,)


def _by_itself(form: Form, base: _Base) -> bool:
    return any(form.definite or not pattern.definite for pattern in base.alone)


def _first_of_class(taken: list[tuple[Form, _Base]]) -> tuple[_Alone, ...]:
    """Of each class the entry that takes least off a word."""
    met: dict[str, _Alone] = {}
    for form, base in taken:
        for pattern in base.alone:
            if form.definite or not pattern.definite:
                met.setdefault(pattern.entry.cls, (pattern.entry.cls, pattern.entry.value, form, pattern.entry))
    return tuple(met.values())


def _longest(alone: list[Tag], phrases: list[Tag]) -> list[Tag]:
    """Of the tags of one class that overlap, the longest; of equals, the one that took least off the word."""
    kept: list[Tag] = []
    taken: dict[str, set[int]] = defaultdict(set)
    phrases.sort(key=lambda t: (t.first - t.last, t.form.cost, t.first))
    for tag in phrases:
        cells = (tag.first, tag.last - 1) if _ELLIPSIS in tag.entry.term else range(tag.first, tag.last)
        if taken[tag.cls].isdisjoint(cells):
            taken[tag.cls].update(cells)
            kept.append(tag)
    kept += [tag for tag in alone if tag.first not in taken[tag.cls]]
    kept.sort(key=attrgetter("first"))  # of those that begin together the longest stays in front
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
