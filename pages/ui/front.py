"""The first page: the map, what happened where, and the words of the reports that say so."""

import time

import streamlit as st

from pages.ui import card, export, listing, map, shell, state, timeline
from pages.ui.shell import Page
from pages.ui.text import t
from pipeline import labels
from pipeline.errors import StoreError

SECONDS_TO_PAINT = 0.15
SECONDS_TO_WAIT = 4.0
MODES = ("circles", "heat", "admin1", "districts")


def main() -> None:
    """The page from top to bottom: the question in words, map and list, time, export.

    A session's first run stops at the map: filters and charts are as much work for a browser as the map and all before
    it, and come once it is drawn.
    """
    first = "page" not in st.session_state
    page = shell.begin("map", with_filters=not first)
    shell.heading(page)
    _missing(page)
    st.session_state["waiting"] = first
    _map_and_panel(page, first)
    if first:
        _go_on_anyway()
        return
    timeline.show(page)
    export.show(page)


@st.fragment(run_every=SECONDS_TO_WAIT)
def _go_on_anyway() -> None:
    """Brings the rest where a browser does not say that it has drawn the map."""
    now = time.monotonic()
    if now - st.session_state.setdefault("began", now) > SECONDS_TO_WAIT / 2:
        st.rerun()


@st.fragment
def _map_and_panel(page: Page, first: bool) -> None:
    """Map, and beside it the list or a card. A click here runs only this."""
    if first and not st.session_state.pop("waiting", False):
        time.sleep(SECONDS_TO_PAINT)  # the browser has the map; it is not given more before it can show it
        st.rerun()
    left, right = st.columns([1.9, 1], gap="medium")
    with left:
        mode, tiles = _modes(page)
        try:
            clicked = map.show(page, mode, st.session_state["at"], tiles)
        except StoreError as error:
            st.error(str(error))
            clicked = None
    if clicked:
        st.session_state["at"], st.session_state["id"] = clicked, None
        st.rerun(scope="fragment")
    with right:
        _panel(page)
    state.write_link()


def _panel(page: Page) -> None:
    incident_id = st.session_state["id"]
    if incident_id:
        st.button(t("back_to_list", page.lang), on_click=_close, icon=":material/arrow_back:", type="tertiary")
        with st.container(height=560, border=False):
            if card.show(page, incident_id):
                return
            shell.empty(page.lang)
        return
    listing.show(page, st.session_state["at"])


def _modes(page: Page) -> tuple[str, bool]:
    first, second = st.columns([3, 1], vertical_alignment="center")
    if "f_mode" not in st.session_state:
        st.session_state["f_mode"] = st.session_state["mode"]
    chosen = first.segmented_control(
        t("mode", page.lang), MODES, format_func=lambda one: t(f"mode_{one}", page.lang), key="f_mode", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    st.session_state["mode"] = chosen or "circles"
    tiles = second.toggle(t("tiles", page.lang), key="tiles", value=False, help=t("tiles_help", page.lang))
    return st.session_state["mode"], tiles


def _missing(page: Page) -> None:
    """Incidents that the map or the range of days cannot show: counted, and a click away."""
    lacking = {"place": page.selection.n_without_place, "day": page.selection.n_without_day}
    found = [(kind, n) for kind, n in lacking.items() if n and kind not in page.selection.query.missing]
    with st.container(horizontal=True, gap="small"):  # there even when empty: what follows keeps its place, and the map
        if page.selection.query.missing:
            st.button(t("show_all_places", page.lang), on_click=state.ask, kwargs={"missing": ()}, type="tertiary")
        for kind, number in found:
            changes = {"missing": (*page.selection.query.missing, kind)}
            if kind == "day":
                changes |= {"since": None, "until": None}
            st.button(
                t(f"without_{kind}", page.lang, n=labels.number(number, page.lang)), key=f"missing_{kind}",
                on_click=state.ask, kwargs=changes, icon=":material/help:", help=t("list_them", page.lang),
                type="tertiary",
            )  # fmt: skip


def _close() -> None:
    st.session_state["id"] = None
