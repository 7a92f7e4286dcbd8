"""One month of the store as Polars frames, in parts, with the columns, types and order of the snapshot's schema.

A month can be of any size, so what is held of one is bounded: where a table has many rows, their keys are read and put
in order, and then the rows by some keys at a time. How a store is asked is its own matter: many months of SQLite by
pipeline.publish.sqlite_months, any store by pipeline.publish.any_store. Both give the same frames.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from pipeline.model import SEPARATOR
from pipeline.snapshot_schema import CLAIMS, FILES

AT_ONCE = 10_000  # rows: as many as a month has are read by the month, more by their keys, which takes longer
CLAIMS_OF = 2_000  # events, which have some seven claims each
ORDER = {
    "incidents": ["incident_id"],
    "locations": ["incident_id", "place_no"],
    "claims": ["incident_id", "event_id"],
    "reports": ["report_id"],
    "sources": ["incident_id", "event_id"],
}


class Rows(NamedTuple):
    """What to ask a store for: columns, the tables they are in, and how one is said that is not simply t.its_name."""

    columns: Mapping[str, pl.DataType]
    tables: str
    said: Mapping[str, str] = {}
    only: str = ""  # of those rows

    def select(self, where: str) -> str:
        """Those rows that meet a condition, as SQL."""
        columns = ", ".join(f'{self.said.get(name, f"t.{name}")} as "{name}"' for name in self.columns)
        return f"select {columns} from {self.tables} where {where} {self.only}"  # our own names  # nosec B608


Keys = Sequence[str] | Sequence[int]
Ask = Callable[[Rows, str, Keys], pl.DataFrame]  # the rows whose column has one of the values, as the store keeps them

_NUMBER = pl.Int64()
_ROWS = {
    "incidents": Rows(FILES["incidents"], "incidents t", {"review_state": "'machine'"}),
    "locations": Rows(FILES["locations"], "locations t"),
    "reports": Rows(
        FILES["reports"],
        "reports t left join documents d on d.sha256 = t.document",
        {"archived_path": "d.archived_path"},
        "and t.superseded_by is null",
    ),
    "sources": Rows(
        FILES["sources"],
        "events t join reports r on r.seq = t.report_no",
        {name: f"r.{name}" for name in ("publisher", "published", "url", "lang")},
    ),
}
_OF_EVENT = [name for name in CLAIMS if name.endswith("_id")]  # columns of a claim that are its event's
_EVENTS = Rows({"event_no": _NUMBER} | {name: CLAIMS[name] for name in _OF_EVENT}, "events t")
_CLAIMS = Rows(
    {"event_no": _NUMBER, "claim_no": _NUMBER} | {name: CLAIMS[name] for name in CLAIMS if name not in _OF_EVENT},
    "claims t",
    {"start": "t.start_offset", "end": "t.end_offset"},
)


def read_month(
    ask: Ask, month: str, at_once: int = AT_ONCE, claims_of: int = CLAIMS_OF
) -> Iterator[tuple[str, Iterator[pl.DataFrame]]]:
    """Each table of a month but the history, in parts, in the order of the snapshot.

    The parts of one table are to be taken before the next table is asked for.
    """
    for table, rows in _ROWS.items():
        yield table, _in_parts(ask, table, rows, month, at_once)
    yield "claims", _claims(ask, month, claims_of)


def _in_parts(ask: Ask, table: str, rows: Rows, month: str, at_once: int) -> Iterator[pl.DataFrame]:
    main = rows.tables.partition(" t")[0] + " t"
    counted = ask(Rows({"rows": _NUMBER}, main, {"rows": "count(*)"}), "t.month", [month]).item()
    if counted <= at_once:
        yield typed(table, ask(rows, "t.month", [month]))
        return
    key = ORDER[table][0]
    keys = ask(Rows({key: pl.String()}, main), "t.month", [month])[key].unique().sort()
    for at in range(0, len(keys), at_once):
        yield typed(table, ask(rows, f"t.{key}", keys.slice(at, at_once).to_list()))


def _claims(ask: Ask, month: str, claims_of: int) -> Iterator[pl.DataFrame]:
    """The claims of some events at a time with the ids of those, in the events' order."""
    events = ask(_EVENTS, "t.month", [month]).sort(ORDER["claims"])
    for part in events.iter_slices(claims_of):
        found = ask(_CLAIMS, "t.event_no", part["event_no"].to_list()).sort("event_no", "claim_no")
        rows = part.join(found, on="event_no", maintain_order="left_right")
        yield rows.select(cast(name, kind) for name, kind in CLAIMS.items())


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
