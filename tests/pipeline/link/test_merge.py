"""What an incident's row says where its reports differ."""

import pytest

from pipeline.link.duplicates import near_duplicates, signature, similarity
from pipeline.link.identity import assign, inherit
from pipeline.link.merge import incident_row, together
from pipeline.model import Range
from pipeline.store.events import Forgotten
from tests.pipeline.link.told_pairs import event

DAY = {"event_type": "attack", "event_date": "2022-03-05", "end_date": "2022-03-05", "time_precision": 1}
TOLLS = [
    ([3, 3, 4], Range(3, 3, 4)),  # what most say
    ([3, 4], Range(3, 4, 4)),  # split: what the latest says
    ([None, 2], Range(2, 2, 2)),
    ([None, None], Range(None, None, None)),
    ([0, 0], Range(0, 0, 0)),
]


@pytest.mark.parametrize(("killed", "expected"), TOLLS)
def test_counts_of_several_reports_together(killed: list[int | None], expected: Range) -> None:
    told = [event(DAY | {"fatalities": count}, str(number)) for number, count in enumerate(killed)]
    assert together(told, "fatalities") == expected


def test_a_reprint_is_no_source_of_its_own() -> None:
    text = " ".join(f"word{number}" for number in range(60))
    told = [event(DAY | {"text": text, "fatalities": 3}, "a"), event(DAY | {"text": f"{text} end"}, "b")]
    duplicates = near_duplicates(told)
    assert duplicates == {"b": "a"}
    row = incident_row("i", told, duplicates)
    assert (row["n_sources"], row["n_reports"]) == (1, 2)


TEXTS = [
    (
        "انفجرت عبوة ناسفة قرب ناحية آمرلي شرقي صلاح الدين",
        "انفجرت عبوة ناسفة قرب ناحية امرلي شرقي صلاح الدين",
        1.0,
        1.0,
    ),
    ("one two three four five six seven", "eight nine ten eleven twelve", 0.0, 0.05),
    ("", "", 1.0, 1.0),
]


@pytest.mark.parametrize(("one", "other", "least", "most"), TEXTS)
def test_likeness_of_texts(one: str, other: str, least: float, most: float) -> None:
    assert least <= similarity(signature(one), signature(other)) <= most


def test_an_id_stays_with_the_earliest_of_its_events_and_others_become_aliases() -> None:
    a, b, c = (event(DAY, name) for name in "abc")
    merged = assign([[a, b]], {"a": "inc_1", "b": "inc_2"}, lambda _: False)
    assert merged.incident_ids == ("inc_1",) and merged.aliases == {"inc_2": "inc_1"}
    split = assign([[a], [b, c]], {"a": "inc_1", "b": "inc_1"}, lambda _: False)
    assert split.incident_ids[0] == "inc_1" and split.incident_ids[1] not in ("inc_1", "")
    again = assign([[a], [b, c]], {"a": "inc_1"}, lambda _: False)
    assert again.incident_ids == split.incident_ids, "a new id is made from what the incident is anchored in"


def test_an_event_read_anew_inherits_its_predecessors_incident() -> None:
    old = [Forgotten(1, "a", "incident", "attack", 0, "inc_1"), Forgotten(2, "a", "incident", "ied", 90, "inc_2")]
    assert inherit(old, [event(DAY, "a")]) == {"a": "inc_1"}
    assert inherit(old, [event(DAY, "other")]) == {}
