"""Download buttons: exactly the rows that are shown, made when the button is pressed."""

import streamlit as st

from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup
from pipeline import labels


def show(page: Page) -> None:
    """The row of buttons. A file is made on the click alone."""
    st.html(f'<h2 class="panel-title" dir="{page.dir}">{markup(t("export", page.lang))}</h2>')
    with st.container(horizontal=True):
        st.download_button(
            "CSV", data=lambda: csv(page), file_name="incidents.csv", mime="text/csv", key="export_csv",
            on_click="ignore", icon=":material/download:", disabled=not page.selection.n,
        )  # fmt: skip
    st.caption(t("export_note", page.lang, n=labels.number(page.selection.n, page.lang)))


def csv(page: Page) -> bytes:
    rows = page.selection.incidents.drop("search_text", "publishers", "languages", "quoted_sources")
    return b"\xef\xbb\xbf" + rows.write_csv().encode()
