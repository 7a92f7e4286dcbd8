"""The command line as a user calls it: exit codes, standard output and error, in processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.gazetteer import Gazetteer
from pipeline.__main__ import main
from pipeline.extract import extract_events
from pipeline.model import Event, Report

ROOT = Path(__file__).parents[2]
TEXT = "هاجم مسلحون نقطة تفتيش للشرطة في داقوق أمس وقتلوا شرطيين."


def pipeline(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT, input=given, capture_output=True, check=False, env=os.environ | environment,
    )  # fmt: skip


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "usage: python -m pipeline"),
        (["unknown"], 2, "invalid choice"),
        (["extract"], 2, "FILE"),
        (["extract", "--published", "yesterday", "-"], 2, "'yesterday' is no day"),
        (["extract", "--published", "0001-01-01", "-"], 2, "outside 1950 to 2099"),
        (["run", "--published", "9999-12-31", "-"], 2, "outside 1950 to 2099"),
        (["run", "--published", "", "-"], 2, "is empty"),
        (["extract", "no-such-file.txt"], 1, "no-such-file.txt"),
        (["evaluate"], 2, "GOLD"),
        (["evaluate", "no-such-file.jsonl"], 1, "no-such-file.jsonl"),
        (["geocode"], 2, "usage"),
    ],
)
def test_what_is_wrong_is_told_on_standard_error(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        answer = main(arguments)
    except SystemExit as end:  # argparse's own way to say 2
        answer = int(end.code or 0)
    shown = capsys.readouterr()
    assert (answer, shown.out) == (code, "")
    assert message in shown.err


def test_a_process_ends_with_the_code() -> None:
    done = pipeline("extract", "no-such-file.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_report_by_pipe(locale: str) -> None:
    """Whatever the locale says, Arabic comes in and goes out as UTF-8."""
    done = pipeline("extract", "--published", "2021-12-12", "-", given=TEXT.encode(), LC_ALL=locale, LANG=locale)
    assert done.returncode == 0, done.stderr.decode()
    (event,) = lines(done)
    assert (event["event_type"], event["event_date"]) == ("attack", "2021-12-11")
    assert event["date_phrase"] == "أمس"


def test_offsets_are_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    (event,) = lines(pipeline("extract", "--published", "2021-12-12", "--publisher", "المنبر", str(path)))
    assert event["publisher"] == "المنبر"
    evidence = event["evidence"]
    assert isinstance(evidence, dict)
    assert [TEXT[start:end] for start, end in evidence["event_date"]] == ["أمس"]


def test_without_a_day_it_says_what_to_do(tmp_path: Path) -> None:
    done = pipeline("extract", "-", given=TEXT.encode())
    assert done.returncode == 0
    assert lines(done)[0]["event_date"] is None
    assert "--published" in done.stderr.decode("utf-8")


def test_one_broken_line_stops_no_other(tmp_path: Path) -> None:
    good, other = (json.dumps({"id": name, "text": TEXT, "published": "2021-12-12", "lang": "ar"}) for name in "ab")
    path = tmp_path / "reports.jsonl"
    path.write_text(f"{good}\n{{broken\n{other}\n", encoding="utf-8")
    done = pipeline("extract", str(path))
    assert done.returncode == 1
    assert [event["report_id"] for event in lines(done)] == ["a", "b"]
    assert "reports.jsonl:2" in done.stderr.decode("utf-8")


def test_nothing_found_is_no_failure() -> None:
    done = pipeline(
        "extract", "--published", "2021-12-12", "-", given="التقى الطلبة في المكتبة لمراجعة الدروس.".encode()
    )
    assert (done.returncode, done.stdout) == (0, b"")


def test_extract_stores_nothing(tmp_path: Path) -> None:
    places = {"PIPELINE_STORE": str(tmp_path / "s.sqlite"), "PIPELINE_SNAPSHOT": str(tmp_path / "snapshot")}
    assert pipeline("extract", "--published", "2021-12-12", "-", given=TEXT.encode(), **places).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_reader_who_goes_away_is_no_error(tmp_path: Path) -> None:
    records = [{"id": str(n), "text": TEXT, "published": "2021-12-12", "lang": "ar"} for n in range(300)]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", "extract", str(tmp_path / "r.jsonl")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_a_report_that_cannot_be_read_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline.cli import extract as verb

    def breaks_on_the_first(report: Report, gazetteer: Gazetteer) -> list[Event]:
        if report.report_id == "r0":
            raise ZeroDivisionError("made up")
        return extract_events(report, gazetteer)

    monkeypatch.setattr(verb, "extract_events", breaks_on_the_first)
    records = [{"id": f"r{n}", "text": TEXT, "published": "2021-12-12", "lang": "ar"} for n in range(2)]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert main(["extract", str(tmp_path / "r.jsonl")]) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["report_id"] for line in told.out.splitlines()] == ["r1"]
    assert "ZeroDivisionError: made up" in told.err
