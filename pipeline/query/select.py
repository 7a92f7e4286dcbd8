"""The incidents a query asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from geodata.fold import fold
from pipeline.model import SEPARATOR
from pipeline.query.frames import JOINT, Frames
from pipeline.query.query import PLACE_FIELDS, Query
from pipeline.snapshot_schema import INCIDENTS, LOCATIONS

KILLED = pl.max_horizontal(pl.col("fatalities_low"), pl.col("fatalities_best")).fill_null(0)
INJURED = pl.max_horizontal(pl.col("injuries_low"), pl.col("injuries_best")).fill_null(0)
TOLL = pl.max_horizontal(KILLED + INJURED, pl.col("casualties_low").fill_null(0))


@dataclass(frozen=True)
class Selection:
    """The answer to one query: one set of rows behind map, table, charts and export, so that their counts agree.

    It keeps a bit for each incident and nothing else, so that many may be kept: frames are cut when they are asked
    for. Ask for the columns you need with `take`; all of them, of a million incidents, are slow and large.
    """

    frames: Frames
    query: Query
    mask: pl.Series | None  # for each of frames.incidents whether it is in; None: all are

    def take(self, *columns: str) -> pl.DataFrame:
        """Some columns of the incidents, in the order of `rows`."""
        if not set(columns) <= set(self.frames.incidents.columns):
            return self.frames.read("incidents", columns, self.mask)
        whole = self.frames.incidents.select(columns)
        return whole if self.mask is None else whole.filter(self.mask)

    @property
    def rows(self) -> pl.Series:
        """Row numbers in frames.incidents, ascending."""
        if self.mask is None:
            return pl.int_range(self.frames.height, dtype=pl.UInt32, eager=True)
        return self.mask.arg_true()

    def rows_at(self, where: pl.Expr) -> pl.Series:
        """Row numbers of the incidents with a place, of those asked for, that fits `where`, over frames.cells."""
        fitting = self._fitting & self.frames.cells.select(where.fill_null(False).alias("fits"))["fits"]
        ties = self.frames.ties.filter(fitting.gather(self.frames.ties["cell"]))["row"]
        return (ties if self.mask is None else ties.filter(self.mask.gather(ties))).unique(maintain_order=True)

    @property
    def incidents(self) -> pl.DataFrame:
        """The incidents with all columns of the schema."""
        return self.frames.read("incidents", list(INCIDENTS), self.mask)

    @property
    def locations(self) -> pl.DataFrame:
        """The places that fit what is asked of places, with all columns, in the order of the file."""
        ties = self.frames.ties
        chosen = self._fitting.gather(ties["cell"])
        if self.mask is not None:
            chosen &= self.mask.gather(ties["row"])
        return self.frames.read("locations", list(LOCATIONS), chosen)

    @cached_property
    def n(self) -> int:
        """How many incidents."""
        return self.frames.height if self.mask is None else int(self.mask.sum())

    @cached_property
    def by_cell(self) -> NDArray[np.int64]:
        """How many places in each of frames.cells: all that a map draws is added up from these."""
        ties = self.frames.ties
        chosen = ties["cell"] if self.mask is None else ties["cell"].filter(self.mask.gather(ties["row"]))
        counted = np.bincount(chosen.to_numpy(), minlength=self.frames.cells.height)
        counted[~self._fitting.to_numpy()] = 0
        return counted

    @cached_property
    def n_places(self) -> int:
        """At how many places they occurred, provinces not counted."""
        there = pl.Series(self.by_cell > 0) & (self.frames.cells["geo_precision"] < 3).fill_null(False)
        return self.frames.cells["place_key"].filter(there).n_unique()

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
    def _fitting(self) -> pl.Series:
        return _fitting(self.frames, self.query)


def select(frames: Frames, query: Query) -> Selection:
    """The incidents that fit the query."""
    tests = incident_filters(frames, query)
    masks = [frames.holding(word) for word in fold(query.text).split()]
    if tests:
        asked = pl.all_horizontal(tests).fill_null(False).alias("in")
        masks.append(frames.incidents.lazy().select(asked).collect()["in"])
    if place_filter(query) is not None:
        masks.append(frames.kept(_at, Query(**{name: getattr(query, name) for name in PLACE_FIELDS})))
    if not masks:
        return Selection(frames, query, None)
    whole = masks[0]
    for mask in masks[1:]:
        whole = whole & mask
    return Selection(frames, query, None if whole.all() else whole)


def _at(frames: Frames, query: Query) -> pl.Series:
    """For each incident whether one of its places is what is asked."""
    fitting = frames.ties.filter(_fitting(frames, query).gather(frames.ties["cell"]))["row"]
    return pl.zeros(frames.height, dtype=pl.Boolean, eager=True).scatter(fitting, True)


def _fitting(frames: Frames, query: Query) -> pl.Series:
    """For each of frames.cells whether it is what is asked of a place."""
    where = place_filter(query)
    if where is None:
        return pl.repeat(True, frames.cells.height, eager=True)
    return frames.cells.select(where.fill_null(False).alias("fits"))["fits"]


def place_filter(query: Query) -> pl.Expr | None:
    """What is asked of one place, over LOCATIONS or Frames.cells; None where nothing is."""
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
    """What is asked of the incident itself, over Frames.incidents; words of its text apart."""
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
        tests.append(pl.any_horizontal(_has(frames, side, query.actor, JOINT) for side in ("actor1", "actor2")))
    if query.publisher:
        tests.append(_has(frames, "outlets", query.publisher, SEPARATOR))
    if query.language:
        tests.append(_has(frames, "tongues", query.language, SEPARATOR))
    if query.min_killed:
        tests.append(query.min_killed <= KILLED)
    if query.min_toll:
        tests.append(query.min_toll <= TOLL)
    if "place" in query.missing:
        tests.append(pl.col("n_locations") == 0)
    if "day" in query.missing:
        tests.append(pl.col("event_date").is_null())
    if query.sample is not None:
        tests.append(pl.col("is_sample") == query.sample)
    return tests


def _has(frames: Frames, column: str, wanted: Sequence[str], separator: str) -> pl.Expr:
    """Named alone or jointly: "Iraqi Army" is in "Iraqi Army; Peshmerga" but not in another's name."""
    fitting = [joint for joint in frames.joint[column] if set(wanted) & set(joint.split(separator))]
    return pl.col(column).is_in(fitting)
