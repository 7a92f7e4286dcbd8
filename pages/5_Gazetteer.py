"""The gazetteer: find a place by any of its names, see what is known of it, and add a name it lacks."""

import streamlit as st

from geodata.additions import add_name
from geodata.gazetteer import Gazetteer, GazetteerError, Place
from pages.ui import access, places, shell, state
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import unmarked
from pipeline import labels
from pipeline.errors import PipelineError


def main() -> None:
    """Search, what was found, and the form for a name."""
    page = shell.begin("gazetteer", with_filters=False)
    shell.title(page, "page_gazetteer")
    gazetteer = Gazetteer.load()
    words = st.text_input(
        t("search_places", page.lang), key="place_words", max_chars=100, placeholder="مخمور · Kirkuk · کەرکووک"
    )
    disputed = st.toggle(t("disputed_only", page.lang), key="place_disputed")
    found = places.find(gazetteer, words, disputed)
    if not found:
        shell.empty(page.lang)
        return
    st.html(places.table(gazetteer, found[: places.SHOWN], page.lang, page.dir))
    if len(found) > places.SHOWN:
        st.caption(t("more_places", page.lang, n=labels.number(len(found) - places.SHOWN, page.lang)))
    if state.writable() and access.may_review():
        _add(page, gazetteer, found)


def _add(page: Page, gazetteer: Gazetteer, found: list[Place]) -> None:
    lang = page.lang
    with st.form("add_name", clear_on_submit=True):
        st.markdown(f"**{t('add_name', lang)}**")
        st.caption(t("add_name_note", lang))
        first, second, third = st.columns([1.2, 1.2, 1])
        place = first.selectbox(
            t("place", lang), found[: places.SHOWN], format_func=lambda one: unmarked(places.called(one, lang))
        )
        name = second.text_input(t("name", lang), max_chars=80)
        script = third.selectbox(
            t("language", lang), ("ar", "ckb", "en", "kmr", "tr"), format_func=lambda one: places.script(one, lang)
        )
        if st.form_submit_button(t("add", lang), type="primary"):
            try:
                access.log_write("add name", f"{place.place_id}: {name}")
                add_name(gazetteer, place.place_id, name, script)
            except (GazetteerError, PipelineError, OSError) as error:
                st.error(unmarked(error))
                return
            st.success(t("added", lang, name=unmarked(name)))


if __name__ == "__main__":
    main()
