"""`compare`: both extractors over the same reports, their results apart."""

import json
from pathlib import Path

import pytest

from pipeline.__main__ import main
from tests.pipeline.llm.endpoint import Endpoint, event

TEXT = "Three soldiers were killed when a roadside bomb exploded near Hawija on Saturday."


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_both_results_are_kept_apart(
    report: str, tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIPELINE_LLM_URL", endpoint.url)
    monkeypatch.setenv("PIPELINE_LLM_MODEL", "local")
    endpoint.tells(
        event(event_type="ied", trigger="roadside bomb exploded", places=["Hawija"]),
        event(event_type="attack", trigger="gunmen stormed"),
    )
    assert main(["compare", "--published", "2021-12-12", "-o", str(tmp_path / "out"), report]) == 0
    rules, model = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (rules["extractor"], rules["events"], rules["refused"]) == ("rules", 1, 0)
    assert (model["extractor"], model["events"], model["refused"]) == ("language-model", 1, 1)
    files = {path.name: [json.loads(line) for line in path.open()] for path in (tmp_path / "out").iterdir()}
    assert [row["extractor"] for row in files["rules.jsonl"]] == ["rules"]
    assert [row["event_id"][:2] for row in files["language-model.jsonl"]] == ["m-"]
    assert "gunmen stormed" in files["refused.jsonl"][0]["refused"]


def test_a_failing_endpoint_holds_up_only_its_own_side(
    report: str, endpoint: Endpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    endpoint.says("no")
    assert main(["compare", "--llm-url", endpoint.url, "--llm-model", "local", report]) == 1
    out, err = capsys.readouterr()
    rules, model = (json.loads(line) for line in out.splitlines())
    assert (rules["failed"], rules["events"], model["failed"], model["events"]) == (0, 1, 1, 0)
    assert "no JSON of the schema" in err


def test_without_an_endpoint_it_says_what_to_set(
    report: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PIPELINE_LLM_URL", raising=False)
    assert main(["compare", report]) == 2
    assert "PIPELINE_LLM_URL" in capsys.readouterr().err


def test_both_are_scored_against_a_gold_set(
    tmp_path: Path, endpoint: Endpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"category": "incident", "event_type": "ied", "event_date": "2021-12-11", "end_date": "2021-12-11"}
    place = {"name": "Hawija", "latitude": 35.325, "longitude": 43.77, "geo_precision": 1, "admin1": "Kirkuk"}
    gold = {
        "id": "g1",
        "text": TEXT,
        "published": "2021-12-12",
        "lang": "en",
        "events": [told | {"locations": [place]}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold) + "\n", encoding="utf-8")
    endpoint.tells(event(event_type="meeting", trigger="soldiers were"))
    assert main(["compare", "--gold", str(path), "--llm-url", endpoint.url, "--llm-model", "local"]) == 0
    rules, model = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert rules["found"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert model["found"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert main(["compare", "--llm-url", endpoint.url, "--llm-model", "local"]) == 2
