"""The map. The base is drawn once; a change of filters sends places and their counts only (see docs/dashboard.md)."""

import hashlib
import json
from typing import Any

import folium
import polars as pl
import streamlit as st
from jinja2 import Template
from streamlit_folium import st_folium

from pages.ui import assets, data, theme
from pages.ui.shell import Page
from pages.ui.text import t
from pipeline import labels
from pipeline.model import CATEGORIES

CENTRE, ZOOM = (35.3, 43.9), 7
TILES = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "attribution": '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
}
RETURNED = ("last_object_clicked_popup", "last_object_clicked_count")


class _Start(folium.MacroElement):
    """Hands the map to map.js."""

    _template = Template("{% macro script(this, kwargs) %}dtmap.start({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()
        self._name = "Start"


class _Drawing(folium.MacroElement):
    """Lets map.js draw one answer. Old layers are forgotten first, or streamlit-folium would keep them all."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.feature_group = [];"
        "dtmap.draw({{ this._parent.get_name() }}, {{ this.data|tojson }});{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__()
        self._name = "Drawing"
        self.data = data


def show(page: Page, mode: str, selected: str | None, tiles: bool) -> str | None:
    """Draws the map. Returns the id of what was clicked since the last run ("admin1:Kirkuk", or a place), else None."""
    files = assets.prepare()
    group = folium.FeatureGroup()
    group.add_child(_Drawing(drawing(page, mode, selected, tiles)))
    returned = st_folium(
        _base(files), key="map", height=600, use_container_width=True, returned_objects=list(RETURNED),
        feature_group_to_add=group,
    )  # fmt: skip
    return _clicked(returned or {})


def drawing(page: Page, mode: str, selected: str | None, tiles: bool) -> dict[str, Any]:
    """Everything that map.js needs, as plain data."""
    lang = page.lang
    wide, places = data.by_place(page.selection.query)
    drawn: dict[str, Any] = {
        "lang": lang, "dir": page.dir, "dark": theme.dark(), "mode": mode if mode in ("circles", "heat") else "shade",
        "colours": theme.category_colours(), "selected": selected,
        "categories": [labels.label("category", one, lang) for one in CATEGORIES],
        "names": {one: labels.label("admin1", one, lang) for one in labels.codes("admin1")},
        "texts": {
            "legend": t("legend", lang), "exact": t("exact", lang), "near": t("near", lang), "wide": t("wide", lang),
            "disputed": t("disputed_areas", lang), "districts": t("districts", lang), "size": t("size_note", lang),
            "heat": t("heat", lang),
        },
        "places": [_place(row, lang) for row in places.iter_rows(named=True)] if mode in ("circles", "heat") else [],
        "wide": [_wide(row) for row in wide.iter_rows(named=True)] if mode == "circles" else [],
        "tiles": TILES if tiles else None, "fit": _fit(page, places),
    }  # fmt: skip
    if mode in ("admin1", "districts"):
        drawn["shade"] = _shade(page, mode)
    drawn["stamp"] = hashlib.sha256(json.dumps(drawn, sort_keys=True).encode()).hexdigest()[:12]
    return drawn


def _base(files: assets.Assets) -> folium.Map:
    """The base map. Its script is the same on every run, so that the browser keeps the map it has."""
    base = folium.Map(location=CENTRE, zoom_start=ZOOM, tiles=None)
    base.default_js = [("map", files.script)]
    base.default_css = [("map_css", files.style)]
    base.options.update(max_zoom=14, min_zoom=5, zoom_snap=0.5, world_copy_jump=False)
    base.add_child(_Start())
    return base


def _place(row: dict[str, Any], lang: str) -> list[Any]:
    """Id, point, name, counts; and the counts of what is only near it, where there are any."""
    point = round(row["latitude"], 4), round(row["longitude"], 4)
    near = [row[f"m{at}"] for at in range(4)]
    counted = [row["place_key"], *point, labels.place(row, lang), [row[f"n{at}"] for at in range(4)]]
    return [*counted, near] if any(near) else counted


def _wide(row: dict[str, Any]) -> dict[str, Any]:
    counted = [row[f"n{at}"] for at in range(4)]
    return {"admin1": row["admin1"], "lat": row["latitude"], "lon": row["longitude"], "n": counted}


def _shade(page: Page, mode: str) -> dict[str, Any]:
    """Incidents by province or district, in five classes of about equal size."""
    column = "admin1" if mode == "admin1" else "admin2"
    by = data.by_area(page.selection.query, column)
    numbers = by["n"].sort().to_list()
    at = [numbers[int(share * (len(numbers) - 1))] for share in (0.0, 0.3, 0.55, 0.75, 0.92)] if numbers else []
    breaks = sorted({1, *at[1:]}) if numbers else []
    scale = theme.SEQUENTIAL[theme.dark()]
    last = max(1, len(breaks) - 1)
    return {
        "layer": mode, "key": column, "counts": {str(one): n for one, n in by.iter_rows()}, "breaks": breaks,
        "colours": [scale[round(step * 4 / last)] for step in range(len(breaks))],
    }  # fmt: skip


def _fit(page: Page, places: pl.DataFrame) -> dict[str, Any] | None:
    """Where to look: at the places of what is asked of places, or at the start again when nothing is."""
    query = page.selection.query
    key = "|".join((*query.admin1, *query.admin2, *query.place))
    if not key:
        return {"key": "", "bounds": [[33.2, 41.2], [37.3, 46.4]]}
    if places.is_empty():
        return None
    box = places.select(
        south=pl.col("latitude").min(), north=pl.col("latitude").max(), west=pl.col("longitude").min(),
        east=pl.col("longitude").max(),
    ).row(0, named=True)  # fmt: skip
    return {
        "key": key,
        "bounds": [[box["south"] - 0.25, box["west"] - 0.25], [box["north"] + 0.25, box["east"] + 0.25]],
    }


def _clicked(returned: dict[str, Any]) -> str | None:
    """What was clicked, told by the count of clicks: the same circle may be clicked twice."""
    count = returned.get("last_object_clicked_count") or 0
    if count == st.session_state.get("map_clicks", 0):
        return None
    st.session_state["map_clicks"] = count
    popup = returned.get("last_object_clicked_popup")
    return str(popup) if popup and count else None
