"""The list beside the map: the latest incidents, or those of the place that was clicked."""

from typing import Any

import polars as pl
import streamlit as st

from pages.ui import card, data, shell
from pages.ui import rows as rows_of
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup, plain
from pipeline import labels
from pipeline.query import counts

SHOWN = 12
PROVINCE = "admin1:"
DISTRICT = "admin2:"


def show(page: Page, at: str | None) -> None:
    """Draws the list. A click on a row opens its card."""
    shown, n, title = _rows(page, at)
    st.html(f'<h2 class="panel-title" dir="{page.dir}">{markup(title)} · {labels.number(n, page.lang)}</h2>')
    if at:
        st.button(t("show_all_places", page.lang), on_click=_forget_place, type="tertiary", icon=":material/undo:")
    if not n:
        shell.empty(page.lang)
        return
    incidents = page.frames.rows(shown)
    places = page.frames.places_of_rows(shown)
    with st.container(height=560, border=False):
        listed = {
            "layout": "list", "dir": page.dir, "label": title, "selected": None,
            "rows": [
                _row(page, one, places[row]) for row, one in zip(shown, incidents.iter_rows(named=True), strict=True)
            ],
        }  # fmt: skip
        chosen, _ = rows_of.show(listed, key="listing")
        if n > SHOWN:
            rest = labels.number(n - SHOWN, page.lang)
            st.page_link("pages/1_Table.py", label=t("more", page.lang, n=rest), icon=":material/table_rows:")
    if chosen:
        st.session_state["id"] = chosen
        st.rerun(scope="fragment")


def _rows(page: Page, at: str | None) -> tuple[list[int], int, str]:
    """Row numbers of the latest incidents to list, how many there are, and what they are."""
    if at is None:
        return data.latest(page.selection.query, SHOWN), page.selection.n, t("latest", page.lang)
    if at.startswith((PROVINCE, DISTRICT)):
        kind, _, code = at.partition(":")
        whole = st.session_state["mode"] in ("admin1", "districts")
        here = pl.col(kind) == code
        rows = page.selection.rows_at(here if whole else here & (pl.col("geo_precision") == 3))
        title = t("at_place" if whole else "in_province", page.lang, place=labels.label(kind, code, page.lang))
    else:
        rows = page.selection.rows_at((pl.col("place_key") == at) & (pl.col("geo_precision") < 3))
        named = page.frames.places.filter(pl.col("place_key") == at)
        name = labels.place(named.row(0, named=True), page.lang) if named.height else at
        title = t("at_place", page.lang, place=name)
    return counts.latest_of(page.frames, rows, SHOWN), len(rows), title


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
