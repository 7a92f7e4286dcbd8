"""Decisions laid over the machine's incidents: which incidents there are then, and what is known of each.

Decisions are applied in the order they were taken. One whose incident, or whose events, the machine no longer finds
is orphaned: it is kept, reported, and applies again should what it is about come back.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.link.duplicates import near_duplicates
from pipeline.link.merge import incident_row, location_rows
from pipeline.link.told import Told
from pipeline.review.decisions import values

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Logged:
    """A decision as the log has it."""

    decision_id: int
    incident_id: str
    action: str
    field: str | None
    old_value: str | None
    new_value: str | None
    note: str | None
    reviewer: str
    decided_at: str
    evidence: tuple[Mapping[str, Any], ...]
    is_sample: bool


@dataclass(slots=True)
class Reviewed:
    """An incident as decisions leave it."""

    incident_id: str
    events: list[Told]
    verdict: str = "machine"  # accepted | rejected, by the last of those decisions
    corrected: bool = False
    columns: Row = field(default_factory=dict)
    set_by: dict[str, int] = field(default_factory=dict)  # column -> decision_id
    places: list[Row] | None = None

    @property
    def state(self) -> str:
        if self.verdict == "rejected":
            return "rejected"
        return "corrected" if self.corrected else self.verdict

    def rows(self, administered_by: Mapping[str, str]) -> tuple[Row, list[Row]]:
        """Its row of the snapshot's incidents, and those of its locations."""
        events = sorted(self.events, key=lambda event: event.order)
        row = incident_row(self.incident_id, events, near_duplicates(events)) | self.columns
        row["review_state"] = self.state
        if "event_date" in self.columns and "end_date" not in self.columns:
            row["end_date"] = _not_before(row["end_date"], row["event_date"])
        places = location_rows(self.incident_id, events, administered_by)
        if self.places is not None:
            places = [
                {"incident_id": self.incident_id, "place_no": number, **place}
                for number, place in enumerate(self.places)
            ]
            row["n_locations"] = len(places)
        return row, places


@dataclass(frozen=True, slots=True)
class Overlay:
    """What decisions make of the incidents they are about."""

    incidents: dict[str, Reviewed]  # by id as published
    replaced: frozenset[str]  # the machine's incidents that these stand for
    states: dict[int, str]  # by decision_id: applied | orphaned
    names: dict[str, str]  # ids that are no longer an incident of their own -> the one they are part of

    def resolve(self, incident_id: str) -> str:
        """The published incident that an id, maybe an older one, stands for."""
        seen = set()
        while incident_id in self.names and incident_id not in seen:
            seen.add(incident_id)
            incident_id = self.names[incident_id]
        return incident_id


def overlay(log: Iterable[Logged], machine: Mapping[str, Sequence[Told]], aliases: Mapping[str, str]) -> Overlay:
    """Apply `log` to the machine's incidents: `machine` holds the events of each that it may be about."""
    result = Overlay(
        incidents={name: Reviewed(name, list(events)) for name, events in machine.items()},
        replaced=frozenset(machine),
        states={},
        names=dict(aliases),
    )
    for decision in log:
        applied = _apply(decision, result)
        result.states[decision.decision_id] = "applied" if applied else "orphaned"
    return result


def _apply(decision: Logged, so_far: Overlay) -> bool:
    incident = _find(decision, so_far)
    if incident is None:
        return False
    match decision.action:
        case "accept" | "reject":
            incident.verdict = f"{decision.action}ed"
        case "set":
            columns = values(decision.field, decision.new_value)
            incident.columns |= columns
            incident.set_by |= dict.fromkeys(columns, decision.decision_id)
            incident.corrected = True
        case "move":
            incident.places = json.loads(decision.new_value or "[]")
            incident.set_by["locations"] = decision.decision_id
            incident.corrected = True
        case "merge":
            return _merge(decision, incident, so_far)
        case "split":
            return _split(decision, incident, so_far)
    return True


def _find(decision: Logged, so_far: Overlay) -> Reviewed | None:
    """The incident it is about: by its id, or by the events it was about where the machine now counts otherwise."""
    known = so_far.incidents.get(so_far.resolve(decision.incident_id))
    if known is not None:
        return known
    holders = {
        incident.incident_id
        for incident in so_far.incidents.values()
        if any(_meant(anchor, incident.events) for anchor in decision.evidence)
    }
    return so_far.incidents[holders.pop()] if len(holders) == 1 else None


def _merge(decision: Logged, incident: Reviewed, so_far: Overlay) -> bool:
    found = False
    for name in json.loads(decision.new_value or "[]"):
        other = so_far.incidents.get(so_far.resolve(name))
        if other is None:
            continue
        found = True
        if other is not incident:
            incident.events += other.events
            del so_far.incidents[other.incident_id]
            so_far.names[other.incident_id] = incident.incident_id
    incident.corrected |= found
    return found


def _split(decision: Logged, incident: Reviewed, so_far: Overlay) -> bool:
    new_value = json.loads(decision.new_value or "{}")
    name = new_value["incident_id"]
    anchors = [anchor for anchor in decision.evidence if anchor["event_id"] in new_value["events"]]
    meant = [_meant(anchor, incident.events) for anchor in anchors]
    leaving = [event for event in incident.events if event in meant]
    staying = [event for event in incident.events if event not in leaving]
    if not leaving or not staying:
        return False  # the machine itself tells them apart now, or no longer finds one of them
    incident.events = staying
    incident.corrected = True
    so_far.incidents[name] = Reviewed(name, leaving, corrected=True)
    so_far.names.pop(name, None)
    return True


def evidence_of(event: Told) -> Row:
    """What an event is known by over re-extraction, as a decision keeps it."""
    return {
        "event_id": event.event_id,
        "thread": event.thread,
        "category": event.category,
        "event_type": event.event_type,
        "sentence_start": event.sentence_start,
    }


def _meant(anchor: Mapping[str, Any], events: Iterable[Told]) -> Told | None:
    """The event that a decision was about: of the same report and category, and likest in sentence, type and number.

    It must be told in the same sentence or, where that moved, bear the same type and number.
    """
    likeness = []
    for event in events:
        if event.thread == anchor["thread"] and event.category == anchor["category"]:
            same_type = event.event_type == anchor["event_type"]
            same_number = event.event_id == anchor["event_id"]
            same_sentence = event.sentence_start == anchor["sentence_start"]
            likeness.append((4 * same_sentence + 3 * (same_type and same_number) + same_type, event))
    alike = [(rank, event) for rank, event in likeness if rank >= 3]
    return max(alike, key=lambda each: each[0])[1] if alike else None


def split_id(incident_id: str, events: Iterable[str], decided_at: str) -> str:
    """The id of what is split off."""
    words = "\x1f".join((incident_id, decided_at, *sorted(events)))
    return f"inc_{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def _not_before(end: date | None, start: date | None) -> date | None:
    if end is None or start is None:
        return start
    return max(end, start)
