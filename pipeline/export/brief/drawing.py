"""The map and the chart as SVG of our own: no tiles, no scripts, sharp in print."""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sqrt

import shapely
from markupsafe import Markup
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geodata.gazetteer import HERE
from pipeline import labels
from pipeline.export.brief.figures import Bar, Spot
from pipeline.model import CATEGORIES

# The dashboard's colours: apart also for those who do not tell red from green (Okabe and Ito, darkened).
COLOURS = {"incident": "#c8501e", "airstrike": "#0072b2", "operation": "#c28a00", "meeting": "#00805e"}
_SHRINK = cos(radians(35.0))  # a degree of longitude against one of latitude, at the belt
_WIDTH, _HEIGHT = 680.0, 390.0
_LEAST = 1.6  # degrees: a single town is shown with what lies around it


class _View:
    """The part of the world that is drawn, onto the picture's points."""

    def __init__(self, spots: list[Spot]) -> None:
        if spots:
            west, east = min(one.longitude for one in spots), max(one.longitude for one in spots)
            south, north = min(one.latitude for one in spots), max(one.latitude for one in spots)
        else:
            west, south, east, north = 41.0, 33.0, 46.5, 37.4
        width, height = max(east - west, _LEAST) * 1.25, max(north - south, _LEAST) * 1.25
        self.scale = min(_WIDTH / (width * _SHRINK), _HEIGHT / height)
        self.west = (west + east) / 2 - _WIDTH / 2 / self.scale / _SHRINK
        self.north = (south + north) / 2 + _HEIGHT / 2 / self.scale

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.west) * _SHRINK * self.scale, (self.north - latitude) * self.scale

    def path(self, geometry: BaseGeometry) -> str:
        parts = []
        for polygon in getattr(geometry, "geoms", [geometry]):
            for ring in (polygon.exterior, *polygon.interiors):
                points = (self.point(x, y) for x, y in ring.coords)
                parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
        return "".join(parts)

    def box(self) -> BaseGeometry:
        return shapely.box(
            self.west, self.north - _HEIGHT / self.scale, self.west + _WIDTH / self.scale / _SHRINK, self.north
        )


@dataclass(frozen=True, slots=True)
class Name:
    """A word that is laid over the picture, in percent of its width and height: SVG text is not shaped in a PDF."""

    text: str
    left: float
    top: float


def map_names(spots: list[Spot], lang: str) -> list[Name]:
    """The governorates that are seen, named in their middle."""
    view = _View(spots)
    box = view.box()
    names = []
    for properties, geometry in _layer("admin1.geojson"):
        seen = geometry.intersection(box)
        if not seen.is_empty and seen.area > 0.02 * box.area:
            x, y = view.point(*seen.representative_point().coords[0])
            names.append(Name(labels.place(properties, lang), round(x / _WIDTH * 100, 1), round(y / _HEIGHT * 100, 1)))
    return names


def map_svg(spots: list[Spot]) -> Markup:
    """Governorates, the disputed districts hatched, and a circle per place. Its area goes by the number of events."""
    view = _View(spots)
    box = view.box()
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" direction="ltr">',
        '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<path d="M0 5L5 0" stroke="#8a6d3b" stroke-width="0.7" opacity="0.55"/></pattern></defs>',
        f'<rect width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}" fill="#eef2f3"/>',
    ]
    for _, geometry in _layer("admin1.geojson"):
        if geometry.intersects(box):
            out.append(f'<path d="{view.path(geometry)}" fill="#fbfaf7" stroke="#9aa5ab" stroke-width="0.8"/>')
    for _, geometry in _layer("disputed.geojson"):
        if geometry.intersects(box):
            out.append(f'<path d="{view.path(geometry)}" fill="url(#hatch)" stroke="none"/>')
    most = max((spot.count for spot in spots), default=1)
    for spot in spots:
        x, y = view.point(spot.longitude, spot.latitude)
        radius = 3.5 + 17.0 * sqrt(spot.count / most) if most > 1 else 6.0
        out.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{COLOURS[spot.category]}" fill-opacity="0.7" '
            'stroke="#fff" stroke-width="0.8"/>'
        )
    return Markup("".join([*out, "</svg>"]))  # numbers and our own colours  # nosec B704


def chart_svg(bars: list[Bar]) -> Markup:
    """Stacked bars over time, from left to right; the page says how high the highest is."""
    if not bars:
        return Markup("")
    width, height, base = 680.0, 130.0, 110.0
    most = max((sum(bar.counts.values()) for bar in bars), default=1) or 1
    step = width / len(bars)
    thick = min(step * 0.8, 60.0)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" direction="ltr">'
    ]
    for at, bar in enumerate(bars):
        y = base
        for category in CATEGORIES:
            size = bar.counts.get(category, 0) / most * (base - 14)
            if size:
                y -= size
                out.append(
                    f'<rect x="{at * step + (step - thick) / 2:.1f}" y="{y:.1f}" width="{thick:.1f}" '
                    f'height="{size:.1f}" fill="{COLOURS[category]}"/>'
                )
    out.append(f'<path d="M0 {base}H{width}" stroke="#9aa5ab" stroke-width="1"/>')
    return Markup("".join([*out, "</svg>"]))  # numbers and our own colours  # nosec B704


@cache
def _layer(name: str) -> list[tuple[dict[str, object], BaseGeometry]]:
    features = json.loads((HERE / name).read_text(encoding="utf-8"))["features"]
    return [(feature["properties"], shape(feature["geometry"])) for feature in features]
