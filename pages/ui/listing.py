"""The list beside the map: the latest incidents, or those of the place that was clicked."""

import polars as pl
import streamlit as st

from pages.ui import card, shell
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup, unmarked
from pipeline import labels

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
    incidents = page.frames.incidents[rows].sort("event_date", descending=True, nulls_last=True)
    with st.container(height=470, border=False):
        for incident in incidents.head(SHOWN).iter_rows(named=True):
            st.button(
                _label(page, incident), key=f"row-{incident['category']}-{incident['incident_id']}", width="stretch",
                on_click=_open, args=(incident["incident_id"],),
            )  # fmt: skip
        if incidents.height > SHOWN:
            rest = labels.number(incidents.height - SHOWN, page.lang)
            st.page_link("pages/1_Table.py", label=t("more", page.lang, n=rest), icon=":material/table_rows:")


def _rows(page: Page, at: str | None) -> tuple[pl.Series, str]:
    """Row numbers of the incidents to list, and what they are."""
    if at is None:
        return page.selection.rows, t("latest", page.lang)
    places = page.selection.locations
    if at.startswith((PROVINCE, DISTRICT)):
        kind, _, code = at.partition(":")
        mode = st.session_state["mode"]
        whole = pl.lit(True) if mode in ("admin1", "districts") else pl.col("geo_precision") == 3
        here = places.filter(pl.col(kind).cast(pl.String) == code, whole)
        key = "at_place" if mode in ("admin1", "districts") else "in_province"
        return here["row"].unique().sort(), t(key, page.lang, place=labels.label(kind, code, page.lang))
    here = places.filter(pl.col("place_key").cast(pl.String) == at, pl.col("geo_precision") < 3)
    name = labels.place(here.row(0, named=True), page.lang) if here.height else at
    return here["row"].unique().sort(), t("at_place", page.lang, place=name)


def _label(page: Page, incident: dict[str, object]) -> str:
    """Type and toll; day and place."""
    lang = page.lang
    places = page.frames.locations.filter(pl.col("incident_id") == incident["incident_id"]).to_dicts()
    kind = labels.label("event_type", incident["event_type"], lang)
    toll = []
    for column, word in (("fatalities", "killed"), ("injuries", "injured")):
        told = card.figures(incident, column, lang)
        if told:
            toll.append(f"{told} {t(word, lang)}")
    tail = f" · {unmarked(', '.join(toll))}" if toll else ""
    return f"**{unmarked(kind)}**{tail}  \n{unmarked(card.when(incident, lang))} · {unmarked(card.where(places, lang))}"


def _open(incident_id: str) -> None:
    st.session_state["id"] = incident_id


def _forget_place() -> None:
    st.session_state["at"] = None
