"""Events and their claims in the store, and back again as what linking compares."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

from pipeline.link.told import Told, from_record, toll_columns
from pipeline.link.written import Written
from pipeline.model import Report
from pipeline.store.dirty import mark_dirty
from pipeline.store.tables import claims, events, reports

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed:
    """The incident an event is put in, the month that is published in, and the report its text nearly repeats."""

    incident_id: str
    month: str
    near_duplicate_of: str | None

    def columns(self) -> dict[str, Any]:
        return {"incident_id": self.incident_id, "month": self.month, "near_duplicate_of": self.near_duplicate_of}


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


def add_events(connection: sa.Connection, coming: Sequence[tuple[Written, Told]], placed: Mapping[str, Placed]) -> None:
    """Insert events with their claims, each where `placed` puts its event_id."""
    if not coming:
        return
    first = (connection.scalar(sa.select(sa.func.max(events.c.event_no))) or 0) + 1  # one run writes at a time
    report_no = _report_numbers(connection, sorted({told.report_id for _, told in coming}))
    rows, read = [], []
    for event_no, (event, told) in enumerate(coming, start=first):
        numbers = {"event_no": event_no, "report_no": report_no[told.report_id]}
        rows.append(numbers | _row(event, told, placed[told.event_id]))
        read += _claims(event, event_no)
    connection.execute(events.insert(), rows)
    connection.execute(claims.insert(), read)


def _report_numbers(connection: sa.Connection, report_ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(report_ids):
        query = sa.select(reports.c.report_id, reports.c.seq).where(reports.c.report_id.in_(part))
        found |= {row.report_id: row.seq for row in connection.execute(query)}
    return found


def parts(names: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """`names` by as many as one query takes."""
    for at in range(0, len(names), size):
        yield names[at : at + size]


def stored_events(connection: sa.Connection, report_ids: Sequence[str]) -> dict[str, set[tuple[str, str, int]]]:
    """By report_id, what is stored of its events: record, sentence and where that begins."""
    found: dict[str, set[tuple[str, str, int]]] = {}
    columns = (events.c.report_id, events.c.event_record, events.c.sentence, events.c.sentence_start)
    for part in parts(report_ids):
        for report_id, *event in connection.execute(sa.select(*columns).where(events.c.report_id.in_(part))):
            found.setdefault(report_id, set()).add((event[0], event[1], event[2]))
    return found


def replace_claims(connection: sa.Connection, read_again: Mapping[str, Written]) -> None:
    """Claims read anew, by event_id, of events that are the same: a rule may have another name, or other words."""
    for part in parts(sorted(read_again)):
        known = sa.select(events.c.event_id, events.c.event_no, events.c.month).where(events.c.event_id.in_(part))
        numbers = {row.event_id: row for row in connection.execute(known)}
        mine = claims.c.event_no.in_([row.event_no for row in numbers.values()])
        old: dict[int, list[dict[str, Any]]] = {row.event_no: [] for row in numbers.values()}
        query = sa.select(claims).where(mine).order_by(claims.c.event_no, claims.c.claim_no)
        for row in connection.execute(query).mappings():
            old[row["event_no"]].append(dict(row))
        for event_id, (_, event_no, month) in numbers.items():
            new = _claims(read_again[event_id], event_no)
            if old[event_no] != new:
                connection.execute(claims.delete().where(claims.c.event_no == event_no))
                connection.execute(claims.insert(), new)
                mark_dirty(connection, {month})


def _claims(event: Written, event_no: int) -> list[dict[str, Any]]:
    return [{"event_no": event_no, "claim_no": number, **claim._asdict()} for number, claim in enumerate(event.claims)]


def _row(event: Written, told: Told, placed: Placed) -> dict[str, Any]:
    return {
        "event_id": told.event_id,
        "report_id": told.report_id,
        **placed.columns(),
        "category": told.category,
        "event_type": told.event_type,
        "event_date": told.record["event_date"],
        "end_date": told.record["end_date"],
        "admin1": block_admin1(told),
        **toll_columns(told.fatalities, told.injuries),
        "actor1": told.record["actor1"],
        "actor2": told.record["actor2"],
        "sentence": event.sentence,
        "sentence_start": event.sentence_start,
        "event_record": event.record,
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
    return [known for part in parts(sorted(incident_ids)) for known in find(connection, events.c.incident_id.in_(part))]


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
