"""A GeoNames country dump (IQ.txt, or the zip it comes in) as places and names beside the project's own.

A dump holds some 20,000 places, most of them hamlets with names that are ordinary words or persons' names, so a
single-word name is only a place after a kind word. Places the gazetteer has already are left out.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path

import shapely

from geodata import geonames_names
from geodata.fold import fold
from geodata.gazetteer import Gazetteer, GazetteerError, Name, Place

SOURCE = "import: GeoNames dump"
_COLUMNS = 19
# GeoNames' admin1 codes of Iraq; they are neither OCHA's nor ISO's.
ADMIN1 = {
    "01": "Anbar", "02": "Basra", "03": "Muthanna", "04": "Al-Qadisiyah", "05": "Sulaymaniyah", "06": "Babil",
    "07": "Baghdad", "08": "Duhok", "09": "Dhi Qar", "10": "Diyala", "11": "Erbil", "12": "Karbala", "13": "Kirkuk",
    "14": "Maysan", "15": "Nineveh", "16": "Wasit", "17": "Najaf", "18": "Salah al-Din", "19": "Halabja",
}  # fmt: skip
_KINDS = {
    "PPLX": "quarter", "MT": "mountain", "MTS": "mountain", "HLL": "mountain", "HLLS": "mountain", "RDGE": "mountain",
    "PK": "mountain", "VAL": "valley", "WAD": "valley", "WADS": "valley", "PLN": "plain", "LK": "lake", "RSV": "lake",
    "DAM": "dam", "AIRP": "airport", "AIRB": "base", "AIRF": "airport", "INSM": "base", "CMP": "camp", "CMPRF": "camp",
    "OILF": "oilfield", "GASF": "oilfield", "OILR": "refinery", "BDG": "bridge", "ISL": "island", "AREA": "area",
    "RGN": "area", "STM": "river",
}  # fmt: skip
_SAME_KM = 10.0
_SHRINK = cos(radians(34.5))


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave: places and names, and what was left out, by reason."""

    places: list[Place]
    names: list[Name]
    left_out: Counter[str]


def read_lines(path: Path) -> Iterator[list[str]]:
    """The rows of a dump. GazetteerError names the first line that is none."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            inner = next((n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()), None)
            if inner is None:
                raise GazetteerError(f"{path}: no IQ.txt in it")
            yield from _rows(io.TextIOWrapper(archive.open(inner), encoding="utf-8"), path)
    else:
        with path.open(encoding="utf-8") as lines:
            yield from _rows(lines, path)


def _rows(lines: Iterable[str], path: Path) -> Iterator[list[str]]:
    for number, line in enumerate(lines, 1):
        row = line.rstrip("\n").split("\t")
        if len(row) != _COLUMNS or not row[0].isdigit():
            raise GazetteerError(
                f"{path}:{number}: no row of a GeoNames dump ({len(row)} columns instead of {_COLUMNS})"
            )
        yield row


def read_dump(path: Path, gazetteer: Gazetteer) -> Imported:
    """The places of a dump that `gazetteer` (the project's own part of it) does not have."""
    own = [place for place in gazetteer.places.values() if not place.imported]
    known_ids = {place.geonames_id for place in own if place.geonames_id}
    tree = shapely.STRtree([shapely.Point(place.longitude * _SHRINK, place.latitude) for place in own])
    keys = {place.place_id: {fold(name.name) for name in gazetteer.names_of[place.place_id]} for place in own}
    places, names, left_out = [], [], Counter[str]()
    for row in read_lines(path):
        place, why = _place(row, own, tree, known_ids)
        if place is None:
            left_out[why] += 1
            continue
        own_names = list(_names(row, place))
        around = shapely.Point(place.longitude * _SHRINK, place.latitude).buffer(_SAME_KM / 111)
        if any(fold(name.name) in keys[own[int(at)].place_id] for at in tree.query(around) for name in own_names):
            left_out["in the gazetteer already"] += 1
        elif not own_names:
            left_out["no usable name"] += 1
        else:
            places.append(place)
            names.extend(own_names)
    return Imported(places, names, left_out)


def _place(row: list[str], own: list[Place], tree: shapely.STRtree, known_ids: set[int]) -> tuple[Place | None, str]:
    geonames_id, feature_class, code, admin1 = int(row[0]), row[6], row[7], ADMIN1.get(row[10])
    kind = _KINDS.get(code) or ("village" if feature_class == "P" else None)
    if row[8] != "IQ" or admin1 is None:
        return None, "not in a governorate of Iraq"
    if kind is None:
        return None, "of a kind that reports do not name as a place"
    if geonames_id in known_ids:
        return None, "in the gazetteer already"
    latitude, longitude = float(row[4]), float(row[5])
    # The district is the nearest known place's: near enough to say where, and said to be approximate by the source.
    near = own[int(tree.nearest(shapely.Point(longitude * _SHRINK, latitude)))]
    beside = near if near.admin1 == admin1 else None
    arabic = next((n for n in row[3].split(",") if geonames_names.script(n) == "arabic"), None)
    return Place(
        place_id=f"geonames-{geonames_id}",
        kind=kind,
        name=row[2] or row[1],
        name_ar=arabic,
        name_ckb=None,
        latitude=round(latitude, 4),
        longitude=round(longitude, 4),
        admin1=admin1,
        admin1_pcode=beside.admin1_pcode if beside else _pcode(own, admin1),
        admin2=beside.admin2 if beside else None,
        admin2_pcode=beside.admin2_pcode if beside else None,
        parent_id=beside.parent_id if beside and beside.kind != "governorate" else _governorate(own, admin1),
        geonames_id=geonames_id,
        disputed=bool(beside and beside.disputed),
        disputed_since=beside.disputed_since if beside else None,
        disputed_source=f"{beside.disputed_source} (by the nearest known place)"
        if beside and beside.disputed
        else None,
        administered_by=beside.administered_by if beside else None,
        administered_since=beside.administered_since if beside else None,
        source=SOURCE,
    ), ""


def _governorate(own: list[Place], admin1: str) -> str:
    return next(place.place_id for place in own if place.kind == "governorate" and place.admin1 == admin1)


def _pcode(own: list[Place], admin1: str) -> str:
    return next(place.admin1_pcode for place in own if place.kind == "governorate" and place.admin1 == admin1)


def _names(row: list[str], place: Place) -> Iterator[Name]:
    seen: set[str] = set()
    for name in (row[1], *row[3].split(",")):
        text = name.strip()
        key = fold(text).replace("'", "")
        if key in seen or not geonames_names.is_name(text):
            continue
        seen.add(key)
        one_word = len(text.removeprefix("Al ").removeprefix("Āl ").split()) == 1
        yield Name(text, place.place_id, geonames_names.language(text), one_word, "import")
