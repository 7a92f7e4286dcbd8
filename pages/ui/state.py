"""What this session looks at: language, query, view; and the link that restores it.

The query of record lies in session_state, not in the widgets, which Streamlit resets on every change of page: the
filters seed themselves from it (filters.py). The link is written on every run, with codes only.
"""

import os
from dataclasses import fields, replace
from datetime import date
from typing import Any

import streamlit as st

from pipeline.labels import LANGUAGES
from pipeline.query import Query, from_params, to_params
from pipeline.query.params import NAMES

VIEW = ("at", "id", "mode", "report")  # place listed, incident open, what the map shows, report read
_QUERY_NAMES = frozenset(NAMES.get(field.name, field.name) for field in fields(Query))


def read_link() -> list[str]:
    """Takes over the link where a reader came by it. Returns what in it was not understood.

    A link without parameters is a change of page within the session, and changes nothing.
    """
    state = st.session_state
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    if "query" not in state:
        state.update(query=Query(), lang="en", at=None, id=None, mode="circles", report=None, link=None)
    if not given or given == state["link"]:
        return []
    state["query"], refused = from_params(given)
    lang = given.get("lang", [state["lang"]])[-1]
    state["lang"] = lang if lang in LANGUAGES else "en"
    for name in VIEW:
        state[name] = given.get(name, [None])[-1]
    if state["mode"] not in ("circles", "heat", "admin1", "districts"):
        state["mode"] = "circles"
    state["link"] = given
    forget_widgets()
    unknown = [name for name in given if name not in (*_QUERY_NAMES, *VIEW, "lang")]
    return refused + unknown


def enter(page: str) -> None:
    """Lets the filters seed themselves anew on another page, where Streamlit gives them back empty."""
    if st.session_state.get("page") != page:
        st.session_state["page"] = page
        forget_widgets()


def write_link() -> None:
    """Makes the address in the browser restore what is seen now."""
    params = link_params()
    as_lists = {name: value if isinstance(value, list) else [value] for name, value in params.items()}
    if as_lists != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(params)
    st.session_state["link"] = as_lists


def link_params() -> dict[str, Any]:
    """The parameters of the link."""
    params: dict[str, Any] = dict(to_params(query()))
    if lang() != "en":
        params["lang"] = lang()
    for name in VIEW:
        if st.session_state.get(name) and (name, st.session_state[name]) != ("mode", "circles"):
            params[name] = st.session_state[name]
    return params


def query() -> Query:
    """What is asked for now."""
    found = st.session_state["query"]
    assert isinstance(found, Query)
    return found


def ask(**changes: Any) -> None:
    """Changes the query and lets the filters show it."""
    st.session_state["query"] = replace(query(), **changes)
    st.session_state["at"] = st.session_state["id"] = None
    forget_widgets()


def set_days(since: date | None, until: date | None) -> None:
    """Changes the range of days and nothing else: the place that is listed stays."""
    st.session_state["query"] = replace(query(), since=since, until=until)
    for name in ("f_since", "f_until"):
        st.session_state.pop(name, None)


def clear() -> None:
    """Asks for everything again."""
    st.session_state["query"] = Query()
    st.session_state["at"] = st.session_state["id"] = None
    forget_widgets()


def forget_widgets() -> None:
    """Lets the filters seed themselves anew from the query."""
    for name in [name for name in st.session_state if isinstance(name, str) and name.startswith("f_")]:
        del st.session_state[name]


def writable() -> bool:
    """Whether readers may review, store reports and add names here: not where DASHBOARD_READ_ONLY is set."""
    return not os.environ.get("DASHBOARD_READ_ONLY")


def lang() -> str:
    """The language of the interface."""
    return str(st.session_state["lang"])
