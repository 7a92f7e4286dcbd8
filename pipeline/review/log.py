"""The log of decisions in the store: read, and added to. Nothing here changes or removes a decision."""

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from pipeline.link.told import Told
from pipeline.review.overlay import Logged, Overlay, overlay
from pipeline.store.events import find, of_incidents
from pipeline.store.tables import aliases, decisions, reports


def read_log(connection: sa.Connection) -> list[Logged]:
    """Every decision, in the order they were taken."""
    return [logged(row) for row in connection.execute(sa.select(decisions).order_by(decisions.c.decision_id))]


def logged(row: Any) -> Logged:
    return Logged(
        decision_id=row.decision_id,
        incident_id=row.incident_id,
        action=row.action,
        field=row.field,
        old_value=row.old_value,
        new_value=row.new_value,
        note=row.note,
        reviewer=row.reviewer,
        decided_at=row.decided_at,
        evidence=tuple(json.loads(row.evidence)),
        is_sample=row.is_sample,
    )


def read_overlay(connection: sa.Connection, log: list[Logged], also: Iterable[str] = ()) -> Overlay:
    """`log` laid over the machine's incidents, and the incidents `also` with what it says of them."""
    names = aliases_of(connection)
    wanted = {names.get(name, name) for name in {*_mentioned(log), *also}}
    found = of_incidents(connection, wanted)
    lost = wanted - {known.incident_id for known in found}
    threads = {
        anchor["thread"]
        for decision in log
        if names.get(decision.incident_id, decision.incident_id) in lost
        for anchor in decision.evidence
    }
    if threads:  # what lost decisions were about may have come into other incidents
        told = find(connection, reports.c.thread.in_(sorted(threads)))
        found += of_incidents(connection, {known.incident_id for known in told} - wanted)
    machine: dict[str, list[Told]] = {}
    for known in sorted(found, key=lambda known: known.told.order):
        machine.setdefault(known.incident_id, []).append(known.told)
    return overlay(log, machine, names)


def about(connection: sa.Connection, log: list[Logged], incident_id: str) -> list[Logged]:
    """The decisions that have to do with one incident, over merges and splits."""
    names = aliases_of(connection)
    wanted = {names.get(incident_id, incident_id)}
    while True:
        ids = {each.decision_id: {names.get(name, name) for name in _ids(each)} for each in log}
        found = [each for each in log if wanted & ids[each.decision_id]]
        more = {name for each in found for name in ids[each.decision_id]} - wanted
        if not more:
            return found
        wanted |= more


def _ids(decision: Logged) -> set[str]:
    ids = {decision.incident_id}
    if decision.action == "merge":
        ids |= set(json.loads(decision.new_value or "[]"))
    if decision.action == "split":
        ids.add(json.loads(decision.new_value or "{}")["incident_id"])
    return ids


def _mentioned(log: Iterable[Logged]) -> set[str]:
    return {name for decision in log for name in _ids(decision)}


def aliases_of(connection: sa.Connection) -> dict[str, str]:
    """Ids that incidents had before the machine found them to be one, and what they are now."""
    return {row.alias: row.incident_id for row in connection.execute(sa.select(aliases))}
