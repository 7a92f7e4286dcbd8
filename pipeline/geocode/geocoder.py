"""The gazetteer as a geopy geocoder: offline, deterministic, and with its doubts in `Location.raw`."""

from collections.abc import Callable
from math import cos, radians
from typing import Any, ClassVar

import shapely
from geopy.distance import geodesic
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location as GeopyLocation
from geopy.point import Point as GeopyPoint

from geodata.gazetteer import Gazetteer, Place
from pipeline.geocode.record import as_record, place_record
from pipeline.geocode.resolve import Resolver, precision
from pipeline.geocode.types import Context

# Beyond this nothing is called near: about the distance between two sub-district towns.
NEAR_KM = 25.0
_SHRINK = cos(radians(34.5))
_TOO_WIDE = frozenset(("governorate", "district", "subdistrict", "road", "river", "plain", "lake", "mountain", "area"))


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """geopy's interface over the gazetteer.

    `geocode` gives None for a name that is unknown or ambiguous, as geopy's own do; `answer` says which, and why.
    `Location.raw` is the contract's record of the place: precision, confidence, district, status.
    """

    geocode_path: ClassVar[str] = ""

    def __init__(self, gazetteer: Gazetteer | None = None, fallback: Callable[[str], Any] | None = None) -> None:
        """`fallback` is asked for names that the gazetteer does not know: see pipeline.geocode.online."""
        super().__init__()
        self.resolver = Resolver(gazetteer or Gazetteer.load())
        self.fallback = fallback

    def answer(self, query: str, within: str | None = None) -> dict[str, Any]:
        """The contract's record for a name: place or null, reason, candidates."""
        return as_record(query, self.resolver.resolve(query, self._context(within)), self.resolver)

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, within: str | None = None
    ) -> GeopyLocation | list[GeopyLocation] | None:
        """The place of a name; with `exactly_one=False` the place, or else the candidates, as a list. `within` is a
        province's canonical name. `timeout` is geopy's and has no use offline."""
        answer = self.resolver.resolve(query, self._context(within))
        if answer.place is not None:
            record = as_record(query, answer, self.resolver)["place"]
            found = [_location(answer.place, record)]
        elif answer.candidates and not exactly_one:
            found = [_location(place, place_record(place, *precision(place))) for place in answer.candidates]
        elif self.fallback is not None and not answer.candidates and answer.reason.startswith("unknown"):
            online = self.fallback(query)
            found = [online] if online is not None else []
        else:
            found = []
        if not found:
            return None
        return found[0] if exactly_one else found

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> GeopyLocation | list[GeopyLocation] | None:
        """The settlement or site nearest to a point ("lat, lon", a pair or a geopy Point), within 25 km; `raw` has
        `distance_km`. None where nothing is that near. GeocoderQueryError where the query is no point."""
        try:
            point = GeopyPoint(query)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(f"{query!r} is no point: give latitude and longitude in degrees") from error
        nearest = self._nearest(point)
        found = []
        for place in nearest:
            km = geodesic((point.latitude, point.longitude), (place.latitude, place.longitude)).km
            if km <= NEAR_KM:
                found.append((km, place))
        if not found:
            return None
        found.sort(key=lambda pair: (pair[0], pair[1].place_id))
        locations = [
            _location(place, {**place_record(place, *precision(place)), "distance_km": round(km, 2)})
            for km, place in found
        ]
        return locations[0] if exactly_one else locations

    def _nearest(self, point: GeopyPoint) -> list[Place]:
        if not hasattr(self, "_tree"):
            self._points = [p for p in self.resolver.gazetteer.places.values() if p.kind not in _TOO_WIDE]
            self._tree = shapely.STRtree([shapely.Point(p.longitude * _SHRINK, p.latitude) for p in self._points])
        around = shapely.Point(point.longitude * _SHRINK, point.latitude).buffer(NEAR_KM / 105)
        return [self._points[int(at)] for at in self._tree.query(around)]

    @staticmethod
    def _context(within: str | None) -> Context:
        return Context(admin1=(within,), strict=True) if within else Context()


def _location(place: Place, record: dict[str, Any]) -> GeopyLocation:
    address = ", ".join(part for part in (place.name, place.admin2, place.admin1, "Iraq") if part)
    return GeopyLocation(address, (place.latitude, place.longitude, 0.0), record)
