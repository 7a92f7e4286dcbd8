"""`health`: well where all is well; what is missing, damaged or too new is named, and nothing is changed by looking."""

import json
import sqlite3
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline import health as looked
from pipeline.__main__ import main
from pipeline.errors import LexiconError
from pipeline.health import health
from pipeline.store import Store
from tests.pipeline.conftest import Runner
from tests.pipeline.told_reports import report

ATTACK = "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"


@pytest.fixture
def folder(store: Store, run_with: Runner, tmp_path: Path) -> Path:
    run_with(report("a", ATTACK))
    store.close()
    return tmp_path


def _well(folder: Path, **more: object) -> dict[str, bool]:
    checks = health(str(folder / "store.sqlite"), folder / "snapshot", **more)  # type: ignore[arg-type]
    return {check.name: check.ok for check in checks}


def _told(folder: Path, name: str, **more: object) -> str:
    checks = health(str(folder / "store.sqlite"), folder / "snapshot", **more)  # type: ignore[arg-type]
    return next(check.told for check in checks if check.name == name)


def test_all_is_well(folder: Path) -> None:
    assert _well(folder) == dict.fromkeys(("store", "snapshot", "lexicons", "gazetteer", "disk"), True)
    assert set(_well(folder, deep=True).values()) == {True}
    assert _told(folder, "store").startswith("1 reports, schema")


def _sql(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "store.sqlite") as connection:
        connection.execute(statement)


def _middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 4 : 3 * len(data) // 4] = b"\xff" * (3 * len(data) // 4 - len(data) // 4)
    path.write_bytes(data)


HARM: list[tuple[Callable[[Path], object], str, str, bool]] = [
    (lambda f: (f / "store.sqlite").unlink(), "store", "no store", False),
    (lambda f: (f / "store.sqlite").write_text("no store at all"), "store", "cannot be read", False),
    (lambda f: _sql(f, "update alembic_version set version_num = '9999'"), "store", "update the project", False),
    (lambda f: _sql(f, "delete from alembic_version"), "store", "cannot be read", False),
    (lambda f: _middle(f / "store.sqlite"), "store", "put back a backup", True),
    (lambda f: (f / "snapshot" / "current").unlink(), "snapshot", "Nothing has been published", False),
    (lambda f: next((f / "snapshot").rglob("*.parquet")).unlink(), "snapshot", "missing", False),
    (lambda f: _middle(next((f / "snapshot").rglob("*.parquet"))), "snapshot", "damaged", True),
]


@pytest.mark.parametrize(("harm", "name", "told", "deep"), HARM)
def test_what_is_not_well_is_named(
    folder: Path, harm: Callable[[Path], object], name: str, told: str, deep: bool
) -> None:
    harm(folder)
    well = _well(folder, deep=deep)
    assert [check for check, ok in well.items() if not ok] == [name]
    assert told in _told(folder, name, deep=deep)


def test_looking_makes_no_store(tmp_path: Path) -> None:
    _well(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_lexicon_and_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(lang: str) -> None:
        raise LexiconError("triggers.csv:7: unknown part of speech")

    monkeypatch.setattr(looked, "load_lexicon", broken)
    monkeypatch.setattr(looked, "LEAST_SPACE", 10**18)
    assert [name for name, ok in _well(folder).items() if not ok] == ["lexicons", "disk"]
    assert "triggers.csv:7" in _told(folder, "lexicons")


class _Dashboard(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        well = self.path == "/_stcore/health"
        self.send_response(200 if well else 404)
        self.end_headers()
        self.wfile.write(b"ok" if well else b"")


def test_a_dashboard_is_asked(folder: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Dashboard)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        assert _well(folder, url=url)["dashboard"]
        assert not _well(folder, url=f"{url}/elsewhere")["dashboard"]
    finally:
        server.shutdown()
        server.server_close()
    assert "does not answer" in _told(folder, "dashboard", url=url)


def test_the_verb(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PIPELINE_STORE", str(folder / "store.sqlite"))
    monkeypatch.setenv("PIPELINE_SNAPSHOT", str(folder / "snapshot"))
    assert main(["health"]) == 0
    assert all(json.loads(line)["ok"] for line in capsys.readouterr().out.splitlines())
    (folder / "snapshot" / "current").unlink()
    assert main(["health"]) == 1
