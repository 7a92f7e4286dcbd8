"""The snapshot's rows for what one report says of an incident."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl

from pipeline.link.told import Told, toll_columns
from pipeline.snapshot_schema import FILES

Row = dict[str, Any]


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
