"""A name added to the gazetteer as a user does it, in a copy of the project: the page writes beside the gazetteer."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, serve
from tests.pages import world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A copy of the project without what was added to its gazetteer: its address and folder."""
    project = tmp_path_factory.mktemp("project")
    for name in ("pages", "pipeline", "geodata", "static", ".streamlit"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "imported"))
    shutil.copy(ROOT / "dashboard.py", project)
    world.publish(project / "snapshot")
    for address in serve(project / "snapshot", project / "app.log", project):
        yield address, project


def test_a_name_is_added_and_found(visit: Callable[..., Any], copied: tuple[str, Path]) -> None:
    address, project = copied
    page = visit("Gazetteer", address=address)
    search = page.locator(".st-key-place_words input")
    search.fill("مخمور")
    search.press("Enter")
    page.locator(".rows-table tbody tr", has_text="Makhmur").first.wait_for()
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.fill("Makhmoor")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("[data-testid=stAlert]", has_text="script").wait_for()  # the form says Arabic, the name is Latin
    assert not (project / "geodata" / "imported").exists()
    name.fill("مخموور القديمة")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("[data-testid=stAlert]", has_text="مخموور القديمة").wait_for()
    rows = (project / "geodata" / "imported" / "names.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["مخموور القديمة"]
    search.fill("مخموور القديمة")
    search.press("Enter")
    page.locator(".rows-table tbody tr", has_text="مخموور القديمة").wait_for()
