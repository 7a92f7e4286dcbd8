"""OCHA's administrative boundaries (GeoJSON), where a user has them: exact districts instead of approximate ones."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from geodata.boundaries import feature, write_layer
from geodata.build import PCODE_ADMIN1, slug
from geodata.gazetteer import Gazetteer, GazetteerError, Name, Place
from geodata.geonames_dump import Imported

SOURCE = "import: OCHA administrative boundaries"
_LEVELS = {3: ("ADM3_PCODE", "ADM3_EN", "ADM3_AR"), 2: ("ADM2_PCODE", "ADM2_EN", "ADM2_AR")}


def read_features(path: Path) -> tuple[int, list[dict[str, Any]]]:
    """The level (1 to 3) and the features of an OCHA GeoJSON. GazetteerError where it is none."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        keys = set(features[0]["properties"])
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise GazetteerError(f"{path}: no GeoJSON feature collection") from error
    for level in (3, 2, 1):
        if f"ADM{level}_PCODE" in keys:
            return level, list(features)
    raise GazetteerError(f"{path}: no ADM1_PCODE, ADM2_PCODE or ADM3_PCODE: not OCHA's administrative boundaries")


def write_districts(features: list[dict[str, Any]], folder: Path) -> int:
    """Writes the exact districts as imported/districts.geojson, with this project's property names. Their number."""
    layer = []
    for one in features:
        properties = one["properties"]
        code = properties["ADM2_PCODE"]
        admin1 = "Halabja" if code == "IQG06Q05" else PCODE_ADMIN1[properties["ADM1_PCODE"].removeprefix("IQG")]
        own = {
            "admin2_pcode": code,
            "admin2": properties["ADM2_EN"],
            "admin1": admin1,
            "admin1_pcode": properties["ADM1_PCODE"],
            "approximate": False,
            "source": "OCHA common operational dataset, CC BY 3.0 IGO",
        }
        layer.append(feature(shapely.make_valid(shape(one["geometry"])), own))
    folder.mkdir(parents=True, exist_ok=True)
    write_layer(folder / "districts.geojson", {"features": layer})
    return len(layer)


def missing_subdistricts(features: list[dict[str, Any]], gazetteer: Gazetteer) -> Imported:
    """The sub-districts the gazetteer lacks. Their point is inside the polygon, up to 20 km from the town."""
    pcodes = {place.pcode: place for place in gazetteer.places.values() if place.pcode and not place.imported}
    places, names, left_out = [], [], Counter[str]()
    for one in features:
        properties = one["properties"]
        code, english, arabic = (properties[key] for key in _LEVELS[3])
        district = pcodes.get(properties["ADM2_PCODE"])
        if code in pcodes:
            left_out["in the gazetteer already"] += 1
            continue
        if district is None or not english:
            left_out["in no known district"] += 1
            continue
        point = shapely.make_valid(shape(one["geometry"])).representative_point()
        place_id = f"ocha-{slug(code)}"
        places.append(
            Place(place_id, "subdistrict", english, (arabic or "").strip() or None, None, round(point.y, 4),
                  round(point.x, 4), district.admin1, district.admin1_pcode, district.name, district.pcode,
                  district.place_id, None, district.disputed, district.disputed_since, district.disputed_source,
                  district.administered_by, district.administered_since, SOURCE, code)
        )  # fmt: skip
        names.append(Name(english, place_id, "en", True, "import"))
        if arabic and arabic.strip():
            names.append(Name(arabic.strip(), place_id, "ar", True, "import"))
    return Imported(places, names, left_out)
