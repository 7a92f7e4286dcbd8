"""`run` and `review` as they are called: JSON on standard output, messages on standard error, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.snapshot import open_current

TEXT = (
    "أعلنت خلية الإعلام الأمني، اليوم الأحد، مقتل أربعة عناصر من تنظيم داعش بضربة جوية نفذها طيران القوة الجوية "
    "العراقية في قضاء الحويجة جنوب غربي كركوك."
)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setenv("PIPELINE_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.setenv("PIPELINE_SNAPSHOT", str(tmp_path / "snapshot"))
    monkeypatch.setenv("PIPELINE_REVIEWER", "Rezan")

    def called(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err

    return called


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "strike.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_run_tells_what_it_did_and_a_missing_file_is_named(call: Any, source: str) -> None:
    code, (told,), messages = call("run", "--published", "2021-12-12", source, "missing.txt")
    assert code == 1
    assert (told["reports_new"], told["incidents"], told["failures"]) == (1, 1, 1)
    assert "missing.txt" in messages and "extracting" in messages, "the failure, and a progress bar"
    code, (again,), _ = call("run", "--published", "2021-12-12", source)
    assert code == 0
    assert (again["reports_unchanged"], again["snapshot"]) == (1, told["snapshot"])


def test_what_reviewers_decide_is_published_at_once(call: Any, source: str) -> None:
    call("run", "--published", "2021-12-12", source)
    _, (waiting,), _ = call("review", "list")
    incident_id = waiting["incident_id"]
    code, (taken,), _ = call("review", "set", incident_id, "fatalities", "5", "--note", "ministry list")
    assert (code, taken["action"], taken["new_value"]) == (0, "set", "5")
    call("review", "move", incident_id, "daquq")
    row = open_current().read("incidents").row(0, named=True)
    assert (row["fatalities_best"], row["review_state"]) == (5, "corrected")
    assert open_current().read("locations")["place_id"].to_list() == ["daquq"]
    _, (shown,), _ = call("review", "show", incident_id)
    assert [each["action"] for each in shown["history"]] == ["set", "move"]
    assert call("review", "list")[1] == []


WRONG = [
    ("review", "accept", "inc_none"),
    ("review", "set", "ID", "fatalities", "many"),
    ("review", "move", "ID", "atlantis"),
    ("review", "move", "ID", "--at", "north", "--name", "x"),
    ("review", "accept", "ID", "--reviewer", ""),
]


@pytest.mark.parametrize("arguments", WRONG, ids=lambda arguments: " ".join(arguments[1:]))
def test_wrong_usage_is_told_with_exit_code_2(call: Any, source: str, arguments: tuple[str, ...]) -> None:
    call("run", "--published", "2021-12-12", source)
    incident_id = call("review", "list")[1][0]["incident_id"]
    code, told, message = call(*(incident_id if each == "ID" else each for each in arguments))
    assert (code, told) == (2, [])
    assert message.startswith("usage: ")
    assert call("review", "show", incident_id)[1][0]["history"] == []
