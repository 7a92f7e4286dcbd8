"""Which pairs of many events are worth scoring: of one category, with days and places that are near each other.

Every pair that `pipeline.link.compare.score` does not rule out is among them, so that leaving out the others changes
nothing but the time it takes: two events in a hundred of a day's news are near each other.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import floor

from pipeline.link.compare import WINDOW_DAYS
from pipeline.link.told import Place, Told

# A cell of the map is higher than NEAR_KM (0.18 degrees), and wider up to the latitude of 50: what is near lies in the
# same cell or one beside it.
_CELL_LATITUDE, _CELL_LONGITUDE, _LAST_LATITUDE = 0.2, 0.3, 50.0
Key = tuple[object, ...]


def comparable(events: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `events`, the lower first, each once."""
    categories: defaultdict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        categories[event.category].append(at)
    for members in categories.values():
        undated = [at for at in members if not (events[at].start and events[at].end)]
        yield from combinations(undated, 2)
        dated = sorted((start, at) for at in members if events[at].end and (start := events[at].start))
        before = _Before()
        for start, at in dated:
            yield from ((min(at, other), max(at, other)) for other in undated)
            last = start.toordinal() - WINDOW_DAYS
            keys = _keys(events[at])
            yield from ((min(at, other), max(at, other)) for other in before.near(keys, last))
            end = events[at].end
            assert end is not None
            before.add(at, keys, end.toordinal())


class _Before:
    """The events of one category that began earlier, by where they are."""

    def __init__(self) -> None:
        self._by_key: defaultdict[Key, list[int]] = defaultdict(list)
        self._anywhere: list[int] = []
        self._ends: dict[int, int] = {}

    def add(self, at: int, keys: list[Key] | None, end: int) -> None:
        self._ends[at] = end
        if keys is None:
            self._anywhere.append(at)
        for key in keys or ():
            self._by_key[key].append(at)

    def near(self, keys: list[Key] | None, last: int) -> list[int]:
        """Those that may be where `keys` are, and had not ended before the day `last`."""
        if keys is None:
            found = set(self._ends)
        else:
            found = {at for key in _around(keys) for at in self._by_key.get(key, ())}
            found.update(self._anywhere)
        return [at for at in sorted(found) if self._ends[at] >= last]


def _keys(event: Told) -> list[Key] | None:
    """What it has in common with every event that is near it; None: it may be anywhere."""
    if not event.places or any(place.latitude and abs(place.latitude) > _LAST_LATITUDE for place in event.places):
        return None
    return [key for place in event.places for key in _of(place)]


def _of(place: Place) -> Iterator[Key]:
    yield from ((name, value) for name in ("place_id", "admin1", "admin2") if (value := getattr(place, name)))
    if place.latitude is not None and place.longitude is not None:
        yield ("cell", floor(place.latitude / _CELL_LATITUDE), floor(place.longitude / _CELL_LONGITUDE))


def _around(keys: list[Key]) -> Iterator[Key]:
    for key in keys:
        match key:
            case ("cell", int(row), int(column)):
                yield from (("cell", row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1))
            case _:
                yield key
