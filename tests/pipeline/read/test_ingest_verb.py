"""`ingest`: every source into the store once; what fails is named, the rest is stored."""

import argparse
import json
from pathlib import Path

import pytest

from pipeline.cli import ingest as verb
from pipeline.extraction import load_extractor
from pipeline.model import Report
from pipeline.read import ReadOptions, read_source
from tests.pipeline.read.test_datasets import ACLED, UCDP, write


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    verb.add_parser(parser.add_subparsers())
    args = parser.parse_args(["ingest", *words])
    return int(args.run(args))


def test_twice_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIPELINE_STORE", str(tmp_path / "store.sqlite"))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("انفجار عبوة في داقوق", encoding="utf-8")
    (folder / "b.jsonl").write_text('{"id": "x", "text": "هجوم في الحويجة"}\nbroken\n', encoding="utf-8")
    write(folder / "acled.csv", ACLED)
    counts = []
    for _ in range(2):
        assert run(str(folder)) == 1
        out, err = capsys.readouterr()
        assert err.count("\n") == 1 and "b.jsonl:2: is no JSON" in err
        counts.append(json.loads(out))
    assert counts == [
        {"new": 3, "corrected": 0, "unchanged": 0, "failures": 1},
        {"new": 0, "corrected": 0, "unchanged": 3, "failures": 1},
    ]
    assert run(str(folder / "a.txt")) == 0


def test_a_coded_row_keeps_its_codes_through_extraction(tmp_path: Path) -> None:
    extract = load_extractor()
    for report in read_source(str(write(tmp_path / "ucdp.csv", UCDP)), ReadOptions()):
        assert isinstance(report, Report)
        (event,) = extract(report)
        assert (event.event_id, event.publisher) == ("ucdp-ged-412001", "UCDP GED")
