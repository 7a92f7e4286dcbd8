"""The card of one incident: what, when, where, who, how many, and the words of the report that say so."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import streamlit as st

from pages.ui import evidence
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import isolated, markup, plain, web_address
from pipeline import labels
from pipeline.model import Range
from pipeline.query import Frames


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the snapshot holds of one incident."""

    incident: dict[str, Any]
    places: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    reports: dict[str, dict[str, Any]]  # by report_id
    history: list[dict[str, Any]]

    @property
    def report(self) -> dict[str, Any] | None:
        """The report that the main sentence is from."""
        return self.reports.get(self.incident["report_id"])


def show(page: Page, incident_id: str) -> bool:
    """Draws the card. False where the snapshot has no such incident."""
    found = dossier(page.frames, incident_id)
    if found is None:
        return False
    st.html(card(found, page.lang))
    from pages.ui import copying  # declares a component: in a running page only

    copying.show(citation(found.incident, found.report, page.lang), f"copy_{incident_id}", page.lang)
    return True


def dossier(frames: Frames, incident_id: str) -> Dossier | None:
    """Gathers it; None where the snapshot has no such incident."""
    rows = frames.rows_of([incident_id])
    if not rows:
        return None
    row = rows[0]
    incident = frames.rows(rows).row(0, named=True)
    tables = ("locations", "sources", "claims", "history")
    locations, sources, claims, history = (frames.of_incident(one, row, incident_id).to_dicts() for one in tables)
    ids = [incident["report_id"], *[source["report_id"] for source in sources]]
    reports = {report["report_id"]: report for report in frames.reports(ids, near=row).to_dicts()}
    return Dossier(incident, sorted(locations, key=itemgetter("place_no")), sources, claims, reports, history)


def card(found: Dossier, lang: str) -> str:
    """The card as HTML. All words from reports are escaped; only web addresses become links."""
    incident = found.incident
    category = markup(incident["category"])
    return (
        f'<article class="card {category}" dir="{_dir(lang)}" data-id="{markup(incident["incident_id"])}">'
        f'<h3><span class="dot {category}"></span>{_label("event_type", incident["event_type"], lang)}</h3>'
        f'<div class="sub">{_label("category", incident["category"], lang)}</div>'
        f"{_badges(incident, lang)}{_evidence(found, lang)}<dl>{_facts(incident, found.places, lang)}</dl>"
        f"{_sources(found, lang)}{_history(found.history, lang)}{_citation(incident, found.report, lang)}</article>"
    )


def summary(incident: dict[str, Any], places: list[dict[str, Any]], lang: str) -> str:
    """The head of a card and its facts: of an event that was read but not stored."""
    category = markup(incident["category"])
    return (
        f'<article class="card {category}" dir="{_dir(lang)}">'
        f'<h3><span class="dot {category}"></span>{_label("event_type", incident["event_type"], lang)}</h3>'
        f"{_badges(incident, lang)}<dl>{_facts(incident, places, lang)}</dl></article>"
    )


def when(incident: dict[str, Any], lang: str) -> str:
    """The days of an incident in words, or how they were told where they could not be resolved."""
    return labels.days(incident["event_date"], incident["end_date"], lang) or t("unknown_day", lang)


def where(places: list[dict[str, Any]], lang: str) -> str:
    """The places of an incident in words."""
    names = [labels.place(place, lang) for place in places]
    return labels.joined(list(dict.fromkeys(names)), lang) or t("unknown_place", lang)


def figures(incident: dict[str, Any], kind: str, lang: str) -> str:
    """The killed or injured of an incident as a range in words; empty where nothing is told."""
    return labels.figures(Range(*(incident[f"{kind}_{bound}"] for bound in ("low", "best", "high"))), lang)


def _badges(incident: dict[str, Any], lang: str) -> str:
    names = [labels.label("review_state", incident["review_state"], lang)]
    if incident["is_sample"]:
        names.append(t("sample", lang))
    percent = labels.number(round(100 * (incident["confidence"] or 0)), lang)
    names.append(t("confidence", lang, n=percent))
    spans = "".join(f'<span class="badge">{markup(name)}</span>' for name in names)
    if incident["conflicting"]:
        spans += f'<span class="badge warn">{markup(t("sources_differ", lang))}</span>'
    return f'<div class="badges">{spans}</div>'


def _facts(incident: dict[str, Any], places: list[dict[str, Any]], lang: str) -> str:
    rows = [("event_date", markup(when(incident, lang)) + _small(_day_note(incident, lang)))]
    at = "<br>".join(f"{isolated(labels.place(place, lang))}{_small(_place_note(place, lang))}" for place in places)
    rows.append(("locations", at or markup(t("unknown_place", lang))))
    for side in ("actor1", "actor2"):
        if incident[side]:
            rows.append((side, isolated(labels.actor(incident[side], lang))))
    for kind in ("fatalities", "injuries"):
        told = figures(incident, kind, lang)
        if told:
            rows.append((kind, markup(told)))
    if incident["casualties_low"] is not None:
        rows.append(("casualties_low", markup(labels.figures(Range(incident["casualties_low"], None, None), lang))))
    if incident["n_strikes"] is not None:
        rows.append(("n_strikes", markup(labels.number(incident["n_strikes"], lang))))
    if incident["quoted_sources"]:
        rows.append(("quoted_sources", ", ".join(isolated(one) for one in incident["quoted_sources"])))
    return "".join(f"<dt>{markup(labels.label('field', name, lang))}</dt><dd>{value}</dd>" for name, value in rows)


