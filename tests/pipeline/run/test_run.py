"""The whole way from reports to the snapshot: once each, versions, re-extraction, samples, several processes."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipeline.read.types import Failure
from pipeline.run import RunOptions, run
from pipeline.snapshot import Snapshot
from pipeline.snapshot_schema import FILES
from pipeline.store import Store, open_store
from pipeline.store.lock import BusyError, run_lock
from pipeline.versions import Versions
from tests.pipeline.conftest import Runner
from tests.pipeline.told_reports import Source, load, report

ATTACK = "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"
LATER = "attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5"
VISIT = "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |"


def _ids(snapshot: Snapshot) -> list[str]:
    return sorted(snapshot.read("incidents")["incident_id"])


def test_reports_of_one_occurrence_become_one_incident_that_keeps_who_says_what(run_with: Runner) -> None:
    told = run_with(report("a", ATTACK, publisher="A"), report("b", LATER, publisher="B"), report("c", VISIT))
    incidents = told.snapshot.read("incidents")
    attack = incidents.row(by_predicate=pl.col("category") == "incident", named=True)
    assert (attack["n_sources"], attack["n_reports"], attack["conflicting"]) == (2, 2, True)
    assert (attack["fatalities_low"], attack["fatalities_best"], attack["fatalities_high"]) == (4, 6, 6)
    assert (attack["injuries_low"], attack["injuries_best"], attack["injuries_high"]) == (5, 5, 7)
    assert attack["actor1"] == "Islamic State"
    assert attack["publishers"] == ["A", "B"]
    says = told.snapshot.read("sources").filter(incident_id=attack["incident_id"])
    assert says.select("publisher", "fatalities_best").rows() == [("A", 4), ("B", 6)]
    assert told.snapshot.manifest.counts["incidents"] == incidents.height == 2


def test_every_claim_has_its_words_in_its_report(run_with: Runner) -> None:
    snapshot = run_with(report("a", ATTACK), report("c", VISIT)).snapshot
    claims = snapshot.read("claims").join(snapshot.read("reports").select("report_id", "text"), on="report_id")
    assert claims.height > 8
    for row in claims.iter_rows(named=True):
        assert row["text"][row["start"] : row["end"]] == row["words"]


def test_the_same_reports_twice_change_nothing(run_with: Runner) -> None:
    reports = [report("a", ATTACK), report("b", LATER)]
    first, second = run_with(*reports), run_with(*reports)
    assert second.counts["reports_unchanged"] == 2
    assert second.counts["reports_read"] == 0
    assert second.snapshot.run_id == first.snapshot.run_id, "nothing new was published"


def test_one_at_a_time_gives_what_all_at_once_gives(run_with: Runner, tmp_path: Path) -> None:
    reports = [report("a", ATTACK), report("b", LATER), report("c", VISIT), report("d", ATTACK, published="2023-04-20")]
    for each in reports:
        slowly = run_with(each).snapshot
    other = open_store(tmp_path / "other.sqlite")
    options = RunOptions(
        tmp_path / "other",
        load=load,
        read_source=Source(*reports),
        versions=Versions("code", "1", "places"),
    )
    at_once = run(other, ["here"], options).snapshot
    for table in FILES:
        drop = ["retrieved_at"] if table == "reports" else []
        assert_frame_equal(slowly.read(table).drop(drop), at_once.read(table).drop(drop))


def test_a_corrected_report_is_a_new_version_under_the_same_incident(run_with: Runner) -> None:
    url = "https://news.invalid/1"
    first = run_with(report("a", ATTACK, url=url)).snapshot
    second = run_with(report("a2", LATER, url=url)).snapshot
    assert _ids(first) == _ids(second)
    assert second.read("reports")["report_id"].to_list() == ["a2"]
    assert second.read("incidents")["fatalities_best"].to_list() == [6]
    assert second.read("incidents")["n_reports"].to_list() == [1]
    again = run_with(report("a", ATTACK, url=url))
    assert again.counts["reports_unchanged"] == 1, "an old copy found again is no correction"


def test_reports_that_share_an_address_are_not_versions_of_each_other(run_with: Runner) -> None:
    url = "https://news.invalid/"
    run_with(report("a", ATTACK, url=url), report("c", VISIT, url=url))
    told = run_with(report("d", ATTACK, url=url))
    assert told.counts["reports_new"] == 1
    assert told.snapshot.manifest.counts["reports"] == 3


def test_other_rules_read_every_report_anew_and_ids_stay(run_with: Runner) -> None:
    first = run_with(report("a", ATTACK), report("c", VISIT))
    second = run_with(rules="2")
    assert second.counts["reports_read"] == 2
    assert _ids(first.snapshot) == _ids(second.snapshot)


def test_samples_go_once_there_are_real_reports(run_with: Runner) -> None:
    sample = report("s", VISIT, is_sample=True)
    first = run_with(sample, replace_samples=True)
    assert first.snapshot.manifest.contains_samples
    assert first.snapshot.manifest.counts["incidents"] == 1
    second = run_with(report("a", ATTACK), replace_samples=True)
    assert not second.snapshot.manifest.contains_samples
    assert second.snapshot.read("reports")["report_id"].to_list() == ["a"]
    assert second.snapshot.read("incidents")["category"].to_list() == ["incident"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(run_with: Runner) -> None:
    told = run_with(Failure("x.txt", "is empty"), report("bad", "CRASH", source="bad.txt"), report("a", ATTACK))
    assert told.failures[0] == "x.txt: is empty"
    assert "bad.txt" in told.failures[1] and "RuntimeError" in told.failures[1]
    assert told.snapshot.manifest.counts["incidents"] == 1
    assert told.snapshot.manifest.counts["reports"] == 2, "a report nothing was read from is still there to be seen"


def test_a_report_without_a_day_is_published_without_one(run_with: Runner) -> None:
    undated = "attack |  | Amirli | Islamic State | Civilians | 2 |"
    snapshot = run_with(report("a", undated)).snapshot
    assert snapshot.read("incidents")["event_date"].to_list() == [None]


def test_two_runs_at_once_are_refused_with_a_message(store: Store, run_with: Runner) -> None:
    with run_lock(store), pytest.raises(BusyError, match="wait for it to end"):
        run_with(report("a", ATTACK))
    run_with(report("a", ATTACK))
