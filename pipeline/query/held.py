"""Reading into memory what queries filter and count: some months at a time, so that no table is ever there whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import polars as pl

from pipeline.errors import StoreError
from pipeline.model import CATEGORIES, SEPARATOR
from pipeline.snapshot_schema import FILES

HELD = (
    "category", "event_type", "event_date", "end_date", "time_precision", "actor1", "actor2", "fatalities_low",
    "fatalities_best", "injuries_low", "injuries_best", "casualties_low", "n_locations", "review_state", "is_sample",
)  # fmt: skip
JOINED = {"outlets": "publishers", "tongues": "languages"}  # lists, held as one category: few differ
CELL = ("place_key", "admin1", "admin2", "disputed", "administered_by", "geo_precision", "category")
NAMES = ("place_id", "name", "name_ar", "name_ckb", "latitude", "longitude")
_AT_ONCE = 400_000  # incidents


class Tables(Protocol):
    """Where the tables are read from: `pipeline.snapshot.Snapshot`."""

    @property
    def run_id(self) -> str: ...

    def months(self, table: str) -> dict[str, int]: ...

    def scan(self, table: str, months: Sequence[str] | None = None) -> pl.LazyFrame: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One month: its files, and which rows of all are in it."""

    month: str
    first: int
    n: int
    n_places: int
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What Frames is made of."""

    incidents: pl.DataFrame
    ties: pl.DataFrame  # row, cell, multiple
    cells: pl.DataFrame
    parts: tuple[Part, ...]
    first_day: date | None


def read(tables: Tables) -> Read:
    """All months. StoreError where a place belongs to no incident of its month."""
    parts = _parts(tables)
    held, tied, cells = [_empty(tables)], [], _no_cells()
    for group in grouped(parts):
        months = [part.month for part in group]
        incidents = tables.scan("incidents", months).select("incident_id", *_columns()).collect()
        row = pl.int_range(group[0].first, group[0].first + incidents.height, dtype=pl.UInt32)
        ids = incidents.select("incident_id", "category", row=row)
        held.append(incidents.drop("incident_id"))
        places = _places(tables, months).join(ids, on="incident_id", how="left", maintain_order="left")
        if places["row"].null_count():
            raise StoreError(f"Snapshot {tables.run_id} has places of no incident in {months[0]}: publish it again.")
        cells = _with_new(cells, places)
        key = cells.select(*CELL, cell=pl.int_range(pl.len(), dtype=pl.UInt32))
        tied.append(
            places.join(key, on=CELL, how="left", nulls_equal=True, maintain_order="left").select("row", "cell")
        )
    incidents = pl.concat(held, rechunk=True)
    ties = pl.concat([pl.DataFrame(schema={"row": pl.UInt32, "cell": pl.UInt32}), *tied], rechunk=True)
    first = incidents["event_date"].min()
    assert first is None or isinstance(first, date)
    words = pl.col("admin1", "admin2", "administered_by", "category", "place_key").cast(pl.String)
    return Read(
        incidents.with_columns(moment=_moment(first)),
        _marked(ties),
        cells.with_columns(words),
        tuple(replace(part, last_day=_last_day(incidents, part)) for part in parts),
        first,
    )


def _marked(ties: pl.DataFrame) -> pl.DataFrame:
    """Says of each place whether its incident has others."""
    row = pl.col("row")
    if not ties["row"].is_sorted():  # as no snapshot of ours is: places lie in the order of their incidents
        return ties.with_columns(multiple=row.is_duplicated())
    again = row.eq_missing(row.shift(1)) | row.eq_missing(row.shift(-1))
    return ties.with_columns(row.set_sorted(), multiple=again)


def _last_day(incidents: pl.DataFrame, part: Part) -> date | None:
    last = incidents["event_date"].slice(part.first, part.n).max()
    assert last is None or isinstance(last, date)
    return last


def grouped(parts: Sequence[Part], rows: int = _AT_ONCE) -> Iterator[list[Part]]:
    """Months one after another, in groups that are read at once."""
    group: list[Part] = []
    for part in parts:
        if group and sum(one.n for one in group) + part.n > rows:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _parts(tables: Tables) -> tuple[Part, ...]:
    incidents, places = tables.months("incidents"), tables.months("locations")
    if lost := sorted(set(places) - set(incidents)):
        raise StoreError(f"Snapshot {tables.run_id} has places of no incident in {lost[0]}: publish it again.")
    parts, first = [], 0
    for month in sorted(incidents):
        parts.append(Part(month, first, incidents[month], places.get(month, 0)))
        first += incidents[month]
    return tuple(parts)


def _columns() -> list[pl.Expr]:
    repeated = [pl.col(name).cast(pl.Categorical) if name.startswith("actor") else pl.col(name) for name in HELD]
    joined = [pl.col(old).list.join(SEPARATOR).cast(pl.Categorical).alias(new) for new, old in JOINED.items()]
    return [*repeated, *joined]


def _empty(tables: Tables) -> pl.DataFrame:
    return tables.scan("incidents", []).select(_columns()).collect()


def _places(tables: Tables, months: list[str]) -> pl.DataFrame:
    months = [month for month in months if month in tables.months("locations")]
    named = pl.coalesce(pl.col("place_id"), pl.col("name")).cast(pl.Categorical)
    held = pl.col(*NAMES, "admin1", "disputed", "administered_by", "geo_precision")
    district = pl.col("admin2").cast(pl.Categorical)
    return tables.scan("locations", months).select("incident_id", held, district, place_key=named).collect()


def _no_cells() -> pl.DataFrame:
    kinds: dict[str, pl.DataType] = {name: pl.Categorical() for name in CELL}
    kinds |= {"disputed": pl.Boolean(), "geo_precision": pl.Int8()}
    return pl.DataFrame(schema=kinds | {name: FILES["locations"][name] for name in NAMES})


def _with_new(cells: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The cells known so far, and those that occur for the first time."""
    fresh = places.unique(CELL, keep="first", maintain_order=True).join(cells, on=CELL, how="anti", nulls_equal=True)
    return pl.concat([cells, fresh.select(cells.columns)])


def _moment(first: date | None) -> pl.Expr:
    """Day, category and whether the day is known, in one number: what is counted over time is counted by it alone."""
    day = (pl.col("event_date") - pl.lit(first, dtype=pl.Date)).dt.total_days().cast(pl.Int32)
    category = pl.col("category").replace_strict(list(CATEGORIES), range(len(CATEGORIES)), return_dtype=pl.Int32)
    return (day * 4 + category) * 2 + (pl.col("time_precision").fill_null(1) < 3).cast(pl.Int32)
