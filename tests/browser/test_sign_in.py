"""Reviewing where the dashboard is not one's own machine's: by a real sign-in at a real OpenID Connect provider.

The provider (oidc-provider-mock) runs on this machine: discovery, authorization code, signed ID token, all as
elsewhere. Its security headers are in force throughout.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pages.ui import leaflet
from pipeline.run import RunOptions, run
from pipeline.store import open_store
from pipeline.versions import Versions
from tests.pipeline.told_reports import Source, load, report

pytest.importorskip("oidc_provider_mock", reason="the provider is not installed (requirements-dev.txt)")
pytest.importorskip("authlib", reason="st.login needs Authlib")
pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
REVIEWER, READER = "rezan@example.org", "sara@example.org"
UNVERIFIED = {"sub": "unverified", "email": "dana@example.org", "email_verified": False}
REPORTS = [
    report("a", "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"),
    report("c", "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |"),
]


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _started(command: list[str], environment: dict[str, str], log: Path, ready: str) -> "subprocess.Popen[bytes]":
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output)
    for _ in range(150):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(ready, timeout=2):
                return process
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    process.kill()
    pytest.fail(f"{command[2]} did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The application behind sign-in: its address, and the folder with its store and log."""
    folder = tmp_path_factory.mktemp("guarded")
    store = open_store(folder / "store.sqlite")
    options = RunOptions(folder / "snapshot", load=load, read_source=Source(*REPORTS),
                         versions=Versions("code", "1", "places"))  # fmt: skip
    run(store, ["here"], options)
    store.close()
    if not leaflet.installed():
        leaflet.fetch()
    provider, port = _port(), _port()
    issuer, address = f"http://127.0.0.1:{provider}", f"http://127.0.0.1:{port}"
    secrets = folder / "secrets.toml"
    secrets.write_text(f"""[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "only-for-this-test-0123456789abcdef"
client_id = "dashboard"
client_secret = "only-for-this-test-client-secret"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
""")
    users = [flag for email in (REVIEWER, READER) for flag in ("--user", email)]
    claims = ["--user-claims", json.dumps(UNVERIFIED)]
    insecure = {"AUTHLIB_INSECURE_TRANSPORT": "1"}  # plain http, on this machine, in this test
    app = [
        sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port),
        "--server.address", "127.0.0.1", "--secrets.files", str(secrets),
    ]  # fmt: skip
    settings = insecure | {
        "PIPELINE_STORE": str(folder / "store.sqlite"), "PIPELINE_SNAPSHOT": str(folder / "snapshot"),
        "PIPELINE_ACCESS": "sign-in", "PIPELINE_REVIEWERS": f"{REVIEWER},{UNVERIFIED['email']}",
    }  # fmt: skip
    running = [
        _started([sys.executable, "-m", "oidc_provider_mock", "-p", str(provider), *users, *claims], insecure,
                 folder / "provider.log", f"{issuer}/.well-known/openid-configuration"),
        _started(app, settings, folder / "app.log", f"{address}/_stcore/health"),
    ]  # fmt: skip
    try:
        yield address, folder
    finally:
        for process in running:
            process.terminate()
            process.wait(timeout=20)


def _review(visit: Callable[..., Any], address: str, who: str | None) -> Any:
    page = visit("Review", address=address)
    sign_in = page.get_by_role("button", name="Sign in")
    sign_in.wait_for()
    assert page.get_by_role("button", name="Accept").is_disabled()
    if who:
        sign_in.click()
        page.get_by_role("button", name=who, exact=True).click()
        page.wait_for_url(f"{address}/**")
        page.goto(f"{address}/Review")
        page.get_by_text("Signed in as").wait_for()
    return page


def _decisions(folder: Path) -> list[tuple[str, str]]:
    store = open_store(folder / "store.sqlite")
    try:
        with store.read() as connection:
            return [tuple(row) for row in connection.execute(sa.text("select reviewer, action from decisions"))]
    finally:
        store.close()


def _written(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "app.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith('{"time"')]


def test_reading_is_open_and_deciding_is_not(visit: Callable[..., Any], guarded: tuple[str, Path]) -> None:
    address, folder = guarded
    page = _review(visit, address, None)
    assert page.get_by_label("Your name").count() == 0
    assert page.locator(".card").count() == 1
    assert _decisions(folder) == []


@pytest.mark.parametrize("who", [READER, "unverified"])
def test_who_signs_in_without_the_role_may_only_read(
    visit: Callable[..., Any], guarded: tuple[str, Path], who: str
) -> None:
    address, folder = guarded
    page = _review(visit, address, who)
    page.get_by_text("Ask whoever runs this dashboard").wait_for()
    assert page.get_by_role("button", name="Accept").is_disabled()
    assert _decisions(folder) == []


def test_a_reviewer_decides_under_their_own_name_and_signs_out(
    visit: Callable[..., Any], guarded: tuple[str, Path]
) -> None:
    address, folder = guarded
    page = _review(visit, address, REVIEWER)
    page.get_by_role("button", name="Accept").click()
    page.locator(".figures").get_by_text("1").last.wait_for()
    deadline = time.monotonic() + 20
    while not _decisions(folder) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert _decisions(folder) == [(REVIEWER, "accept")]
    entry = _written(folder)[-1]
    assert (entry["who"], entry["action"], entry["allowed"]) == (REVIEWER, "accept", True)
    assert "only-for-this-test" not in (folder / "app.log").read_text(encoding="utf-8")
    with page.expect_navigation():  # to the provider, which ends its own session too
        page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}/Review")
    page.get_by_role("button", name="Sign in").wait_for()


@pytest.mark.parametrize(("who", "may"), [(None, False), (READER, False), (REVIEWER, True)])
def test_storing_and_naming_take_a_reviewer(
    visit: Callable[..., Any], guarded: tuple[str, Path], who: str | None, may: bool
) -> None:
    address, folder = guarded
    page = _review(visit, address, who)
    page.goto(f"{address}/Reports")
    page.get_by_role("tab", name="Try a report").click()
    page.get_by_label("Paste a report").fill("قتل ثلاثة من عناصر الشرطة بانفجار عبوة ناسفة جنوبي كركوك.")
    page.get_by_role("button", name="Show what is read").click()
    page.locator(".report-text", has_text="الشرطة").wait_for()
    store = page.get_by_role("button", name="Store 1 and put on the map")
    store.wait_for() if may else page.wait_for_timeout(800)
    assert store.count() == int(may)
    page.goto(f"{address}/Gazetteer")
    page.locator(".rows-table").wait_for()
    add = page.get_by_role("button", name="Add", exact=True)
    add.wait_for() if may else page.wait_for_timeout(800)
    assert add.count() == int(may)
    if may:  # what cannot be a name is refused, but who tried is on record
        page.get_by_role("textbox", name="Name", exact=True).fill("123")
        add.click()
        page.locator("[data-testid=stAlert]", has_text="letters").wait_for()
        entry = _written(folder)[-1]
        assert (entry["who"], entry["action"], entry["allowed"]) == (REVIEWER, "add name", True)


def test_headers_are_sent_and_the_map_is_drawn_under_them(
    visit: Callable[..., Any], drawn: Callable[[Any], Any], guarded: tuple[str, Path]
) -> None:
    address, _ = guarded
    with urllib.request.urlopen(address, timeout=5) as answer:
        headers = answer.headers
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    page = visit(address=address)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    drawn(page).locator(".leaflet-marker-icon[data-id]").first.wait_for()
    assert not [text for text in said if "Content Security Policy" in text]
