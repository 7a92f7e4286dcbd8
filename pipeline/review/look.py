"""What a reviewer looks at: what waits for review, one incident with its sources, and its history."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from pipeline.errors import UsageError
from pipeline.link.duplicates import near_duplicates
from pipeline.model import SEPARATOR
from pipeline.publish.rows import source_row
from pipeline.review.log import about, read_log, read_overlay
from pipeline.store.database import Store
from pipeline.store.tables import changes, incidents

Row = dict[str, Any]
State = Literal["machine", "accepted", "corrected", "rejected", "orphaned", "any"]


def queue(store: Store, state: State = "machine", limit: int = 50) -> list[Row]:
    """Incidents to look at, least certain first: those nobody has decided on, or those in another review state.

    "orphaned" gives the decisions whose incident or events the machine no longer finds.
    """
    with store.read() as connection:
        log = read_log(connection)
        laid = read_overlay(connection, log)
        if state == "orphaned":
            return [asdict(each) for each in log if laid.states[each.decision_id] == "orphaned" and not each.is_sample]
        rows: list[Row] = []
        if state in ("machine", "any"):
            rows = _undecided(connection, laid.replaced, limit)
        reviewed = [incident for incident in laid.incidents.values() if state in (incident.state, "any")]
        rows += [incident.rows({})[0] for incident in reviewed]
    return sorted(rows, key=lambda row: (row["confidence"], row["incident_id"]))[:limit]


def _undecided(connection: sa.Connection, replaced: frozenset[str], limit: int) -> list[Row]:
    query = sa.select(incidents).order_by(incidents.c.confidence, incidents.c.incident_id)
    rows = connection.execute(query.limit(limit + len(replaced))).mappings()
    return [_as_published(row) for row in rows if row["incident_id"] not in replaced][:limit]


def _as_published(row: sa.RowMapping) -> Row:
    """A stored incident with the columns and values of the snapshot's."""
    told = {name: row[name] for name in row if name != "month"} | {"review_state": "machine"}
    for name in ("publishers", "languages", "quoted_sources"):
        told[name] = row[name].split(SEPARATOR) if row[name] else []
    for name in ("event_date", "end_date"):
        told[name] = date.fromisoformat(row[name]) if row[name] else None
    return told


def show(store: Store, incident_id: str) -> Row:
    """One incident as it would be published: its row, "locations", "sources" and "history".

    Raises UsageError where there is none of that id.
    """
    with store.read() as connection:
        log = about(connection, read_log(connection), incident_id)
        laid = read_overlay(connection, log, also=[incident_id])
        incident = laid.incidents.get(laid.resolve(incident_id))
        if incident is None:
            raise UsageError(f"There is no incident {incident_id}: `review list` shows those there are.")
        row, places = incident.rows({})
        events = sorted(incident.events, key=lambda event: event.order)
        duplicates = near_duplicates(events)
        sources = [source_row(incident.incident_id, event, duplicates) for event in events]
    return row | {"locations": places, "sources": sources, "history": history(store, incident_id)}


def history(store: Store, incident_id: str) -> list[Row]:
    """All that changed about an incident, oldest first: decisions, and what re-running changed in its machine layer.

    Each: at, who (the reviewer, or the run), action, field, old_value, new_value, note, state (applied | orphaned).
    """
    with store.read() as connection:
        log = about(connection, read_log(connection), incident_id)
        laid = read_overlay(connection, log, also=[incident_id])
        names = {incident_id, laid.resolve(incident_id), *(each.incident_id for each in log)}
        found = connection.execute(sa.select(changes).where(changes.c.incident_id.in_(sorted(names)))).all()
    told = [
        {
            "at": each.decided_at,
            "who": each.reviewer,
            "action": each.action,
            "field": each.field,
            "old_value": each.old_value,
            "new_value": each.new_value,
            "note": each.note,
            "state": laid.states[each.decision_id],
        }
        for each in log
    ]
    for change in found:
        for field, (old, new) in json.loads(change.diff).items():
            by_machine = {"at": change.changed_at, "who": f"run {change.run_id}", "action": "machine", "note": None}
            told.append(by_machine | {"field": field, "old_value": old, "new_value": new, "state": "applied"})
    return sorted(told, key=lambda each: str(each["at"]))
