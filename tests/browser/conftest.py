"""The real application on a test's own snapshot, in Chromium. It is started once for the whole run."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from pages.ui import leaflet  # noqa: E402
from pipeline.model import Report  # noqa: E402
from pipeline.run import RunOptions, run  # noqa: E402
from pipeline.store import open_store  # noqa: E402
from pipeline.versions import Versions  # noqa: E402
from tests.pages import world  # noqa: E402
from tests.pipeline.told_reports import Source, load  # noqa: E402

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
SECONDS = 20_000  # how long a page may take on a busy machine, in ms


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the application."""
    root = tmp_path_factory.mktemp("snapshot")
    world.publish(root)
    yield from serve(root, tmp_path_factory.mktemp("logs") / "app.log")


def serve(root: Path, log: Path, project: Path = ROOT) -> Iterator[str]:
    """Runs the application of `project` on one snapshot until the caller is done."""
    if not leaflet.installed():
        leaflet.fetch()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    environment = os.environ | {"PIPELINE_SNAPSHOT": str(root)}
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1"], cwd=project, env=environment, stdout=output, stderr=output
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def serve_a_store(root: Path, *reports: Report) -> Iterator[tuple[str, Path]]:
    """The application on a store, in `root`, of those reports: its address, and where its snapshots are."""
    options = RunOptions(
        root / "snapshot", load=load, read_source=Source(*reports), versions=Versions("code", "1", "places")
    )
    with closing(open_store(root / "store.sqlite")) as store:
        run(store, ["here"], options)
    os.environ["PIPELINE_STORE"] = str(root / "store.sqlite")
    try:
        for address in serve(root / "snapshot", root / "app.log"):
            yield address, root / "snapshot"
    finally:
        del os.environ["PIPELINE_STORE"]


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(150):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the application did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for the run: CHROMIUM, or the system's, or Playwright's own."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(app: str, chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of the application in a fresh profile. `page.outside` lists requests to any other machine."""
    contexts = []

    def opened(path: str = "", *, address: str = app, size: tuple[int, int] = (1440, 900), **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(SECONDS)
        page.outside = []
        page.on("request", lambda one: _note(page, one.url, address))
        page.on("websocket", lambda one: _note(page, one.url.replace("ws:", "http:"), address))
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def _note(page: Any, url: str, address: str) -> None:
    if not url.startswith((address, "data:", "blob:", "about:")):
        page.outside.append(url)


@pytest.fixture
def drawn() -> Callable[[Any], Any]:
    """The map's frame, once something is drawn in it."""

    def frame(page: Any) -> Any:
        found = page.frame_locator('iframe[title^="streamlit_folium"]')
        found.locator("body[data-drawn]").wait_for()
        return found

    return frame
