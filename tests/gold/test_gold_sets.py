"""The own gold sets are well formed and agree with the guidelines' vocabulary; what they say is not tested here.

Every test collects the ids of what is wrong and compares that list alone, so that a failure shows no text of the
unseen set.
"""

import importlib.util
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geodata.gazetteer import ADMIN1
from pipeline.model import EVENT_TYPES

HERE = Path(__file__).parent
SCORER = HERE.parents[2] / "shared" / "gold" / "score.py"
SETS = {
    "own_dev.jsonl": ("o", 1, 44),
    "own_dev2.jsonl": ("p", 1, 70),
    "own_dev3.jsonl": ("q", 1, 70),
    "own_dev4.jsonl": ("v", 1, 60),
    "own_dev5.jsonl": ("u", 1, 18),
    "own_dev6.jsonl": ("w", 1, 98),
    "own_dev7.jsonl": ("x", 1, 44),
    "own_dev8.jsonl": ("z", 1, 238),
    "own_unseen.jsonl": ("u", 19, 36),
    "own_unseen2.jsonl": ("y", 1, 45),
    "own_unseen3.jsonl": ("t", 1, 44),
    "own_unseen4.jsonl": ("k", 1, 44),
}
REPORT_KEYS = {"id", "lang", "published", "publisher", "text", "notes", "events"}
EVENT_KEYS = {"category", "event_type", "locations", "sentence"}
MORE_EVENT_KEYS = {
    "event_date", "end_date", "time_precision", "date_origin", "actor1", "actor2", "fatalities", "injuries",
    "casualties_low", "n_strikes", "quoted_sources", "optional",
}  # fmt: skip
PLACE_KEYS = {"name", "name_ar", "admin1", "geo_precision", "latitude", "longitude"}
SOUTH, NORTH, WEST, EAST = 29.0, 37.4, 38.7, 48.7  # Iraq, in degrees

Json = dict[str, Any]


def load(name: str) -> list[Json]:
    with (HERE / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def keys_known(report: Json, event: Json) -> bool:
    return EVENT_KEYS <= set(event) <= EVENT_KEYS | MORE_EVENT_KEYS


def type_belongs_to_category(report: Json, event: Json) -> bool:
    return EVENT_TYPES.get(event["event_type"]) == event["category"]


def words_are_the_reports(report: Json, event: Json) -> bool:
    return len(event["sentence"]) > 15 and all(
        words in report["text"] for words in (event["sentence"], *event.get("quoted_sources", []))
    )


def days_in_order(report: Json, event: Json) -> bool:
    """Only a report without a date may leave a day unresolved; nothing occurs after it is reported."""
    if "event_date" not in event:
        return report["published"] is None and not {"end_date", "time_precision", "date_origin"} & set(event)
    start, end = date.fromisoformat(event["event_date"]), date.fromisoformat(event["end_date"])
    published = date.fromisoformat(report["published"]) if report["published"] else end
    fallback = event.get("date_origin") == "publication"
    return (
        start <= end <= published
        and event["time_precision"] in (1, 2, 3)
        and (not fallback or (start == end == published and event["time_precision"] == 2))
    )


def places_in_iraq(report: Json, event: Json) -> bool:
    return all(place_in_iraq(place) for place in event["locations"])


def place_in_iraq(place: Json) -> bool:
    provinces = place["admin1"] if isinstance(place["admin1"], list) else [place["admin1"]]
    lat, lon = place["latitude"], place["longitude"]
    located = lat is None and lon is None  # of a province, or of a range with no point of its own
    if place["geo_precision"] == 1 or not located:
        located = lat is not None and SOUTH < lat < NORTH and WEST < lon < EAST and place["geo_precision"] < 3
    return set(place) == PLACE_KEYS and set(provinces) <= set(ADMIN1) and located


def figures_in_order(report: Json, event: Json) -> bool:
    """A range has at least one end; a joint sum of killed and injured fills neither alone."""
    ranges = [event[field] for field in ("fatalities", "injuries") if field in event]
    if "casualties_low" in event and ranges:
        return False
    for figure in ranges:
        told = [figure[end] for end in ("low", "best", "high") if figure[end] is not None]
        if set(figure) != {"low", "best", "high"} or not told or told != sorted(told) or min(told) < 0:
            return False
    return True


CHECKS = (
    keys_known, type_belongs_to_category, words_are_the_reports, days_in_order, places_in_iraq, figures_in_order,
)  # fmt: skip


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_event_is_well_formed(name: str, check: Callable[[Json, Json], bool]) -> None:
    wrong = [
        f"{report['id']}-{k}" for report in load(name) for k, e in enumerate(report["events"]) if not check(report, e)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", SETS)
def test_every_report_is_complete(name: str) -> None:
    wrong = [
        report["id"]
        for report in load(name)
        if set(report) != REPORT_KEYS
        or not report["notes"]
        or not report["text"]
        or report["text"].strip() != report["text"]
        or "{" in report["text"]  # an unfilled template
    ]
    assert wrong == []


@pytest.mark.parametrize(("name", "prefix", "first", "last"), [(name, *rest) for name, rest in SETS.items()])
def test_ids_run_on_without_gaps(name: str, prefix: str, first: int, last: int) -> None:
    assert [report["id"] for report in load(name)] == [f"{prefix}{n:03d}" for n in range(first, last + 1)]


WHOLE = [[name] for name in SETS if name not in ("own_dev5.jsonl", "own_unseen.jsonl")]


@pytest.mark.parametrize("names", [*WHOLE, ["own_dev5.jsonl", "own_unseen.jsonl"]], ids=lambda names: names[0])
def test_every_event_type_and_language_occurs(names: list[str]) -> None:
    reports = [report for name in names for report in load(name)]
    told = {event["event_type"] for report in reports for event in report["events"] if not event.get("optional")}
    assert set(EVENT_TYPES) - told == set()
    assert {report["lang"] for report in reports} == {"ar", "ckb", "en"}
    assert sum(not report["events"] for report in reports) >= 4


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return {tuple(words[k : k + 3]) for k in range(len(words) - 2)}


def test_no_report_is_a_near_twin_of_another() -> None:
    texts = [(report["id"], shingles(report["text"])) for name in SETS for report in load(name)]
    twins = [(a, b) for k, (a, x) in enumerate(texts) for b, y in texts[:k] if len(x & y) > 0.15 * min(len(x), len(y))]
    assert twins == []


@pytest.mark.skipif(not SCORER.exists(), reason="needs the optional folder ../shared beside the repository")
@pytest.mark.parametrize("name", SETS)
def test_gold_scored_against_itself_is_perfect(name: str) -> None:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    ruler = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(ruler)
    reports = load(name)
    events = []
    for report in reports:
        for k, event in enumerate(report["events"]):
            start = report["text"].index(event["sentence"])
            span = [[start, start + len(event["sentence"])]]
            evidence = dict.fromkeys(("event_type", "event_date", "locations"), span)
            events.append(event | {"report_id": report["id"], "event_id": f"{report['id']}-{k}", "evidence": evidence})
    total, fields = ruler.score(reports, events)
    assert total["gold"] == total["got"] == total["found"] == total["right"] > 0
    assert [field for field, counts in fields.items() if counts[False]] == []
