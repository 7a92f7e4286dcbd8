"""The table of what is filtered: columns by choice, sorted by any, a row opens its card."""

import streamlit as st

from pages.ui import card, export, shell, table
from pages.ui.shell import Page
from pages.ui.text import t


def main() -> None:
    """The question in words, the table, the card of the chosen row, the export."""
    page = shell.begin("table")
    shell.heading(page)
    if not page.selection.n:
        shell.empty(page.lang)
        return
    table.show(page)
    _chosen(page)
    export.show(page)


def _chosen(page: Page) -> None:
    incident_id = st.session_state["id"]
    if not incident_id:
        st.caption(t("select_row", page.lang))
        return
    with st.container(horizontal=True):
        if st.button(t("see_on_map", page.lang), icon=":material/map:", type="primary"):
            for places in page.frames.places_of_rows(page.frames.rows_of([incident_id])).values():
                st.session_state["at"] = table.map_key(places[0]) if places else None
            st.switch_page("dashboard.py")
    card.show(page, incident_id)


if __name__ == "__main__":
    main()
