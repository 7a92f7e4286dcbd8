"""What the geocoder is asked and what it answers."""

from dataclasses import dataclass

from geodata.gazetteer import Place


@dataclass(frozen=True, slots=True)
class Context:
    """What the text around a name says of where it is. Everything is optional."""

    admin1: tuple[str, ...] = ()  # provinces named with it or nearby, nearest first, canonical names
    near: tuple[str, ...] = ()  # place_ids of places named nearby, nearest first
    kind: str | None = None  # from a kind word before the name: village, district, camp, mountain ... (Place.kind)
    parent: str | None = None  # place_id of the "X" in "التابعة لقضاء X"
    relation: str | None = None  # "near", "outskirts", "direction": a point near the name, not the name itself
    strict: bool = False  # admin1 is certain (the caller says so), not merely likely


@dataclass(frozen=True, slots=True)
class Answer:
    """The place found, or why none was; never a guess without its doubt.

    place None and candidates empty: unknown. place None with candidates: ambiguous. confidence is 0 to 1.
    """

    query: str
    place: Place | None
    reason: str
    confidence: float = 0.0
    geo_precision: int | None = None  # ACLED 1 to 3
    where_prec: int | None = None  # UCDP 1 to 7
    candidates: tuple[Place, ...] = ()
    parent: Place | None = None  # nearest known parent of an unknown place
    description: str | None = None  # the query's own words, where they say more than the place's name
