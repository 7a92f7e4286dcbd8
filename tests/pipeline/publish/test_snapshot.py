"""The published snapshot: whole or not there, and honest about damage."""

from pathlib import Path

import polars as pl
import pytest

from pipeline.errors import StoreError
from pipeline.publish.folder import Provenance, SnapshotWriter
from pipeline.publish.rows import frame
from pipeline.snapshot import CURRENT, Snapshot, current_run, open_current
from pipeline.snapshot_schema import FILES


def _publish(root: Path, run_id: str, ids: list[str], keep: int = 2) -> Snapshot:
    writer = SnapshotWriter(root, Provenance(run_id, "code", "lexicon", "gazetteer"))
    writer.write("incidents", "2021-12", [frame("incidents", [{"incident_id": each} for each in ids])])
    return writer.publish(contains_samples=False, orphaned_decisions=0, keep=keep)


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    assert current_run(tmp_path) is None
    with pytest.raises(StoreError, match="pipeline run"):
        open_current(tmp_path)


def test_what_is_written_is_read_with_the_columns_of_the_schema(tmp_path: Path) -> None:
    _publish(tmp_path, "r1", ["a", "b"])
    snapshot = open_current(tmp_path)
    assert snapshot.read("incidents")["incident_id"].to_list() == ["a", "b"]
    for table, columns in FILES.items():
        assert snapshot.scan(table).collect_schema() == pl.Schema(columns), table
    assert snapshot.manifest.counts == {**dict.fromkeys(FILES, 0), "incidents": 2}


def test_a_new_one_takes_the_place_of_the_old_which_stays_readable(tmp_path: Path) -> None:
    _publish(tmp_path, "r1", ["a"])
    old = open_current(tmp_path)
    _publish(tmp_path, "r2", ["b"])
    assert current_run(tmp_path) == "r2"
    assert old.read("incidents")["incident_id"].to_list() == ["a"]


def test_older_ones_are_pruned_and_strange_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / ".unfinished-r0").mkdir()
    for number in range(1, 6):
        _publish(tmp_path, f"r{number}", ["a"])
    assert sorted(path.name for path in tmp_path.iterdir()) == [CURRENT, "mine", "r3", "r4", "r5"]


def test_unchanged_files_are_taken_over(tmp_path: Path) -> None:
    first = _publish(tmp_path, "r1", ["a"])
    writer = SnapshotWriter(tmp_path, Provenance("r2", "code", "lexicon", "gazetteer"))
    writer.keep(first, list(first.manifest.files))
    writer.publish(contains_samples=False, orphaned_decisions=0)
    second = open_current(tmp_path)
    assert second.run_id == "r2"
    assert second.manifest.files == first.manifest.files
    assert second.read("incidents")["incident_id"].to_list() == ["a"]


@pytest.mark.parametrize("harm", ["cut", "flip", "remove", "manifest"])
def test_damage_is_noticed_and_the_file_is_named(tmp_path: Path, harm: str) -> None:
    snapshot = _publish(tmp_path, "r1", ["a"])
    path = snapshot.folder / "incidents/2021-12.parquet"
    data = path.read_bytes()
    match harm:
        case "cut":
            path.write_bytes(data[:-10])
        case "flip":
            path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        case "remove":
            path.unlink()
        case "manifest":
            path = snapshot.folder / "manifest.json"
            path.write_text("{")
    with pytest.raises(StoreError, match=path.name) as caught:
        open_current(tmp_path)
    assert "pipeline run" in str(caught.value)


def test_an_unfinished_snapshot_is_not_seen(tmp_path: Path) -> None:
    _publish(tmp_path, "r1", ["a"])
    writer = SnapshotWriter(tmp_path, Provenance("r2", "code", "lexicon", "gazetteer"))
    writer.write("incidents", "2021-12", [frame("incidents", [{"incident_id": "b"}])])
    assert open_current(tmp_path).read("incidents")["incident_id"].to_list() == ["a"]
