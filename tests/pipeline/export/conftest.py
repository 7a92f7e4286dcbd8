"""A small selection made by hand: every kind of value, every way a cell can go wrong."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.errors import StoreError
from pipeline.export import Selection
from pipeline.export.brief.pdf import fetcher
from pipeline.snapshot_schema import CLAIMS, INCIDENTS, LOCATIONS, REPORTS, SOURCES

ARABIC = "انفجرت عبوة ناسفة في داقوق، وقُتل شرطيان"

_INCIDENTS: list[dict[str, Any]] = [
    {
        "incident_id": "i1", "category": "incident", "event_type": "ied", "event_date": date(2021, 12, 11),
        "end_date": date(2021, 12, 12), "time_precision": 1, "date_origin": "text", "date_phrase": "ليل السبت",
        "actor1": "Islamic State", "actor2": "Federal Police", "fatalities_low": 2, "fatalities_best": 2,
        "fatalities_high": 2, "n_sources": 2, "n_reports": 2, "n_locations": 1, "publishers": ["شفق نيوز", "Rudaw"],
        "languages": ["ar"], "quoted_sources": ["مصدر أمني"], "review_state": "machine", "confidence": 0.8125,
        "sentence": ARABIC, "report_id": "r1", "is_sample": True, "conflicting": False,
    },
    {
        "incident_id": "i2", "category": "incident", "event_type": "attack", "event_date": date(2022, 1, 3),
        "end_date": date(2022, 1, 3), "time_precision": 2, "actor1": "Islamic State; Unidentified Armed Group",
        "actor2": "Civilians", "fatalities_low": 20, "n_sources": 1, "n_reports": 1, "n_locations": 2,
        "publishers": ["=cmd|' /C calc'!A0"], "languages": ["en"], "quoted_sources": [], "review_state": "accepted",
        "confidence": 0.5, "sentence": '=HYPERLINK("http://evil.example","click")', "report_id": "r2",
        "is_sample": False, "conflicting": True,
    },
    {
        "incident_id": "i3", "category": "meeting", "event_type": "visit", "n_sources": 1, "n_reports": 1,
        "n_locations": 0, "publishers": ["P"], "languages": ["ckb"], "quoted_sources": [], "review_state": "machine",
        "confidence": 0.25, "sentence": "@SUM(A1)\n<b>\"x\"</b> & \x07", "report_id": "r3", "is_sample": False,
        "conflicting": False,
    },
]  # fmt: skip

_LOCATIONS: list[dict[str, Any]] = [
    {
        "incident_id": "i1", "place_no": 1, "place_id": "p-daquq", "name": "Daquq", "name_ar": "داقوق",
        "name_ckb": "داقوق", "admin1": "Kirkuk", "admin1_pcode": "IQG13", "admin2": "Daquq", "latitude": 35.137,
        "longitude": 44.448, "geo_precision": 1, "where_prec": 1, "disputed": True, "administered_by": "federal",
    },
    {
        "incident_id": "i2", "place_no": 2, "place_id": "p-b", "name": "Makhmur", "admin1": "Erbil",
        "admin1_pcode": "IQG11", "latitude": 35.775, "longitude": 43.58, "geo_precision": 2, "where_prec": 2,
        "disputed": True,
    },
    {
        "incident_id": "i2", "place_no": 1, "place_id": "p-a", "name": "Hawija", "admin1": "Kirkuk",
        "admin1_pcode": "IQG13", "latitude": 35.325, "longitude": 43.772, "geo_precision": 1, "where_prec": 1,
        "disputed": False,
    },
]  # fmt: skip


def _has_pango() -> bool:
    try:
        fetcher()
    except StoreError:
        return False
    return True


needs_pango = pytest.mark.skipif(not _has_pango(), reason="Pango is not installed: no PDF can be made")


def _frame(rows: list[dict[str, Any]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


@pytest.fixture
def selection() -> Selection:
    """Three incidents: one at one place, one at two with hostile words, one with neither day nor place."""
    reports = [
        {"report_id": "r1", "publisher": "شفق نيوز", "published": date(2021, 12, 12), "url": "https://example.org/1",
         "lang": "ar", "text": ARABIC},
        {"report_id": "r2", "publisher": "=cmd|' /C calc'!A0", "url": "javascript:alert(1)", "text": "x"},
        {"report_id": "r3", "publisher": "P", "text": "y"},
    ]  # fmt: skip
    words = "وقُتل شرطيان"
    start = ARABIC.index(words)
    claims = [
        {"incident_id": "i1", "event_id": "e1", "report_id": "r1", "field": "fatalities", "value": "2", "words": words,
         "start": start, "end": start + len(words), "origin": "text", "rule": "dual"},
        {"incident_id": "i1", "event_id": "e1", "report_id": "r1", "field": "event_date", "value": "2021-12-11",
         "words": "", "origin": "publication", "rule": "publication"},
    ]  # fmt: skip
    sources = [
        {"incident_id": one["incident_id"], "event_id": f"e{one['report_id']}", "report_id": one["report_id"],
         "publisher": one["publishers"][0], "event_date": one.get("event_date"), "event_record": "{}"}
        for one in _INCIDENTS
    ]  # fmt: skip
    return Selection(
        incidents=_frame(_INCIDENTS, INCIDENTS),
        locations=_frame(_LOCATIONS, LOCATIONS),
        claims=_frame(claims, CLAIMS).lazy(),
        sources=_frame(sources, SOURCES).lazy(),
        reports=_frame(reports, REPORTS).lazy(),
        sentence="All incidents in Kirkuk and Erbil",
        manifest={"run_id": "run-7", "created": "2026-11-24T10:00:00+00:00"},
    )
