"""The snapshot as a SQLite file, and Datasette over it."""

from pathlib import Path
from typing import Any

from datasette.app import Datasette  # type: ignore[import-untyped]

from pipeline.errors import StoreError
from pipeline.export import chosen, write
from pipeline.export.codebook import columns, licences
from pipeline.query import Frames, Query, select
from pipeline.snapshot import Snapshot

NAME = "incidents"  # of the database, and so of every address under it
_SETTINGS = {
    "allow_download": False,  # a snapshot may be large: `export --format sqlite` gives the file
    "default_page_size": 100,
    "max_returned_rows": 50_000,
    "sql_time_limit_ms": 3_000,  # no visitor's query may hold the server
    "facet_time_limit_ms": 1_000,
    "suggest_facets": False,
}
_QUERIES = {
    "by_month": {
        "title": "Events by month and category",
        "sql": "select substr(event_date, 1, 7) as month, category, count(*) as events from incidents "
        "where event_date is not null group by month, category order by month",
    },
    "evidence": {
        "title": "What ties one incident's values to words of reports",
        "sql": 'select field, value, words, start, "end", origin, rule, report_id, publisher, url from claims '
        "where incident_id = :incident_id order by field, start",
    },
}


def database_of(snapshot: Snapshot, folder: Path) -> Path:
    """The SQLite file of a snapshot in `folder`, written if it is not there; those of older snapshots are deleted.

    Raises StoreError where it cannot be written.
    """
    path = folder / snapshot.run_id / f"{NAME}.sqlite"
    if path.exists():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write("sqlite", chosen(select(Frames.load(snapshot), Query()), "en"), path)
        for old in folder.glob(f"*/{NAME}.sqlite"):
            if old != path:
                old.unlink()
                old.parent.rmdir()
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written ({error.strerror}): allow writing there, or give --folder"
        ) from error
    return path


def api(database: Path, run_id: str) -> Datasette:
    """Datasette over `database`: JSON, CSV, GeoJSON and pages for reading, and nothing that writes."""
    return Datasette(
        immutables=[str(database)],
        metadata=_metadata(run_id),
        settings=_SETTINGS,
        cors=True,
        memory=False,
        crossdb=False,
    )


def _metadata(run_id: str) -> dict[str, Any]:
    about = {column.name: column.explained("en") for column in columns()}
    terms = "; ".join(f"{one['what']}: {one['licence']} ({one['attribution']})" for one in licences())
    return {
        "title": "Incidents in Iraq's disputed territories",
        "description": f"Read by machine from news reports: each value is what a report says. Run {run_id}. {terms}",
        "databases": {
            NAME: {
                "queries": _QUERIES,
                "tables": {
                    "incidents": {"description": "A row per incident", "columns": about, "sort_desc": "event_date",
                                  "fts_table": "incidents_fts", "fts_pk": "rowid"},
                    "places": {"description": "A row per place of an incident"},
                    "map": {"description": "A row per place, with its point: map.geojson for QGIS", "columns": about,
                            "sort_desc": "event_date"},
                    "claims": {"description": "What ties each value to report, words and offsets"},
                    "sources": {"description": "Who says what of an incident"},
                },
            }
        },
    }  # fmt: skip
