"""Puts what the browser loads into static/, from where Streamlit serves it: own script, boundaries, heat layer.

Only local files are copied; Leaflet itself is fetched beforehand by `python -m pages.ui.leaflet`. Every address carries
the hash of its content, so that a browser keeps it until it changes.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import folium
import streamlit as st

from pages.ui import leaflet
from pipeline.errors import StoreError

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
WEB = Path(__file__).parent / "web"
BOUNDARIES = {  # layer: (file in geodata/, tolerance in degrees: below a pixel at the scales in use)
    "admin1": ("admin1.geojson", 0.004),
    "disputed": ("disputed.geojson", 0.003),
    "districts": ("districts_approx.geojson", 0.004),
}


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses to load: Leaflet with its heat layer, the boundaries and our own script; their styles."""

    script: str
    style: str


@st.cache_resource(show_spinner=False)
def prepare() -> Assets:
    """Copies the files and says where they are. StoreError, with what to run, where Leaflet is missing."""
    if not leaflet.installed():
        raise StoreError("Leaflet is not in place: run `python -m pages.ui.leaflet` (or `make setup`) once.")
    heat = Path(folium.__file__).parent / "templates" / "leaflet_heat.min.js"
    core = (STATIC / "leaflet" / "leaflet.js").read_bytes(), (STATIC / "leaflet" / "leaflet.css").read_bytes()
    # One script, not one after another; and the boundaries in it, as a string that is read faster than a literal.
    known = b"window.dtBoundaries=JSON.parse(" + json.dumps(_boundaries().decode()).encode() + b");"
    script = b"\n".join((core[0], heat.read_bytes(), known, (WEB / "map.js").read_bytes()))
    style = b"\n".join((core[1], (WEB / "map.css").read_bytes()))
    return Assets(_put("map.js", script), _put("map.css", style))


def _put(name: str, content: bytes) -> str:
    """Writes a file of static/map where it is not there already, and returns its address."""
    path = STATIC / "map" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    address = f"/{base}/app/static/map/{name}" if base else f"/app/static/map/{name}"
    return f"{address}?v={hashlib.sha256(content).hexdigest()[:12]}"


def _boundaries() -> bytes:
    """All boundary layers as one JSON object; made anew only when a file of geodata/ has changed."""
    sources = {name: ROOT / "geodata" / file for name, (file, _) in BOUNDARIES.items()}
    digest = hashlib.sha256(repr(BOUNDARIES).encode())
    for path in sources.values():
        digest.update(path.read_bytes() if path.exists() else b"-")
    made, key = STATIC / "map" / "boundaries.json", STATIC / "map" / "boundaries.key"
    if made.exists() and key.exists() and key.read_text() == digest.hexdigest():
        return made.read_bytes()
    layers = {name: _layer(path, BOUNDARIES[name][1]) for name, path in sources.items()}
    known = {name: layer for name, layer in layers.items() if layer}
    content = json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()
    _put("boundaries.json", content)
    key.write_text(digest.hexdigest())
    return content


def _layer(path: Path, tolerance: float) -> dict[str, object] | None:
    """A boundary file made light: simplified, four decimals (about 10 m), each feature with a point for its label."""
    from shapely.geometry import mapping, shape  # slow to load, and seldom needed

    if not path.exists():
        return None
    features = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        if feature["geometry"] is None:
            continue
        form = shape(feature["geometry"]).simplify(tolerance)
        at = form.representative_point()
        features.append({
            "type": "Feature",
            "properties": feature["properties"] | {"label": [round(at.y, 4), round(at.x, 4)]},
            "geometry": _rounded(mapping(form)),
        })  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value
