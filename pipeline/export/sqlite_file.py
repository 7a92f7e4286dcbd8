"""SQLite, for `serve` and for whoever asks in SQL: the tables of the export, indexed, with a full-text index."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.export.codebook import code_rows, crosswalk
from pipeline.export.table import Table

_INDEXES = {
    "incidents": ("event_date", "category", "event_type", "admin1", "admin2", "place_id", "actor1", "actor2"),
    "places": ("incident_id", "place_id", "admin1", "latitude"),
    "sources": ("incident_id", "report_id", "publisher"),
    "claims": ("incident_id", "report_id", "field"),
}
_TYPES = {"date": "TEXT", "whole": "INTEGER", "number": "REAL", "yesno": "INTEGER"}
_BATCH = 20_000
# A row per place with its point as GeoJSON: what QGIS and notebooks draw.
_MAP = """
CREATE VIEW map AS
SELECT incidents.incident_id, category, event_type, event_date, end_date, time_precision, places.name, places.name_ar,
       places.name_ckb, places.admin1, places.admin1_pcode, places.admin2, places.geo_precision, places.disputed,
       actor1, actor2, fatalities_low, fatalities_best, fatalities_high, n_sources, publishers, sentence, url,
       is_sample, places.latitude, places.longitude,
       json_object('type', 'Point', 'coordinates', json_array(places.longitude, places.latitude)) AS geometry
FROM places JOIN incidents ON incidents.incident_id = places.incident_id
WHERE places.latitude IS NOT NULL AND places.longitude IS NOT NULL
"""


def write_sqlite(
    incidents: Table, path: Path, about: dict[str, Any], beside: dict[str, pl.DataFrame], lang: str = "en"
) -> None:
    """Writes one database: `incidents`, what is in `beside` (places, sources, claims), codebook, codes, about.

    Days are ISO 8601 texts, yes and no 1 and 0.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")  # the file is moved to its place only once it is whole
        kinds = {column.name: _TYPES.get(column.kind, "TEXT") for column in incidents.columns}
        _add(database, "incidents", incidents.frame, kinds, key="incident_id")
        for name, frame in beside.items():
            _add(database, name, frame, {column: _type_of(kind) for column, kind in frame.schema.items()})
        codebook = [
            (one.name, one.labelled(lang), one.explained(lang), one.claim, one.hxl) for one in incidents.columns
        ]
        _listing(database, "codebook", ("column_name", "label", "meaning", "claim", "hxl"), codebook)
        _listing(database, "codes", ("column_name", "code", "label"), code_rows(lang))
        schemes = [(row.event_type, row.acled_event, row.acled_sub_event, row.plover) for row in crosswalk()]
        _listing(database, "crosswalk", ("event_type", "acled_event", "acled_sub_event", "plover"), schemes)
        facts = [(key, value if isinstance(value, str) else json.dumps(value)) for key, value in about.items()]
        _listing(database, "about", ("key", "value"), facts)
        if "places" in beside:
            database.execute(_MAP)
        database.execute("CREATE VIRTUAL TABLE incidents_fts USING fts5(sentence, all_places, content=incidents)")
        database.execute("INSERT INTO incidents_fts(incidents_fts) VALUES ('rebuild')")
        database.execute("ANALYZE")


def _add(
    database: sqlite3.Connection, name: str, frame: pl.DataFrame, kinds: dict[str, str], key: str | None = None
) -> None:
    columns = ", ".join(f'"{column}" {kind}{" PRIMARY KEY" if column == key else ""}' for column, kind in kinds.items())
    database.execute(f'CREATE TABLE "{name}" ({columns})')
    plain = frame.with_columns(pl.col(pl.Date).dt.to_string("iso"), pl.col(pl.Categorical).cast(pl.String))
    marks = ", ".join("?" * len(kinds))
    for part in plain.iter_slices(_BATCH):
        database.executemany(f'INSERT INTO "{name}" VALUES ({marks})', part.iter_rows())  # our own names  # nosec B608
    for column in _INDEXES.get(name, ()):
        if column in kinds:
            database.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')


def _listing(database: sqlite3.Connection, name: str, columns: tuple[str, ...], rows: list[Any]) -> None:
    database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    marks = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # our own names  # nosec B608


def _type_of(kind: pl.DataType) -> str:
    if kind.is_integer() or kind == pl.Boolean:
        return "INTEGER"
    return "REAL" if kind.is_float() else "TEXT"
