"""Colours and the style sheet. Categories are told apart by colour-blind eyes too (after Okabe and Ito)."""

from pathlib import Path

import streamlit as st

from pipeline.labels import RIGHT_TO_LEFT
from pipeline.model import CATEGORIES

_LIGHT = {"incident": "#c8501e", "airstrike": "#0072b2", "operation": "#c28a00", "meeting": "#00805e"}
_DARK = {"incident": "#f07f4b", "airstrike": "#56b4e9", "operation": "#eec04d", "meeting": "#34c49b"}
SEQUENTIAL = {
    False: ["#d5e5e4", "#9cc5c8", "#5e9fa9", "#2b7585", "#0b4a5b"],
    True: ["#21404a", "#2f6472", "#45899a", "#6bb0bf", "#a9dbe3"],
}
FIELDS = (  # fields of the evidence in the order of their colours (app.css: mark.f-...)
    "event_type", "event_date", "locations", "actor1", "actor2", "fatalities", "injuries", "casualties_low",
    "n_strikes", "quoted_sources",
)  # fmt: skip


def dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def colours() -> dict[str, str]:
    """The colour of each category in the reader's theme."""
    return _DARK if dark() else _LIGHT


def category_colours() -> list[str]:
    """The same, in the order of CATEGORIES."""
    return [colours()[category] for category in CATEGORIES]


def apply(lang: str) -> None:
    """Puts the style sheet and the direction of the language on the page."""
    sheet = (Path(__file__).parent / "web" / "app.css").read_text(encoding="utf-8")
    if lang in RIGHT_TO_LEFT:
        sheet += (Path(__file__).parent / "web" / "rtl.css").read_text(encoding="utf-8")
    names = "".join(f"--{name}: {colour};" for name, colour in colours().items())
    names += f"--bar: {SEQUENTIAL[dark()][3]};"
    st.html(f"<style>:root {{{names}}}\n{sheet}</style>")
