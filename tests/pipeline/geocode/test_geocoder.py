"""The geopy interface, and Nominatim behind it against a server on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder

from pipeline.errors import FetchError
from pipeline.geocode.geocoder import GazetteerGeocoder
from pipeline.geocode.online import CachedNominatim

GEOCODER = GazetteerGeocoder()


def test_geocode_is_geopys() -> None:
    assert isinstance(GEOCODER, Geocoder)
    location = GEOCODER.geocode("Makhmur")
    assert (round(location.latitude, 2), round(location.longitude, 2)) == (35.78, 43.58)
    assert location.address == "Makhmour, Makhmour, Erbil, Iraq"
    assert location.raw["place_id"] == "makhmour" and location.raw["confidence"] > 0.9
    assert location.raw["disputed"] is True and location.raw["geo_precision"] == 1


def test_unknown_and_ambiguous() -> None:
    assert GEOCODER.geocode("Atlantis") is None
    assert GEOCODER.geocode("الرياض") is None
    assert [found.raw["admin1"] for found in GEOCODER.geocode("الرياض", exactly_one=False)] == ["Kirkuk", "Kirkuk"]
    assert GEOCODER.geocode("الرياض", within="Kirkuk").raw["place_id"] == "riyadh-kirkuk"
    assert GEOCODER.geocode("Mosul", within="Kirkuk") is None


def test_reverse() -> None:
    near = GEOCODER.reverse("35.78, 43.59")
    assert near.raw["place_id"] == "makhmour" and near.raw["distance_km"] < 1.5
    assert len(GEOCODER.reverse((35.78, 43.59), exactly_one=False)) > 2
    assert GEOCODER.reverse((30.5, 42.0)) is None  # the southern desert
    with pytest.raises(GeocoderQueryError, match="no point"):
        GEOCODER.reverse("somewhere")


class Nominatim(BaseHTTPRequestHandler):
    """Answers one name, fails for another, and counts."""

    asked: list[str]

    def do_GET(self) -> None:
        query = parse_qs(urlparse(self.path).query)
        name = query["q"][0]
        self.asked.append(name)
        assert query["countrycodes"] == ["iq"] and "test@example.org" in self.headers["User-Agent"]
        if name == "Brokenville":
            self.send_response(503)
            self.end_headers()
            return
        found = [{"display_name": "Tell Gozal, Iraq", "lat": "35.1", "lon": "44.4"}] if name == "Tell Gozal" else []
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    handler = type("Handler", (Nominatim,), {"asked": []})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{httpd.server_port}", handler.asked
    httpd.shutdown()
    httpd.server_close()


def nominatim(tmp_path: Path, domain: str) -> CachedNominatim:
    return CachedNominatim(
        tmp_path / "answers.sqlite", "test (test@example.org)", domain=domain, scheme="http", seconds_between=0.0
    )


def test_nominatim_is_asked_once_and_only_for_unknown_names(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    domain, asked = server
    geocoder = GazetteerGeocoder(fallback=nominatim(tmp_path, domain))
    assert geocoder.geocode("Kirkuk").raw["place_id"] == "kirkuk"
    first = geocoder.geocode("Tell Gozal")
    assert first.raw["source"] == "nominatim" and first.raw["confidence"] == 0.5
    assert geocoder.geocode("Nowhereville") is None
    again = GazetteerGeocoder(fallback=nominatim(tmp_path, domain))  # a later run, the same cache
    assert again.geocode("Tell Gozal").latitude == 35.1
    assert again.geocode("Nowhereville") is None
    assert asked == ["Tell Gozal", "Nowhereville"]


def test_a_failure_is_said_and_not_kept(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    domain, asked = server
    ask = nominatim(tmp_path, domain)
    for _ in range(2):
        with pytest.raises(FetchError, match="gave no answer for 'Brokenville'"):
            ask("Brokenville")
    assert len(asked) == 4  # each time tried and tried again
