"""The reports: each with all its marks; and a place to try one out before it is stored."""

import streamlit as st

from pages.ui import card, reading, rows, shell, trying
from pages.ui.shell import Page
from pages.ui.text import t


def main() -> None:
    """Two tabs: read what was read; try a report."""
    page = shell.begin("reports", with_filters=False)
    shell.title(page, "page_reports")
    read, try_out = st.tabs([t("tab_read", page.lang), t("tab_try", page.lang)])
    with read:
        _read(page)
    with try_out:
        trying.show(page)


def _read(page: Page) -> None:
    left, right = st.columns([1, 1.7], gap="medium")
    with left:
        words = st.text_input(t("search_reports", page.lang), key="report_words", max_chars=200, on_change=_forget)
        empty_only = st.toggle(t("without_events", page.lang), key="report_empty", on_change=_forget)
        found = reading.find(page, words, empty_only)
        if found.is_empty():
            shell.empty(page.lang)
            return
        chosen = st.session_state.get("report") or found["report_id"][0]
        items = [reading.item(row, page.lang) for row in found.iter_rows(named=True)]
        data = {
            "layout": "list",
            "dir": page.dir,
            "label": t("page_reports", page.lang),
            "selected": chosen,
            "rows": items,
        }
        with st.container(height=620, border=False):
            selected, _ = rows.show(data, key="report_list")
        if selected:
            st.session_state["report"] = selected
            st.rerun()
    with right:
        _report(page, chosen)


def _forget() -> None:
    """Another search begins with the first report that it finds."""
    st.session_state["report"] = None


def _report(page: Page, report_id: str) -> None:
    found = page.frames.reports([report_id])
    if found.is_empty():
        shell.empty(page.lang)
        return
    st.html(reading.article(page, found.row(0, named=True)))
    numbers = page.frames.rows_of(reading.incidents_of(page, report_id))
    places = page.frames.places_of_rows(numbers)
    for number, incident in zip(numbers, page.frames.rows(numbers).iter_rows(named=True), strict=True):
        with st.expander(_summary(page, incident, places[number]), expanded=len(numbers) == 1):
            card.show(page, incident["incident_id"])


def _summary(page: Page, incident: dict[str, object], places: list[dict[str, object]]) -> str:
    from pages.ui.words import unmarked
    from pipeline import labels

    where = card.where(places, page.lang)
    kind = labels.label("event_type", incident["event_type"], page.lang)
    return unmarked(f"{kind} · {card.when(incident, page.lang)} · {where}")


if __name__ == "__main__":
    main()
