"""The first page: the map, what happened where, and the words of the reports that say so."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import streamlit as st

from pages.ui import card, data, export, listing, map, shell, state, timeline
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
    page = shell.begin("map", with_filters=False)
    shell.heading(page)
    _missing(page)
    st.session_state["waiting"] = first
    _map_and_panel(page, first)
    if first:
        st.session_state["refused_link"] = page.refused  # to be told on the run that follows, too
        _go_on_anyway()
        return
    shell.show_filters(page.lang)
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
    if st.session_state.pop("month_chosen", False):
        st.rerun()  # all of the page is of other days now
    left, right = st.columns([1.9, 1], gap="medium")
    with left:
        mode, tiles = _modes(page)
        try:
            clicked = map.show(page, mode, st.session_state["at"], tiles)
        except StoreError as error:
            st.error(str(error))
            clicked = None
        if mode in ("admin1", "districts"):
            _month(page)
    if clicked:
        st.session_state["at"], st.session_state["id"] = clicked, None
        st.rerun(scope="fragment")
    if not first:
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


def _month(page: Page) -> None:
    """What is shaded, month by month: the range of days that the whole page shows."""
    known = data.choices()
    months = list(_months(known.first_day, known.last_day))
    if len(months) < 2:
        return
    query = page.selection.query
    now = next((one for one in months if (query.since, query.until) == _days_of(one)), None)
    st.session_state["map_month"] = now
    st.select_slider(
        t("map_month", page.lang), [None, *months], key="map_month", on_change=_choose_month,
        format_func=lambda one: t("all_days", page.lang) if one is None else labels.month(one, page.lang),
    )  # fmt: skip


def _choose_month() -> None:
    chosen = st.session_state["map_month"]
    state.set_days(*(_days_of(chosen) if chosen else (None, None)))
    st.session_state["month_chosen"] = True


def _months(first: date | None, last: date | None) -> Iterator[date]:
    """The first day of each month from one day to another."""
    while first and last and first <= last:
        yield first.replace(day=1)
        first = (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _days_of(month: date) -> tuple[date, date]:
    return month, (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


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
