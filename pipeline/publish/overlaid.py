"""What decisions change in the published months: whole incidents are taken out, and put in as reviewers left them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl
import sqlalchemy as sa

from pipeline.link.duplicates import near_duplicates
from pipeline.link.merge import month_of
from pipeline.publish.rows import Row, frame, source_row
from pipeline.review.decisions import as_text
from pipeline.review.log import read_log, read_overlay
from pipeline.review.overlay import Logged, Overlay, Reviewed
from pipeline.snapshot_schema import FILES
from pipeline.store.tables import claims, events, overlaid


@dataclass(frozen=True, slots=True)
class Layer:
    """The reviewers' layer, ready to be published. `rows` are by table and month."""

    replaced: frozenset[str]
    rows: dict[str, dict[str, list[Row]]]
    months: dict[str, tuple[frozenset[str], str]]  # incident -> the months it touches, and what it looks like
    history: pl.DataFrame
    n_decisions: int
    orphaned: int

    def laid_over(self, table: str, month: str, machine: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """One month of one table as reviewers left it: what the machine read, given in parts, and then the reviewed."""
        if not self.replaced or "incident_id" not in FILES[table]:
            yield from machine
            return
        replaced = sorted(self.replaced)
        for part in machine:
            yield part.filter(~pl.col("incident_id").is_in(replaced))
        if reviewed := self.rows.get(table, {}).get(month):
            yield frame(table, reviewed)


def read_layer(connection: sa.Connection, administered_by: Mapping[str, str]) -> Layer:
    """Every decision, laid over the machine's incidents."""
    log = read_log(connection)
    laid = read_overlay(connection, log)
    rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    months: dict[str, tuple[frozenset[str], str]] = {}
    machine_months = _machine_months(connection, laid)
    for incident in sorted(laid.incidents.values(), key=lambda incident: incident.incident_id):
        row, places = incident.rows(administered_by)
        month = month_of(row["event_date"])
        told = _told(connection, incident, row, places)
        for table, lines in (("incidents", [row]), ("locations", places), *told.items()):
            rows[table][month] += lines
        digest = hashlib.sha256(repr((row, places, told["sources"])).encode()).hexdigest()
        touched = {machine_months[event.event_id] for event in incident.events} | {month}
        months[incident.incident_id] = (frozenset(touched), digest)
    orphaned = sum(laid.states[each.decision_id] == "orphaned" and not each.is_sample for each in log)
    return Layer(laid.replaced, rows, months, _history(log, laid), len(log), orphaned)


def _machine_months(connection: sa.Connection, laid: Overlay) -> dict[str, str]:
    names = sorted(event.event_id for incident in laid.incidents.values() for event in incident.events)
    found: dict[str, str] = {}
    for at in range(0, len(names), 500):
        query = sa.select(events.c.event_id, events.c.month).where(events.c.event_id.in_(names[at : at + 500]))
        found |= {row.event_id: row.month for row in connection.execute(query)}
    return found


def _told(connection: sa.Connection, incident: Reviewed, row: Row, places: list[Row]) -> dict[str, list[Row]]:
    """The claims and sources of a reviewed incident; a value that a reviewer set is a claim of its own."""
    known = {event.event_id: event for event in incident.events}
    query = sa.select(events.c.event_id, claims).join(events).where(events.c.event_id.in_(sorted(known)))
    read = [
        {
            "incident_id": incident.incident_id,
            "event_id": claim.event_id,
            "report_id": known[claim.event_id].report_id,
            "field": claim.field,
            "value": claim.value,
            "words": claim.words,
            "start": claim.start_offset,
            "end": claim.end_offset,
            "origin": claim.origin,
            "rule": claim.rule,
        }
        for claim in connection.execute(query.order_by(events.c.event_id, claims.c.claim_no))
    ]
    for column, decision_id in sorted(incident.set_by.items()):
        if column in ("category", "date_origin"):
            continue
        value = "; ".join(place["name"] for place in places) if column == "locations" else as_text(row[column])
        by_reviewer = {"field": column, "value": value, "words": "", "origin": "reviewed"}
        read.append({"incident_id": incident.incident_id, **by_reviewer, "rule": f"decision {decision_id}"})
    ordered = sorted(incident.events, key=lambda event: event.order)
    duplicates = near_duplicates(ordered)
    return {"claims": read, "sources": [source_row(incident.incident_id, event, duplicates) for event in ordered]}


def _history(log: list[Logged], laid: Overlay) -> pl.DataFrame:
    rows = [
        {
            "incident_id": laid.resolve(each.incident_id),
            "decided_at": datetime.fromisoformat(each.decided_at),
            "reviewer": each.reviewer,
            "action": each.action,
            "field": each.field,
            "old_value": each.old_value,
            "new_value": each.new_value,
            "note": each.note,
            "state": laid.states[each.decision_id],
        }
        for each in log
    ]
    return frame("history", rows)


def changed_months(connection: sa.Connection, layer: Layer) -> set[str]:
    """The months in which reviewed incidents differ from what was last published."""
    before = {row.incident_id: (row.months, row.digest) for row in connection.execute(sa.select(overlaid))}
    after = {name: (",".join(sorted(months)), digest) for name, (months, digest) in layer.months.items()}
    differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return {
        month for each in (before, after) for name in differing if name in each for month in each[name][0].split(",")
    }


def remember(connection: sa.Connection, layer: Layer) -> None:
    """Note what was published of reviewed incidents."""
    connection.execute(overlaid.delete())
    rows = [
        {"incident_id": name, "months": ",".join(sorted(months)), "digest": digest}
        for name, (months, digest) in sorted(layer.months.items())
    ]
    if rows:
        connection.execute(overlaid.insert(), rows)
