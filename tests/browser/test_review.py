"""The queue as a reviewer works it, on a store of its own: by keyboard, and then on the map."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.snapshot import open_current
from tests.browser.conftest import serve_a_store
from tests.pipeline.told_reports import report

pytestmark = pytest.mark.browser

REPORTS = (
    report("r1", "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7"),
    report("r2", "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |"),
    report("r3", "ied | 2023-04-17 | Daquq | | Civilians | 1 | 2"),
)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The application on a store that can be reviewed: its address, and where its snapshots are."""
    yield from serve_a_store(tmp_path_factory.mktemp("reviewed"), *REPORTS)


def test_queue_by_keyboard(visit: Callable[..., Any], reviewed: tuple[str, Path]) -> None:
    address, root = reviewed
    page = visit("Review", address=address)
    card = page.locator(".card")
    card.wait_for()
    assert page.get_by_role("button", name="Accept").is_disabled()  # nobody decides without a name
    page.get_by_label("Your name").fill("Shirin")
    page.keyboard.press("Enter")
    page.locator(".st-key-accept button:not([disabled])").wait_for()
    page.locator("h1").click()
    first = card.get_attribute("data-id")
    page.keyboard.press("a")
    page.locator(f'.card:not([data-id="{first}"])').wait_for()
    second = page.locator(".card").get_attribute("data-id")
    page.keyboard.press("x")
    page.locator(f'.card:not([data-id="{first}"]):not([data-id="{second}"])').wait_for()
    third = page.locator(".card").get_attribute("data-id")
    page.get_by_text("Correct a value").click()
    page.get_by_role("textbox", name="New value").fill("many")
    page.get_by_role("button", name="Save").click()
    page.locator("[data-testid=stAlert]").wait_for()  # event_type "many" is refused, and said so
    page.get_by_role("textbox", name="New value").fill("visit")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Nothing waits for review").wait_for()
    page.get_by_role("button", name="Publish 3 decisions").click()
    page.get_by_role("button", name="Publish 0 decisions").wait_for()
    incidents = open_current(root).read("incidents")
    states = dict(zip(incidents["incident_id"], incidents["review_state"], strict=True))
    assert (states[first], states[second], states[third]) == ("accepted", "rejected", "corrected")
    page.goto(f"{address}/?id={first}")
    page.locator(".card", has_text="Shirin").wait_for()
    page.locator(".figures b", has_text="2").first.wait_for()  # the rejected one is off the map
