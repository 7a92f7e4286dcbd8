"""The queue: what nobody has decided on, least certain first; worked by keyboard."""

from contextlib import closing

import polars as pl
import streamlit as st

from pages.ui import access, card, shell, sign_in, state
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import unmarked
from pipeline import labels
from pipeline.errors import PipelineError
from pipeline.review import SETTABLE, Decision, decide
from pipeline.run import publish_now
from pipeline.snapshot import snapshot_root
from pipeline.store import open_store


def main() -> None:
    """Who reviews; the incident at hand with its evidence; the decisions; publishing."""
    page = shell.begin("review")
    shell.title(page, "page_review")
    if not state.writable():
        st.info(t("read_only", page.lang))
        return
    queue = waiting(page)
    done = st.session_state.setdefault("decided", [])
    shell.progress(page, len(queue), len(done))
    left, right = st.columns([1.9, 1], gap="medium")
    with right:
        reviewer = sign_in.reviewer(page.lang)
        _publish(page, reviewer)
    if queue.is_empty():
        with left:
            st.html(f'<div class="empty"><b>{t("queue_empty", page.lang)}</b></div>')
        return
    at = min(st.session_state.get("queue_at", 0), len(queue) - 1)
    with left:
        card.show(page, queue[at])
    with right:
        _decisions(page, queue[at], at, len(queue), reviewer)


def waiting(page: Page) -> pl.Series:
    """Ids of what the filters leave and nobody has decided on, here or before; least certain first."""
    done = st.session_state.get("decided", [])
    known = page.selection.take("incident_id", "confidence", "review_state").lazy()
    open_ = known.filter(pl.col("review_state").cast(pl.String) == "machine", ~pl.col("incident_id").is_in(done))
    ordered = open_.select("incident_id", "confidence").sort("confidence", "incident_id").head(500).collect()
    return ordered["incident_id"]


def _decisions(page: Page, incident_id: str, at: int, number: int, reviewer: str) -> None:
    lang, off = page.lang, not reviewer
    if off and access.may_review():
        st.caption(t("reviewer_needed", lang))
    first, second = st.columns(2)
    first.button(
        t("accept", lang), key="accept", shortcut="A", type="primary", disabled=off, width="stretch",
        on_click=_take, args=(Decision(incident_id, "accept", reviewer or "-"),),
    )  # fmt: skip
    second.button(
        t("reject", lang), key="reject", shortcut="X", disabled=off, width="stretch",
        on_click=_take, args=(Decision(incident_id, "reject", reviewer or "-"),),
    )  # fmt: skip
    first.button(t("previous_rows", lang), key="back", shortcut="P", disabled=at == 0, width="stretch",
                 on_click=_go, args=(at - 1,))  # fmt: skip
    second.button(t("next_rows", lang), key="skip", shortcut="N", disabled=at + 1 >= number, width="stretch",
                  on_click=_go, args=(at + 1,))  # fmt: skip
    with st.expander(t("correct", lang)), st.form("set", clear_on_submit=True):
        field = st.selectbox(t("field", lang), list(SETTABLE), format_func=lambda one: labels.label("field", one, lang))
        value = st.text_input(t("value", lang), max_chars=200, help=t("value_help", lang))
        note = st.text_input(t("note", lang), max_chars=300)
        if st.form_submit_button(t("set", lang), disabled=off):
            _take(Decision(incident_id, "set", reviewer, field=field, value=value, note=note or None))
            st.rerun()
    if message := st.session_state.pop("refused", None):
        st.error(unmarked(message))


def _take(decision: Decision) -> None:
    """Writes the decision. What does not fit is told, and nothing is kept."""
    try:
        access.log_write(decision.action, decision.incident_id, decision.reviewer)
        with closing(open_store()) as store:
            decide(store, decision)
    except PipelineError as error:
        st.session_state["refused"] = str(error)
        return
    if decision.action in ("accept", "reject", "set"):
        st.session_state["decided"].append(decision.incident_id)


def _go(at: int) -> None:
    st.session_state["queue_at"] = at


def _publish(page: Page, reviewer: str) -> None:
    """Shows the decisions on the map."""
    number = len(st.session_state["decided"])
    label = t("publish", page.lang, n=labels.number(number, page.lang))
    if st.button(label, disabled=not number, icon=":material/publish:"):
        try:
            access.log_write("publish", f"{number} decisions", reviewer)
            with st.spinner(t("publishing", page.lang)), closing(open_store()) as store:
                publish_now(store, snapshot_root())
        except PipelineError as error:
            st.error(unmarked(error))
            return
        st.session_state["decided"] = []
        st.rerun()


if __name__ == "__main__":
    main()
