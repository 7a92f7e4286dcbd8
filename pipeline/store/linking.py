"""Linking what is new with what is stored: touched are only events that may be one with a new one, and their groups."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pipeline.link.cluster import Scores, clusters
from pipeline.link.duplicates import near_duplicates
from pipeline.link.identity import assign, inherit, new_name
from pipeline.link.merge import incident_row, location_rows, month_of
from pipeline.link.told import Told
from pipeline.link.written import Written
from pipeline.model import SEPARATOR
from pipeline.store.blocks import Blocks
from pipeline.store.dirty import mark_dirty
from pipeline.store.events import Forgotten, Known, Placed, add_events, of_incidents, parts
from pipeline.store.reports import now
from pipeline.store.tables import aliases, changes, events, incidents, locations

Row = dict[str, Any]
_NOT_TOLD = ("search_text", "month")


def link(
    connection: sa.Connection,
    coming: Sequence[tuple[Written, Told]],
    gone: Sequence[Forgotten],
    administered_by: Mapping[str, str],
    run_id: str,
) -> None:
    """Put `coming` events into incidents, after `gone` ones were taken out, and write every incident this changes."""
    if not coming and not gone:
        return
    # 1. What the new events can change, grouped anew
    new = [told for _, told in coming]
    members, scores = _closure(connection, new, {event.incident_id for event in gone})
    groups = clusters([*new, *(known.told for known in members.values())], scores)
    # 2. An id for each group, the one it had where it had one
    prior = inherit(gone, new) | {event_id: known.incident_id for event_id, known in members.items()}
    first = {new_name(group[0]) for group in groups}
    used = _existing(connection, first)
    assigned = assign(groups, prior, lambda name: name in (used if name in first else _existing(connection, {name})))
    # 3. The rows of each incident, and where each event is put
    written = [
        _incident(name, group, administered_by) for name, group in zip(assigned.incident_ids, groups, strict=True)
    ]
    placed = {event_id: place for incident in written for event_id, place in incident.placed.items()}
    # 4. Into the store
    old = _stored(connection, set(prior.values()) | {event.incident_id for event in gone})
    add_events(connection, coming, placed)
    _move(connection, members, placed)
    _rename(connection, assigned.aliases, assigned.incident_ids)
    _replace(connection, written, old, run_id)


@dataclass(frozen=True, slots=True)
class _Incident:
    """One incident to be written, as the store keeps it."""

    row: Row
    places: list[Row]
    placed: dict[str, Placed]  # by event_id


def _incident(incident_id: str, group: Sequence[Told], administered_by: Mapping[str, str]) -> _Incident:
    duplicates = near_duplicates(group)
    row = stored_row(incident_row(incident_id, group, duplicates))
    placed = {event.event_id: Placed(incident_id, row["month"], duplicates.get(event.report_id)) for event in group}
    places = [place | {"month": row["month"]} for place in location_rows(incident_id, group, administered_by)]
    return _Incident(row, places, placed)


def _closure(connection: sa.Connection, new: Sequence[Told], touched: set[str]) -> tuple[dict[str, Known], Scores]:
    """Every stored event whose grouping the new ones can change: those linked with them, their groups, and so on."""
    scores, blocks = Scores(), Blocks(connection)
    members: dict[str, Known] = {}
    frontier, wanted, seen = list(new), set(touched), set[str]()
    while frontier or wanted:
        blocks.read(frontier)
        for event in frontier:
            wanted |= {known.incident_id for known in blocks.near(event) if scores.linked(event, known.told)}
        wanted -= seen
        seen |= wanted
        found = of_incidents(connection, wanted)
        members |= {known.told.event_id: known for known in found}
        frontier, wanted = [known.told for known in found], set()
    return members, scores


def _existing(connection: sa.Connection, incident_ids: Iterable[str]) -> set[str]:
    """Those of them that there are incidents of."""
    found: set[str] = set()
    for part in parts(sorted(incident_ids)):
        query = sa.select(incidents.c.incident_id).where(incidents.c.incident_id.in_(part))
        found |= set(connection.scalars(query))
    return found


def _stored(connection: sa.Connection, incident_ids: Iterable[str]) -> dict[str, tuple[Row, list[Row]]]:
    """The rows of those incidents and of their places, as they are stored."""
    rows: dict[str, tuple[Row, list[Row]]] = {}
    for part in parts(sorted(incident_ids)):
        for row in connection.execute(sa.select(incidents).where(incidents.c.incident_id.in_(part))).mappings():
            rows[row["incident_id"]] = (dict(row), [])
        query = sa.select(locations).where(locations.c.incident_id.in_(part))
        for row in connection.execute(query.order_by(locations.c.incident_id, locations.c.place_no)).mappings():
            rows[row["incident_id"]][1].append(dict(row))
    return rows


def _rename(connection: sa.Connection, new_aliases: Mapping[str, str], live: Sequence[str]) -> None:
    """Remember the ids that went; one that lives again (its group was split off) is no alias any more."""
    connection.execute(aliases.delete().where(aliases.c.alias.in_(live)))
    for alias, incident_id in new_aliases.items():
        connection.execute(aliases.update().where(aliases.c.incident_id == alias).values(incident_id=incident_id))
        connection.execute(aliases.delete().where(aliases.c.alias == alias))
        connection.execute(aliases.insert().values(alias=alias, incident_id=incident_id))


def _move(connection: sa.Connection, members: Mapping[str, Known], placed: Mapping[str, Placed]) -> None:
    """Note where events that were stored before are put now."""
    moved = [
        {"of": event_id, **placed[event_id].columns()}
        for event_id, known in members.items()
        if placed[event_id] != known.placed
    ]
    if moved:
        connection.execute(
            events.update()
            .where(events.c.event_id == sa.bindparam("of"))
            .values({name: sa.bindparam(name) for name in ("incident_id", "month", "near_duplicate_of")}),
            moved,
        )


def _replace(
    connection: sa.Connection, written: Sequence[_Incident], old: dict[str, tuple[Row, list[Row]]], run_id: str
) -> None:
    """Write the incidents that differ from what is stored, and take out those that nothing tells of any more."""
    months: set[str] = set()
    differing: list[_Incident] = []
    for incident in written:
        months.add(incident.row["month"])  # a new source changes the month's claims, if not the incident itself
        stored = old.get(incident.row["incident_id"])
        if stored == (incident.row, incident.places):
            del old[incident.row["incident_id"]]
        else:
            differing.append(incident)
            if stored is not None:
                _note_change(connection, stored[0], incident.row, run_id)
    mark_dirty(connection, months | {row["month"] for row, _ in old.values()})
    if old:
        _delete(connection, list(old))
    if differing:
        connection.execute(incidents.insert(), [incident.row for incident in differing])
    places = [place for incident in differing for place in incident.places]
    if places:
        connection.execute(locations.insert(), places)


def stored_row(row: Row) -> Row:
    """An incident's row as the store keeps it."""
    kept = dict(row)
    for name in ("publishers", "languages", "quoted_sources"):
        kept[name] = SEPARATOR.join(value.replace(SEPARATOR, " ") for value in row[name])
    for name in ("event_date", "end_date"):
        kept[name] = row[name].isoformat() if row[name] else None
    kept["month"] = month_of(row["event_date"])
    return kept


def _delete(connection: sa.Connection, incident_ids: Sequence[str]) -> None:
    connection.execute(locations.delete().where(locations.c.incident_id.in_(incident_ids)))
    connection.execute(incidents.delete().where(incidents.c.incident_id.in_(incident_ids)))


def _note_change(connection: sa.Connection, old: Row, new: Row, run_id: str) -> None:
    told = {name: [old[name], new[name]] for name in new if name not in _NOT_TOLD and old[name] != new[name]}
    if told:
        diff = json.dumps(told, ensure_ascii=False)
        row = {"incident_id": new["incident_id"], "run_id": run_id, "changed_at": now(), "diff": diff}
        connection.execute(changes.insert().values(row))
