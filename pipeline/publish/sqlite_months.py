"""Months of an SQLite store as Polars frames, read by ADBC: Arrow columns are filled without a Python object a value.

That, and putting together what lies in several tables by Polars once it is in columns, is what lets a million
incidents be published in seconds.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import polars as pl

from pipeline.publish.frames import FROM, ORDER, cast, typed
from pipeline.snapshot_schema import CLAIMS, FILES, REPORTS, SOURCES

Month = Iterator[tuple[str, pl.DataFrame]]
_FROM_REPORTS = ("publisher", "published", "url", "lang")  # columns of a source that are its report's
_NUMBER = pl.Int64()
_BATCH_ROWS = 16_384  # read at once: with ADBC's 1,024 putting the pieces together took an eighth of the time


@contextmanager
def sqlite_reader(path: Path) -> Iterator[Callable[[str], Month]]:
    """A way to read all tables of a month, for a process that uses no other SQLite.

    ADBC brings an SQLite of its own, and two of them in one process undo each other's locks on one file
    (https://www.sqlite.org/howtocorrupt.html#multiple_copies_of_sqlite_linked_into_the_same_application).
    """
    import adbc_driver_sqlite.dbapi as adbc

    with closing(adbc.connect(f"file:{path}?mode=ro")) as connection, closing(connection.cursor()) as cursor:
        # Mapped pages are read without a call to the system for each: a month's rows lie all over the file.
        for pragma in ("busy_timeout = 30000", f"mmap_size = {path.stat().st_size}"):
            cursor.execute(f"pragma {pragma}")
            cursor.fetchall()
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(_BATCH_ROWS)})

        def fetch(text: str, bound: str) -> pl.DataFrame:
            cursor.execute(text, (bound,))
            return pl.DataFrame(cursor.fetch_arrow_table()).slice(1)

        yield lambda month: _month(fetch, month)


def _month(fetch: Callable[[str, str], pl.DataFrame], month: str) -> Month:
    """Table by table, so that one is written and let go before the next is read."""
    for table in ("incidents", "locations"):
        yield table, typed(table, fetch(_READ[table], month))
    reports = fetch(_READ["reports"], month)
    known = reports.select("seq", *_FROM_REPORTS)
    yield "reports", typed("reports", reports)
    del reports
    events = fetch(_EVENTS, month)
    elsewhere = events.join(known, left_on="report_no", right_on="seq", how="anti")["report_no"].unique()
    if len(elsewhere):
        known = pl.concat([known, fetch(_REPORTS_BY_NUMBER, json.dumps(elsewhere.to_list()))])
    yield "sources", typed("sources", events.join(known, left_on="report_no", right_on="seq"))
    ids = events.select("event_no", "incident_id", "event_id", "report_id")
    del events
    yield "claims", _claims(ids, fetch(_CLAIMS, month))


def _claims(ids: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The claims of one month with the ids of their events, in the order that `typed` gives them."""
    rows = ids.sort(ORDER["claims"]).join(claims, on="event_no", maintain_order="left_right")
    return rows.select(cast(name, kind) for name, kind in CLAIMS.items())


def _query(columns: Mapping[str, pl.DataType], where: str, special: Mapping[str, str]) -> str:
    """Those columns, with one row before them that has a value everywhere.

    ADBC takes the type of a column from the first rows it sees, and a column may be null in all of those.
    """
    first = ", ".join(f'{_exemplar(kind)} as "{name}"' for name, kind in columns.items())
    wanted = ", ".join(f'{special.get(name, f"t.{name}")} as "{name}"' for name in columns)
    return f"select {first} union all select {wanted} {where}"


def _exemplar(kind: pl.DataType) -> str:
    if kind.is_integer() or kind == pl.Boolean:
        return "0"
    return "0.5" if kind.is_float() else "'text'"


_READ = {table: _query(FILES[table], *FROM[table]) for table in ("incidents", "locations")}
_READ["reports"] = _query(REPORTS | {"seq": _NUMBER}, *FROM["reports"])
_REPORTS_BY_NUMBER = _query(
    {"seq": _NUMBER} | {name: REPORTS[name] for name in _FROM_REPORTS},
    "from reports t where t.seq in (select value from json_each(:numbers))",
    {},
)
_EVENTS = _query(
    {name: kind for name, kind in SOURCES.items() if name not in _FROM_REPORTS}
    | {"event_no": _NUMBER, "report_no": _NUMBER},
    "from events t where t.month = :month",
    {},
)
_CLAIMS = _query(
    {"event_no": _NUMBER} | {name: kind for name, kind in CLAIMS.items() if not name.endswith("_id")},
    "from events e join claims t on t.event_no = e.event_no where e.month = :month",
    {"start": "t.start_offset", "end": "t.end_offset"},
)
