"""Events into incidents: best pairs first, never across a pair that is ruled out."""

from collections.abc import Callable, Sequence

from pipeline.link.compare import THRESHOLD, score
from pipeline.link.pairs import comparable
from pipeline.link.told import Told

Pairs = dict[tuple[str, str], float | None]


class Scores:
    """Scores of pairs of events, each reckoned once."""

    def __init__(self, compare: Callable[[Told, Told], float | None] = score) -> None:
        self._compare = compare
        self._known: Pairs = {}

    def __call__(self, one: Told, other: Told) -> float | None:
        key = (one.event_id, other.event_id) if one.event_id < other.event_id else (other.event_id, one.event_id)
        if key not in self._known:
            self._known[key] = self._compare(one, other)
        return self._known[key]

    def linked(self, one: Told, other: Told) -> bool:
        found = self(one, other)
        return found is not None and found >= THRESHOLD


def clusters(events: Sequence[Told], scores: Scores | None = None) -> list[list[Told]]:
    """`events` grouped into incidents, in `Told.order` within and between groups; the same for any order of input.

    Two groups are joined where their pairs score THRESHOLD on average and none of them is ruled out.
    """
    scores = scores or Scores()
    ordered = sorted(events, key=lambda event: event.order)
    groups: dict[int, list[Told]] = {at: [event] for at, event in enumerate(ordered)}
    where = {event.event_id: at for at, event in enumerate(ordered)}
    edges = [
        (-found, at, other)
        for at, other in comparable(ordered)
        if (found := scores(ordered[at], ordered[other])) is not None and found >= THRESHOLD
    ]
    for _, at, other in sorted(edges):
        one, two = where[ordered[at].event_id], where[ordered[other].event_id]
        if one != two and _may_join(groups[one], groups[two], scores):
            keep, gone = min(one, two), max(one, two)
            for event in groups[gone]:
                where[event.event_id] = keep
            groups[keep] = sorted(groups[keep] + groups.pop(gone), key=lambda event: event.order)
    return [groups[at] for at in sorted(groups)]


def _may_join(one: Sequence[Told], other: Sequence[Told], scores: Scores) -> bool:
    found = [scores(a, b) for a in one for b in other]
    known = [each for each in found if each is not None]
    return len(known) == len(found) and sum(known) / len(known) >= THRESHOLD
