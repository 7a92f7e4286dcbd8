"""What map, charts and lists show of a selection, added up from few numbers rather than from its rows."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipeline.model import CATEGORIES
from pipeline.query.frames import Frames
from pipeline.query.select import Selection

_OVER_TIME = {"bucket": pl.Date, "category": pl.String, "sure": pl.Boolean, "n": pl.UInt32, "first": pl.Date,
              "last": pl.Date}  # fmt: skip


def by_place(selection: Selection) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Incidents by province, for those with no finer place; and by place, exact and near apart.

    An incident counts once at each of its places. The columns n0 to n3 count by category in the order of CATEGORIES,
    m0 to m3 those that are only near the place.
    """
    cells = selection.frames.cells.with_columns(n=pl.Series(selection.by_cell)).filter(pl.col("n") > 0)
    kinds = list(enumerate(CATEGORIES))
    exact = [pl.col("n").filter(category=one, geo_precision=1).sum().alias(f"n{at}") for at, one in kinds]
    near = [pl.col("n").filter(category=one, geo_precision=2).sum().alias(f"m{at}") for at, one in kinds]
    whole = [pl.col("n").filter(category=one).sum().alias(f"n{at}") for at, one in kinds]
    places = (
        cells.filter(pl.col("geo_precision") < 3)
        .group_by("place_key")
        .agg(*exact, *near, total=pl.col("n").sum())
        .join(selection.frames.places.filter(pl.col("latitude").is_not_null()), on="place_key")
        .sort("total", "name", descending=[True, False])
    )
    wide = (
        cells.filter(pl.col("geo_precision") == 3, pl.col("admin1").is_not_null())
        .group_by("admin1")
        .agg(pl.col("latitude", "longitude").first(), *whole)
        .sort("admin1")
    )
    return wide, places


def by_area(selection: Selection, column: str) -> pl.DataFrame:
    """Incidents by province or district (admin1, admin2): `column`, n. One of several provinces counts in each."""
    frames, mask = selection.frames, selection.mask
    areas = frames.cells[column].drop_nulls().unique().sort()
    code = frames.cells[column].replace_strict(areas, range(len(areas)), default=None, return_dtype=pl.UInt32)
    whole = pl.DataFrame({"area": code, "n": selection.by_cell}).group_by("area").agg(pl.col("n").sum())
    several = frames.ties.filter("multiple")  # only an incident with several places may be in an area twice
    chosen = pl.Series(selection.by_cell > 0).gather(several["cell"])
    if mask is not None:
        chosen &= mask.gather(several["row"])
    several = several.select("row", area=code.gather(several["cell"])).filter(chosen)
    again = several.group_by("area").agg(again=pl.len().cast(pl.Int64) - pl.col("row").n_unique())
    counted = whole.join(again, on="area", how="left").drop_nulls("area")
    return (
        counted.select("area", n=pl.col("n") - pl.col("again").fill_null(0))
        .filter(pl.col("n") > 0)
        .sort("area")
        .select(pl.col("area").replace_strict(range(len(areas)), areas, return_dtype=pl.String).alias(column), "n")
    )


def over_time(selection: Selection) -> pl.DataFrame:
    """Incidents by bucket of time, category, and whether the day is known: bucket, category, sure, n, first, last.

    Buckets are days, weeks, months or quarters, so that there are at most some two hundred.
    """
    moments = selection.take("moment")["moment"].drop_nulls()
    first = selection.frames.first_day
    if first is None or moments.is_empty():
        return pl.DataFrame(schema=_OVER_TIME)
    counted = np.bincount(moments.to_numpy())
    known = pl.DataFrame({"moment": np.flatnonzero(counted), "n": counted[counted > 0]}).select(
        day=pl.lit(first) + pl.duration(days=pl.col("moment") // 8),
        category=(pl.col("moment") // 2 % 4).replace_strict(range(len(CATEGORIES)), CATEGORIES, return_dtype=pl.String),
        sure=pl.col("moment") % 2 == 1,
        n=pl.col("n").cast(pl.UInt32),
    )
    every = bucket(known["day"].min(), known["day"].max())  # type: ignore[arg-type]
    return (
        known.group_by(bucket=pl.col("day").dt.truncate(every), category="category", sure="sure")
        .agg(n=pl.col("n").sum(), first=pl.col("day").min(), last=pl.col("day").max())
        .sort("bucket", "category", "sure")
        .select(list(_OVER_TIME))
    )


def bucket(first: date, last: date) -> str:
    """How long one bar is, for a span of time."""
    span = last - first
    lengths = ((100, "1d"), (900, "1w"), (5000, "1mo"))
    return next((every for limit, every in lengths if span <= timedelta(days=limit)), "1q")


def latest(selection: Selection, number: int) -> list[int]:
    """Row numbers of the latest incidents, latest first; those of unknown day come last.

    Months are looked through from the last one back, until none before can hold a later day.
    """
    frames = selection.frames
    found = pl.DataFrame(schema={"row": pl.UInt32, "day": pl.Date})
    for part in sorted(frames.parts, key=lambda one: one.last_day or date.min, reverse=True):
        if found.height == number and (part.last_day or date.min) < found["day"][-1]:
            break
        if selection.mask is not None and not selection.mask.slice(part.first, part.n).any():
            continue
        rows = pl.int_range(part.first, part.first + part.n, dtype=pl.UInt32, eager=True)
        if selection.mask is not None:
            rows = rows.filter(selection.mask.slice(part.first, part.n))
        found = _latest(frames, pl.concat([found["row"], rows]), number)
    return found["row"].to_list()


def latest_of(frames: Frames, rows: pl.Series, number: int) -> list[int]:
    """The same among some rows."""
    return _latest(frames, rows, number)["row"].to_list()


def _latest(frames: Frames, rows: pl.Series, number: int) -> pl.DataFrame:
    days = frames.incidents["event_date"].gather(rows).fill_null(date.min)
    return pl.DataFrame({"row": rows, "day": days}).top_k(number, by=["day", "row"])
