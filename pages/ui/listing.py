"""The list beside the map: the latest incidents, or those of the place that was clicked."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from pages.ui import card, shell
from pages.ui import rows as rows_of
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup, plain
from pipeline import labels
from pipeline.query import Frames

SHOWN = 12
PROVINCE = "admin1:"
DISTRICT = "admin2:"


def show(page: Page, at: str | None) -> None:
    """Draws the list. A click on a row opens its card."""
    rows, title = _rows(page, at)
    st.html(f'<h2 class="panel-title" dir="{page.dir}">{markup(title)} · {labels.number(len(rows), page.lang)}</h2>')
    if at:
        st.button(t("show_all_places", page.lang), on_click=_forget_place, type="tertiary", icon=":material/undo:")
    if not len(rows):
        shell.empty(page.lang)
        return
    incidents = latest(page.frames, rows, SHOWN)
    places = page.frames.places_of_many(incidents["incident_id"].to_list())
    with st.container(height=560, border=False):
        data = {
            "layout": "list", "dir": page.dir, "label": title, "selected": None,
            "rows": [_row(page, one, places[one["incident_id"]]) for one in incidents.iter_rows(named=True)],
        }  # fmt: skip
        chosen, _ = rows_of.show(data, key="listing")
        if len(rows) > SHOWN:
            rest = labels.number(len(rows) - SHOWN, page.lang)
            st.page_link("pages/1_Table.py", label=t("more", page.lang, n=rest), icon=":material/table_rows:")
    if chosen:
        st.session_state["id"] = chosen
        st.rerun(scope="fragment")


def latest(frames: Frames, rows: pl.Series, number: int) -> pl.DataFrame:
    """The latest incidents among `rows`; those of unknown day come last."""
    days = pl.DataFrame({"row": rows, "day": frames.incidents["event_date"].gather(rows)})
    return frames.incidents[days.top_k(number, by=pl.col("day").fill_null(date.min))["row"]]


def _rows(page: Page, at: str | None) -> tuple[pl.Series, str]:
    """Row numbers of the incidents to list, and what they are."""
    if at is None:
        return page.selection.rows, t("latest", page.lang)
    places = page.selection.places("row", "place_key", "geo_precision", "admin1", "admin2")
    if at.startswith((PROVINCE, DISTRICT)):
        kind, _, code = at.partition(":")
        mode = st.session_state["mode"]
        whole = pl.lit(True) if mode in ("admin1", "districts") else pl.col("geo_precision") == 3
        here = places.filter(pl.col(kind).cast(pl.String) == code, whole)
        key = "at_place" if mode in ("admin1", "districts") else "in_province"
        return here["row"].unique().sort(), t(key, page.lang, place=labels.label(kind, code, page.lang))
    here = places.filter(pl.col("place_key").cast(pl.String) == at, pl.col("geo_precision") < 3)
    named = page.frames.places.filter(pl.col("place_key").cast(pl.String) == at)
    name = labels.place(named.row(0, named=True), page.lang) if named.height else at
    return here["row"].unique().sort(), t("at_place", page.lang, place=name)


def _row(page: Page, incident: dict[str, Any], places: list[dict[str, Any]]) -> dict[str, Any]:
    """Type and toll; day and place."""
    lang = page.lang
    toll = []
    for column, word in (("fatalities", "killed"), ("injuries", "injured")):
        told = card.figures(incident, column, lang)
        if told and (incident[f"{column}_high"] or incident[f"{column}_low"]):
            toll.append(f"{told} {t(word, lang)}")
    return {
        "id": incident["incident_id"], "category": incident["category"], "when": card.when(incident, lang),
        "title": labels.label("event_type", incident["event_type"], lang), "note": ", ".join(toll[:1]),
        "where": plain(card.where(places[:3], lang)) + ("…" if len(places) > 3 else ""),
    }  # fmt: skip


def _forget_place() -> None:
    st.session_state["at"] = None
