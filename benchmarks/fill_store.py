"""A store of generated incidents, grouped as they were generated: what runs of years would have made, in minutes."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.generate import generate
from benchmarks.places import ADMINISTERED
from pipeline.ingest import batches
from pipeline.link.duplicates import near_duplicates, signature
from pipeline.link.identity import assign
from pipeline.link.merge import incident_row, location_rows
from pipeline.link.told import Told
from pipeline.link.written import Written, written
from pipeline.model import Event, Report
from pipeline.store import Store, open_store
from pipeline.store.dirty import mark_dirty
from pipeline.store.events import Placed, add_events
from pipeline.store.linking import stored_row
from pipeline.store.reports import content_hash
from pipeline.store.tables import incidents, locations, reports

_BATCH = 5000


def fill(path: Path, count: int, extraction: str, seed: int = 1) -> Store:
    """A store at `path` with `count` generated incidents, all of them read with the rules of key `extraction`."""
    store = open_store(path)
    for batch in batches(generate(range(count), seed, over=count), _BATCH):
        with store.write() as connection:
            _add(connection, batch, extraction)
    with store.write() as connection:
        connection.execute(sa.text("analyze"))
    return store


def _add(connection: sa.Connection, batch: Sequence[list[tuple[Report, Event]]], extraction: str) -> None:
    coming, placed, rows, places, read = [], {}, [], [], []
    for incident in batch:
        group = [_told(report, event) for report, event in incident]
        events = sorted((each for _, each in group), key=lambda each: each.order)
        (name,) = assign([events], {}, lambda _: False).incident_ids
        duplicates = near_duplicates(events)
        row = stored_row(incident_row(name, events, duplicates))
        rows.append(row)
        places += [place | {"month": row["month"]} for place in location_rows(name, events, ADMINISTERED)]
        placed |= {each.event_id: Placed(name, row["month"], duplicates.get(each.report_id)) for each in events}
        read += [
            _report(report, each.signature, extraction) for (report, _), (_, each) in zip(incident, group, strict=True)
        ]
        coming += group
    _insert(connection, reports, read)
    add_events(connection, coming, placed)
    _insert(connection, incidents, rows)
    _insert(connection, locations, places)
    mark_dirty(connection, {row["month"] for row in rows})


def _told(report: Report, event: Event) -> tuple[Written, Told]:
    read = written(event, report)
    return read, read.told(report, report.report_id, signature(report.text))


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(table.insert(), list(rows))


def _report(report: Report, sketch: bytes, extraction: str) -> dict[str, Any]:
    return {
        "report_id": report.report_id,
        "thread": report.report_id,
        "version": 1,
        "content": content_hash(report),
        "sha256": hashlib.sha256(report.text.encode()).hexdigest(),
        "text": report.text,
        "published": report.published.isoformat() if report.published else None,
        "month": report.published.isoformat()[:7] if report.published else "undated",
        "publisher": report.publisher,
        "title": report.title,
        "url": report.url,
        "lang": report.lang,
        "source": report.source,
        "retrieved_at": "2025-01-01T00:00:00.000+00:00",
        "is_sample": report.is_sample,
        "run_id": "generated",
        "extracted_with": extraction,
        "n_events": 1,
        "signature": sketch,
    }
