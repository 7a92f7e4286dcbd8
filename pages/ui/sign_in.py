"""Who decides: a name at one's own machine; elsewhere the signed-in reviewer, or the way to become that."""

import streamlit as st

from pages.ui import access
from pages.ui.text import t
from pages.ui.words import unmarked


def reviewer(lang: str) -> str:
    """The name that stands with each decision, asked for or signed in; empty where nobody may decide."""
    user = access.current_user()
    if user.local and not user.email:
        return _typed(lang)
    if user.email is None:
        st.info(t("sign_in_needed", lang))
        if access.can_sign_in():
            st.button(t("sign_in", lang), key="sign_in", on_click=st.login, icon=":material/login:")
        else:
            st.caption(t("no_sign_in", lang))
        return ""
    st.caption(t("signed_in_as", lang, who=unmarked(user.email)))
    st.button(t("sign_out", lang), key="sign_out", on_click=st.logout, icon=":material/logout:")
    if not user.may_review:
        st.info(t("no_reviewer", lang))
        return ""
    return user.email


def _typed(lang: str) -> str:
    st.session_state.setdefault("reviewer", "")
    name = st.text_input(t("reviewer", lang), value=st.session_state["reviewer"], max_chars=60)
    st.session_state["reviewer"] = name.strip()
    return name.strip()
