"""A button that copies a text, without asking anything of the server: our own component, for st.html runs no script."""

from pathlib import Path

import streamlit as st

from pages.ui.text import t

_JS = (Path(__file__).parent / "web" / "copy.js").read_text(encoding="utf-8")
_mount = st.components.v2.component("copy", html='<div class="copy-root"></div>', js=_JS, isolate_styles=False)


def show(text: str, key: str, lang: str) -> None:
    """Draws the button for `text`."""
    words = {"label": t("copy", lang), "done": t("copied", lang), "failed": t("not_copied", lang)}
    _mount(data={"text": text, **words}, key=key)
