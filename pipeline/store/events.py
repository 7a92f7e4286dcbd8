"""Events and their claims in the store, and back again as what linking compares."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from pipeline.link.told import Told, from_record, toll_columns
from pipeline.model import Event, Report
from pipeline.publish.rows import claim_rows
from pipeline.store.dirty import mark_dirty
from pipeline.store.tables import claims, events, reports


@dataclass(frozen=True, slots=True)
class Placed:
    """The incident an event is put in, the month that is published in, and the report its text nearly repeats."""

    incident_id: str
    month: str
    near_duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """An event of the store, and where it was put."""

    told: Told
    placed: Placed

    @property
    def incident_id(self) -> str:
        return self.placed.incident_id


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is remembered of an event that is being replaced: enough to give its incident's id to its successor."""

    event_no: int
    thread: str
    category: str
    event_type: str
    sentence_start: int
    incident_id: str


def add_events(connection: sa.Connection, told: Iterable[tuple[Event, Told]], placed: Mapping[str, Placed]) -> None:
    """Insert events with their claims, each where `placed` puts its event_id."""
    told = list(told)
    if not told:
        return
    first = (connection.scalar(sa.select(sa.func.max(events.c.event_no))) or 0) + 1  # one run writes at a time
    report_no = _report_numbers(connection, sorted({seen.report_id for _, seen in told}))
    rows, read = [], []
    for event_no, (event, seen) in enumerate(told, start=first):
        numbers = {"event_no": event_no, "report_no": report_no[seen.report_id]}
        rows.append(numbers | _row(seen, placed[seen.event_id]))
        read += _claims(event, event_no)
    connection.execute(events.insert(), rows)
    connection.execute(claims.insert(), read)


def _report_numbers(connection: sa.Connection, report_ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in range(0, len(report_ids), 500):
        query = sa.select(reports.c.report_id, reports.c.seq).where(reports.c.report_id.in_(report_ids[at : at + 500]))
        found |= {row.report_id: row.seq for row in connection.execute(query)}
    return found


def replace_claims(connection: sa.Connection, found: Sequence[Event]) -> None:
    """Claims read anew, of events that are the same: a rule may have another name, or other words."""
    for event in found:
        query = sa.select(events.c.event_no, events.c.month).where(events.c.event_id == event.event_id)
        event_no, month = connection.execute(query).one()
        mine = claims.c.event_no == event_no
        old = connection.execute(sa.select(claims).where(mine).order_by(claims.c.claim_no)).mappings().all()
        new = _claims(event, event_no)
        if [dict(row) for row in old] != new:
            connection.execute(claims.delete().where(mine))
            connection.execute(claims.insert(), new)
            mark_dirty(connection, {month})


def same_events(connection: sa.Connection, report_id: str, found: Sequence[Told]) -> bool:
    """Whether those are just the events stored for the report."""
    columns = (events.c.event_id, events.c.event_record, events.c.sentence, events.c.sentence_start)
    old = connection.execute(sa.select(*columns).where(events.c.report_id == report_id)).all()
    new = {(event.event_id, _json(event), event.sentence, event.sentence_start) for event in found}
    return bool(old) and {tuple(row) for row in old} == new


def _claims(event: Event, event_no: int) -> list[dict[str, Any]]:
    return [
        {
            "event_no": event_no,
            "claim_no": number,
            "field": claim["field"],
            "value": claim["value"],
            "words": claim["words"],
            "start_offset": claim["start"],
            "end_offset": claim["end"],
            "origin": claim["origin"],
            "rule": claim["rule"],
        }
        for number, claim in enumerate(claim_rows(event))
    ]


def _json(event: Told) -> str:
    return json.dumps(event.record, ensure_ascii=False, separators=(",", ":"))


def _row(event: Told, placed: Placed) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "report_id": event.report_id,
        **asdict(placed),
        "category": event.category,
        "event_type": event.event_type,
        "event_date": event.record["event_date"],
        "end_date": event.record["end_date"],
        "admin1": block_admin1(event),
        **toll_columns(event.fatalities, event.injuries),
        "actor1": event.record["actor1"],
        "actor2": event.record["actor2"],
        "sentence": event.sentence,
        "sentence_start": event.sentence_start,
        "event_record": _json(event),
    }


def block_admin1(event: Told) -> str:
    """The one province an event lies in; "" where there is none, or more than one: such a one is compared with all."""
    provinces = {place.admin1 for place in event.places}
    return (provinces.pop() or "") if len(provinces) == 1 else ""


def forget_events(connection: sa.Connection, report_ids: Sequence[str]) -> list[Forgotten]:
    """Take the events of those reports out, and say what they were."""
    query = (
        sa.select(
            events.c.event_no,
            reports.c.thread,
            events.c.category,
            events.c.event_type,
            events.c.sentence_start,
            events.c.incident_id,
        )
        .join(reports, reports.c.report_id == events.c.report_id)
        .where(events.c.report_id.in_(report_ids))
    )
    gone = [Forgotten(*row) for row in connection.execute(query)]
    if gone:
        numbers = [event.event_no for event in gone]
        connection.execute(claims.delete().where(claims.c.event_no.in_(numbers)))
        connection.execute(events.delete().where(events.c.event_no.in_(numbers)))
    return gone


def forget_threads(connection: sa.Connection, threads: Sequence[str]) -> list[Forgotten]:
    """Take the events of every version of those reports out, and say what they were."""
    versions = sa.select(reports.c.report_id).where(reports.c.thread.in_(threads))
    return forget_events(connection, list(connection.scalars(versions)))


_TOLD = sa.select(
    events.c.event_record,
    events.c.sentence,
    events.c.sentence_start,
    events.c.incident_id,
    events.c.month,
    events.c.near_duplicate_of,
    reports.c.report_id,
    reports.c.thread,
    reports.c.published,
    reports.c.publisher,
    reports.c.url,
    reports.c.lang,
    reports.c.is_sample,
    reports.c.signature,
).join(reports, reports.c.report_id == events.c.report_id)


def find(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[Known]:
    """The events that meet all conditions on the tables events and reports."""
    return [_known(row) for row in connection.execute(_TOLD.where(*conditions))]


def of_incidents(connection: sa.Connection, incident_ids: Iterable[str]) -> list[Known]:
    """Every event of those incidents."""
    names = sorted(incident_ids)
    return [
        known
        for at in range(0, len(names), 500)
        for known in find(connection, events.c.incident_id.in_(names[at : at + 500]))
    ]


def _known(row: Any) -> Known:
    report = Report(
        report_id=row.report_id,
        text="",  # linking compares signatures
        published=date.fromisoformat(row.published) if row.published else None,
        publisher=row.publisher,
        url=row.url,
        lang=row.lang,
        is_sample=row.is_sample,
    )
    told = from_record(
        json.loads(row.event_record),
        report,
        row.thread,
        row.signature or b"",
        sentence=row.sentence,
        sentence_start=row.sentence_start,
    )
    return Known(told, Placed(row.incident_id, row.month, row.near_duplicate_of))
