"""Where a dataset's row occurred: its own point, joined to the gazetteer's place where name and point agree."""

from collections.abc import Callable

from geopy.distance import great_circle

from geodata.fold import fold
from geodata.gazetteer import Gazetteer, Place
from pipeline.model import Location

Cell = Callable[[str], str]
_SAME_PLACE = 15.0  # km between a dataset's point and the gazetteer's, for one name
_AREAS = ("governorate", "district", "subdistrict")
_KIND_WORDS = ("governorate", "province", "muhafazat", "district", "subdistrict", "town", "city", "village", "area")


def location(cell: Cell, where_prec: int | None, latitude: float | None, longitude: float | None) -> Location | None:
    """The row's place with its own coordinates; None where it has neither a name nor a point.

    geo_precision (ACLED) is derived from where_prec (UCDP): 1 stays 1, 2 and 3 are near, the rest a province or wider.
    """
    name = cell("place") or cell("admin2") or cell("admin1")
    if not name and latitude is None:
        return None
    province = _governorate(cell("admin1"))
    place = _place(cell("place"), province, latitude, longitude)
    prec = where_prec or (1 if cell("place") else 4)
    return Location(
        place_id=place.place_id if place else None,
        name=place.name if place else name,
        name_ar=place.name_ar if place else None,
        name_ckb=place.name_ckb if place else None,
        admin1=place.admin1 if place else province.admin1 if province else None,
        admin1_pcode=place.admin1_pcode if place else province.admin1_pcode if province else None,
        admin2=place.admin2 if place else _bare(cell("admin2")) or None,
        latitude=latitude if latitude is not None else place.latitude if place else None,
        longitude=longitude if longitude is not None else place.longitude if place else None,
        geo_precision=1 if prec == 1 else 2 if prec in (2, 3) else 3,
        where_prec=prec,
        disputed=place.disputed if place else False,
        where_description=cell("where_description") or None,
    )


def _bare(name: str) -> str:
    """A name without the word for what it names: "Daquq town" and "Kirkuk province" as UCDP writes them."""
    return " ".join(word for word in name.split() if word.lower() not in _KIND_WORDS)


def _governorate(name: str) -> Place | None:
    return next((place for place in _named(name) if place.kind == "governorate"), None)


def _place(name: str, province: Place | None, latitude: float | None, longitude: float | None) -> Place | None:
    found = [place for place in _named(name) if province is None or place.admin1 == province.admin1]
    found = [place for place in found if place.kind not in _AREAS] or found  # a town before the district named after it
    if latitude is not None and longitude is not None:
        point = (latitude, longitude)
        near = [(great_circle(point, (place.latitude, place.longitude)).km, place) for place in found]
        near = [(km, place) for km, place in near if km <= _SAME_PLACE]
        return min(near, key=lambda one: one[0])[1] if near else None
    return found[0] if len(found) == 1 else None


def _named(name: str) -> list[Place]:
    gazetteer = Gazetteer.load()
    keys = dict.fromkeys(fold(one) for one in (name.strip(), _bare(name)) if one.strip())
    return [gazetteer.place(place_id) for key in keys for place_id in gazetteer.by_key(key)]
