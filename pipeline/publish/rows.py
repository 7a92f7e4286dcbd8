"""The snapshot's rows for one event of one report: its claims, and what its report says of the incident."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

from pipeline.event_json import claims_of
from pipeline.link.told import Told, toll_columns
from pipeline.model import Days, Event, Location, Range
from pipeline.snapshot_schema import FILES

Row = dict[str, Any]


def claim_rows(event: Event) -> list[Row]:
    """One row per claim and span; one without a span where the value has no words of its own."""
    rows = []
    for name, claim in claims_of(event):
        for start, end in claim.spans or [(None, None)]:
            rows.append(
                {
                    "event_id": event.event_id,
                    "report_id": event.report_id,
                    "field": name,
                    "value": shown(claim.value),
                    "words": claim.words,
                    "start": start,
                    "end": end,
                    "origin": claim.origin,
                    "rule": claim.rule,
                }
            )
    return rows


def shown(value: object) -> str | None:
    """A claim's value as one short text: 2021-12-08/2021-12-09, 4-6 (best 5), a place's name."""
    match value:
        case None:
            return None
        case Days(start, end, _):
            return _span(start, end)
        case Range(low, best, high):
            if low == best == high:
                return None if best is None else str(best)
            ends = f"{'?' if low is None else low}-{'?' if high is None else high}"
            return ends if best is None else f"{ends} (best {best})"
        case Location():
            return value.name
        case _:
            return str(value)


def _span(start: date | None, end: date | None) -> str | None:
    if start is None or end is None:
        return None
    return start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"


def source_row(incident_id: str, event: Told, duplicates: Mapping[str, str]) -> Row:
    """What one report says of an incident."""
    return {
        "incident_id": incident_id,
        "event_id": event.event_id,
        "report_id": event.report_id,
        "publisher": event.publisher,
        "published": event.published,
        "url": event.url,
        "lang": event.lang,
        "near_duplicate_of": duplicates.get(event.report_id),
        "event_date": event.start,
        "end_date": event.end,
        **toll_columns(event.fatalities, event.injuries),
        "actor1": event.record["actor1"],
        "actor2": event.record["actor2"],
        "event_record": json.dumps(event.record, ensure_ascii=False),
    }


def frame(table: str, rows: list[Row]) -> pl.DataFrame:
    """`rows` with the columns and types of one of the snapshot's tables; a column that is missing is null."""
    schema = FILES[table]
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


def utc(text: str) -> datetime:
    """A time as the store keeps it: ISO 8601 with its offset."""
    return datetime.fromisoformat(text)
