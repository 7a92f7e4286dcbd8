"""Incident ids that last: over new reports, re-extraction, merging and splitting."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.link.told import Told


class Anchored(Protocol):
    """What an event is known by when it is extracted anew: its thread and sentence, not its number."""

    @property
    def thread(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def event_type(self) -> str: ...
    @property
    def sentence_start(self) -> int: ...


class Predecessor(Anchored, Protocol):
    @property
    def incident_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Assigned:
    """The ids given: one for each group of events, and the ids that are now other names of them."""

    incident_ids: tuple[str, ...]
    aliases: dict[str, str]


def inherit(gone: Iterable[Predecessor], coming: Sequence[Told]) -> dict[str, str]:
    """For each event that replaces one of the same report's thread: event_id to the incident of its predecessor.

    Best likeness first: same sentence and type, same sentence, same type nearest by; each predecessor once.
    """
    likeness = []
    for old in gone:
        for new in coming:
            if old.thread == new.thread and old.category == new.category:
                away = abs(old.sentence_start - new.sentence_start)
                retyped = old.event_type != new.event_type
                if away == 0 or not retyped:
                    rank = (away > 0, retyped, away, new.order)
                    likeness.append((rank, old.incident_id, old.sentence_start, new.event_id, id(old)))
    taken: set[int] = set()
    heirs: dict[str, str] = {}
    for _, incident_id, _, event_id, old_id in sorted(likeness):
        if event_id not in heirs and old_id not in taken:
            heirs[event_id] = incident_id
            taken.add(old_id)
    return heirs


def assign(groups: Sequence[Sequence[Told]], prior: Mapping[str, str], in_use: Callable[[str], bool]) -> Assigned:
    """An id for each group. `prior` gives the incident an event was in; `in_use` tells ids of other incidents.

    An id stays with the group that holds the earliest of its events. A group that holds several keeps that of its
    earliest event, and the others become aliases. A group that holds none gets a new one, made from what it is
    anchored in, so that an incident which is lost and found again has the id it had.
    """
    first: dict[str, tuple[Told, int]] = {}
    for number, group in enumerate(groups):
        for event in group:
            incident_id = prior.get(event.event_id)
            if incident_id and (incident_id not in first or event.order < first[incident_id][0].order):
                first[incident_id] = (event, number)
    ids: list[str] = []
    given: set[str] = set()
    aliases: dict[str, str] = {}
    for number, group in enumerate(groups):
        owned = sorted((event.order, name) for name, (event, owner) in first.items() if owner == number)
        if owned:
            ids.append(owned[0][1])
            aliases |= {name: owned[0][1] for _, name in owned[1:]}
        else:
            ids.append(_new_id(group[0], lambda name: name in first or name in given or in_use(name)))
        given.add(ids[-1])
    return Assigned(tuple(ids), aliases)


def _new_id(event: Told, taken: Callable[[str], bool]) -> str:
    ordinal = 0
    while True:
        name = new_name(event, ordinal)
        if not taken(name):
            return name
        ordinal += 1


def new_name(event: Told, ordinal: int = 0) -> str:
    """The id of an incident anchored in `event`; `ordinal` where others of that name are taken."""
    words = "\x1f".join((event.thread, event.category, str(event.sentence_start), str(ordinal)))
    return f"inc_{hashlib.sha256(words.encode()).hexdigest()[:16]}"
