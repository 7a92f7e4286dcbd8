"""Rows of incidents, as a table or a list: our own component, for Streamlit's grid cannot run from right to left."""

from pathlib import Path
from typing import Any

import streamlit as st

_JS = (Path(__file__).parent / "web" / "rows.js").read_text(encoding="utf-8")
_mount = st.components.v2.component("rows", html='<div class="rows-root"></div>', js=_JS, isolate_styles=False)


def show(data: dict[str, Any], key: str) -> tuple[str | None, str | None]:
    """Draws `data` (layout, columns, rows, sort, selected, label, dir). Returns the id of the row and the column
    whose heading were pressed since the last run."""
    answer = _mount(data=data, key=key, on_select_change=_nothing, on_sort_change=_nothing)
    return answer.get("select"), answer.get("sort")


def _nothing() -> None:
    """Streamlit asks for a callback of each trigger; what was pressed is in the answer."""