def _day_note(incident: dict[str, Any], lang: str) -> str:
    if incident["event_date"] is None:
        words = incident["date_phrase"]
        return t("day_as_told", lang, words=plain(words)) if words else ""
    notes = []
    if (incident["time_precision"] or 1) > 1:
        notes.append(labels.label("time_precision", incident["time_precision"], lang))
    if incident["date_origin"] in ("publication", "reviewed"):
        notes.append(labels.label("origin", incident["date_origin"], lang))
    return " · ".join(notes)


def _place_note(place: dict[str, Any], lang: str) -> str:
    names = [
        place["admin2"] if place["admin2"] != place["name"] else None,
        labels.label("admin1", place["admin1"], lang) if place["admin1"] else None,
        labels.label("geo_precision", place["geo_precision"], lang) if place["geo_precision"] != 1 else None,
        t("disputed_areas", lang) if place["disputed"] else None,
        labels.label("administered_by", place["administered_by"], lang) if place["administered_by"] else None,
    ]
    if lang != "en":
        names[0] = None  # districts have Latin names only; the province is enough
    told = place["where_description"]
    return " · ".join(dict.fromkeys([*([f"“{plain(told)}”"] if told else []), *[one for one in names if one]]))


def _evidence(found: Dossier, lang: str) -> str:
    report = found.report
    if report is None:
        return ""
    marks = evidence.marks(found.claims, report["report_id"], len(report["text"]))
    words = evidence.quote(report["text"], marks, lang, found.incident["sentence"])
    return (
        f"<h4>{markup(t('evidence', lang))}</h4>"
        f'<blockquote class="quote" dir="auto" lang="{markup(report["lang"] or "")}">{words}</blockquote>'
        f"{evidence.keys(marks, lang)}"
    )


def _sources(found: Dossier, lang: str) -> str:
    if not found.sources:
        return ""
    items = "".join(_source(found.incident, row, found.reports.get(row["report_id"]), lang) for row in found.sources)
    title = t("sources_n", lang, n=labels.number(len(found.sources), lang))
    return f'<h4>{markup(title)}</h4><ul class="sources">{items}</ul>'


def _source(incident: dict[str, Any], row: dict[str, Any], report: dict[str, Any] | None, lang: str) -> str:
    name = isolated(row["publisher"] or (report or {}).get("source") or row["report_id"])
    url = web_address(row["url"])
    title = isolated(report["title"]) if report and report["title"] else ""
    day = labels.day(row["published"], lang) if row["published"] else t("no_date", lang)
    notes = [markup(day), markup(labels.label("language", row["lang"], lang)) if row["lang"] else ""]
    if row["near_duplicate_of"]:
        notes.append(markup(t("duplicate", lang)))
    if incident["conflicting"]:
        for kind in ("fatalities", "injuries"):
            told = figures(row, kind, lang)
            if told:
                notes.append(f"{markup(labels.label('field', kind, lang))}: {markup(told)}")
    link = (
        f' <a href="{markup(url)}" target="_blank" rel="noopener noreferrer">{markup(t("open_source", lang))}</a>'
        if url
        else ""
    )
    return f"<li><b>{name}</b> {title}<br><small>{' · '.join(note for note in notes if note)}{link}</small></li>"


def _history(history: list[dict[str, Any]], lang: str) -> str:
    if not history:
        return ""
    items = "".join(f"<li><small>{_decision(row, lang)}</small></li>" for row in history)
    return f'<h4>{markup(t("history", lang))}</h4><ul class="sources">{items}</ul>'


def _decision(row: dict[str, Any], lang: str) -> str:
    field = _label("field", row["field"], lang) if row["field"] else ""
    values = f"{isolated(row['old_value'] or '')} → {isolated(row['new_value'] or '')}" if row["field"] else ""
    day = markup(labels.digits(row["decided_at"].date().isoformat(), lang))
    return f"{day} · {isolated(row['reviewer'])} · {_label('action', row['action'], lang)} {field} {values}"


def _citation(incident: dict[str, Any], report: dict[str, Any] | None, lang: str) -> str:
    words = citation(incident, report, lang, quoted=isolated, own=markup)
    return f'<h4>{markup(t("cite", lang))}</h4><p class="cite">{words}</p>'


def citation(
    incident: dict[str, Any],
    report: dict[str, Any] | None,
    lang: str,
    *,
    quoted: Callable[[object], str] = plain,
    own: Callable[[object], str] = plain,
) -> str:
    """How the incident is cited: outlet, title and day of the report it is mainly told in; this map and its id.

    `quoted` writes what is from the report, `own` the rest: plain text, if not told otherwise.
    """
    parts = []
    if report:
        day = labels.day(report["published"], lang) if report["published"] else t("no_date", lang)
        parts = [f"{quoted(report['publisher'] or report['source'])}, “{quoted(report['title'] or '')}”, {own(day)}"]
        if web_address(report["url"]):
            parts.append(own(report["url"]))
    parts.append(f"{own(t('app', lang))}, {own(incident['incident_id'])}")
    return ". ".join(parts) + "."


def _dir(lang: str) -> str:
    return "rtl" if lang in labels.RIGHT_TO_LEFT else "ltr"


def _label(kind: str, code: object, lang: str) -> str:
    return markup(labels.label(kind, code, lang))


def _small(note: str) -> str:
    return f"<small>{markup(note)}</small>" if note else ""
