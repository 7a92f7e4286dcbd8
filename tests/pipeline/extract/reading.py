"""Reading short texts in tests: a report of a sentence or two, and what comes out of it."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from geodata.gazetteer import Gazetteer
from pipeline.event_json import event_record
from pipeline.extract import extract_events
from pipeline.extract.marked import Marked, mark
from pipeline.model import Language, Report
from pipeline.text.lexicon import load
from pipeline.text.tokens import read_document

SUNDAY = date(2021, 12, 12)  # the publication day where a test names none


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def report(text: str, lang: Language | None = "ar", published: date | None = SUNDAY, report_id: str = "r") -> Report:
    return Report(report_id, text, published, "Outlet", lang=lang)


def marked(text: str, lang: Language = "ar", published: date | None = SUNDAY) -> Marked:
    """A text with its lexicon tags, as the stages of extraction get it."""
    return mark(report(text, lang, published), lang, read_document(text), load(lang))


def events(text: str, lang: Language | None = "ar", published: date | None = SUNDAY) -> list[dict[str, Any]]:
    """The events of a text, as the command line prints them."""
    return [event_record(event) for event in extract_events(report(text, lang, published), gazetteer())]


def types(text: str, lang: Language = "ar", published: date | None = SUNDAY) -> list[str]:
    return sorted(event["event_type"] for event in events(text, lang, published))


def only(text: str, lang: Language = "ar", published: date | None = SUNDAY) -> dict[str, Any]:
    """The one event of a text."""
    found = events(text, lang, published)
    assert len(found) == 1, [event["event_type"] for event in found]
    return found[0]


def day(text: str) -> date:
    """ "12-09" is a day of 2021; "-1" a day before the publication day; else ISO 8601."""
    if text.startswith("-") or text == "0":
        return SUNDAY + timedelta(int(text))
    return date.fromisoformat(text if len(text) > 5 else f"2021-{text}")
