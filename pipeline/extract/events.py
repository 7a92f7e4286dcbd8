"""Events of a report: the one function that the rest of the pipeline calls."""

import hashlib

from geodata.gazetteer import Gazetteer
from pipeline.extract.draft import Draft, figures, with_words
from pipeline.extract.marked import Marked, mark
from pipeline.extract.merge import merge
from pipeline.extract.more_tolls import rival_tolls
from pipeline.extract.name_index import name_finder
from pipeline.extract.read_events import publication, read_drafts
from pipeline.geocode.resolve import Resolver
from pipeline.model import Claim, Event, Report
from pipeline.read.datasets import coded_event, is_coded
from pipeline.read.language import detect_language
from pipeline.text.lexicon import load
from pipeline.text.tokens import read_document

_RESOLVERS: dict[str, Resolver] = {}


def extract_events(report: Report, gazetteer: Gazetteer | None = None) -> list[Event]:
    """The events of one report, in the order they are told. Depends on nothing but the report and the gazetteer.

    A row of a dataset was coded by people: it has the one event of their codes, and nothing is read into its prose.
    """
    if is_coded(report):
        return [coded_event(report)]
    gazetteer = gazetteer or Gazetteer.load()
    lang = report.lang or detect_language(report.text) or "ar"
    marked = mark(report, lang, read_document(report.text), load(lang))
    drafts = read_drafts(marked, name_finder(gazetteer, lang), _resolver(gazetteer))
    return [_event(marked, draft) for draft in merge(marked, drafts, gazetteer)]


def _resolver(gazetteer: Gazetteer) -> Resolver:
    if gazetteer.hash not in _RESOLVERS:
        _RESOLVERS[gazetteer.hash] = Resolver(gazetteer)
    return _RESOLVERS[gazetteer.hash]


def _event(marked: Marked, draft: Draft) -> Event:
    report = marked.report
    if not draft.rivals and rival_tolls(draft, marked):
        draft = draft._replace(rivals=True)
    killed, injured, both = figures(draft)
    text = marked.document.text
    return Event(
        event_id=_event_id(report, draft),
        report_id=report.report_id,
        category=draft.category,
        event_type=Claim(draft.event_type, draft.words, draft.triggers, "text", "trigger"),
        days=publication(marked, draft),
        locations=draft.locations,
        actor1=draft.actor1,
        actor2=draft.actor2,
        fatalities=with_words(killed, text) if killed else None,
        injuries=with_words(injured, text) if injured else None,
        casualties_low=both,
        n_strikes=draft.n_strikes,
        publisher=report.publisher,
        quoted_sources=draft.sources,
        sentence=draft.sentence,
        confidence=_confidence(draft),
    )


def _event_id(report: Report, draft: Draft) -> str:
    """Stable while the report and the words that tell the event stay: its report, type and first words."""
    key = f"{report.report_id}\n{draft.category}\n{draft.triggers[0].start}\n{draft.triggers[0].end}"
    return "e-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _confidence(draft: Draft) -> float:
    """How much of the event was told, from 0.4 to 0.95: not a probability, an order to review by."""
    told = 0.4
    told += 0.15 * draft.own_day + 0.15 * draft.own_place + 0.1 * draft.strong + 0.05 * bool(draft.actor1)
    told += 0.1 * bool(draft.tolls) - 0.1 * draft.toll_only - 0.1 * draft.summary
    return max(0.1, min(0.95, told))
