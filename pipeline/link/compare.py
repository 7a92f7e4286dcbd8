"""Whether two events of two reports can be, and how likely they are, one occurrence.

The weights were set by hand and checked on the labelled pairs of tests/pipeline/link. A pair that cannot be is None;
else the score is a sum of what speaks for it, and THRESHOLD is where it is taken for one.
"""

from itertools import product
from math import asin, cos, radians, sin, sqrt

from pipeline.link.actors import Actors, compatible, specific_match
from pipeline.link.duplicates import NEAR, similarity
from pipeline.link.told import Place, Told
from pipeline.model import Range

THRESHOLD = 1.0
WINDOW_DAYS = 2  # no two events with more days between them are one

# Types that two reports may give to one occurrence. Any type is compatible with itself.
_COMPATIBLE = frozenset(
    frozenset(pair)
    for pair in (
        ("armed_clash", "attack"),
        ("attack", "suicide_bombing"),
        ("attack", "ied"),
        ("attack", "shelling"),
        ("ied", "suicide_bombing"),
        ("attack", "abduction"),
        ("attack", "property_destruction"),
        ("shelling", "property_destruction"),
        ("air_strike", "drone_strike"),
        ("security_operation", "arrest"),
        ("security_operation", "weapons_seizure"),
        ("arrest", "weapons_seizure"),
        ("meeting", "visit"),
        ("meeting", "agreement"),
        ("visit", "agreement"),
    )
)
_SYMMETRIC = ("armed_clash", "meeting", "visit", "agreement")  # who acts on whom depends on who tells it
NEAR_KM = 20.0


def score(one: Told, other: Told) -> float | None:
    """How much speaks for one occurrence, or None where something rules it out."""
    if one.thread == other.thread or one.category != other.category or _days_apart(one, other) > WINDOW_DAYS:
        return None
    # What rules out most, and is quickest told, comes first.
    if (typed := _type(one, other)) is None:
        return None
    if (placed := _place(one, other)) is None:
        return None
    if (acted := _actors(one, other)) is None:
        return None
    copied = similarity(one.signature, other.signature) >= NEAR
    days, tolls = _days(one, other, copied), _tolls(one, other, copied)
    if days is None or tolls is None:
        return None
    return typed + placed + acted + days + tolls + (0.8 if copied else 0.0)


def _type(one: Told, other: Told) -> float | None:
    if one.event_type == other.event_type:
        return 0.3
    return 0.0 if frozenset((one.event_type, other.event_type)) in _COMPATIBLE else None


def _days(one: Told, other: Told, copied: bool) -> float | None:
    if not (one.start and one.end and other.start and other.end):
        # One text printed twice is one occurrence, even where a day could not be read from one of the two.
        return 0.2 if copied else None
    loosest = max(one.precision or 1, other.precision or 1)
    gap = _days_apart(one, other)
    if gap == 0:
        same = (one.start, one.end) == (other.start, other.end)
        if loosest == 3 and not copied:  # two tallies of one month may share nothing but the month
            return 0.1 if same else None
        return (0.4 if same else 0.3) if loosest == 1 else 0.2
    if copied:
        return 0.1
    from_publication = "publication" in (one.date_origin, other.date_origin)
    slack = 2 if from_publication else 1
    return -0.1 * gap if gap <= slack else None


def _days_apart(one: Told, other: Told) -> int:
    """Days between two events, 0 where they touch or where one has no day."""
    if not (one.start and one.end and other.start and other.end):
        return 0
    return max(0, (max(one.start, other.start) - min(one.end, other.end)).days)


def _place(one: Told, other: Told) -> float | None:
    if not one.places or not other.places:
        return 0.0
    best = None
    for a, b in product(one.places, other.places):
        same = _near(a, b)
        if same is not None and (best is None or same > best):
            best = same
    return best


def _near(one: Place, other: Place) -> float | None:
    if one.place_id and one.place_id == other.place_id:
        return 0.5 if max(one.where_prec, other.where_prec) < 4 else 0.2
    if one.admin1 and other.admin1 and "province" in (_level(one), _level(other)):
        return 0.1 if one.admin1 == other.admin1 else None
    distance = _kilometres(one, other)
    if distance is not None and distance <= 3:
        return 0.5
    if _contains(one, other) or _contains(other, one):
        return 0.35
    if distance is not None and distance <= NEAR_KM:
        return 0.35 * (1 - distance / NEAR_KM)
    return None


def _level(place: Place) -> str:
    if place.where_prec >= 4 or place.geo_precision == 3:
        return "province"
    return "district" if place.where_prec == 3 else "point"


def _contains(outer: Place, inner: Place) -> bool:
    """Whether `outer` is a district that `inner` lies in."""
    return _level(outer) == "district" and outer.admin2 is not None and outer.admin2 == inner.admin2


def _kilometres(one: Place, other: Place) -> float | None:
    """Great-circle distance: exact enough at this size, and far faster than an ellipsoid's."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    half = sin((south - north) / 2) ** 2
    half += cos(north) * cos(south) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 12742 * asin(sqrt(half))


def _actors(one: Told, other: Told) -> float | None:
    straight = _alike((one.actor1, other.actor1), (one.actor2, other.actor2))
    if one.event_type in _SYMMETRIC and other.event_type in _SYMMETRIC:
        crossed = _alike((one.actor1, other.actor2), (one.actor2, other.actor1))
        if crossed:  # only where somebody is named by both: two reports that name one side each say nothing crossed
            return max(crossed, straight or 0.0)
    return straight


def _alike(*roles: tuple[Actors, Actors]) -> float | None:
    if not all(compatible(a, b) for a, b in roles):
        return None
    return sum(0.3 for a, b in roles if specific_match(a, b))


def _tolls(one: Told, other: Told, copied: bool) -> float | None:
    parts = [_toll(one.fatalities, other.fatalities), _toll(one.injuries, other.injuries)]
    total = _toll(_sum(one), _sum(other))  # the wounded who die move from one figure to the other
    known = [part for part in parts if part is not None]
    if total is not None and total > sum(known):
        return total
    if any(part <= -0.5 for part in known) and not copied:
        return None
    return sum(known)


def _sum(event: Told) -> Range | None:
    killed, wounded = event.fatalities, event.injuries
    if killed is None or wounded is None or killed.best is None or wounded.best is None:
        return None
    both = killed.best + wounded.best
    return Range(both, both, both)


def _toll(one: Range | None, other: Range | None) -> float | None:
    if one is None or other is None or one.low is None or other.low is None:
        return None
    if one.best is not None and one.best == other.best:
        return 0.3 if one.best else 0.1
    highest = max(one.low, other.low)
    lowest = min(one.high if one.high is not None else highest, other.high if other.high is not None else highest)
    apart = highest - lowest
    if apart <= 0:
        return 0.1
    if apart <= 2:
        return -0.1
    return -0.3 if highest <= 2 * lowest else -0.5
