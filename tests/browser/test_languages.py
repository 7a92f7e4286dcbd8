"""Arabic and Sorani run from right to left, on every page, at any width; a link means the same in each language."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
TEXT_RIGHT = """node => {
  const range = document.createRange();
  range.selectNodeContents(node);
  return range.getBoundingClientRect().right;
}"""
PAGES = ["", "Table", "Trends", "Reports", "Review", "Gazetteer", "Method"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_right_to_left(visit: Callable[..., Any], path: str, lang: str) -> None:
    page = visit(f"{path}?lang={lang}")
    heading = page.locator("h1.sentence")
    heading.wait_for()
    main = page.locator("[data-testid=stMain]").bounding_box()
    sidebar = page.locator("[data-testid=stSidebar]").bounding_box()
    assert sidebar["x"] > main["x"]  # the sidebar stands on the right
    box = heading.bounding_box()
    text = heading.evaluate(TEXT_RIGHT)
    assert box["x"] + box["width"] - text < 4  # and the heading begins there
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("path", PAGES)
def test_fits_a_phone(visit: Callable[..., Any], path: str) -> None:
    page = visit(f"{path}?lang=ar", size=(390, 844))
    heading = page.locator("h1.sentence")
    heading.wait_for()
    page.wait_for_timeout(800)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth + 1")
    box = heading.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 391
    sidebar = page.locator("[data-testid=stSidebar]")
    assert sidebar.bounding_box()["width"] == 0 or not sidebar.is_visible()  # closed, and not in the way
    page.get_by_test_id("stExpandSidebarButton").click()
    page.locator(".brand").wait_for()
    page.wait_for_timeout(600)
    opened = sidebar.bounding_box()
    assert opened["x"] >= -1
    assert opened["x"] + opened["width"] <= 391


def test_changing_the_language_keeps_the_question(visit: Callable[..., Any]) -> None:
    page = visit("?admin1=Kirkuk&category=incident")
    page.locator(".sentence", has_text="Incidents in Kirkuk").wait_for()
    page.locator(".st-key-f_lang").get_by_text("العربية").click()
    page.locator(".sentence", has_text="حوادث أمنية في كركوك").wait_for()
    assert "admin1=Kirkuk" in page.url
    assert "lang=ar" in page.url
    assert page.locator(".figures b").first.inner_text() == "٢"
