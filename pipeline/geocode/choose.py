"""Which of several places of one name is meant: by kind word, parent, province, neighbours, and usual sense."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from geodata.gazetteer import Gazetteer, Place
from pipeline.geocode.types import Context

DIVISIONS = frozenset(("governorate", "district", "subdistrict"))
# A place is also given as lying in these: administered from there, or commonly said to be there by the press.
ALSO_IN: dict[str, tuple[str, ...]] = {
    "IQG11Q04": ("Nineveh", "Kirkuk"),  # Makhmour
    "IQG11Q02": ("Nineveh",),  # Khabat lies on the old border
    "IQG15Q01": ("Duhok", "Erbil"),  # Akre, Bardarash
    "IQG15Q06": ("Duhok",),  # Shekhan
    "IQG15Q09": ("Duhok",),  # Alqosh
    "IQG15Q08": ("Duhok",),  # Zummar
    "IQG10Q05": ("Sulaymaniyah",),  # Khanaqin, Maidan, Qoratu
    "IQG10Q06": ("Sulaymaniyah", "Kirkuk", "Salah al-Din"),  # Kifri
    "IQG06Q06": ("Diyala",),  # Kalar
    "IQG06Q02": ("Kirkuk",),  # Chamchamal
    "IQG06Q05": ("Sulaymaniyah", "Halabja"),
    "IQG16Q07": ("Kirkuk", "Diyala"),  # Tuz Khurmatu
    "IQG13Q03": ("Erbil",),  # Altun Kupri
    "IQG13Q02": ("Salah al-Din",),
    "IQG10Q01": ("Salah al-Din",),  # Udhaim
    "IQG16Q03": ("Kirkuk",),
    "IQG06Q08": ("Erbil",),  # Qandil
    "IQG15Q05": ("Erbil",),
}
_FITS: dict[str, frozenset[str]] = {
    "governorate": frozenset(("governorate",)),
    "district": frozenset(("district",)),
    "subdistrict": frozenset(("subdistrict",)),
    "village": frozenset(("village", "town", "camp", "area", "quarter")),
    "town": frozenset(("town", "city", "village")),
    "city": frozenset(("city", "town")),
    "centre": frozenset(("city", "town", "village")),
    "camp": frozenset(("camp", "base")),
    "mountain": frozenset(("mountain", "area")),
    "valley": frozenset(("valley", "area")),
    "plain": frozenset(("plain", "area")),
    "lake": frozenset(("lake",)),
    "dam": frozenset(("dam",)),
    "quarter": frozenset(("quarter", "village")),
    "base": frozenset(("base", "airport", "camp")),
    "airport": frozenset(("airport", "base")),
    "crossing": frozenset(("crossing",)),
    "oilfield": frozenset(("oilfield",)),
    "refinery": frozenset(("refinery",)),
    "island": frozenset(("island",)),
    "area": frozenset(("area", "valley", "plain", "mountain", "village", "town", "city", "quarter", "lake")),
}
_USUAL = {
    "city": 6.0, "governorate": 6.2, "town": 5.0, "mountain": 4.6, "area": 4.0, "valley": 4.0, "lake": 3.8, "base": 3.5,
    "district": 3.5, "subdistrict": 3.0, "village": 3.0, "quarter": 1.5,
}  # fmt: skip
_IMPORTED = 4.0  # a file of 20,000 hamlets must not make a well-known town ambiguous
_CLEAR = 1.0  # how much likelier the usual sense must be
_SAME_SPOT_KM = 8.0
_CITY_KM = 25.0  # a quarter is no farther from the places named with it


class Choice(NamedTuple):
    """The place chosen, or None with those between which nothing decides; how sure, and what decided."""

    place: Place | None
    certainty: float
    why: str
    rest: tuple[Place, ...] = ()


def km_between(a: Place, b: Place) -> float:
    """Great-circle distance of two places, in kilometres."""
    lat1, lon1, lat2, lon2 = (radians(v) for v in (a.latitude, a.longitude, b.latitude, b.longitude))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742.0 * asin(sqrt(h))


def provinces_of(place: Place) -> tuple[str, ...]:
    """Its governorate, then those it is also said to lie in."""
    return (place.admin1, *ALSO_IN.get(place.admin2_pcode or "", ()))


def lies_in(place: Place, parent: Place, gazetteer: Gazetteer) -> bool:
    """Whether `place` is under `parent`, or in the district or province that `parent` stands for."""
    if place.place_id == parent.place_id or any(up.place_id == parent.place_id for up in gazetteer.ancestors(place)):
        return True
    if parent.kind == "governorate":
        return parent.admin1 in provinces_of(place)
    if parent.kind not in ("district", "subdistrict", "city", "town"):
        return False
    return parent.admin2_pcode is not None and place.admin2_pcode == parent.admin2_pcode


def usual(place: Place) -> float:
    """How likely a bare name means a place of this kind."""
    return _USUAL.get(place.kind, 2.5) - (_IMPORTED if place.imported else 0.0)


def choose(found: list[Place], context: Context, gazetteer: Gazetteer) -> Choice:
    """One of the places `found` under one name, or none where the context does not decide."""
    left, certainty, why = found, 1.0, "the only place of that name"
    if context.kind:
        fitting = [p for p in left if p.kind in _FITS.get(context.kind, frozenset((context.kind,)))]
        if not fitting:
            # "قضاء سوران" where only the town is known; "X base" where only the town is: near it, and doubtful
            settled = [p for p in left if p.kind not in DIVISIONS]
            fitting, certainty = settled or left, 0.9 if settled and context.kind in DIVISIONS else 0.75
        left = fitting
    if context.parent:
        parent = gazetteer.places[context.parent]
        inside = [p for p in left if lies_in(p, parent, gazetteer)]
        if not inside:
            return Choice(None, 0.0, f"no place of that name is known in {parent.name}")
        left, why = inside, f"in {parent.name}, as said"
    if context.admin1:
        own = [p for p in left if p.admin1 in context.admin1]
        inside = own or [p for p in left if set(provinces_of(p)) & set(context.admin1)]
        if inside:
            why = f"in {context.admin1[0]}, as said" if len(inside) < len(left) else why
            left = inside
        elif context.strict:
            return Choice(None, 0.0, f"no place of that name is known in {context.admin1[0]}", tuple(left))
        else:
            # Every town has its حي الزهور: one in a province not spoken of is another one.
            left = [p for p in left if p.kind != "quarter"]
            certainty *= 0.8
            if not left:
                return Choice(None, 0.0, f"no quarter of that name is known in {context.admin1[0]}")
    if context.near:
        anchors = [gazetteer.places[place_id] for place_id in context.near]
        left = [p for p in left if p.kind != "quarter" or _min_km(p, anchors) <= _CITY_KM]
        if not left:
            return Choice(None, 0.0, f"no quarter of that name is known near {anchors[0].name}")
    if context.kind in (None, "area"):
        left = _without_divisions(left)
    whole = _whole(left, gazetteer)
    if whole:
        return Choice(whole, certainty, why)
    if context.near:
        return _nearest(left, context, gazetteer, certainty)
    ranked = sorted(left, key=usual, reverse=True)
    first, second = ranked[0], ranked[1]
    if usual(first) - usual(second) >= _CLEAR:
        return Choice(first, certainty * 0.85, "the best known place of that name", tuple(ranked))
    whole = _whole([p for p in ranked if usual(first) - usual(p) < _CLEAR], gazetteer)
    if whole:
        return Choice(whole, certainty * 0.85, "the best known place of that name", tuple(ranked))
    if all(km_between(first, other) <= _SAME_SPOT_KM for other in ranked[1:]):
        return Choice(first, certainty * 0.85, "one of several close together", tuple(ranked))
    return Choice(None, 0.0, "several places bear that name", tuple(ranked))


def _whole(left: list[Place], gazetteer: Gazetteer) -> Place | None:
    """The one place, or the one that holds all the others: a range rather than its stretches."""
    for place in left:
        if all(place is o or any(place is up for up in gazetteer.ancestors(o)) for o in left):
            return place
    return None


def _without_divisions(left: list[Place]) -> list[Place]:
    """A bare name means the town rather than the district of its name, and the district rather than its part."""
    settled = [p for p in left if p.kind not in DIVISIONS]
    points = {(p.admin1, p.latitude, p.longitude) for p in settled}
    kept = [
        p
        for p in left
        if p.kind not in DIVISIONS
        or ((p.admin1, p.latitude, p.longitude) not in points and not (p.kind != "governorate" and settled))
    ]
    ranks = {"governorate": 0, "district": 1, "subdistrict": 2}
    if all(p.kind in DIVISIONS for p in kept):
        best = min(ranks[p.kind] for p in kept)
        return [p for p in kept if ranks[p.kind] == best]
    return kept


def _min_km(place: Place, anchors: list[Place]) -> float:
    return min(km_between(place, anchor) for anchor in anchors)


def _nearest(left: list[Place], context: Context, gazetteer: Gazetteer, certainty: float) -> Choice:
    """The place of `left` nearest to the places named nearby; none where two are about as near."""
    anchors = [gazetteer.places[place_id] for place_id in context.near]
    ranked = sorted((_min_km(p, anchors), -usual(p), p.place_id, p) for p in left)
    (near, _, _, first), (far, _, _, second) = ranked[0], ranked[1]
    rest = tuple(p for *_, p in ranked)
    if far - near > 20 or near * 2 < far or usual(first) - usual(second) >= _CLEAR:
        return Choice(first, certainty * 0.88, "the nearest to the places named with it", rest)
    return Choice(None, 0.0, "several places bear that name, equally near", rest)
