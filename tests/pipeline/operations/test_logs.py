"""PIPELINE_LOG=json: each message one JSON object; secrets are in neither form."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.logs import Masked

ROOT = Path(__file__).parents[3]


def _written(text: str, environment: dict[str, str] | None = None, *, as_json: bool = True) -> str:
    to = io.StringIO()
    masked = Masked(to, "run", environment or {}, as_json=as_json)
    masked.write(text)
    masked.finish()
    return to.getvalue()


LINES = [
    ("error: x.txt: is empty\n", [("error", "error: x.txt: is empty")]),
    ("usage: no\nnote: yes\n\n plain \n", [("error", "usage: no"), ("info", "note: yes"), ("info", " plain ")]),
    ("half", [("info", "half")]),
    ("خطأ: سطر\n", [("info", "خطأ: سطر")]),
]


@pytest.mark.parametrize(("text", "entries"), LINES)
def test_a_line_is_an_entry(text: str, entries: list[tuple[str, str]]) -> None:
    told = [json.loads(line) for line in _written(text).splitlines()]
    assert [(entry["level"], entry["message"]) for entry in told] == entries
    assert all(entry["verb"] == "run" and entry["time"].endswith("+00:00") for entry in told)


SECRETS = [
    ("store postgresql+psycopg://u:hunter2@host/db", {}, "hunter2"),
    ("asked with sk-abcdefgh", {"PIPELINE_LLM_KEY": "sk-abcdefgh"}, "sk-abcdefgh"),
    ("cookie c00kie-secret!", {"OIDC_COOKIE_SECRET": "c00kie-secret!"}, "c00kie-secret!"),
]


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize(("text", "environment", "secret"), SECRETS)
def test_secrets_are_masked(text: str, environment: dict[str, str], secret: str, *, as_json: bool) -> None:
    written = _written(text + "\n", environment, as_json=as_json)
    assert secret not in written and "***" in written


def test_a_short_value_masks_no_words() -> None:
    assert "run again" in _written("run again\n", {"SOME_KEY": "run"}, as_json=False)


def _pipeline(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_line_writes_json_and_no_bars(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text("A roadside bomb exploded near Hawija on Saturday.")
    folders = {"PIPELINE_STORE": str(tmp_path / "s.sqlite"), "PIPELINE_SNAPSHOT": str(tmp_path / "snapshot")}
    done = _pipeline("run", str(tmp_path / "empty.txt"), str(tmp_path / "good.txt"), PIPELINE_LOG="json", **folders)
    assert done.returncode == 1
    entries = [json.loads(line) for line in done.stderr.splitlines()]
    assert any("empty.txt" in entry["message"] for entry in entries)
    assert not any("reports/s" in entry["message"] for entry in entries)
    assert json.loads(done.stdout)["reports_read"] == 1


def test_a_failure_that_nobody_foresaw_is_one_entry() -> None:
    to = io.StringIO()
    masked = Masked(to, "run", {}, as_json=True)
    try:
        raise RuntimeError("postgresql://u:hunter2@h/d\nis gone")
    except RuntimeError as error:
        masked.failed(type(error), error, error.__traceback__)
    (line,) = to.getvalue().splitlines()
    entry = json.loads(line)
    assert entry["level"] == "critical" and "Traceback" in entry["trace"]
    assert "hunter2" not in line
