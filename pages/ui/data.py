"""The snapshot as the pages see it: read once for each version, shared by all sessions, never changed."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from pipeline.query import Frames, Query, Selection, select
from pipeline.snapshot import current_run, open_current


@dataclass(frozen=True, slots=True)
class Choices:
    """What the data holds that a filter can ask for."""

    admin2: tuple[tuple[str, str], ...]  # (province, district)
    actors: tuple[str, ...]  # most frequent first
    publishers: tuple[str, ...]
    administered_by: tuple[str, ...]
    first_day: object
    last_day: object
    has_samples: bool


def frames() -> Frames:
    """The current snapshot. StoreError where there is none."""
    return _frames(current_run())


def choices() -> Choices:
    """The choices of the current snapshot."""
    return _choices(current_run())


def selection(query: Query) -> Selection:
    """The rows of a query on the current snapshot; the last few answers are kept, for all who look at them."""
    return _selection(current_run(), query)


def by_place(query: Query) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the map draws: counts by province, and by place."""
    return _by_place(current_run(), query)


def over_time(query: Query) -> pl.DataFrame:
    """Counts by stretch of time and category."""
    return _over_time(current_run(), query)


@st.cache_resource(max_entries=200, show_spinner=False)
def _by_place(run_id: str | None, query: Query) -> tuple[pl.DataFrame, pl.DataFrame]:
    from pages.ui.map import COUNTED, counts

    found = _selection(run_id, query)
    return counts(found.places(*COUNTED), found.frames.places)


@st.cache_resource(max_entries=200, show_spinner=False)
def _over_time(run_id: str | None, query: Query) -> pl.DataFrame:
    from pages.ui.timeline import COUNTED, counts

    return counts(_selection(run_id, query).take(*COUNTED))


@st.cache_resource(max_entries=2, show_spinner=False)
def _frames(run_id: str | None) -> Frames:
    del run_id  # the key: a new snapshot is read anew
    return Frames.load(open_current())


@st.cache_resource(max_entries=40, show_spinner=False)
def _selection(run_id: str | None, query: Query) -> Selection:
    return select(_frames(run_id), query)


@st.cache_resource(max_entries=2, show_spinner=False)
def _choices(run_id: str | None) -> Choices:
    both = _frames(run_id)
    districts = both.locations.select("admin1", "admin2").drop_nulls().unique().sort("admin1", "admin2")
    counted = [both.incidents.lazy().group_by(name=pl.col(side).cast(pl.String)).len() for side in ("actor1", "actor2")]
    joint = pl.concat(counted).drop_nulls().with_columns(pl.col("name").str.split("; ")).explode("name")
    actors = joint.group_by("name").agg(pl.col("len").sum()).sort("len", "name", descending=[True, False]).collect()
    return Choices(
        admin2=tuple((str(one), str(two)) for one, two in districts.iter_rows()),
        actors=tuple(actors["name"].to_list()),
        publishers=tuple(both.incidents["publishers"].explode().drop_nulls().value_counts(sort=True)["publishers"]),
        administered_by=tuple(str(one) for one in both.locations["administered_by"].drop_nulls().unique().sort()),
        first_day=both.incidents["event_date"].min(),
        last_day=both.incidents["event_date"].max(),
        has_samples=bool(both.incidents["is_sample"].any()),
    )
