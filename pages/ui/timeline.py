"""Counts over time, tied to the map: a stretch drawn on the chart becomes the range of days, or a week plays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import streamlit as st

from pages.ui import axes, data, state
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup
from pipeline import labels
from pipeline.model import CATEGORIES

WEEK = timedelta(days=7)
SECONDS_A_WEEK = 1.6


def show(page: Page) -> None:
    """The chart, and below it what moves the range."""
    counted = data.over_time(replace(page.selection.query, since=None, until=None))
    st.html(
        f'<h2 class="panel-title" dir="{page.dir}">{markup(t("timeline", page.lang))}</h2>'
        f'<p class="hint" dir="{page.dir}">{markup(t("timeline_hint", page.lang))}</p>'
    )
    if counted.is_empty():
        return
    event = st.vega_lite_chart(
        None, chart(counted, page), key="timeline", on_select="rerun", selection_mode="brush",
        alt=t("timeline_alt", page.lang),
    )  # fmt: skip
    _brushed(event)
    _controls(page, counted["first"].min(), counted["last"].max())


def chart(counted: pl.DataFrame, page: Page) -> dict[str, Any]:
    """Bars by category; meetings hang below the line. What is known to the month or longer only is pale."""
    named = {category: labels.label("category", category, page.lang) for category in CATEGORIES}
    rows = counted.select(
        "sure", "n",
        bucket=pl.col("bucket").cast(pl.String),
        height=pl.when(pl.col("category") == "meeting").then(-pl.col("n").cast(pl.Int64)).otherwise(pl.col("n")),
        name=pl.col("category").replace(named),
    )  # fmt: skip
    number = counted["bucket"].n_unique()
    bars = {
        "data": {"values": rows.to_dicts()},
        "mark": {"type": "bar", "size": 2 if number > 160 else 4 if number > 60 else 8},
        "params": [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}],
        "encoding": {
            "x": axes.time("bucket", page.lang),
            "y": axes.count("height", page.lang, stack="zero"),
            "color": axes.category(page.lang, legend=False),
            "opacity": {"condition": {"test": "datum.sure", "value": 1}, "value": 0.4},
            "tooltip": [
                axes.day("bucket", labels.label("column", "event_date", page.lang)),
                {"field": "name", "title": t("category", page.lang)},
                {"field": "n", "title": t("count", page.lang)},
            ],
        },
    }
    query = page.selection.query
    layers = [_chosen(page, counted), bars] if query.since or query.until else [bars]
    return {"layer": layers, "height": 170}


def _chosen(page: Page, whole: pl.DataFrame) -> dict[str, Any]:
    """The range of days that is asked for, as a band behind the bars."""
    query = page.selection.query
    first, last = whole["bucket"].min(), whole["bucket"].max()
    since, until = query.since or first, (query.until or last) + timedelta(days=1)  # type: ignore[operator]
    return {
        "data": {"values": [{"since": str(since), "until": str(until)}]},
        "mark": {"type": "rect", "opacity": 0.2, "clip": True, "color": "#808890"},
        "encoding": {
            "x": {"field": "since", "type": "temporal", "scale": {"type": "utc"}},
            "x2": {"field": "until"},
        },
    }


def _brushed(event: Any) -> None:
    """Takes over the stretch that was drawn, once."""
    drawn = (event or {}).get("selection", {}).get("brush", {}) if event else {}
    span = next(iter(drawn.values()), None) if drawn else None
    if not span or span == st.session_state.get("brushed"):
        return
    st.session_state["brushed"] = span
    since, until = (datetime.fromtimestamp(edge / 1000, UTC).date() for edge in (span[0], span[-1]))
    state.set_days(since, until)
    st.rerun()


def _controls(page: Page, first: Any, last: Any) -> None:
    playing = bool(st.session_state.get("playing"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            t("earlier", page.lang),
            key="earlier",
            icon=":material/skip_previous:",
            on_click=_step,
            args=(-1, first, last),
        )
        word, icon = ("pause", ":material/pause:") if playing else ("play", ":material/play_arrow:")
        st.button(t(word, page.lang), key="play", icon=icon, type="primary", on_click=_toggle, args=(first, last))
        st.button(
            t("later", page.lang), key="later", icon=":material/skip_next:", on_click=_step, args=(1, first, last)
        )
        st.button(t("all_days", page.lang), key="all_days", type="tertiary", on_click=_all_days,
                  disabled=not (page.selection.query.since or page.selection.query.until))  # fmt: skip
    if playing:
        _ticker(first, last)


@st.fragment(run_every=SECONDS_A_WEEK)
def _ticker(first: date, last: date) -> None:
    """Moves the week on while it plays."""
    now = datetime.now(UTC).timestamp()
    if now - st.session_state.get("ticked", now) < SECONDS_A_WEEK * 0.6:
        st.session_state.setdefault("ticked", now)
        return
    st.session_state["ticked"] = now
    _step(1, first, last)
    if (state.query().until or last) >= last:
        st.session_state["playing"] = False
    st.rerun()


def _toggle(first: date, last: date) -> None:
    st.session_state["playing"] = not st.session_state.get("playing")
    st.session_state["ticked"] = datetime.now(UTC).timestamp()
    if st.session_state["playing"]:
        since, until = state.query().since, state.query().until
        if not since or not until or until >= last or until - since != WEEK - timedelta(days=1):
            begin = since if since and since + WEEK <= last else first
            state.set_days(begin, begin + WEEK - timedelta(days=1))


def _step(by: int, first: date, last: date) -> None:
    """Moves the range by its own length; a week where none is chosen."""
    since, until = state.query().since, state.query().until
    if not since or not until:
        since = last - WEEK + timedelta(days=1) if by < 0 else first
        state.set_days(since, since + WEEK - timedelta(days=1))
        return
    length = until - since + timedelta(days=1)
    moved = since + by * length
    if moved <= last and moved + length > first:
        state.set_days(moved, moved + length - timedelta(days=1))


def _all_days() -> None:
    st.session_state["playing"] = False
    state.set_days(None, None)
