"""What the map draws of a selection, and that its counts are those of the rows."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from pipeline.query import Frames, Query, select
from pipeline.query.counts import bucket, by_place, over_time
from pipeline.snapshot import open_current
from tests.pages import world


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    root: Path = tmp_path_factory.mktemp("snapshot")
    world.publish(root)
    return Frames.load(open_current(root))


@pytest.mark.parametrize(
    "query", [Query(), Query(admin1=("Kirkuk",)), Query(category=("airstrike",)), Query(missing=("place",))]
)
def test_every_place_of_every_row_is_drawn(frames: Frames, query: Query) -> None:
    found = select(frames, query)
    wide, places = by_place(found)
    columns = [f"{kind}{at}" for kind in "nm" for at in range(4)]
    drawn = places.select(pl.sum_horizontal(columns).sum()).item() or 0
    drawn += wide.select(pl.sum_horizontal(columns[:4]).sum()).item() or 0
    assert drawn == found.locations.height


def test_province_is_never_a_dot(frames: Frames) -> None:
    wide, places = by_place(select(frames, Query()))
    assert sorted(wide["admin1"].cast(pl.String)) == ["Diyala", "Nineveh"]
    assert "iq-g-diyala" not in places["place_key"].cast(pl.String).to_list()


def test_near_and_exact_apart(frames: Frames) -> None:
    _, places = by_place(select(frames, Query()))
    sinjar = places.filter(pl.col("place_key").cast(pl.String) == "iq-sinjar").row(0, named=True)
    assert (sinjar["n0"], sinjar["n1"], sinjar["m1"]) == (1, 1, 1)  # a bomb and a strike there, a strike near it


def test_time_counts_every_known_day_once(frames: Frames) -> None:
    found = select(frames, Query())
    assert over_time(found)["n"].sum() == found.n - found.n_without_day


@pytest.mark.parametrize(("days", "every"), [(30, "1d"), (365, "1w"), (3650, "1mo"), (9000, "1q")])
def test_some_two_hundred_bars_at_most(days: int, every: str) -> None:
    assert bucket(date(2000, 1, 1), date(2000, 1, 1) + timedelta(days=days)) == every
