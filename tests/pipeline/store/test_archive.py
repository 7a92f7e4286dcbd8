"""The bytes that reports came in are kept, by their sha256."""

import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline import ingest as ingest_module
from pipeline.ingest import ingest
from pipeline.store import Store


def test_files_are_kept_by_their_hash_once(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "report.txt"
    source.write_text("أعلنت قيادة العمليات عن انفجار عبوة ناسفة في قضاء طوز خورماتو يوم الأحد.", encoding="utf-8")
    came = [ingest(store, [str(source)], f"run {number}") for number in range(2)]
    assert [each.outcomes for each in came] == [{"new": 1}, {"unchanged": 1}]
    kept = [path for path in store.archive.rglob("*") if path.is_file()]
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    assert [path.name for path in kept] == [f"{sha256}.txt"]
    assert kept[0].read_bytes() == source.read_bytes()
    with store.read() as connection:
        (row,) = connection.execute(sa.text("select r.document, d.archived_path from reports r join documents d "
                                            "on d.sha256 = r.document")).all()  # fmt: skip
    assert row.document == sha256
    assert store.archive / row.archived_path == kept[0]


def test_each_of_many_files_is_kept_though_few_are_remembered(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_module, "_FILES", 2)
    (tmp_path / "in").mkdir()
    for number in range(7):
        text = f"Report {number}: a roadside bomb exploded in Tuz Khurmatu on Sunday, an officer said."
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    assert ingest(store, [str(tmp_path / "in")], "run").outcomes == {"new": 7}
    assert len([path for path in store.archive.rglob("*") if path.is_file()]) == 7
    with store.read() as connection:
        without = connection.scalar(sa.text("select count(*) from reports where document is null"))
    assert without == 0
