"""The project's sample reports, read with its own extractor: which of them tell of one occurrence is labelled."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from pipeline.run import RunOptions, run
from pipeline.store import Store

SAMPLES = Path(__file__).parents[3] / "samples"
SOURCES = [*sorted(map(str, SAMPLES.glob("*.jsonl"))), str(SAMPLES / "pages")]


@pytest.fixture
def incidents_of(store: Store, tmp_path: Path) -> dict[str, set[str]]:
    snapshot = run(store, SOURCES, RunOptions(tmp_path / "snapshot")).snapshot
    assert snapshot.manifest.contains_samples
    found = defaultdict(set)
    for report_id, incident_id in snapshot.read("sources").select("report_id", "incident_id").iter_rows():
        found[report_id].add(incident_id)
    return found


def test_samples_that_tell_of_one_occurrence_are_linked_and_no_others(incidents_of: dict[str, set[str]]) -> None:
    with (SAMPLES / "expected.csv").open(encoding="utf-8", newline="") as file:
        labelled = {
            frozenset((row["report_id"], row["same_occurrence_as"]))
            for row in csv.DictReader(file)
            if row["same_occurrence_as"]
        }
    names = sorted(incidents_of)
    linked = {
        frozenset((one, other))
        for one in names
        for other in names
        if one < other and incidents_of[one] & incidents_of[other]
    }
    hits = len(linked & labelled)
    assert 2 * hits / (len(linked) + len(labelled)) >= 0.85, (linked - labelled, labelled - linked)
