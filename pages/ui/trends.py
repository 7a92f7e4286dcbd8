"""What the Trends page counts: over time, by province and type, against the period before."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from pages.ui import data
from pipeline.query import Query, Selection

DAYS = 90


@dataclass(frozen=True, slots=True)
class Periods:
    """A range of days and the one of equal length just before it."""

    now: tuple[date, date]
    before: tuple[date, date]
    chosen: bool  # by the reader; else the last 90 days on record


def periods(query: Query, last: date) -> Periods:
    """The range that is asked for, or the last 90 days on record, and the range before it."""
    until = query.until or last
    since = query.since or until - timedelta(days=DAYS - 1)
    length = until - since + timedelta(days=1)
    return Periods((since, until), (since - length, since - timedelta(days=1)), bool(query.since))


def compared(query: Query, both: Periods, column: str) -> pl.DataFrame:
    """Incidents by `column` in both periods: code, now, before; most now first."""
    now, before = (
        by(data.selection(replace(query, since=since, until=until)), column).rename({"n": name})
        for name, (since, until) in (("now", both.now), ("before", both.before))
    )
    joined = now.join(before, on=column, how="full", coalesce=True).fill_null(0)
    return joined.rename({column: "code"}).sort("now", "before", "code", descending=[True, True, False])


def by(selection: Selection, column: str) -> pl.DataFrame:
    """Incidents by a column of theirs or of their places; one of several provinces counts in each."""
    if column in ("admin1", "admin2"):
        return data.by_area(selection.query, column)
    if column == "actor":
        sides = selection.take("actor1", "actor2").lazy().cast(pl.String).with_row_index("row")
        frame = pl.concat([sides.select("row", actor=side) for side in ("actor1", "actor2")])
        frame = (
            frame.drop_nulls().with_columns(pl.col("actor").str.split("; ")).explode("actor").unique().select("actor")
        )
    else:
        frame = selection.take(column).lazy().drop_nulls()
    return frame.group_by(pl.col(column).cast(pl.String)).len("n").collect()


TOLL = ("event_date", *(f"{kind}_{end}" for kind in ("fatalities", "injuries") for end in ("low", "best", "high")))


def toll(incidents: pl.DataFrame) -> pl.DataFrame:
    """Killed and injured by month, quarter or year: month, kind, low, high. High is never below low."""
    known = incidents.filter(pl.col("event_date").is_not_null())
    span = (known["event_date"].max() - known["event_date"].min()).days if known.height else 0  # type: ignore[operator]
    every = "1mo" if span < 1300 else "1q"
    parts = [
        known.group_by(month=pl.col("event_date").dt.truncate(every)).agg(
            low=pl.coalesce(f"{kind}_low", f"{kind}_best").fill_null(0).sum(),
            high=pl.max_horizontal(f"{kind}_low", f"{kind}_best", f"{kind}_high").fill_null(0).sum(),
        ).with_columns(kind=pl.lit(kind))
        for kind in ("fatalities", "injuries")
    ]  # fmt: skip
    return pl.concat(parts).sort("month", "kind")
