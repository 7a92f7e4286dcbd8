"""Decisions: laid over the machine's layer, kept over re-runs, reported where what they were about has gone."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from pipeline.errors import UsageError
from pipeline.review import Decision, decide, history, queue, show
from pipeline.run import publish_now
from pipeline.snapshot import Snapshot
from pipeline.store import Store
from tests.pipeline.conftest import Runner
from tests.pipeline.told_reports import report

ATTACK = "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"
LATER = "attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5"
VISIT = "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |"
IED = "ied | 2023-05-02 | Hawija | | Iraqi Army | 1 | 2"


def _by(action: str, incident_id: str, **more: Any) -> Decision:
    return Decision(incident_id, action, "Rezan", **more)


def _incident(snapshot: Snapshot, category: str = "incident") -> dict[str, Any]:
    return snapshot.read("incidents").filter(category=category).row(0, named=True)


@pytest.fixture
def published(run_with: Runner) -> Snapshot:
    return run_with(report("a", ATTACK, publisher="A"), report("b", LATER, publisher="B"), report("c", VISIT)).snapshot


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "snapshot"


STATES = [("accept", {}, "accepted"), ("reject", {}, "rejected"), ("note", {"note": "ask"}, "machine")]


@pytest.mark.parametrize(("action", "more", "state"), STATES)
def test_review_states_are_published(
    store: Store, published: Snapshot, root: Path, action: str, more: dict[str, str], state: str
) -> None:
    decide(store, _by(action, _incident(published)["incident_id"], **more))
    after = publish_now(store, root)
    assert _incident(after)["review_state"] == state
    assert _incident(after, "meeting")["review_state"] == "machine"
    assert after.read("history").select("action", "reviewer", "state").rows() == [(action, "Rezan", "applied")]
    assert after.manifest.counts["sources"] == published.manifest.counts["sources"]


SETS = [
    ("fatalities", "5", {"fatalities_low": 5, "fatalities_best": 5, "fatalities_high": 5}),
    ("fatalities_best", "5", {"fatalities_best": 5, "fatalities_low": 4}),
    ("event_type", "air_strike", {"event_type": "air_strike", "category": "airstrike"}),
    (
        "event_date",
        "2023-05-01",
        {"event_date": date(2023, 5, 1), "end_date": date(2023, 5, 1), "date_origin": "reviewed"},
    ),
    ("actor1", "", {"actor1": None}),
    ("actor2", "Peshmerga;Asayish", {"actor2": "Peshmerga; Asayish"}),
]


@pytest.mark.parametrize(("field", "value", "columns"), SETS)
def test_a_corrected_field_is_published_and_outlasts_other_rules(
    store: Store, published: Snapshot, root: Path, run_with: Runner, field: str, value: str, columns: dict[str, Any]
) -> None:
    incident_id = _incident(published)["incident_id"]
    decide(store, _by("set", incident_id, field=field, value=value))
    publish_now(store, root)
    after = run_with(rules="2").snapshot
    row = after.read("incidents").row(by_predicate=pl.col("incident_id") == incident_id, named=True)
    assert {name: row[name] for name in columns} == columns
    assert row["review_state"] == "corrected"
    told = after.read("claims").filter(incident_id=incident_id, origin="reviewed")
    assert set(told["rule"]) == {"decision 1"}
    assert after.manifest.counts["incidents"] == 2


WRONG = [
    ("set", {"field": "fatalities", "value": "-1"}, "count"),
    ("set", {"field": "event_date", "value": "yesterday"}, "event_date"),
    ("set", {"field": "end_date", "value": "2020-01-01"}, "before it began"),
    ("set", {"field": "fatalities_low", "value": "50"}, "low over best to high"),
    ("set", {"field": "sentence", "value": "x"}, "cannot be set"),
    ("set", {"field": "event_type", "value": "party"}, "must be one of"),
    ("merge", {}, "needs the ids"),
    ("merge", {"others": ("inc_none",)}, "no incident inc_none"),
    ("split", {"others": ("nothing",)}, "no event"),
    ("split", {"others": ("a-0", "b-0")}, "nothing would be left"),
    ("move", {"places": ({"name": "x", "latitude": 44.0, "longitude": 35.0},)}, "latitude comes first"),
    ("note", {}, "needs a text"),
    ("praise", {}, "no decision"),
]


@pytest.mark.parametrize(("action", "more", "told"), WRONG)
def test_what_does_not_fit_is_refused_and_not_kept(
    store: Store, published: Snapshot, action: str, more: dict[str, Any], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        decide(store, _by(action, _incident(published)["incident_id"], **more))
    assert history(store, _incident(published)["incident_id"]) == []


def test_an_incident_that_is_not_there_is_refused(store: Store, published: Snapshot) -> None:
    with pytest.raises(UsageError, match="review list"):
        decide(store, _by("accept", "inc_none"))


def test_moving_replaces_the_places(store: Store, published: Snapshot, root: Path) -> None:
    incident_id = _incident(published)["incident_id"]
    place = {"place_id": "tuz", "name": "Tuz Khurmatu", "admin1": "Salah al-Din", "latitude": 34.9, "longitude": 44.6}
    taken = decide(store, _by("move", incident_id, places=(place,)))
    assert taken.old_value and "Amirli" in taken.old_value
    after = publish_now(store, root).read("locations").filter(incident_id=incident_id)
    assert after.select("place_no", "name", "latitude").rows() == [(0, "Tuz Khurmatu", 34.9)]


def test_splitting_and_merging_again(store: Store, published: Snapshot, root: Path) -> None:
    incident_id = _incident(published)["incident_id"]
    off = decide(store, _by("split", incident_id, others=("b-0",))).split_off
    assert off
    apart = publish_now(store, root)
    tolls = apart.read("incidents").filter(category="incident").select("incident_id", "fatalities_best")
    assert dict(tolls.iter_rows()) == {incident_id: 4, off: 6}
    assert apart.read("sources").filter(incident_id=off)["event_id"].to_list() == ["b-0"]
    decide(store, _by("merge", incident_id, others=(off,)))
    together = publish_now(store, root)
    assert _incident(together)["fatalities_high"] == 6
    assert together.manifest.counts["incidents"] == 2
    assert together.read("sources").filter(incident_id=incident_id).height == 2
    assert show(store, off)["incident_id"] == incident_id, "the id that went still leads to the incident"


def test_what_was_merged_is_split_off_again(store: Store, root: Path, run_with: Runner) -> None:
    two = "ied | 2023-04-18 | Amirli | | Iraqi Army | 1 |"
    snapshot = run_with(report("a", ATTACK), report("b", LATER), report("d", two)).snapshot
    first = snapshot.read("sources").filter(report_id="a")["incident_id"].item()
    other = snapshot.read("sources").filter(report_id="d")["incident_id"].item()
    decide(store, _by("merge", first, others=(other,)))
    off = decide(store, _by("split", first, others=("d-0",))).split_off
    after = publish_now(store, root).read("sources")
    assert after.filter(incident_id=off)["event_id"].to_list() == ["d-0"]
    assert after.filter(incident_id=first)["event_id"].to_list() == ["a-0", "b-0"]


def test_merging_over_months_takes_the_other_out_of_its_month(
    store: Store, published: Snapshot, root: Path, run_with: Runner
) -> None:
    other = _incident_of(run_with(report("d", IED)).snapshot, "ied")
    decide(store, _by("merge", _incident_of(published, "attack"), others=(other,)))
    after = publish_now(store, root)
    assert other not in after.read("incidents")["incident_id"]
    for table in ("claims", "sources", "locations"):
        ids = set(after.read(table)["incident_id"])
        assert ids <= set(after.read("incidents")["incident_id"]), table
    assert after.manifest.counts["sources"] == 4


def _incident_of(snapshot: Snapshot, event_type: str) -> str:
    return str(snapshot.read("incidents").filter(event_type=event_type)["incident_id"].item())


def test_a_decision_whose_evidence_vanished_is_reported_and_applies_again_when_it_is_back(
    store: Store, published: Snapshot, run_with: Runner
) -> None:
    incident_id = _incident(published, "meeting")["incident_id"]
    decide(store, _by("accept", incident_id))
    url = {"url": "https://news.invalid/c"}
    run_with(report("c", "", **url), rules="2")  # the same report_id, with nothing in it now
    gone = run_with().snapshot
    assert gone.manifest.orphaned_decisions == 1
    assert gone.read("history")["state"].to_list() == ["orphaned"]
    assert [each["incident_id"] for each in queue(store, "orphaned")] == [incident_id]
    back = run_with(report("c", VISIT, title="found again"), rules="3").snapshot
    assert _incident(back, "meeting")["incident_id"] == incident_id
    assert _incident(back, "meeting")["review_state"] == "accepted"
    assert back.manifest.orphaned_decisions == 0


def test_history_tells_decisions_and_what_re_running_changed(
    store: Store, published: Snapshot, run_with: Runner
) -> None:
    incident_id = _incident(published)["incident_id"]
    decide(store, _by("set", incident_id, field="fatalities", value="5", note="hospital list"))
    run_with(report("e", ATTACK.replace("| 4 |", "| 3 |"), publisher="E"))
    told = history(store, incident_id)
    assert told[0]["action"] == "set"
    assert (told[0]["old_value"], told[0]["new_value"], told[0]["note"]) == ("[4, 6, 6]", "5", "hospital list")
    changed = {each["field"]: (each["old_value"], each["new_value"]) for each in told if each["action"] == "machine"}
    assert changed["n_reports"] == (2, 3)
    assert changed["fatalities_low"] == (4, 3)


def test_the_log_can_only_be_added_to(store: Store, published: Snapshot) -> None:
    decide(store, _by("accept", _incident(published)["incident_id"]))
    for statement in ("update decisions set reviewer = 'x'", "delete from decisions"):
        with pytest.raises(sa.exc.IntegrityError, match="never changed"), store.write() as connection:
            connection.execute(sa.text(statement))


def test_the_queue_is_least_certain_first_and_leaves_out_what_is_decided(store: Store, published: Snapshot) -> None:
    waiting = queue(store)
    assert [each["confidence"] for each in waiting] == sorted(each["confidence"] for each in waiting)
    decide(store, _by("accept", waiting[0]["incident_id"]))
    assert [each["incident_id"] for each in queue(store)] == [waiting[1]["incident_id"]]
    assert [each["incident_id"] for each in queue(store, "accepted")] == [waiting[0]["incident_id"]]


def test_decisions_follow_an_incident_that_the_machine_merges(store: Store, root: Path, run_with: Runner) -> None:
    run_with(report("a", ATTACK))
    victims = ATTACK.replace("Popular Mobilization Forces", "Civilians")
    second = run_with(report("b", victims)).snapshot
    other = second.read("sources").filter(report_id="b")["incident_id"].item()
    decide(store, _by("note", other, note="check with the hospital"))
    merged = run_with(report("b", LATER, title="corrected")).snapshot
    incident_id = _incident(merged)["incident_id"]
    assert merged.manifest.counts["incidents"] == 1
    assert merged.read("history")["incident_id"].to_list() == [incident_id]
    assert merged.manifest.orphaned_decisions == 0
