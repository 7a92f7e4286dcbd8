"""The snapshot as the pages see it: read once for each version, shared by all sessions, never changed."""

from dataclasses import dataclass
from datetime import date
from threading import Lock

import polars as pl

from pipeline.query import Frames, Query, Selection, counts, select
from pipeline.query.frames import JOINT
from pipeline.query.held import SEPARATOR
from pipeline.snapshot import current_run, open_current

_held: dict[str | None, Frames] = {}
_reading = Lock()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the data holds that a filter can ask for."""

    admin2: tuple[tuple[str, str], ...]  # (province, district)
    actors: tuple[str, ...]  # most frequent first
    publishers: tuple[str, ...]
    administered_by: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    has_samples: bool


def frames() -> Frames:
    """The current snapshot. StoreError where there is none."""
    run_id = current_run()
    with _reading:  # one reads, the others wait: not every one of them for itself
        if run_id not in _held:
            found = Frames.load(open_current())
            _held.clear()
            _held[run_id] = found
        return _held[run_id]


def choices() -> Choices:
    """The choices of the current snapshot."""
    return frames().kept(_choices)  # type: ignore[no-any-return]


def selection(query: Query) -> Selection:
    """The rows of a query on the current snapshot; the last answers are kept, for all who look at them."""
    return frames().kept(select, query)  # type: ignore[no-any-return]


def by_place(query: Query) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the map draws: counts by province, and by place."""
    return frames().kept(_by_place, query)  # type: ignore[no-any-return]


def by_area(query: Query, column: str) -> pl.DataFrame:
    """Counts by province or district."""
    return frames().kept(_by_area, query, column)  # type: ignore[no-any-return]


def over_time(query: Query) -> pl.DataFrame:
    """Counts by stretch of time and category."""
    return frames().kept(_over_time, query)  # type: ignore[no-any-return]


def latest(query: Query, number: int) -> list[int]:
    """Row numbers of the latest incidents."""
    return frames().kept(_latest, query, number)  # type: ignore[no-any-return]


def _by_place(held: Frames, query: Query) -> tuple[pl.DataFrame, pl.DataFrame]:
    return counts.by_place(held.kept(select, query))


def _by_area(held: Frames, query: Query, column: str) -> pl.DataFrame:
    return counts.by_area(held.kept(select, query), column)


def _over_time(held: Frames, query: Query) -> pl.DataFrame:
    return counts.over_time(held.kept(select, query))


def _latest(held: Frames, query: Query, number: int) -> list[int]:
    return counts.latest(held.kept(select, query), number)


def _choices(held: Frames) -> Choices:
    districts = held.cells.select("admin1", "admin2").drop_nulls().unique().sort("admin1", "admin2")
    return Choices(
        admin2=tuple((str(one), str(two)) for one, two in districts.iter_rows()),
        actors=_by_frequency(held, ("actor1", "actor2"), JOINT),
        publishers=_by_frequency(held, ("outlets",), SEPARATOR),
        administered_by=tuple(held.cells["administered_by"].drop_nulls().unique().sort()),
        first_day=held.first_day,
        last_day=max((part.last_day for part in held.parts if part.last_day), default=None),
        has_samples=bool(held.incidents["is_sample"].any()),
    )


def _by_frequency(held: Frames, columns: tuple[str, ...], separator: str) -> tuple[str, ...]:
    """What stands in these columns, alone or jointly, most frequent first."""
    counted = [held.incidents.lazy().group_by(name=pl.col(one)).len() for one in columns]
    apart = pl.col("name").cast(pl.String).str.split(separator)
    single = pl.concat(counted).drop_nulls().with_columns(apart).explode("name").filter(pl.col("name") != "")
    ordered = single.group_by("name").agg(pl.col("len").sum()).sort("len", "name", descending=[True, False])
    return tuple(ordered.collect()["name"])
