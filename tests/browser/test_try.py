"""A report tried out before it is stored, then stored, and one that cannot be read."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.snapshot import open_current
from tests.browser.conftest import serve_a_store
from tests.pipeline.told_reports import report

pytestmark = pytest.mark.browser

REPORT = (
    "قتل ثلاثة من عناصر الشرطة الاتحادية، أمس، بانفجار عبوة ناسفة جنوبي كركوك. ومن المقرر أن يزور الوزير الموصل غداً."
)


def _paste(page: Any) -> None:
    """Pastes the report, published on 14 December 2021, and asks what is read."""
    page.get_by_role("tab", name="Try a report").click()
    page.get_by_label("Paste a report").fill(REPORT)
    page.get_by_role("spinbutton", name="year, Published on").click()
    page.keyboard.type("20211214")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show what is read").click()


def test_what_is_read_is_shown_before_it_is_stored(visit: Callable[..., Any]) -> None:
    page = visit("Reports")
    _paste(page)
    text = page.locator(".report-text", has_text="الشرطة الاتحادية")
    text.wait_for()
    assert "عبوة ناسفة" in " ".join(text.locator("mark.f-event_type").all_inner_texts())
    card = page.locator(".card:not(.report)", has_text="Bomb or mine")
    assert card.count() == 1  # the planned visit is no event
    assert "3" in card.inner_text()
    page.get_by_role("button", name="Store 1 and put on the map").wait_for()


def test_a_file_that_cannot_be_read_is_named(visit: Callable[..., Any]) -> None:
    page = visit("Reports")
    page.get_by_role("tab", name="Try a report").click()
    files = [
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        {"name": "good.txt", "mimeType": "text/plain", "buffer": REPORT.encode("windows-1256")},
    ]
    page.locator(".st-key-try_files input[type=file]").set_input_files(files)
    page.get_by_text("good.txt").wait_for()
    page.get_by_role("button", name="Show what is read").click()
    page.locator("[data-testid=stAlert]", has_text="empty").wait_for()
    page.locator(".report-text", has_text="الشرطة الاتحادية").wait_for()  # the rest goes on, in its own encoding


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The application on a store of its own: its address, and where its snapshots are."""
    told = report("r1", "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |")
    yield from serve_a_store(tmp_path_factory.mktemp("stored"), told)


def test_what_was_read_is_stored_and_on_the_map(visit: Callable[..., Any], writable: tuple[str, Path]) -> None:
    address, root = writable
    page = visit("Reports", address=address)
    _paste(page)
    page.get_by_role("button", name="Store 1 and put on the map").click()
    page.locator("[data-testid=stAlert]", has_text="1").wait_for(timeout=60_000)
    stored = open_current(root).read("incidents").filter(event_type="ied")
    assert stored.select("event_date", "fatalities_low").rows() == [(date(2021, 12, 13), 3)]
    page.goto(f"{address}/?id={stored['incident_id'][0]}")
    page.locator(".card mark.f-event_type", has_text="عبوة ناسفة").wait_for()
