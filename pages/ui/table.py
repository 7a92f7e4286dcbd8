"""The table page's rows: sorted and cut in Polars, fifty at a time."""

from typing import Any

import polars as pl
import streamlit as st

from pages.ui import card, rows, state
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import plain
from pipeline import labels

PAGE = 50
COLUMNS = (
    "event_date", "category", "event_type", "places", "admin1", "admin2", "disputed", "administered_by",
    "geo_precision", "actor1", "actor2", "fatalities", "injuries", "casualties_low", "n_strikes", "n_sources",
    "publishers", "languages", "quoted_sources", "review_state", "conflicting", "confidence", "time_precision",
    "date_origin", "date_phrase", "sentence", "is_sample", "incident_id",
)  # fmt: skip
FIRST = ("event_date", "event_type", "places", "sentence", "fatalities", "injuries", "actor1", "actor2", "n_sources")
NUMBERS = ("fatalities", "injuries", "casualties_low", "n_strikes", "n_sources", "confidence")
_PLACE = ("admin1", "admin2", "disputed", "administered_by", "geo_precision")
_ORDER = {  # what a column is sorted by
    "event_date": pl.col("event_date"),
    "fatalities": pl.max_horizontal("fatalities_low", "fatalities_best"),
    "injuries": pl.max_horizontal("injuries_low", "injuries_best"),
    **{name: pl.col(name).cast(pl.String) for name in ("category", "event_type", "review_state", "actor1", "actor2")},
    **{name: pl.col(name) for name in ("casualties_low", "n_strikes", "n_sources", "confidence")},
}


def show(page: Page) -> None:
    """Draws columns to choose, the rows, and what leafs through them."""
    lang = page.lang
    st.session_state.setdefault("table_sort", ("event_date", True))
    st.session_state.setdefault("table_columns", list(FIRST))
    with st.popover(t("columns", lang), icon=":material/view_column:"):
        if "f_columns" not in st.session_state:
            st.session_state["f_columns"] = st.session_state["table_columns"]
        chosen = st.multiselect(
            t("columns", lang), COLUMNS, format_func=lambda one: labels.label("column", one, lang), key="f_columns"
        )
        st.session_state["table_columns"] = chosen or list(FIRST)
    start = _start(page)
    data = _data(page, st.session_state["table_columns"], start)
    selected, sort = rows.show(data, key="table")
    _leaf(page, start)
    if sort:
        column, down = st.session_state["table_sort"]
        st.session_state["table_sort"] = (sort, not down if sort == column else sort in (*NUMBERS, "event_date"))
        st.session_state["table_at"] = 0
        st.rerun()
    if selected:
        st.session_state["id"] = selected
        state.write_link()
        st.rerun()


def map_key(place: dict[str, Any]) -> str:
    """What the map calls this place."""
    return f"admin1:{place['admin1']}" if place["geo_precision"] == 3 else str(place["place_id"] or place["name"])


def ordered(page: Page, column: str, descending: bool) -> pl.Series:
    """Row numbers of the selection in the order of one column; what is unknown comes last."""
    order = _ORDER[column]
    known = page.selection.take(*dict.fromkeys((*order.meta.root_names(), "event_date")))
    keys = known.select(key=order, day=pl.col("event_date"), row=pl.Series(page.selection.rows))
    return keys.sort("key", "day", "row", descending=[descending, True, False], nulls_last=True)["row"]


def _data(page: Page, columns: list[str], start: int) -> dict[str, Any]:
    column, descending = st.session_state["table_sort"]
    numbers = ordered(page, column, descending).slice(start, PAGE).to_list()
    shown, places = page.frames.rows(numbers), page.frames.places_of_rows(numbers)
    lang = page.lang
    return {
        "layout": "table", "dir": page.dir, "label": t("table_label", lang), "selected": st.session_state["id"],
        "sort": {"column": column, "descending": descending},
        "columns": [
            {"id": one, "name": labels.label("column", one, lang), "sortable": one in _ORDER,
             "dot": one == "event_type", "number": one in NUMBERS}
            for one in columns
        ],
        "rows": [
            {"id": incident["incident_id"], "cells": cells(page, incident, places[number], columns)}
            for number, incident in zip(numbers, shown.iter_rows(named=True), strict=True)
        ],
    }  # fmt: skip


def cells(page: Page, incident: dict[str, Any], places: list[dict[str, Any]], columns: list[str]) -> dict[str, Any]:
    """The cells of one row in words of the language."""
    return {name: _cell(name, incident, places, page.lang) for name in columns}


def _cell(name: str, incident: dict[str, Any], places: list[dict[str, Any]], lang: str) -> Any:
    if name == "event_date":
        return card.when(incident, lang)
    if name == "event_type":
        return {"code": incident["category"], "text": labels.label(name, incident[name], lang)}
    if name == "places":
        return plain(card.where(places, lang))
    if name in _PLACE:
        found = [place[name] for place in places if place[name] is not None]
        return labels.joined(list(dict.fromkeys(_word(name, one, lang) for one in found)), lang)
    if name in ("fatalities", "injuries"):
        return card.figures(incident, name, lang)
    if name in ("actor1", "actor2"):
        return plain(labels.actor(incident[name], lang))
    value = incident[name]
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(plain(_word("language" if name == "languages" else name, one, lang)) for one in value)
    if name == "confidence":
        return labels.number(round(100 * value), lang) + ("٪" if lang != "en" else "%")
    return labels.number(value, lang) if name in NUMBERS else _word(name, value, lang)


def _word(name: str, value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return t("yes" if value else "no", lang)
    kind = "origin" if name == "date_origin" else name
    return plain(labels.label(kind, value, lang))


def _start(page: Page) -> int:
    """The first row shown; back to the top where the question has changed."""
    key = hash(page.selection.query)
    if st.session_state.get("table_of") != key:
        st.session_state.update(table_of=key, table_at=0)
    return int(min(st.session_state["table_at"], max(0, page.selection.n - 1) // PAGE * PAGE))


def _leaf(page: Page, start: int) -> None:
    last = min(start + PAGE, page.selection.n)
    number = lambda n: labels.number(n, page.lang)  # noqa: E731
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            t("previous_rows", page.lang), key="previous", disabled=start == 0, on_click=_turn, args=(start - PAGE,)
        )
        st.button(
            t("next_rows", page.lang), key="next", disabled=last >= page.selection.n, on_click=_turn, args=(last,)
        )
        st.caption(t("page_n", page.lang, first=number(start + 1), last=number(last), n=number(page.selection.n)))


def _turn(start: int) -> None:
    st.session_state["table_at"] = max(0, start)
