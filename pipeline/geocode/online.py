"""Nominatim behind the gazetteer, by choice: one request a second, every answer kept, nothing asked twice.

Used only where a user turns it on: place names of reports would otherwise leave the machine.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from geopy.exc import GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.location import Location as GeopyLocation

from geodata.fold import fold
from pipeline.errors import FetchError

_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (asked TEXT, query TEXT, answer TEXT, PRIMARY KEY (asked, query))"
# What Nominatim says is not checked by anyone here: never as sure as the gazetteer.
CONFIDENCE = 0.5
_VIEWBOX = ((29.0, 38.7), (37.5, 48.7))


class CachedNominatim:
    """A function of a name to a geopy Location or None, for `GazetteerGeocoder(fallback=...)`.

    Answers, "nothing found" among them, are kept in an SQLite file. Failures are not kept, and raise FetchError.
    """

    def __init__(
        self,
        cache: Path,
        user_agent: str,
        *,
        domain: str = "nominatim.openstreetmap.org",
        scheme: str = "https",
        seconds_between: float = 1.0,
    ) -> None:
        """`user_agent` names your application and a way to reach you, which OpenStreetMap's policy asks for."""
        self.cache = cache
        self.domain = domain
        service = Nominatim(user_agent=user_agent, domain=domain, scheme=scheme, timeout=10)
        self._ask = RateLimiter(
            service.geocode,
            min_delay_seconds=seconds_between,
            max_retries=1,
            error_wait_seconds=max(seconds_between, 0.1),
            swallow_exceptions=False,
        )
        with closing(sqlite3.connect(cache)) as db, db:
            db.execute(_SCHEMA)

    def __call__(self, name: str) -> GeopyLocation | None:
        """Nominatim's first answer in Iraq, from the cache where it was asked before."""
        key = (self.domain, fold(name).strip())
        with closing(sqlite3.connect(self.cache)) as db:
            kept = db.execute("SELECT answer FROM answers WHERE asked = ? AND query = ?", key).fetchone()
        if kept is None:
            raw = self._fetch(name)
            with closing(sqlite3.connect(self.cache)) as db, db:
                db.execute(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (*key, json.dumps(raw, ensure_ascii=False))
                )
        else:
            raw = json.loads(kept[0])
        return _location(raw) if raw else None

    def _fetch(self, name: str) -> dict[str, Any] | None:
        try:
            found = self._ask(name, country_codes="iq", viewbox=_VIEWBOX, addressdetails=True, language="en")
        except GeocoderServiceError as error:
            raise FetchError(
                f"{self.domain} gave no answer for {name!r}: {error}. Try later, or go on without it"
            ) from error
        return dict(found.raw) if found else None


def _location(raw: dict[str, Any]) -> GeopyLocation:
    marked = {
        **raw,
        "source": "nominatim",
        "confidence": CONFIDENCE,
        "attribution": "© OpenStreetMap contributors, ODbL",
    }
    return GeopyLocation(raw["display_name"], (float(raw["lat"]), float(raw["lon"]), 0.0), marked)
