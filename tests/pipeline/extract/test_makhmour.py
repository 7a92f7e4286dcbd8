"""The report this project began with (d01 of the development set): the whole way, in Arabic, with all its traps."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.event_json import event_record
from pipeline.extract import extract_events
from pipeline.model import Report
from tests.pipeline.extract.reading import gazetteer

DEV = Path(__file__).parents[4] / "shared" / "gold" / "dev.jsonl"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def told() -> Json:
    if not DEV.exists():
        pytest.skip("the optional folder ../shared (gold/dev.jsonl) is not there")
    return next(json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines() if '"d01"' in line)


@pytest.fixture(scope="module")
def found(told: Json) -> list[Json]:
    report = Report(told["id"], told["text"], date.fromisoformat(told["published"]), told["publisher"], lang="ar")
    return [event_record(event) for event in extract_events(report, gazetteer())]


def one(found: list[Json], event_type: str, day: str) -> Json:
    events = [event for event in found if event["event_type"] == event_type and event["event_date"] == day]
    assert len(events) == 1, [(event["event_type"], event["event_date"]) for event in found]
    return events[0]


def places(event: Json) -> list[tuple[str, int]]:
    return sorted((place["name"], place["geo_precision"]) for place in event["locations"])


def test_the_delegation_comes_to_makhmour_today(found: list[Json]) -> None:
    event = one(found, "visit", "2021-12-12")
    assert (event["end_date"], event["time_precision"], event["date_origin"]) == ("2021-12-12", 1, "text")
    assert places(event) == [("Makhmour", 1)]
    assert event["locations"][0]["admin1"] in ("Erbil", "Nineveh")
    assert event["actor2"] == "Peshmerga"


def test_the_prime_minister_came_four_days_before(found: list[Json]) -> None:
    event = one(found, "visit", "2021-12-08")
    assert ("Makhmour", 1) in places(event)
    assert event["actor1"] == "Government of Iraq"


def test_the_tally_is_one_event_over_four_provinces(told: Json, found: list[Json]) -> None:
    (event,) = [event for event in found if event["category"] == "incident"]
    assert (event["event_type"], event["time_precision"]) == ("attack", 3)
    assert (event["event_date"], event["end_date"]) == ("2021-11-12", "2021-12-12")
    assert [place["admin1"] for place in event["locations"]] == ["Kirkuk", "Nineveh", "Salah al-Din", "Diyala"]
    assert (event["casualties_low"], event["fatalities"], event["injuries"]) == (20, None, None)
    assert (event["actor1"], event["actor2"]) == ("Islamic State", "Peshmerga")


def test_ten_strikes_yesterday_in_no_place_in_particular(found: list[Json]) -> None:
    (event,) = [event for event in found if event["category"] == "airstrike"]
    assert (event["event_type"], event["event_date"], event["end_date"]) == ("air_strike", "2021-12-11", "2021-12-11")
    assert (event["n_strikes"], event["locations"]) == (10, [])
    assert (event["actor1"], event["actor2"]) == ("Iraqi Air Force", "Islamic State")


def test_what_is_planned_or_opined_is_no_event(found: list[Json]) -> None:
    """The delegation will meet, plans hold sweeps, the coalition's mission will end: none of it has happened."""
    assert [event for event in found if event["event_type"] == "meeting"] == []
    operations = [event for event in found if event["category"] == "operation"]
    assert {event["event_date"] for event in operations} <= {"2021-12-08"}  # those the prime minister oversaw: optional
    assert [event for event in found if event["event_date"] is None or event["event_date"] > "2021-12-12"] == []


def test_no_visit_to_makhmour_on_another_day(found: list[Json]) -> None:
    days = [
        event["event_date"] for event in found if event["event_type"] == "visit" and ("Makhmour", 1) in places(event)
    ]
    assert sorted(days) == ["2021-12-08", "2021-12-12"]


def test_every_value_has_its_words_in_the_text(told: Json, found: list[Json]) -> None:
    for event in found:
        for name in ("event_type", "event_date", "locations", "actor1", "actor2", "casualties_low", "n_strikes"):
            if event[name] and not (name == "event_date" and event["date_origin"] == "publication"):
                spans = event["evidence"][name]
                assert spans
                assert all(0 <= start < end <= len(told["text"]) for start, end in spans)
    strikes = next(event for event in found if event["n_strikes"])
    assert "10" in " ".join(told["text"][start:end] for start, end in strikes["evidence"]["n_strikes"])
