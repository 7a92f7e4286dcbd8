"""The words around a name that say what is meant: kind words, directions, "belonging to", and heads that are no place.

The words are data, in phrases.csv; a phrase is matched on folded text.
"""

import csv
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from geodata.fold import fold

_COMPASS = "شمال|جنوب|شرق|غرب"
_DIRECTION = re.compile(
    rf"^(?:(?:الي|علي|من) )?(?:(?:{_COMPASS})ي?)(?: (?:{_COMPASS})ي?)? (?:من )?(?P<rest>\S.*)$"
    r"|^(?:north|south|east|west)(?:ern)?(?:[- ]?(?:east|west)(?:ern)?)?(?: of)? (?P<rest2>\S.*)$"
)
_DISTANCE = re.compile(
    r"^(?:(?:علي )?(?:بعد|مسافه) )?(?:نحو |حوالي |about )?\d+(?:[.,]\d+)? ?(?:كم|كيلومترا?|كلم|km|kilomet\w+|miles)"
    r"(?: من| عن| from| off)? (?P<rest>\S.*)$"
)
_BELONGS = re.compile(
    r" (?:التابعه?|تابعه?|الواقعه?|واقعه?|العائده?)(?: اداريا)? (?:الي |ضمن |في )?ل?(?P<a>\S.*)$"
    r"| (?:ضمن|في|من|بين) (?P<b>\S.*)$"
    r"| ب(?P<c>(?:محافظه|قضاء|ناحيه|مدينه|بلده) \S.*)$"
    r"| (?:سهر به|له|ي سهر به) (?P<d>\S.*)$"
    r"| (?:in|within|inside|belonging to) (?P<e>\S.*)$"
)
_BESIDE = re.compile(
    rf" (?P<a>(?:{_COMPASS})ي?(?: (?:{_COMPASS})ي?)? \S.*)$"
    r"| (?:قرب|بالقرب من|قريبا من|نزيك|near|close to) (?P<b>\S.*)$"
    r"| (?P<c>(?:north|south|east|west)(?:ern)?(?:[- ]?(?:east|west)(?:ern)?)? of \S.*)$"
)
_OF = re.compile(r"^(?P<name>\S+ .*?) of (?P<whole>\S.*)$")
_OWNER = re.compile(r"^(?P<whole>.+?)'s (?P<name>\S.*)$")
_BETWEEN = re.compile(r"^(?:(?:ما )?بين|between|له نيوان) (?P<a>\S.*?)(?: و ?| and )(?P<b>\S.*)$")
_PREPOSITION = re.compile(r"^(?:في|من|الي|علي|عند|له|بو|in|at|from|to) (?=\S)")
_LISTED = re.compile(r"\s*(?:,|;|/| - |\()\s*")


def _read() -> dict[str, dict[str, str]]:
    """role -> folded phrase -> value, of phrases.csv."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (Path(__file__).parent / "phrases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["role"]][fold(row["phrase"])] = row["value"]
    return found


_PHRASES = _read()
PREFIXES = _PHRASES["kind_before"]
SUFFIXES = _PHRASES["kind_after"]
NEAR = _PHRASES["near"]
NO_PLACE_BEFORE = _PHRASES["no_place_before"]
NO_PLACE_AFTER = _PHRASES["no_place_after"]
ABROAD = _PHRASES["abroad"]
COUNTRY = _PHRASES["country"]
_WHY = {"office": "an office or organisation, not a place", "person": "a person's name, not a place"}
_LONGEST = 3  # words of the longest phrase above


def _head(words: list[str], phrases: dict[str, str]) -> int:
    """How many first words form one of the phrases (the longest), with something left after them; 0 for none."""
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        if " ".join(words[:count]) in phrases:
            return count
    return 0


def strip_kind(folded: str) -> tuple[str | None, str]:
    """The kind that a kind word before (or, in English, after) the name says, and the name without it."""
    words = folded.split()
    count = _head(words, PREFIXES)
    if count:
        return PREFIXES[" ".join(words[:count])], " ".join(words[count:])
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        kind = SUFFIXES.get(" ".join(words[-count:]))
        if kind:
            return kind, " ".join(words[:-count])
    return None, folded


def strip_relation(folded: str) -> tuple[str | None, str]:
    """ "direction" or "near" where the words say that a point near the name is meant, and the rest."""
    relation, rest = None, folded
    while True:
        at = _DISTANCE.match(rest)
        turned = None if at else _DIRECTION.match(rest)
        words = rest.split()
        count = 0 if at or turned else _head(words, NEAR)
        if at:
            relation, rest = relation or "near", at["rest"]
        elif turned:
            relation, rest = "direction", turned["rest"] or turned["rest2"]
        elif count:
            relation = relation or "near"
            rest = " ".join(words[count:]).removeprefix("من ").removeprefix("of ")
        else:
            return relation, rest


def _names_something(words: str) -> bool:
    """Whether words hold more than a kind word: "قرية" in "قرية جنوبي مخمور" is no name."""
    return bool(words.strip()) and strip_kind(words + " x")[1] != "x" and strip_kind("x " + words)[1] != "x"


def strip_preposition(folded: str) -> str:
    """Without a leading "in", "from", "to" that stands as a word of its own."""
    return _PREPOSITION.sub("", folded)


class Around(NamedTuple):
    """Words that say where a name is: inside another place, or beside it."""

    text: str
    inside: bool


def split_around(folded: str) -> tuple[str, tuple[Around, ...]]:
    """The name itself, and what it is said to lie in or near, smallest first.

    "X التابعة لقضاء Y", "X في Y", "X, Y", "X (Y)", "X جنوبي Y", "X near Y", "X district of Y", "Y's X". Of two places
    that something lies between, the first is the name.
    """
    between = _BETWEEN.match(folded)
    if between:
        return f"near {between['a']}", (Around(between["b"], False),)
    owner = _OWNER.match(folded)
    if owner and _names_something(owner["name"]):
        return owner["name"], (Around(owner["whole"], True),)
    text = f"{owner['whole']} {owner['name']}" if owner else folded
    parts = [part.strip(" )(") for part in _LISTED.split(strip_preposition(text)) if part.strip(" )(")]
    if not parts:
        return folded, ()
    name, found = parts[0], [Around(part, True) for part in parts[1:]]
    belongs = _BELONGS.search(name)
    if belongs and _names_something(name[: belongs.start()]):
        found.insert(0, Around(next(text for text in belongs.groups() if text), True))
        name = name[: belongs.start()].strip()
    beside = _BESIDE.search(name)
    if beside and _names_something(name[: beside.start()]) and strip_relation(name)[0] is None:
        found.insert(0, Around(strip_relation(next(text for text in beside.groups() if text))[1], False))
        name = name[: beside.start()].strip()
    whole = _OF.match(name)
    if whole and strip_relation(name)[0] is None and f"{whole['name']} of" not in PREFIXES:
        found.insert(0, Around(whole["whole"], True))
        name = whole["name"]
    return name, tuple(found)


@lru_cache(maxsize=4096)
def no_place(folded: str) -> str | None:
    """Why a phrase is no place whatever name it holds: an office, an organisation, a person; else None."""
    words = folded.split()
    count = _head(words, NO_PLACE_BEFORE)
    if count:
        return _WHY[NO_PLACE_BEFORE[" ".join(words[:count])]]
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        if " ".join(words[-count:]) in NO_PLACE_AFTER:
            return _WHY["office"]
    return None
