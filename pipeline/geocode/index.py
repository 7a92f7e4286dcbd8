"""Names to places: exact, by spelling key, by consonants, and within a bounded spelling distance."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.fuzz import ratio

from geodata.fold import fold
from geodata.gazetteer import Gazetteer, Name
from pipeline.geocode.keys import arabic_key, is_arabic, latin_key, skeleton

_CLITICS = ("وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "وب", "ول", "و", "ف", "ب", "ل", "ك")
_LONG = 8  # letters from which one off is no coincidence, wherever it is
_RARE_CLITICS = ("ف", "ك", "كال", "فال")
_SORANI_ENDINGS = ("يشدا", "دا", "هوه")
# Letters that writers and romanisers interchange: a name that differs in others is another name.
_ALIKE = ("اعهيو", "تط", "سصث", "ذزضظد", "قكغج", "حخه", "aeiouyw", "kqgcxjh", "sz", "dt", "bp", "vwfu", "mn", "iyj")
_WEAK = frozenset("اعهيوaeiouywh")
_SURE_RATIO = 80.0


class Match(NamedTuple):
    """The places a spelling may stand for, and how sure the spelling is (1 exact ... 0.6 a letter off)."""

    place_ids: tuple[str, ...]
    certainty: float
    how: str
    name: str  # the folded name that was matched


def _deletions(key: str) -> Iterable[str]:
    return {key[:at] + key[at + 1 :] for at in range(len(key))}


def _alike(key: str, other: str) -> bool:
    """Whether two keys differ only by weak letters left out or put in, letters that are alike, or two turned round."""
    if sorted(key) == sorted(other):
        return True
    for step in Levenshtein.editops(key, other):
        gone, come = key[step.src_pos : step.src_pos + 1], other[step.dest_pos : step.dest_pos + 1]
        if step.tag == "replace" and not any(gone in group and come in group for group in _ALIKE):
            return False
        if step.tag == "insert" and come not in _WEAK:
            return False
        if step.tag == "delete" and gone not in _WEAK:
            return False
    return True


class NameIndex:
    """All look-ups over one gazetteer's names. Built once; reading it changes nothing."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for name, key in self._keyed:
            found[key][name.place_id] = None
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def _keyed(self) -> list[tuple[Name, str]]:
        keyed = []
        for name in self.gazetteer.names:
            folded = fold(name.name)
            keyed.append((name, arabic_key(folded) if is_arabic(folded) else latin_key(folded)))
        return keyed

    @cached_property
    def _skeletons(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """skeleton -> Latin key -> place_ids, for keys with three consonants or more."""
        found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for name, key in self._keyed:
            if not is_arabic(key) and name.note != "import":
                bones = skeleton(key)
                if len(bones) >= 3:
                    found[bones][key] = self._keys[key]
        return found

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """Key with one letter left out -> the keys it may come from."""
        found: dict[str, list[str]] = defaultdict(list)
        # Imported hamlets are found by their exact spelling only: among 20,000, some name is always a letter away.
        for key in dict.fromkeys(key for name, key in self._keyed if name.note != "import"):
            if 5 <= len(key) <= 30:
                for shorter in _deletions(key):
                    found[shorter].append(key)
        return found

    @cached_property
    def _ordinary(self) -> tuple[frozenset[str], frozenset[str]]:
        """Folded names, and keys, that only names marked as ordinary words, persons' or one of several have."""
        marked = [(fold(name.name), key) for name, key in self._keyed if name.needs_kind]
        plain = [(fold(name.name), key) for name, key in self._keyed if not name.needs_kind]
        folded = frozenset(f for f, _ in marked) - frozenset(f for f, _ in plain)
        return folded, frozenset(k for _, k in marked) - frozenset(k for _, k in plain)

    def ordinary(self, folded: str) -> bool:
        """Whether the name, however spelt, is also an ordinary word, a person's, or one of several places'."""
        names, keys = self._ordinary
        return folded in names or (arabic_key(folded) if is_arabic(folded) else latin_key(folded)) in keys

    def exact(self, folded: str) -> Match | None:
        """Places with a name that folds to this."""
        ids = self.gazetteer.by_key(folded)
        return Match(ids, 1.0, "name", folded) if ids else None

    def same_key(self, folded: str) -> Match | None:
        """Places with a name of the same spelling key, with clitics and case endings taken off where need be."""
        arabic = is_arabic(folded)
        key = arabic_key(folded) if arabic else latin_key(folded)
        ids = self._keys.get(key)
        if ids and (len(key) > 3 or "'" in folded):  # an ayn written or left out; else three letters prove nothing
            return Match(ids, 0.95, "spelling", folded)
        return self._without_affix(folded) if arabic else None

    def _without_affix(self, folded: str) -> Match | None:
        """Places whose name is left when a clitic before it or a Sorani ending after it is taken off."""
        for clitic in _CLITICS:
            rest = folded[len(clitic) :]
            if not folded.startswith(clitic) or len(rest) < 3:
                continue
            ids = self.gazetteer.by_key(rest)
            if ids:
                return Match(ids, 0.8 if clitic in _RARE_CLITICS else 0.9, f"without the clitic {clitic}", rest)
            ids = self._keys.get(arabic_key(rest), ())
            if ids and len(rest) > 4:
                return Match(ids, 0.8, f"without the clitic {clitic}", rest)
        for ending in _SORANI_ENDINGS:
            rest = folded.removesuffix(ending)
            if rest != folded and len(rest) >= 4 and self.gazetteer.by_key(rest):
                return Match(
                    self.gazetteer.by_key(rest), 0.9 if ending == "دا" else 0.8, f"without the ending {ending}", rest
                )
        return None

    def adjective_of(self, folded: str) -> str | None:
        """The place an adjective is made from (كركوكي, الموصلية, Kirkuki), or None."""
        bare = folded.removeprefix("ال")
        for ending in ("يون", "يين", "يه", "ي"):
            stem = bare.removesuffix(ending)
            if stem != bare and len(stem) >= 4:
                for form in (stem, stem + "ه", stem + "ا", "ال" + stem, "ال" + stem + "ه", stem + "اء"):
                    if self.gazetteer.by_key(form):
                        return self.gazetteer.by_key(form)[0]
        latin = latin_key(folded) if not is_arabic(folded) else ""
        if latin.endswith("i") and len(latin) >= 6 and latin[:-1] in self._keys:
            return self._keys[latin[:-1]][0]
        return None

    def same_consonants(self, folded: str) -> Match | None:
        """Places whose Latin name has the same consonants and nearly the same vowels."""
        if is_arabic(folded):
            return None
        key = latin_key(folded)
        near = self._skeletons.get(skeleton(key))
        if not near:
            return None
        plain = [other for other in near if other not in self._ordinary[1]]
        scored = sorted(((ratio(key, other), other) for other in plain), reverse=True)
        if not scored or scored[0][0] < (_SURE_RATIO if len(skeleton(key)) > 3 else _SURE_RATIO + 5):
            return None
        best = [near[other] for score, other in scored if score >= scored[0][0] - 4]
        ids = self._own(place_id for ids in best for place_id in ids)
        return Match(ids, 0.75 + 0.08 * (scored[0][0] >= 85), "consonants", key) if ids else None

    def a_letter_off(self, folded: str) -> Match | None:
        """Places whose spelling key is within one edit (two for long names) of this one, all of the nearest."""
        key = arabic_key(folded) if is_arabic(folded) else latin_key(folded)
        if not 5 <= len(key) <= 30:
            return None
        limit = 2 if len(key) >= 9 else 1
        others = {other for shorter in (key, *_deletions(key)) for other in self._near.get(shorter, ())}
        others |= {shorter for shorter in _deletions(key) if shorter in self._keys and len(shorter) >= 5}
        # The first letter is the one that is seldom wrong: a short name that differs there is another name.
        others = {o for o in others if (o[0] == key[0] and _alike(key, o)) or len(key) >= _LONG} - self._ordinary[1]
        off = {other: OSA.distance(key, other, score_cutoff=limit) for other in others}
        near = {other: distance for other, distance in off.items() if distance <= limit}
        if not near:
            return None
        least = min(near.values())
        ids = self._own(i for other, d in near.items() if d == least for i in self._keys[other])
        return Match(ids, 0.72 - 0.06 * (least - 1), "a letter off", key) if ids else None

    def _own(self, place_ids: Iterable[str]) -> tuple[str, ...]:
        """Each once, and none of those whose names are too many and too alike to guess at: imported ones, quarters."""
        places = self.gazetteer.places
        return tuple(i for i in dict.fromkeys(place_ids) if not places[i].imported and places[i].kind != "quarter")
