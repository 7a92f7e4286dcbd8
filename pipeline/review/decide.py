"""Taking a decision: checked against the incident as it is now, then added to the log for good."""

import json
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UsageError
from pipeline.review.decisions import Decision, as_text, check, check_row, values
from pipeline.review.log import about, read_log, read_overlay
from pipeline.review.overlay import Overlay, Reviewed, evidence_of, split_id
from pipeline.store.database import Store
from pipeline.store.reports import now
from pipeline.store.tables import decisions


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that is in the log: on disk, and there whatever happens next."""

    decision_id: int
    incident_id: str  # as published: that of the incident it is part of now
    old_value: str | None
    new_value: str | None
    split_off: str | None = None  # the id of the new incident


def decide(store: Store, decision: Decision) -> Taken:
    """Add `decision` to the log. It shows on the map with the next publication (`pipeline.publish.publish_now`).

    Raises UsageError where it does not fit the incident, StoreError where it cannot be written: nothing is then kept.
    """
    check(decision)
    decided_at = now()
    with store.write() as connection:
        log = read_log(connection)
        names = [decision.incident_id, *(decision.others if decision.action == "merge" else ())]
        relevant = {each.decision_id: each for name in names for each in about(connection, log, name)}
        laid = read_overlay(connection, [relevant[key] for key in sorted(relevant)], also=names)
        incident = _incident(laid, decision.incident_id)
        old_value, new_value, events = _told(decision, incident, laid, decided_at)
        row = {
            "incident_id": incident.incident_id,
            "action": decision.action,
            "field": decision.field if decision.action == "set" else None,
            "old_value": old_value,
            "new_value": new_value,
            "note": (decision.note or "").strip() or None,
            "reviewer": decision.reviewer.strip(),
            "decided_at": decided_at,
            "evidence": json.dumps([evidence_of(event) for event in events]),
            "is_sample": all(event.is_sample for event in events),
        }
        (decision_id,) = connection.execute(decisions.insert().values(row)).inserted_primary_key or (0,)
    off = json.loads(new_value or "{}")["incident_id"] if decision.action == "split" else None
    return Taken(decision_id, incident.incident_id, old_value, new_value, off)


def _incident(laid: Overlay, incident_id: str) -> Reviewed:
    incident = laid.incidents.get(laid.resolve(incident_id))
    if incident is None:
        raise UsageError(f"There is no incident {incident_id}: `review list` shows those there are.")
    return incident


def _told(
    decision: Decision, incident: Reviewed, laid: Overlay, decided_at: str
) -> tuple[str | None, str | None, list[Any]]:
    """Old value, new value, and the events the decision is about."""
    row, places = incident.rows({})
    match decision.action:
        case "accept" | "reject":
            return incident.state, f"{decision.action}ed", incident.events
        case "set":
            columns = values(decision.field, decision.value)
            changed = row | columns
            if "event_date" in columns and columns["event_date"] and row["end_date"]:
                changed["end_date"] = max(row["end_date"], columns["event_date"])
            check_row(changed)
            names = [name for name in columns if name not in ("category", "date_origin")]
            old = {name: row[name] for name in names}
            shown = old[names[0]] if len(names) == 1 or len(set(old.values())) == 1 else list(old.values())
            return as_text(shown), (decision.value or "").strip() or None, incident.events
        case "move":
            kept = [{key: value for key, value in place.items() if key not in ("incident_id", "place_no")}
                    for place in places]  # fmt: skip
            return as_text(kept), as_text([_whole(place) for place in decision.places]), incident.events
        case "merge":
            others = [_incident(laid, name) for name in decision.others]
            if any(other is incident for other in others):
                raise UsageError(f"{decision.incident_id} and {', '.join(decision.others)} are one incident already.")
            events = [event for other in (incident, *others) for event in other.events]
            return None, as_text([other.incident_id for other in others]), events
        case "split":
            known = {event.event_id for event in incident.events}
            strange = [name for name in decision.others if name not in known]
            if strange:
                raise UsageError(
                    f"{', '.join(strange)}: no event of {incident.incident_id}. Its events: {sorted(known)}."
                )
            if known == set(decision.others):
                raise UsageError("All of its events cannot be split off: nothing would be left.")
            off = {"events": sorted(decision.others),
                   "incident_id": split_id(incident.incident_id, decision.others, decided_at)}  # fmt: skip
            return None, as_text(off), incident.events
    return None, None, incident.events


def _whole(place: Any) -> dict[str, Any]:
    """A place with every column of the snapshot's locations."""
    empty: dict[str, Any] = dict.fromkeys(
        ("place_id", "name", "name_ar", "name_ckb", "admin1", "admin1_pcode", "admin2", "latitude", "longitude")
    )
    rest = {"geo_precision": 1, "where_prec": 1, "disputed": False, "administered_by": None, "where_description": None}
    return empty | rest | dict(place)
