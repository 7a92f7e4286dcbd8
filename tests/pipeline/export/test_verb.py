"""`export` on a published snapshot: filters, formats, and what it refuses."""

import argparse
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from benchmarks import generate
from pipeline.cli import export as verb
from pipeline.errors import StoreError, UsageError


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred generated incidents, published."""
    root = tmp_path_factory.mktemp("snapshots")
    assert generate.main(["--incidents", "100", "-o", str(root)]) == 0
    return root


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    verb.add_parser(parser.add_subparsers())
    args = parser.parse_args(["export", *words])
    return int(args.run(args))


def test_the_filtered_rows_and_nothing_else(snapshot: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    everything, part = tmp_path / "all.csv", tmp_path / "part.csv"
    assert run("--format", "csv", "--snapshot", str(snapshot), "-o", str(everything)) == 0
    assert run("--snapshot", str(snapshot), "--admin1", "Kirkuk", "--category", "incident", "-o", str(part)) == 0
    rows, kept = pd.read_csv(everything), pd.read_csv(part)
    wanted = rows[(rows["admin1"] == "Kirkuk") & (rows["category"] == "incident")]
    assert len(rows) == 100 and 0 < len(kept) < 100
    assert kept["incident_id"].tolist() == wanted["incident_id"].tolist()
    assert "incidents: Incidents in Kirkuk" in capfd.readouterr().err
    assert "Kirkuk" in json.loads((tmp_path / "part.csv-metadata.json").read_text())["dc:description"]


def test_standard_output(snapshot: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("--format", "csv", "--snapshot", str(snapshot), "--lang", "ar", "--no-bom") == 0
    out, err = capfdbinary.readouterr()
    assert len(pd.read_csv(io.BytesIO(out))) == 100
    assert "كل الحوادث" in err.decode()


@pytest.mark.parametrize("words", [[], ["-o", "x.doc"], ["--format", "csv", "--from", "soon"]])
def test_what_is_refused(snapshot: Path, words: list[str]) -> None:
    with pytest.raises(UsageError):
        run("--snapshot", str(snapshot), *words)


def test_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        run("--format", "csv", "--snapshot", str(tmp_path))
