"""What every page begins with: its settings, the language, the sidebar, the rows asked for."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import streamlit as st

from pages.ui import data, filters, state, theme
from pages.ui.text import LANGUAGE_NAMES, t
from pages.ui.words import markup
from pipeline import labels
from pipeline.errors import StoreError
from pipeline.labels import RIGHT_TO_LEFT
from pipeline.query import Frames, Selection, sentence

ICON = Path(__file__).parent / "web" / "icon.svg"
PAGES = {
    "map": ("dashboard.py", ":material/map:"),
    "table": ("pages/1_Table.py", ":material/table_rows:"),
    "trends": ("pages/2_Trends.py", ":material/monitoring:"),
    "reports": ("pages/3_Reports.py", ":material/article:"),
    "review": ("pages/4_Review.py", ":material/fact_check:"),
    "gazetteer": ("pages/5_Gazetteer.py", ":material/place:"),
    "method": ("pages/6_Method.py", ":material/menu_book:"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page works with."""

    lang: str
    frames: Frames
    selection: Selection
    sentence: str
    refused: list[str]  # what in the link could not be understood

    @property
    def rtl(self) -> bool:
        return self.lang in RIGHT_TO_LEFT

    @property
    def dir(self) -> str:
        return "rtl" if self.rtl else "ltr"


def begin(name: str, with_filters: bool = True) -> Page:
    """Sets the page up. Where nothing is published it says so in words, and the page ends there.

    Without filters what they hold is asked for all the same, and the page may draw them later with `show_filters`.
    """
    st.set_page_config(page_title=t("app", "en"), page_icon=str(ICON), layout="wide", initial_sidebar_state=340)
    refused = state.read_link() + st.session_state.pop("refused_link", [])
    state.enter(name)
    st.session_state["query"] = filters.taken_over(state.query())
    lang = state.lang()
    theme.apply(lang)
    with st.sidebar:
        lang = _head(lang)
    try:
        frames = data.frames()
    except StoreError as error:
        _nothing_published(error, lang)
        st.stop()
    if with_filters:
        show_filters(lang)
    state.write_link()
    with st.container():  # there even when empty: what follows keeps its place
        _notes(refused, lang)
    selection = data.selection(state.query())
    return Page(lang, frames, selection, sentence(state.query(), lang, _place_names(frames, lang)), refused)


def show_filters(lang: str) -> None:
    """Draws the filters in the sidebar."""
    with st.sidebar:
        filters.choose(data.choices(), lang)


def _notes(refused: list[str], lang: str) -> None:
    """What of a link was not understood, and that the data are samples."""
    if refused:
        st.warning(t("link_refused", lang, what=markup(", ".join(refused))[:300]))
    if data.choices().has_samples:
        st.html(f'<div class="banner" role="note" dir="auto">{markup(t("samples_banner", lang))}</div>')


def heading(page: Page) -> None:
    """The query in words and its figures: the same numbers that map, table and export have."""
    figures = [
        (labels.number(page.selection.n, page.lang), t("n_incidents", page.lang)),
        (labels.number(page.selection.killed, page.lang) + "+", t("killed", page.lang)),
        (labels.number(page.selection.n_places, page.lang), t("places", page.lang)),
    ]
    spans = "".join(f"<span><b>{number}</b>{markup(name)}</span>" for number, name in figures)
    st.html(
        f'<h1 class="sentence" dir="{page.dir}">{markup(page.sentence)}</h1>'
        f'<div class="figures" dir="{page.dir}" role="status">{spans}</div>'
    )


def title(page: Page, key: str) -> None:
    """The name of the page, where there is no query to put into words."""
    st.html(f'<h1 class="sentence" dir="{page.dir}">{markup(t(key, page.lang))}</h1>')


def progress(page: Page, waiting: int, decided: int) -> None:
    """How much waits in the queue, and how much was decided in this session."""
    figures = ((waiting, "queue_n"), (decided, "decided_n"))
    spans = "".join(
        f"<span><b>{labels.number(number, page.lang)}</b>{markup(t(key, page.lang))}</span>" for number, key in figures
    )
    st.html(f'<div class="figures" dir="{page.dir}" role="status">{spans}</div>')


def empty(lang: str) -> None:
    """Says that nothing fits, and what to do."""
    st.html(f'<div class="empty"><b>{markup(t("nothing", lang))}</b>{markup(t("nothing_hint", lang))}</div>')


def _head(lang: str) -> str:
    """The name of the project, the choice of language, and the way to the other pages."""
    st.html(f'<p class="brand">{markup(t("app", lang))}</p>')
    if "f_lang" not in st.session_state:
        st.session_state["f_lang"] = lang
    chosen = st.segmented_control(
        t("language", lang), list(LANGUAGE_NAMES), format_func=LANGUAGE_NAMES.__getitem__, key="f_lang",
        required=True, label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    if chosen and chosen != lang:
        st.session_state["lang"] = chosen
        state.write_link()
        st.rerun()
    with st.container(gap=None, key="nav"):
        for key, (path, icon) in PAGES.items():
            st.page_link(path, label=t(f"page_{key}", lang), icon=icon)
    return lang


def _place_names(frames: Frames, lang: str) -> dict[str, str]:
    wanted = list(state.query().place)
    if not wanted:
        return {}
    rows = frames.cells.filter(pl.col("place_id").is_in(wanted)).unique("place_id")
    return {str(row["place_id"]): labels.place(row, lang) for row in rows.iter_rows(named=True)}


def _nothing_published(error: StoreError, lang: str) -> None:
    st.html(
        f'<div class="empty"><b>{markup(t("no_snapshot", lang))}</b>{markup(t("no_snapshot_hint", lang))}'
        f'<p dir="ltr"><code>{markup(error)}</code></p></div>'
    )
