"""What is added up from few numbers is what a count of the rows gives."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipeline.query import Frames, Query, Selection, select
from pipeline.query.counts import by_area, by_place, latest, latest_of, over_time
from pipeline.snapshot import open_current
from tests.pages import world

QUERIES = [
    Query(), Query(admin1=("Kirkuk",)), Query(category=("airstrike", "meeting")), Query(disputed=True),
    Query(text="مخمور"), Query(review_state=("rejected",)), Query(missing=("day",)), Query(actor=("Peshmerga",)),
    Query(since=date(2021, 12, 1), until=date(2021, 12, 31)), Query(admin1=("Nineveh",), geo_precision=(3,)),
]  # fmt: skip


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    root: Path = tmp_path_factory.mktemp("snapshot")
    world.publish(root)
    return Frames.load(open_current(root))


@pytest.fixture(params=QUERIES, ids=range(len(QUERIES)))
def found(frames: Frames, request: pytest.FixtureRequest) -> Selection:
    return select(frames, request.param)


@pytest.mark.parametrize("column", ["admin1", "admin2"])
def test_an_incident_counts_once_in_an_area(found: Selection, column: str) -> None:
    plain = found.locations.select("incident_id", pl.col(column).cast(pl.String)).drop_nulls().unique()
    assert dict(by_area(found, column).rows()) == dict(plain.group_by(column).len().rows())


def test_places_by_category(found: Selection) -> None:
    kinds = found.incidents.select("incident_id", "category")
    rows = found.locations.join(kinds, on="incident_id").with_columns(pl.col("category", "admin1").cast(pl.String))
    wide, places = by_place(found)
    assert places["total"].sum() == rows.filter(pl.col("geo_precision") < 3).height
    assert places["n1"].sum() == rows.filter(category="airstrike", geo_precision=1).height
    assert places["m0"].sum() == rows.filter(category="incident", geo_precision=2).height
    assert wide["n0"].sum() == rows.filter(category="incident", geo_precision=3).height
    assert found.n_places == rows.filter(pl.col("geo_precision") < 3)["place_id"].n_unique()


def test_days_by_category(found: Selection) -> None:
    dated = found.incidents.drop_nulls("event_date")
    counted = over_time(found)
    assert counted["n"].sum() == dated.height
    if dated.height:
        assert (counted["first"].min(), counted["last"].max()) == (dated["event_date"].min(), dated["event_date"].max())
        by = dict(dated.group_by(pl.col("category").cast(pl.String)).len().rows())
        assert dict(counted.group_by("category").agg(pl.col("n").sum()).rows()) == by


def test_the_latest_come_first_and_unknown_days_last(found: Selection) -> None:
    for rows in (latest(found, 5), latest_of(found.frames, found.rows, 5)):
        days = found.frames.rows(rows)["event_date"].to_list()
        assert days == found.incidents["event_date"].sort(descending=True, nulls_last=True).head(5).to_list()


def test_rows_at_a_place_are_those_of_its_locations(found: Selection) -> None:
    rows = found.rows_at(pl.col("admin1") == "Nineveh")
    there = found.locations.filter(pl.col("admin1").cast(pl.String) == "Nineveh")["incident_id"]
    assert sorted(found.frames.rows(rows.to_list())["incident_id"]) == sorted(set(there))


def test_places_of_rows_are_in_their_order(frames: Frames) -> None:
    for name in (incident[0] for incident in world.INCIDENTS):
        (row,) = frames.rows_of([name])
        written = frames.of_incident("locations", row, name).sort("place_no")["place_id"].to_list()
        assert [place["place_id"] for place in frames.places_of_rows([row])[row]] == written


def test_an_unknown_id_has_no_row(frames: Frames) -> None:
    assert frames.rows_of(["nowhere"]) == []
