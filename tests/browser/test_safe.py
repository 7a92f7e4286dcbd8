"""Nothing from a report is run, as script or as markup, whatever it says."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.pages import world

pytestmark = pytest.mark.browser

# Pages on which the hostile report, its outlet, its title or its actor are shown.
SHOWN = [
    "?at=iq-sinjar&id=i10",
    "?at=iq-sinjar",
    "Table?id=i10",
    "Reports?report=r-hostile",
    "Trends",
    "?mode=districts",
]


@pytest.mark.parametrize("path", SHOWN)
def test_hostile_report_is_shown_as_text(visit: Callable[..., Any], path: str) -> None:
    page = visit(path)
    page.locator(".figures, .report").first.wait_for()
    page.wait_for_timeout(1500)
    assert page.evaluate("window.__pwned") is None
    assert all(frame.evaluate("window.__pwned") is None for frame in page.frames if frame.url.startswith("http"))
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.locator("img[src=x]").count() == 0
    assert page.outside == []


def test_the_words_of_the_report_stay_as_they_are(visit: Callable[..., Any]) -> None:
    page = visit("Reports?report=r-hostile")
    text = page.locator(".report-text")
    text.wait_for()
    assert world.HOSTILE in text.inner_text()
    assert "**bold** [link](javascript:alert(1))" in text.inner_text()
    assert "\u202e" not in text.inner_text()  # a mark that turns the direction cannot feign another text


def test_hostile_link_shows_nothing_of_itself(visit: Callable[..., Any]) -> None:
    page = visit(
        "?admin1=<img src=x onerror=window.__pwned=1>&lang=xx&at=</script><script>window.__pwned=1</script>&q=${1}"
    )
    page.get_by_text("were not understood").wait_for()
    page.wait_for_timeout(1500)
    assert page.evaluate("window.__pwned") is None
    assert page.locator("img[src=x]").count() == 0
