"""The measure itself: small cases counted by hand, and the same totals as the ruler that others use."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.evaluate import days_agree, evaluate, field_accuracy, place_agrees, places_agree, totals

ROOT = Path(__file__).parents[2]
RULER = ROOT.parent / "shared" / "gold" / "score.py"
DEV = ROOT.parent / "shared" / "gold" / "dev.jsonl"
OWN = ROOT / "tests" / "gold" / "own_dev.jsonl"
needs_shared = pytest.mark.skipif(
    not RULER.exists(), reason="the optional folder ../shared (gold/score.py) is not there"
)

Json = dict[str, Any]
KIRKUK: Json = {"name": "Kirkuk", "admin1": "Kirkuk", "latitude": 35.468, "longitude": 44.392, "geo_precision": 1}
NEAR: Json = KIRKUK | {"latitude": 35.558}  # 10 km north
FAR: Json = KIRKUK | {"latitude": 35.648}  # 20 km north
PROVINCE: Json = {"name": "Kirkuk", "admin1": "Kirkuk", "latitude": None, "longitude": None, "geo_precision": 3}
MAKHMOUR: Json = PROVINCE | {"name": "Makhmour", "admin1": ["Nineveh", "Erbil"]}


def attack(day: str | None = "2021-12-04", *places: Json, **more: Any) -> Json:
    return {"category": "incident", "event_type": "attack", "event_date": day, "locations": list(places)} | more


def report(*events: Json) -> Json:
    return {"id": "r", "text": "x" * 50, "lang": "ar", "events": list(events)}


def told(*events: Json) -> list[Json]:
    spans = {"event_type": [[0, 5]], "event_date": [[6, 9]], "locations": [[10, 15]]}
    return [{"report_id": "r", "evidence": spans} | event for event in events]


@pytest.mark.parametrize(
    ("gold", "found", "agree"),
    [
        (KIRKUK, KIRKUK, True),
        (KIRKUK, NEAR, True),
        (KIRKUK, FAR, False),
        (KIRKUK | {"geo_precision": 2}, FAR, True),  # near a place: three times as far
        (KIRKUK, FAR | {"latitude": None, "longitude": None}, False),
        (KIRKUK, KIRKUK | {"geo_precision": 3}, False),  # told more coarsely than gold tells it
        (PROVINCE, FAR, True),
        (PROVINCE, FAR | {"admin1": "Diyala"}, False),
        (MAKHMOUR, PROVINCE | {"admin1": "Erbil"}, True),  # gold accepts either
        (PROVINCE | {"admin1": None}, PROVINCE | {"admin1": None}, False),
    ],
)
def test_places(gold: Json, found: Json, agree: bool) -> None:
    assert place_agrees(gold, found) is agree


@pytest.mark.parametrize(
    ("gold", "found", "agree"),
    [
        ([], [], True),
        ([KIRKUK], [], False),
        ([], [KIRKUK], False),
        ([KIRKUK, KIRKUK], [KIRKUK], False),  # each its own
        ([KIRKUK, PROVINCE], [NEAR, FAR], True),
    ],
)
def test_lists_of_places(gold: list[Json], found: list[Json], agree: bool) -> None:
    assert places_agree(gold, found) is agree


@pytest.mark.parametrize(
    ("gold", "found", "agree"),
    [
        (("2021-12-04", None), ("2021-12-04", "2021-12-04"), True),
        (("2021-12-04", "2021-12-05"), ("2021-12-05", "2021-12-05"), True),  # a night: either day
        (("2021-12-04", "2021-12-06"), ("2021-12-05", "2021-12-05"), False),
        (("2021-12-04", "2021-12-04"), ("2021-12-04", "2021-12-05"), False),
        (("2021-11-30", "2021-12-01"), ("2021-12-01", "2021-12-01"), False),  # over the end of a month: as the ruler
        ((None, None), (None, None), True),
        ((None, None), ("2021-12-04", None), False),
    ],
)
def test_days(gold: tuple[str | None, str | None], found: tuple[str | None, str | None], agree: bool) -> None:
    one, other = ({"event_date": start, "end_date": end} for start, end in (gold, found))
    assert days_agree(one, other) is agree


A, B = attack("2021-12-04", KIRKUK), attack("2021-12-09", FAR)


@pytest.mark.parametrize(
    ("gold", "got", "expected"),  # gold, got, found, right, invented, optional found
    [
        ([A], [A], (1, 1, 1, 1, 0, 0)),
        ([A], [], (1, 0, 0, 0, 0, 0)),
        ([], [A], (0, 1, 0, 0, 1, 0)),
        ([A], [A | {"category": "operation"}], (1, 1, 0, 0, 1, 0)),  # another category is another event
        ([A], [attack("2021-12-04", FAR)], (1, 1, 1, 0, 0, 0)),  # the day alone: found, not right
        ([A], [attack("2021-12-20", KIRKUK)], (1, 1, 1, 0, 0, 0)),  # the place alone
        ([A], [B], (1, 1, 0, 0, 1, 0)),
        ([A, B], [B, A], (2, 2, 2, 2, 0, 0)),
        ([A], [A, A], (1, 2, 1, 1, 1, 0)),  # told twice: one is invented
        ([A | {"optional": True}], [A], (0, 0, 0, 0, 0, 1)),  # optional counts neither way
        ([A | {"optional": True}], [], (0, 0, 0, 0, 0, 0)),
        ([attack("2021-12-04")], [attack("2021-12-09")], (1, 1, 1, 0, 0, 0)),  # no place on either side is one place
        ([attack(None, KIRKUK)], [attack(None, KIRKUK)], (1, 1, 1, 1, 0, 0)),
    ],
)
def test_counts(gold: list[Json], got: list[Json], expected: tuple[int, ...]) -> None:
    count = totals(evaluate([report(*gold)], told(*got)).verdicts)
    assert (count.gold, count.got, count.found, count.right, count.invented, count.optional_found) == expected


def test_precision_recall_and_f1_by_hand() -> None:
    count = totals(
        evaluate([report(A, B, A | {"category": "operation"})], told(A, attack("2021-12-20", PROVINCE))).verdicts
    )
    assert count.figures(count.found) == pytest.approx((0.5, 1 / 3, 0.4))
    assert totals([]).figures(0) == (0.0, 0.0, 0.0)


def test_fields_are_compared_where_gold_fills_them() -> None:
    gold = A | {
        "event_type": "attack|ied",
        "fatalities": {"best": 2},
        "injuries": {"best": None},
        "actor1": "Peshmerga",
    }
    got = A | {"event_type": "ied", "fatalities": {"best": 3}, "injuries": {"best": 9}, "actor2": "Peshmerga"}
    assert field_accuracy(evaluate([report(gold)], told(got)).verdicts) == {
        "event_type": (1, 1), "days": (1, 1), "places": (1, 1), "fatalities": (0, 1), "actors": (1, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "origin", "has"),
    [
        ({"event_type": [[0, 5]], "event_date": [[0, 5]], "locations": [[0, 50]]}, "text", (True, True, True)),
        ({"event_type": [], "locations": [[0, 51]]}, "text", (False, False, False)),
        ({"event_type": [[3, 3]], "locations": [[-1, 4]]}, "publication", (False, False)),  # a day not read needs none
    ],
)
def test_evidence_must_lie_in_the_text(evidence: Json, origin: str, has: tuple[bool, ...]) -> None:
    got = A | {"evidence": evidence, "date_origin": origin, "report_id": "r"}
    assert evaluate([report(A)], [got]).evidence == has


def test_events_of_other_reports_do_not_count() -> None:
    assert totals(evaluate([report(A)], [A | {"report_id": "another"}]).verdicts).got == 0


@needs_shared
@pytest.mark.parametrize("gold", [DEV, OWN], ids=lambda path: path.name)
def test_totals_are_the_rulers(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(gold)]) == 0
    events = tmp_path / "events.jsonl"
    events.write_text(capsys.readouterr().out, encoding="utf-8")
    ruler = subprocess.run([sys.executable, RULER, gold, events], capture_output=True, text=True, check=True).stdout
    for more in ([], ["--events", str(events)]):
        assert main(["evaluate", str(gold), *more, "--by", "none"]) == 0
        assert capsys.readouterr().out == ruler


def test_tables_and_words_of_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "An attack in Kirkuk on Saturday. A bomb elsewhere."
    gold = {"id": "r", "text": text, "lang": "en", "events": [A | {"sentence": text[:32]}, B | {"sentence": "gone"}]}
    got = told(A | {"end_date": "2021-12-06"}, {"category": "incident", "event_type": "ied", "locations": []})
    got[1]["evidence"] = {"event_type": [[35, 39]]}
    for name, records in (("gold", [gold]), ("events", got)):
        (tmp_path / name).write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    assert main(["evaluate", str(tmp_path / "gold"), "--events", str(tmp_path / "events"), "--show"]) == 0
    out = capsys.readouterr().out
    rows = {line.split()[0]: line.split()[1:6] for line in out.splitlines() if line}
    assert rows["en"] == ["2", "2", "1", "0", "1"]
    assert rows["attack"] == ["2", "1", "1", "0", "0"]
    assert rows["ied"] == ["0", "1", "0", "0", "1"]
    assert "wrong     r: days of incident attack, 2021-12-04, Kirkuk" in out
    assert "read: bomb in: A bomb elsewhere." in out
    assert "told: gone" in out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "cannot be read"),
        ("[1]", ":1 is a JSON list"),
        ('{"id": "a", "text": "b"}', ":1 is no gold report: it has no events"),
    ],
)
def test_a_broken_gold_set_is_named(
    content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gold").write_text(content, encoding="utf-8")
    assert main(["evaluate", str(tmp_path / "gold")]) == 1
    assert message in capsys.readouterr().err


def test_wrong_usage_is_two() -> None:
    with pytest.raises(SystemExit) as end:
        main(["evaluate", "gold", "--by", "colour"])
    assert end.value.code == 2
