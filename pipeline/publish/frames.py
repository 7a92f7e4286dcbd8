"""One month of the store as Polars frames, with the columns of the snapshot's schema.

A few months are read by SQLAlchemy, as here; many months of SQLite by pipeline.publish.sqlite_months. Both give the
same frames.
"""

import polars as pl
import sqlalchemy as sa

from pipeline.snapshot_schema import FILES
from pipeline.store.tables import SEPARATOR

# Where each table's rows are; the month; and the columns that are not simply the first table's of that name.
FROM: dict[str, tuple[str, dict[str, str]]] = {
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
ORDER = {
    "incidents": ["incident_id"],
    "locations": ["incident_id", "place_no"],
    "claims": ["incident_id", "event_id"],
    "reports": ["report_id"],
    "sources": ["incident_id", "event_id"],
}


def query(table: str) -> str:
    """The rows of one month of `table`, as SQL."""
    where, special = FROM[table]
    columns = ", ".join(f'{special.get(name, f"t.{name}")} as "{name}"' for name in FILES[table])
    return f"select {columns} {where}"


def read_month(connection: sa.Connection, table: str, month: str) -> pl.DataFrame:
    """One month of one table, by SQLAlchemy: for a few months at a time."""
    order = " order by t.event_no, t.claim_no" if table == "claims" else ""
    result = connection.execute(sa.text(query(table) + order), {"month": month})
    columns = list(zip(*result, strict=True)) or [()] * len(FILES[table])
    rows = [
        pl.Series(name, values, dtype=None if values and _plain(kind) else pl.String())
        for (name, kind), values in zip(FILES[table].items(), columns, strict=True)
    ]
    return typed(table, pl.DataFrame(rows))


def _plain(kind: pl.DataType) -> bool:
    return kind.is_numeric() or kind == pl.Boolean


def typed(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` as the store keeps them, with the types of the snapshot (days parsed, lists split), in a fixed order."""
    cast_rows = rows.select(cast(name, kind) for name, kind in FILES[table].items())
    return cast_rows.sort(ORDER[table], maintain_order=True)


def cast(name: str, kind: pl.DataType) -> pl.Expr:
    """One column as the store keeps it, with its type of the snapshot."""
    column = pl.col(name)
    if kind == pl.Date:
        return column.str.to_date("%Y-%m-%d")
    if kind == pl.Datetime:
        return column.str.to_datetime(time_unit="us", time_zone="UTC")
    if kind == pl.List:
        return column.str.split(SEPARATOR).list.filter(pl.element() != "")
    return column.cast(kind)
