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
    sides = pl.concat([both.incidents["actor1"], both.incidents["actor2"]]).drop_nulls()
    actors = sides.str.split("; ").explode().value_counts(sort=True)
    return Choices(
        admin2=tuple((str(one), str(two)) for one, two in districts.iter_rows()),
        actors=tuple(actors[actors.columns[0]].to_list()),
        publishers=tuple(both.incidents["publishers"].explode().drop_nulls().value_counts(sort=True)["publishers"]),
        administered_by=tuple(str(one) for one in both.locations["administered_by"].drop_nulls().unique().sort()),
        first_day=both.incidents["event_date"].min(),
        last_day=both.incidents["event_date"].max(),
        has_samples=bool(both.incidents["is_sample"].any()),
    )
