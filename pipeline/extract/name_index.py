"""Gazetteer names as runs of tokens, found in a text with the clitics of its language taken off."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from geodata.gazetteer import Gazetteer
from pipeline.text.tokens import Form, Token, forms, read_document

_LANGUAGES = {"ar": ("ar",), "ckb": ("ckb", "ar"), "en": ("en", "kmr", "tr")}
_MIN_LETTERS = 3
_REMEMBER = 30_000  # words whose names are kept
_UNMET = "?"


class NameHit(NamedTuple):
    """tokens[first:last] are a gazetteer name of these places."""

    first: int
    last: int
    form: Form
    place_ids: tuple[str, ...]
    needs_kind: bool
    name: str


class _Pattern(NamedTuple):
    rest: tuple[str, ...]
    definite: bool  # the name's own article was taken off its first word
    place_ids: tuple[str, ...]
    needs_kind: bool
    name: str


class NameFinder:
    """The names of one language, by their first word."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        self.lang = lang
        ids: dict[str, list[str]] = defaultdict(list)
        needs: dict[str, bool] = {}
        for name in gazetteer.names:
            if name.lang in _LANGUAGES[lang]:
                ids[name.name].append(name.place_id)
                needs[name.name] = needs.get(name.name, True) and name.needs_kind
        self._by_first: dict[str, list[_Pattern]] = defaultdict(list)
        self._remembered: dict[str, list[tuple[Form, list[_Pattern]]]] = {}
        for text, place_ids in ids.items():
            words = tuple(token.form for token in read_document(text).tokens if token.is_word or token.is_number)
            if not words or len("".join(words)) < _MIN_LETTERS:
                continue
            self._add(words, tuple(dict.fromkeys(place_ids)), needs[text], text)

    def _add(self, words: tuple[str, ...], place_ids: tuple[str, ...], needs_kind: bool, text: str) -> None:
        first, rest = words[0], words[1:]
        self._by_first[first].append(_Pattern(rest, False, place_ids, needs_kind, text))
        if self.lang == "ar" and first.startswith("ال") and len(first) > 4:
            self._by_first[first[2:]].append(_Pattern(rest, True, place_ids, needs_kind, text))

    def beginnings(self, tokens: Sequence[Token], first: int) -> list[int]:
        """Which of some tokens, the first of them being token `first`, may begin a name: the rest is dismissed."""
        met = self._remembered.get
        return [
            at for at, token in enumerate(tokens, first) if met(token.form, _UNMET) and self._candidates(token.form)
        ]

    def at(self, words: list[str], at: int, offsets: list[int]) -> NameHit | None:
        """The longest name that begins at the word `at`; of equals, the one that takes least off the word."""
        best: NameHit | None = None
        for form, patterns in self._candidates(words[at]):
            for pattern in patterns:
                end = at + 1 + len(pattern.rest)
                if end > len(words) or not self._follows(words, at + 1, pattern.rest):
                    continue
                hit = NameHit(
                    offsets[at], offsets[end - 1] + 1, form, pattern.place_ids, pattern.needs_kind, pattern.name
                )
                if best is None or hit.last > best.last or (hit.last == best.last and form.cost < best.form.cost):
                    best = hit
                elif hit.last == best.last and form.cost == best.form.cost:
                    ids = tuple(dict.fromkeys(best.place_ids + hit.place_ids))
                    best = best._replace(place_ids=ids, needs_kind=best.needs_kind and hit.needs_kind)
        return best

    def _candidates(self, word: str) -> list[tuple[Form, list[_Pattern]]]:
        met = self._remembered.get(word)
        if met is None:
            met = []
            for form in forms(word, self.lang):
                patterns = [p for p in self._by_first.get(form.base, ()) if p.definite == form.definite]
                if patterns:
                    met.append((form, patterns))
            if len(self._remembered) < _REMEMBER:
                self._remembered[word] = met
        return met

    def _follows(self, words: list[str], at: int, rest: tuple[str, ...]) -> bool:
        for offset, word in enumerate(rest):
            found = words[at + offset]
            if found == word:
                continue
            if self.lang == "ckb" and any(form.base == word for form in forms(found, "ckb")):
                continue
            if self.lang == "en" and found.endswith("'s") and found[:-2] == word:
                continue
            return False
        return True


_MADE: dict[tuple[str, str], NameFinder] = {}


def name_finder(gazetteer: Gazetteer, lang: str) -> NameFinder:
    """The finder of a gazetteer and a language, made once for each content of the gazetteer's files."""
    key = (gazetteer.hash, lang)
    if key not in _MADE:
        _MADE[key] = NameFinder(gazetteer, lang)
    return _MADE[key]
