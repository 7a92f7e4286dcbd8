"""Linking against pairs that were labelled by hand, and the incidents that several pairs make."""

import itertools
import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.link.cluster import clusters
from pipeline.link.compare import THRESHOLD, score
from pipeline.link.duplicates import signature
from pipeline.link.merge import incident_row
from pipeline.link.told import Told, from_record
from pipeline.model import Report
from tests.pipeline.link.told_pairs import Pair, event, read_pairs

GOLD = Path(__file__).parents[4] / "shared" / "gold" / "dev.jsonl"


def linked(a: Told, b: Told) -> bool:
    found = score(a, b)
    return found is not None and found >= THRESHOLD


def test_pairwise_f1_on_the_labelled_pairs() -> None:
    pairs = read_pairs()
    assert len(pairs) >= 60 and sum(pair.same for pair in pairs) >= 25
    wrong = [pair for pair in pairs if linked(pair.a, pair.b) != pair.same]
    missed = sum(pair.same for pair in wrong)
    hits = sum(pair.same for pair in pairs) - missed
    f1 = 2 * hits / (2 * hits + len(wrong))
    assert f1 >= 0.85, [(pair.why, score(pair.a, pair.b)) for pair in wrong]


@pytest.mark.parametrize("pair", read_pairs(), ids=lambda pair: pair.why.replace(" ", "-"))
def test_either_way_round_is_the_same(pair: Pair) -> None:
    assert score(pair.a, pair.b) == pytest.approx(score(pair.b, pair.a))


def _gold(name: str) -> Told:
    if not GOLD.exists():
        pytest.skip("the optional folder ../shared with the development set is not there")
    lines = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    line = next(each for each in lines if each["id"] == name)
    record = dict.fromkeys(("actor1", "actor2", "fatalities", "injuries", "casualties_low", "n_strikes", "date_phrase"))
    record |= {"event_id": name, "date_origin": "text", "confidence": 0.8} | line["events"][0]
    blank = dict.fromkeys(("place_id", "admin2", "name_ckb", "admin1_pcode", "where_description"))
    record["locations"] = [blank | {"where_prec": 2} | place for place in record["locations"]]
    report = Report(name, line["text"], date.fromisoformat(line["published"]), line["publisher"])
    return from_record(record, report, name, signature(line["text"]), sentence=line["text"], sentence_start=0)


def test_the_pair_of_the_development_set_is_one_incident_with_both_tolls() -> None:
    both = [_gold("d29a"), _gold("d29b")]
    (group,) = clusters(both)
    row = incident_row("i", group, {})
    assert (row["fatalities_low"], row["fatalities_high"]) == (4, 6)
    assert (row["injuries_low"], row["injuries_high"]) == (5, 7)
    assert row["n_sources"] == 2 and row["conflicting"]
    assert row["actor1"] == "Islamic State"
    assert (row["event_date"], row["end_date"]) == (date(2023, 4, 18), date(2023, 4, 18)), "the narrower is the finer"


ATTACK = {"event_type": "attack", "event_date": "2022-03-05", "end_date": "2022-03-05", "time_precision": 1,
          "places": ["daquq"], "actor1": "Islamic State", "actor2": "Federal Police", "fatalities": 3}  # fmt: skip
OTHERS = [
    ("other victims", {"actor2": "Civilians"}, 2),
    ("another type", {"event_type": "abduction", "actor2": "Civilians", "fatalities": None}, 2),
    ("another day", {"event_date": "2022-03-08", "end_date": "2022-03-08"}, 2),
    ("another town", {"places": ["hawija"]}, 2),
    ("a higher toll", {"fatalities": 4}, 1),
    ("no attacker", {"actor1": None}, 1),
]


@pytest.mark.parametrize(("why", "other", "incidents"), OTHERS, ids=[each[0] for each in OTHERS])
def test_what_keeps_two_events_of_one_day_apart(why: str, other: dict[str, object], incidents: int) -> None:
    assert len(clusters([event(ATTACK, "a"), event(ATTACK | other, "b")])) == incidents


def test_groups_do_not_depend_on_the_order_of_events() -> None:
    told = [
        event(ATTACK, "a"),
        event(ATTACK | {"fatalities": 4}, "b"),
        event(ATTACK | {"actor2": None}, "c"),
        event(ATTACK | {"actor2": "Civilians"}, "d"),
    ]
    found = {
        tuple(tuple(e.event_id for e in group) for group in clusters(order)) for order in itertools.permutations(told)
    }
    assert len(found) == 1
    (groups,) = found
    assert not any({"a", "d"} <= set(group) for group in groups), (
        "one that names no victim does not bridge two incidents"
    )


def test_two_events_of_one_report_are_never_one() -> None:
    same = event(ATTACK, "a")
    assert score(same, same) is None
