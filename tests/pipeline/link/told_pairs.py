"""Labelled pairs of events: pairs.jsonl holds one a line, `a` and `b` as their reports tell them, and whether they are
one occurrence (`same`). All were written for this test; the places are the gazetteer's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geodata.gazetteer import Gazetteer
from pipeline.event_json import location_record
from pipeline.geocode.resolve import location_of, precision
from pipeline.link.duplicates import signature
from pipeline.link.told import Told, from_record
from pipeline.model import EVENT_TYPES, Report

PAIRS = Path(__file__).with_name("pairs.jsonl")


@dataclass(frozen=True)
class Pair:
    same: bool
    why: str
    a: Told
    b: Told


def read_pairs() -> list[Pair]:
    """Every labelled pair."""
    lines = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    return [
        Pair(line["same"], line["why"], event(line["a"], f"{number}a"), event(line["b"], f"{number}b"))
        for number, line in enumerate(lines)
    ]


def event(told: Mapping[str, Any], name: str) -> Told:
    """One side of a pair; a text that is not given is unlike every other."""
    gazetteer = Gazetteer.load()
    places = [gazetteer.places[place_id] for place_id in told.get("places", ())]
    record = {
        "event_id": name,
        "category": EVENT_TYPES[told["event_type"]],
        "event_type": told["event_type"],
        "event_date": told.get("event_date"),
        "end_date": told.get("end_date"),
        "time_precision": told.get("time_precision"),
        "date_origin": told.get("date_origin", "text") if "event_date" in told else None,
        "date_phrase": None,
        "locations": [location_record(location_of(place, *precision(place))) for place in places],
        "actor1": told.get("actor1"),
        "actor2": told.get("actor2"),
        "fatalities": _exactly(told.get("fatalities")),
        "injuries": _exactly(told.get("injuries")),
        "casualties_low": None,
        "n_strikes": None,
        "quoted_sources": [],
        "confidence": 0.7,
    }
    text = told.get("text") or " ".join(f"{name}word{number}" for number in range(30))
    published = date.fromisoformat(told["end_date"]) if "end_date" in told else None
    report = Report(name, text, published)
    return from_record(record, report, name, signature(text), sentence=text, sentence_start=0)


def _exactly(count: int | None) -> dict[str, int] | None:
    return None if count is None else {"low": count, "best": count, "high": count}
