"""Paste or upload a report: what would be extracted is shown first; it is stored only when the reader says so."""

import json
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from geodata.gazetteer import Gazetteer
from pages.ui import access, card, evidence, reading, state
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup, unmarked
from pipeline import labels
from pipeline.errors import PipelineError
from pipeline.event_json import event_record
from pipeline.extract import extract_events
from pipeline.model import Event, Report
from pipeline.read import Failure, ReadOptions
from pipeline.read.files import read_bytes, read_text
from pipeline.run import RunOptions, run
from pipeline.snapshot import snapshot_root
from pipeline.store import open_store

SUFFIXES = ["txt", "html", "htm", "jsonl"]


def show(page: Page) -> None:
    """The form, and below it what was read."""
    lang = page.lang
    with st.form("try"):
        text = st.text_area(t("paste", lang), height=180, key="try_text", max_chars=200_000)
        first, second = st.columns(2)
        published = first.date_input(t("published", lang), value=None, key="try_day", format="YYYY-MM-DD")
        publisher = second.text_input(t("publisher", lang), key="try_publisher", max_chars=120)
        files = st.file_uploader(t("upload", lang), type=SUFFIXES, accept_multiple_files=True, key="try_files")
        st.caption(t("try_note", lang))
        if st.form_submit_button(t("extract", lang), type="primary", icon=":material/search:"):
            options = ReadOptions(published=published, publisher=publisher.strip() or None)
            st.session_state["tried"] = _read(text, [(file.name, file.getvalue()) for file in files or []], options)
    for found in st.session_state.get("tried", []):
        if isinstance(found, Failure):
            st.error(unmarked(found))
        else:
            _preview(page, found)
    kept = [one for one in st.session_state.get("tried", []) if isinstance(one, Report)]
    if kept and state.writable() and access.may_review():
        st.button(
            t("store", lang, n=labels.number(len(kept), lang)), type="primary", on_click=_store, args=(kept, lang)
        )
    if message := st.session_state.pop("stored", None):
        st.success(unmarked(message))


def _read(text: str, files: list[tuple[str, bytes]], options: ReadOptions) -> list[Report | Failure]:
    """The reports of the form: the pasted one, and all of the files."""
    found: list[Report | Failure] = []
    if text.strip():
        found.append(read_text(text, "pasted", options))
    for name, content in files:
        found += read_bytes(content, name, Path(name).suffix.lower(), options)
    return found


def _preview(page: Page, report: Report) -> None:
    events = extract_events(report, Gazetteer.load())
    marks = [mark for event in events for mark in _marks(event, len(report.text))]
    shown = {
        "publisher": report.publisher, "published": report.published, "title": report.title, "url": report.url,
        "lang": report.lang, "text": report.text, "report_id": report.report_id,
    }  # fmt: skip
    number = labels.number(len(events), page.lang)
    st.html(f'<h2 class="panel-title" dir="{page.dir}">{markup(t("events_n", page.lang, n=number))}</h2>')
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        st.html(reading.text_of(shown, sorted(marks), page.lang))
    with right:
        for event in events:
            st.html(_event(event, page.lang))


def _marks(event: Event, length: int) -> list[evidence.Mark]:
    spans = event_record(event)["evidence"]
    return [
        evidence.Mark(start, end, field)
        for field, found in spans.items()
        for start, end in found
        if 0 <= start < end <= length
    ]


def _event(event: Event, lang: str) -> str:
    """An event as a small card, in the same words as an incident's."""
    record = event_record(event)
    incident: dict[str, Any] = record | {"review_state": "machine", "is_sample": False, "conflicting": False}
    for kind in ("fatalities", "injuries"):
        told = record[kind] or {}
        incident |= {f"{kind}_{bound}": told.get(bound) for bound in ("low", "best", "high")}
    for name in ("event_date", "end_date"):
        incident[name] = date.fromisoformat(record[name]) if record[name] else None
    places = [place | {"administered_by": None} for place in record["locations"]]
    return card.summary(incident, places, lang)


def _store(reports: list[Report], lang: str) -> None:
    """Takes the reports all the way to the map."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "added-on-the-reports-page.jsonl"
        path.write_text("\n".join(_line(report) for report in reports), encoding="utf-8")
        try:
            access.log_write("store", ", ".join(report.report_id for report in reports))
            with closing(open_store()) as store:
                outcome = run(store, [str(path)], RunOptions(root=snapshot_root()))
        except PipelineError as error:
            st.session_state["stored"] = str(error)
            return
    st.session_state["tried"] = []
    number = outcome.counts.get("reports_new", 0)
    st.session_state["stored"] = t("stored", lang, n=labels.number(number, lang))


def _line(report: Report) -> str:
    record = {
        "id": report.report_id, "text": report.text, "publisher": report.publisher, "title": report.title,
        "published": report.published.isoformat() if report.published else None, "lang": report.lang,
    }  # fmt: skip
    return json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=False)
