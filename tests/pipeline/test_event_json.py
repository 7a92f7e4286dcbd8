"""Events as the contract's JSON Lines: its keys in its order, nothing lost, Arabic as it is."""

import json
from datetime import date

from pipeline.event_json import event_record, json_lines
from pipeline.model import Claim, Days, Event, Location, Range, Span

KEYS = [
    "event_id", "report_id", "category", "event_type", "event_date", "end_date", "time_precision", "date_origin",
    "date_phrase", "locations", "actor1", "actor2", "fatalities", "injuries", "casualties_low", "n_strikes",
    "publisher", "quoted_sources", "evidence", "confidence",
]  # fmt: skip
PLACE_KEYS = [
    "place_id", "name", "name_ar", "name_ckb", "admin1", "admin1_pcode", "admin2", "latitude", "longitude",
    "geo_precision", "where_prec", "disputed", "where_description",
]  # fmt: skip

TYPE = Claim("attack", "هجوم", (Span(0, 4), Span(20, 24)), "text", "trigger")
BARE = Event("e-1", "r-1", "incident", TYPE)
PLACE = Location("daquq", "Daquq", "داقوق", None, "Kirkuk", "IQG13", "Daquq", 35.14, 44.45, 1, 1, True)
FULL = Event(
    "e-2", "r-2", "incident", TYPE,
    days=Claim(Days(date(2021, 12, 11), date(2021, 12, 12), 1), "ليلة أمس", (Span(5, 9),), "text", "told"),
    locations=(Claim(PLACE, "داقوق", (Span(10, 15),), "text", "told"),),
    actor1=Claim("Islamic State", "داعش", (Span(16, 20),), "text", "by"),
    fatalities=Claim(Range(3, None, 5), "ثلاثة; خمسة", (Span(25, 30), Span(31, 35)), "text", "rivals"),
    injuries=Claim(Range(0, 0, 0), "دون خسائر", (Span(40, 44),), "text", "none"),
    casualties_low=Claim(20, "عشرات", (Span(50, 55),), "text", "joint"),
    publisher="المنبر",
    quoted_sources=(Claim("مصدر أمني", "مصدر أمني", (Span(60, 69),), "text", "source"),),
    confidence=0.87654,
)  # fmt: skip


def test_the_keys_are_the_contracts_whatever_is_filled() -> None:
    assert list(event_record(BARE)) == list(event_record(FULL)) == KEYS
    assert list(event_record(FULL)["locations"][0]) == PLACE_KEYS


def test_a_bare_event_says_null_and_not_zero() -> None:
    record = event_record(BARE)
    assert {name for name in KEYS if record[name] is None} == {
        "event_date", "end_date", "time_precision", "date_origin", "date_phrase", "actor1", "actor2", "fatalities",
        "injuries", "casualties_low", "n_strikes", "publisher",
    }  # fmt: skip
    assert (record["locations"], record["quoted_sources"]) == ([], [])
    assert record["evidence"] == {"event_type": [[0, 4], [20, 24]]}


def test_a_full_event_loses_nothing() -> None:
    record = event_record(FULL)
    assert (record["event_date"], record["end_date"]) == ("2021-12-11", "2021-12-12")
    assert (record["time_precision"], record["date_origin"], record["date_phrase"]) == (1, "text", "ليلة أمس")
    assert record["fatalities"] == {"low": 3, "best": None, "high": 5}
    assert record["injuries"] == {"low": 0, "best": 0, "high": 0}
    assert (record["casualties_low"], record["confidence"]) == (20, 0.877)
    assert record["evidence"] == {
        "event_type": [[0, 4], [20, 24]], "event_date": [[5, 9]], "locations": [[10, 15]], "actor1": [[16, 20]],
        "fatalities": [[25, 30], [31, 35]], "injuries": [[40, 44]], "casualties_low": [[50, 55]],
        "quoted_sources": [[60, 69]],
    }  # fmt: skip


def test_an_unresolved_day_keeps_its_words() -> None:
    days = Claim(Days(None, None, None), "أمس", (Span(5, 8),), "text", "told")
    record = event_record(Event("e", "r", "incident", TYPE, days=days))
    assert (record["event_date"], record["time_precision"], record["date_phrase"]) == (None, None, "أمس")
    assert record["evidence"]["event_date"] == [[5, 8]]


def test_a_day_of_publication_has_no_words() -> None:
    days = Claim(Days(date(2021, 12, 12), date(2021, 12, 12), 2), "", (), "publication", "published")
    record = event_record(Event("e", "r", "incident", TYPE, days=days))
    assert (record["date_origin"], record["date_phrase"]) == ("publication", None)
    assert "event_date" not in record["evidence"]


def test_a_line_an_event_and_arabic_as_it_is() -> None:
    lines = list(json_lines([BARE, FULL]))
    assert [json.loads(line)["event_id"] for line in lines] == ["e-1", "e-2"]
    assert "داعش" not in lines[0]
    assert "مصدر أمني" in lines[1]
    assert all("\n" not in line for line in lines)
