"""The one sidebar of filters, the same on every page."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.ui import state
from pages.ui.data import Choices
from pages.ui.text import t
from pages.ui.words import plain
from pipeline import labels
from pipeline.model import CATEGORIES, EVENT_TYPES
from pipeline.query import Query

QUICK = {"quick_30": 30, "quick_90": 90, "quick_365": 365}
_DISPUTED = {"any": None, "yes": True, "no": False}
_REVIEW = ("machine", "accepted", "corrected", "rejected")


def choose(choices: Choices, lang: str) -> None:
    """Draws the filters and makes what is chosen the query of record."""
    asked = state.query()
    found: dict[str, Any] = {}
    title, clear = st.columns([1.5, 1], vertical_alignment="center")
    title.markdown(f"#### {t('filters', lang)}")
    clear.button(t("clear", lang), on_click=state.clear, type="tertiary", disabled=asked.is_all(), width="stretch")
    found["text"] = _text(asked, lang)
    with st.expander(t("what", lang), expanded=True):
        found["category"] = _category(asked, lang)
        known = [one for one in EVENT_TYPES if not found["category"] or EVENT_TYPES[one] in found["category"]]
        found["event_type"] = _several("event_type", asked, known, _named("event_type", lang), lang)
    with st.expander(t("where", lang), expanded=True):
        found |= _where(asked, choices, lang)
    with st.expander(t("when", lang), expanded=True):
        found |= _when(asked, choices, lang)
    with st.expander(t("who", lang), expanded=bool(asked.actor or asked.publisher or asked.language)):
        found["actor"] = _several("actor", asked, choices.actors, lambda one: plain(labels.actor(one, lang)), lang)
        found["publisher"] = _several("publisher", asked, choices.publishers, plain, lang)
        found["language"] = _several(
            "language", asked, labels.LANGUAGES, _named("language", lang), lang, title=t("report_language", lang)
        )
    with st.expander(t("sure", lang), expanded=_doubts(asked)):
        found |= _how_sure(asked, lang)
    st.session_state["query"] = Query(**found, place=asked.place, missing=asked.missing, sample=asked.sample)


def taken_over(asked: Query) -> Query:
    """The query with what the filters hold now, before they are drawn: so that the map need not wait for them."""
    held = {name.removeprefix("f_"): st.session_state[name] for name in st.session_state if str(name).startswith("f_")}
    changed: dict[str, Any] = {}
    for field in fields(Query):
        if field.name not in held:
            continue
        value = held[field.name]
        if field.name == "disputed":
            value = _DISPUTED[value or "any"]
        elif field.name == "text":
            value = value.strip()
        elif isinstance(field.default, tuple):
            value = tuple(value)
        changed[field.name] = value
    return replace(asked, **changed)


def _text(asked: Query, lang: str) -> str:
    _seed("f_text", asked.text)
    label, hint = t("search", lang), t("search_hint", lang)
    return st.text_input(label, key="f_text", placeholder=hint, label_visibility="collapsed", max_chars=200).strip()


def _category(asked: Query, lang: str) -> tuple[str, ...]:
    _seed("f_category", list(asked.category))
    name = _named("category", lang)
    return tuple(st.pills(t("category", lang), CATEGORIES, selection_mode="multi", format_func=name, key="f_category"))


def _where(asked: Query, choices: Choices, lang: str) -> dict[str, Any]:
    admin1 = _several("admin1", asked, labels.codes("admin1"), _named("admin1", lang), lang)
    districts = [two for one, two in choices.admin2 if not admin1 or one in admin1]
    admin2 = _several("admin2", asked, list(dict.fromkeys(districts)), _named("admin2", lang), lang)
    _seed("f_disputed", next(name for name, value in _DISPUTED.items() if value is asked.disputed))
    disputed = st.pills(
        t("disputed", lang), list(_DISPUTED), format_func=lambda one: t(f"disputed_{one}", lang), key="f_disputed",
        required=True,
    )  # fmt: skip
    by = _several("administered_by", asked, choices.administered_by, _named("administered_by", lang), lang)
    return {
        "admin1": admin1, "admin2": admin2, "administered_by": by,
        "disputed": _DISPUTED[disputed or "any"],
    }  # fmt: skip


def _when(asked: Query, choices: Choices, lang: str) -> dict[str, Any]:
    last = choices.last_day if isinstance(choices.last_day, date) else None
    if last:
        row = st.container(horizontal=True, gap="xsmall")
        for key, length in [("quick_all", 0), *QUICK.items()]:
            since = last - timedelta(days=length - 1) if length else None
            on = (asked.since, asked.until) == (since, last if length else None)
            row.button(
                t(key, lang), key=key, on_click=state.ask, kwargs={"since": since, "until": last if length else None},
                type="primary" if on else "secondary", width="content",
            )  # fmt: skip
    limits = {"min_value": date(1990, 1, 1), "max_value": date(2100, 1, 1), "format": "YYYY-MM-DD"}
    _seed("f_since", asked.since)
    _seed("f_until", asked.until)
    since = st.date_input(t("since", lang), value=None, key="f_since", **limits)  # type: ignore[arg-type]
    until = st.date_input(t("until", lang), value=None, key="f_until", **limits)  # type: ignore[arg-type]
    return {"since": since, "until": until}


def _how_sure(asked: Query, lang: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("geo_precision", "time_precision"):
        found[name] = _several(name, asked, (1, 2, 3), _named(name, lang), lang)
    found["review_state"] = _several("review_state", asked, _REVIEW, _named("review_state", lang), lang)
    for name in ("min_killed", "min_toll"):
        _seed(f"f_{name}", getattr(asked, name))
        found[name] = int(st.number_input(t(name, lang), min_value=0, max_value=100_000, step=1, key=f"f_{name}"))
    return found


def _several(
    name: str,
    asked: Query,
    options: Sequence[Any],
    called: Callable[[Any], str],
    lang: str,
    *,
    title: str | None = None,
) -> tuple[Any, ...]:
    """A choice of several codes. What a link asks for stays a choice even where the data no longer has it."""
    chosen = list(getattr(asked, name))
    _seed(f"f_{name}", chosen)
    held = st.session_state[f"f_{name}"]
    options = [*options, *[one for one in held if one not in options]]
    any_ = t("any", lang)
    return tuple(st.multiselect(title or t(name, lang), options, format_func=called, key=f"f_{name}", placeholder=any_))


def _named(kind: str, lang: str) -> Callable[[Any], str]:
    return lambda one: labels.label(kind, one, lang)


def _doubts(asked: Query) -> bool:
    return bool(asked.geo_precision or asked.time_precision or asked.review_state or asked.min_killed or asked.min_toll)


def _seed(key: str, value: Any) -> None:
    """Gives a widget its value from the query where Streamlit has dropped it: first run, or another page."""
    if key not in st.session_state:
        st.session_state[key] = value
