"""A report tried out before it is stored, and one that cannot be read."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

REPORT = (
    "قتل ثلاثة من عناصر الشرطة الاتحادية، أمس، بانفجار عبوة ناسفة جنوبي كركوك. ومن المقرر أن يزور الوزير الموصل غداً."
)


def test_what_is_read_is_shown_before_it_is_stored(visit: Callable[..., Any]) -> None:
    page = visit("Reports")
    page.get_by_role("tab", name="Try a report").click()
    page.get_by_label("Paste a report").fill(REPORT)
    page.get_by_role("spinbutton", name="year, Published on").click()
    page.keyboard.type("20211214")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show what is read").click()
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
