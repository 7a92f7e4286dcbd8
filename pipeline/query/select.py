"""The rows a query asks for, and what the map draws of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from geodata.fold import fold
from pipeline.query.frames import Frames
from pipeline.query.query import PLACE_FIELDS, Query
from pipeline.snapshot_schema import INCIDENTS

KILLED = pl.max_horizontal(pl.col("fatalities_low"), pl.col("fatalities_best")).fill_null(0)
INJURED = pl.max_horizontal(pl.col("injuries_low"), pl.col("injuries_best")).fill_null(0)
TOLL = pl.max_horizontal(KILLED + INJURED, pl.col("casualties_low").fill_null(0))


@dataclass(frozen=True)
class Selection:
    """The answer to one query: one set of rows behind map, table, charts and export, so that their counts agree.

    It keeps row numbers and nothing else, so that many may be kept: frames are cut when they are asked for. Ask for the
    columns you need with `take` and `places`; all of them, of a million incidents, are slow and large.
    """

    frames: Frames
    query: Query
    rows: pl.Series  # row numbers in frames.incidents, ascending

    def take(self, *columns: str) -> pl.DataFrame:
        """Some columns of the incidents, in the order of `rows`."""
        whole = self.frames.incidents.select(columns)
        return whole if self.n == whole.height else whole[self.rows]

    def places(self, *columns: str) -> pl.DataFrame:
        """Some columns of the places that fit what is asked of places: LOCATIONS, row, place_key, category."""
        whole = self.frames.locations.select(columns)
        return whole if self._place_rows is None else whole[self._place_rows]

    @property
    def incidents(self) -> pl.DataFrame:
        """The incidents with all columns of the schema, as it has them."""
        return self.take(*INCIDENTS).cast(dict(INCIDENTS))  # type: ignore[arg-type]

    @property
    def locations(self) -> pl.DataFrame:
        """The places with all columns, in the order of the file."""
        return self.places(*self.frames.locations.columns)

    @property
    def n(self) -> int:
        """How many incidents."""
        return len(self.rows)

    @cached_property
    def n_places(self) -> int:
        """At how many places they occurred, provinces not counted."""
        known = self.places("place_key", "geo_precision")
        return known.lazy().filter(pl.col("geo_precision") < 3).collect()["place_key"].n_unique()

    @cached_property
    def n_without_place(self) -> int:
        """How many of them have no place and so cannot be on the map."""
        return int(self.take("n_locations")["n_locations"].eq(0).sum())

    @cached_property
    def n_without_day(self) -> int:
        """How many incidents fit but for their unknown day: out of the rows when a range of days is asked for."""
        if self.query.since or self.query.until:
            undated = replace(self.query, since=None, until=None, missing=(*self.query.missing, "day"))
            return select(self.frames, undated).n
        return int(self.take("event_date")["event_date"].null_count())

    @cached_property
    def killed(self) -> int:
        """The sum of the lowest figures told."""
        return int(self.take("fatalities_low")["fatalities_low"].sum() or 0)

    @cached_property
    def _place_rows(self) -> pl.Series | None:
        """Row numbers in frames.locations; None for all of them."""
        where = place_filter(self.query)
        whole = self.frames.locations
        tests = [] if where is None else [where]
        if self.n < self.frames.incidents.height:
            chosen = pl.zeros(self.frames.incidents.height, dtype=pl.Boolean, eager=True).scatter(self.rows, True)
            tests.append(pl.lit(chosen.gather(whole["row"])))
        if not tests:
            return None
        return whole.lazy().with_row_index("_at").filter(*tests).select("_at").collect()["_at"]


def select(frames: Frames, query: Query) -> Selection:
    """The incidents that fit the query."""
    numbered = frames.incidents.lazy().with_row_index("row")
    conditions = incident_filters(frames, query)
    where = place_filter(query)
    if where is not None:
        fitting = frames.locations.filter(where)["row"]
        has = pl.zeros(frames.incidents.height, dtype=pl.Boolean, eager=True).scatter(fitting, True)
        conditions.append(pl.lit(has))
    rows = numbered.filter(*conditions).select("row").collect()["row"] if conditions else _all(frames)
    return Selection(frames, query, rows)


def place_filter(query: Query) -> pl.Expr | None:
    """What is asked of one place, over LOCATIONS; None where nothing is."""
    tests = [
        pl.col(name).is_in(list(getattr(query, name)))
        for name in PLACE_FIELDS
        if name not in ("disputed", "place") and getattr(query, name)
    ]
    if query.place:
        tests.append(pl.coalesce("place_id", "name").is_in(list(query.place)))
    if query.disputed is not None:
        tests.append(pl.col("disputed").fill_null(False) == query.disputed)
    return pl.all_horizontal(tests) if tests else None


def incident_filters(frames: Frames, query: Query) -> list[pl.Expr]:
    """What is asked of the incident itself, over INCIDENTS."""
    tests = [
        pl.col(name).is_in(list(getattr(query, name)))
        for name in ("category", "event_type", "time_precision", "review_state")
        if getattr(query, name)
    ]
    if not query.review_state:
        tests.append(pl.col("review_state").ne_missing(pl.lit("rejected")))
    if query.since:
        tests.append(pl.coalesce("end_date", "event_date") >= query.since)
    if query.until:
        tests.append(pl.col("event_date") <= query.until)
    if query.actor:
        tests.append(_either(frames, query.actor))
    tests += [_shares(column, wanted) for column, wanted in _lists(query) if wanted]
    if query.min_killed:
        tests.append(query.min_killed <= KILLED)
    if query.min_toll:
        tests.append(query.min_toll <= TOLL)
    tests += [pl.col("search_text").str.contains(word, literal=True) for word in fold(query.text).split()]
    if "place" in query.missing:
        tests.append(pl.col("n_locations") == 0)
    if "day" in query.missing:
        tests.append(pl.col("event_date").is_null())
    if query.sample is not None:
        tests.append(pl.col("is_sample") == query.sample)
    return tests


def _lists(query: Query) -> tuple[tuple[str, Sequence[str]], ...]:
    return (("publishers", query.publisher), ("languages", query.language))


def _shares(column: str, wanted: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal([pl.col(column).list.contains(one) for one in wanted])


def _either(frames: Frames, actors: Sequence[str]) -> pl.Expr:
    """Named on either side, alone or jointly: "Iraqi Army" is in "Iraqi Army; Peshmerga" but not in another's name."""
    wanted = set(actors)
    fitting = [joint for joint in frames.actors if wanted & set(joint.split("; "))]
    return pl.any_horizontal(pl.col(side).is_in(fitting) for side in ("actor1", "actor2"))


def _all(frames: Frames) -> pl.Series:
    return pl.int_range(frames.incidents.height, dtype=pl.UInt32, eager=True)
