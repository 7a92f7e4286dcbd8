"""One month of the store as Polars frames, with the columns of the snapshot's schema.

A few months are read by SQLAlchemy. Many months of SQLite are read by ADBC (pipeline.publish.worker), which fills
Arrow columns without making a Python object of each value: that is what lets a million incidents be published in
seconds. Both give the same frames.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from pipeline.snapshot_schema import FILES
from pipeline.store.tables import SEPARATOR

# Where each table's rows are; the month; and the columns that are not simply the first table's of that name.
_FROM: dict[str, tuple[str, dict[str, str]]] = {
    "incidents": ("from incidents t where t.month = :month", {"review_state": "'machine'"}),
    "locations": ("from locations t where t.month = :month", {}),
    "claims": (
        "from events e join claims t on t.event_no = e.event_no where e.month = :month",
        {
            "incident_id": "e.incident_id",
            "event_id": "e.event_id",
            "report_id": "e.report_id",
            "start": "t.start_offset",
            "end": "t.end_offset",
        },
    ),
    "reports": (
        "from reports t left join documents d on d.sha256 = t.document "
        "where t.month = :month and t.superseded_by is null",
        {"archived_path": "d.archived_path"},
    ),
    "sources": (
        "from events t join reports r on r.seq = t.report_no where t.month = :month",
        {name: f"r.{name}" for name in ("publisher", "published", "url", "lang")},
    ),
}
_ORDER = {
    "incidents": ["incident_id"],
    "locations": ["incident_id", "place_no"],
    "claims": ["incident_id", "event_id"],
    "reports": ["report_id"],
    "sources": ["incident_id", "event_id"],
}


def query(table: str, exemplar: bool) -> str:
    """The rows of one month of `table`, as SQL. `exemplar` puts one row before them that has a value everywhere.

    ADBC takes the type of a column from the first rows it sees, and a column may be null in all of those.
    """
    where, special = _FROM[table]
    columns = ", ".join(f'{special.get(name, f"t.{name}")} as "{name}"' for name in FILES[table])
    if not exemplar:
        return f"select {columns} {where}"
    first = ", ".join(f'{_exemplar(kind)} as "{name}"' for name, kind in FILES[table].items())
    return f"select {first} union all select {columns} {where}"


def _exemplar(kind: pl.DataType) -> str:
    if kind.is_integer() or kind == pl.Boolean:
        return "0"
    return "0.5" if kind.is_float() else "'text'"


def read_month(connection: sa.Connection, table: str, month: str) -> pl.DataFrame:
    """One month of one table, by SQLAlchemy: for a few months at a time."""
    order = " order by t.event_no, t.claim_no" if table == "claims" else ""
    result = connection.execute(sa.text(query(table, exemplar=False) + order), {"month": month})
    columns = list(zip(*result, strict=True)) or [()] * len(FILES[table])
    rows = [
        pl.Series(name, values, dtype=None if values and _plain(kind) else pl.String())
        for (name, kind), values in zip(FILES[table].items(), columns, strict=True)
    ]
    return typed(table, pl.DataFrame(rows))


@contextmanager
def sqlite_reader(path: Path) -> Iterator[Callable[[str, str], pl.DataFrame]]:
    """A way to read (table, month) by ADBC: for many months, in a process that uses no other SQLite.

    ADBC brings an SQLite of its own, and two of them in one process undo each other's locks on one file
    (https://www.sqlite.org/howtocorrupt.html#multiple_copies_of_sqlite_linked_into_the_same_application).
    """
    import adbc_driver_sqlite.dbapi as adbc

    with closing(adbc.connect(f"file:{path}?mode=ro")) as connection, closing(connection.cursor()) as cursor:
        # Mapped pages are read without a call to the system for each: a month's rows lie all over the file.
        for pragma in ("busy_timeout = 30000", f"mmap_size = {path.stat().st_size}"):
            cursor.execute(f"pragma {pragma}")
            cursor.fetchall()

        def fetch(text: str, month: str) -> pl.DataFrame:
            cursor.execute(text, (month,))
            return pl.DataFrame(cursor.fetch_arrow_table()).slice(1)

        def read(table: str, month: str) -> pl.DataFrame:
            if table == "claims":
                return _joined(fetch(_EVENT_IDS, month), fetch(_CLAIMS, month))
            return typed(table, fetch(query(table, exemplar=True), month))

        yield read


# Claims are most of what there is: their events' ids are put beside them by Polars, once they are columns.
_EVENT_IDS = """select 0 as event_no, 'text' as incident_id, 'text' as event_id, 'text' as report_id
union all select event_no, incident_id, event_id, report_id from events where month = :month"""
_CLAIMS = """select 0 as event_no, 'text' as field, 'text' as value, 'text' as words, 0 as start, 0 as "end",
'text' as origin, 'text' as rule
union all select t.event_no, t.field, t.value, t.words, t.start_offset, t.end_offset, t.origin, t.rule
from events e join claims t on t.event_no = e.event_no where e.month = :month"""


def _joined(ids: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The claims of one month, in the order that `typed` gives them."""
    rows = ids.sort(_ORDER["claims"]).join(claims, on="event_no", maintain_order="left_right")
    return rows.select(_cast(name, kind) for name, kind in FILES["claims"].items())


def _plain(kind: pl.DataType) -> bool:
    return kind.is_numeric() or kind == pl.Boolean


def typed(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` as the store keeps them, with the types of the snapshot (days parsed, lists split), in a fixed order."""
    cast = rows.select(_cast(name, kind) for name, kind in FILES[table].items())
    return cast.sort(_ORDER[table], maintain_order=True)


def _cast(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.Date:
        return column.str.to_date("%Y-%m-%d")
    if kind == pl.Datetime:
        return column.str.to_datetime(time_unit="us", time_zone="UTC")
    if kind == pl.List:
        return column.str.split(SEPARATOR).list.filter(pl.element() != "")
    return column.cast(kind)
