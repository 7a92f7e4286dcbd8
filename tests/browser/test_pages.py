"""Table, trends, reports, gazetteer and method as a reader uses them; filters hold from page to page."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.pages import world

pytestmark = pytest.mark.browser


def ids(page: Any) -> list[str]:
    return page.locator(".rows-table tbody tr").evaluate_all("rows => rows.map(row => row.dataset.id)")


def open_page(page: Any, name: str) -> None:
    page.locator(".st-key-nav").get_by_text(name, exact=True).click()


def test_filters_hold_from_page_to_page(visit: Callable[..., Any]) -> None:
    page = visit()
    page.locator(".st-key-f_category").get_by_text("Airstrike").click()
    page.locator(".sentence", has_text=re.compile("^Airstrikes$")).wait_for()
    for name, path in (("Table", "/Table?"), ("Trends", "/Trends?"), ("Map", "/?")):
        open_page(page, name)
        page.wait_for_url(f"**{path}category=airstrike")
        page.locator(".sentence", has_text=re.compile("^Airstrikes$")).wait_for()
        assert page.locator(".figures b").first.inner_text() == "3"
    page.get_by_role("button", name="Clear all").click()
    page.locator(".sentence", has_text="All incidents").wait_for()


def test_table_sorts_and_opens_a_row(visit: Callable[..., Any]) -> None:
    page = visit("Table")
    page.locator(".rows-table tbody tr").first.wait_for()
    assert len(ids(page)) == world.N_SHOWN
    assert (ids(page)[0], ids(page)[-1]) == ("i06", "i08")  # latest first, unknown day last
    page.locator(".rows-table th button", has_text="Killed").click()
    page.locator(
        '.rows-table tbody tr[data-id="i02"]:first-child, .rows-table tbody tr[data-id="i11"]:first-child'
    ).wait_for()
    row = page.locator('.rows-table tr[data-id="i02"]')
    row.focus()
    page.keyboard.press("Enter")
    page.locator(".card[data-id=i02]").wait_for()
    page.get_by_role("button", name="See on the map").click()
    page.frame_locator('iframe[title^="streamlit_folium"]').locator('.pie.selected[data-id="iq-daquq"]').wait_for()
    page.locator(".card[data-id=i02]").wait_for()


def test_columns_by_choice(visit: Callable[..., Any]) -> None:
    page = visit("Table")
    page.locator(".rows-table").wait_for()
    page.get_by_role("button", name="Columns").click()
    page.locator(".st-key-f_columns input").press_sequentially("Admin")
    page.get_by_role("option", name="Administered by").click()
    page.locator(".rows-table th", has_text="Administered by").wait_for()
    assert "Government of Iraq" in page.locator('.rows-table tr[data-id="i02"]').inner_text()


def test_report_is_read_with_all_its_marks(visit: Callable[..., Any]) -> None:
    page = visit("Reports")
    page.locator(".rows-item[data-id=r-makhmur]").click()
    text = page.locator(".report-text")
    text.filter(has_text="بلدة مخمور").wait_for()
    assert text.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert text.locator("mark.f-actor1").all_inner_texts() == ["وفد عسكري", "داعش"]
    page.locator(".st-key-report_empty label").click()
    page.locator(".rows-item[data-id=r-empty]").wait_for()
    page.get_by_text("Nothing that occurred was found").wait_for()


def test_gazetteer_finds_by_any_name(visit: Callable[..., Any]) -> None:
    page = visit("Gazetteer")
    for words in ("مەخموور", "مخمور", "makhm"):
        page.locator(".st-key-place_words input").fill(words)
        page.keyboard.press("Enter")
        page.locator(".rows-table tbody tr", has_text="Makhm").first.wait_for()


def test_trends_compare_with_the_period_before(visit: Callable[..., Any]) -> None:
    page = visit("Trends?from=2021-12-08&to=2021-12-14")
    page.get_by_text("8 to 14 December 2021 against 1 to 7 December 2021").wait_for()
    row = page.locator(".compare tr", has_text="Kirkuk")
    assert re.split(r"\s+", row.inner_text().strip()) == ["Kirkuk", "2", "1", "+1"]


def test_what_lacks_place_or_day_is_a_click_away(visit: Callable[..., Any]) -> None:
    page = visit()
    page.get_by_role("button", name="1 with no known day").click()
    page.locator(".sentence", has_text="with no known day").wait_for()
    page.locator('.rows-item[data-id="i08"]').wait_for()


def test_timeline_moves_the_map(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    page = visit("?from=2021-12-13&to=2021-12-19")
    frame = drawn(page)
    frame.locator('.pie[data-id="iq-sinjar"]').wait_for()
    page.locator(".st-key-later button").click()
    page.locator(".sentence", has_text="20 to 26 December 2021").wait_for()
    frame.locator('.pie[data-id="iq-sinjar"]').wait_for(state="detached")
    page.locator(".st-key-play button").click()
    page.locator(".sentence", has_text="27 December 2021 to 2 January 2022").wait_for()
    frame.locator('.pie[data-id="iq-sinjar"]').wait_for()
    page.locator(".sentence", has_text="3 to 9 January 2022").wait_for()  # it goes on by itself
    page.locator(".st-key-play button", has_text="Play").wait_for()  # and ends where the data end


def test_a_stretch_drawn_on_the_timeline_is_asked_for(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    page = visit()
    frame = drawn(page)
    bars = page.locator(".st-key-timeline canvas, .st-key-timeline svg").last
    bars.wait_for()
    bars.scroll_into_view_if_needed()
    box = bars.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + 70, steps=8)
    page.mouse.up()
    page.wait_for_url(re.compile(r"from=20\d\d-\d\d-\d\d&to=20\d\d-\d\d-\d\d"))
    number = int(page.locator(".figures b").first.inner_text())
    assert 0 < number < world.N_SHOWN
    frame.locator(".leaflet-marker-icon[data-id]").first.wait_for()
    page.get_by_role("button", name="All days").click()
    page.locator(".figures b").first.filter(has_text=re.compile(f"^{world.N_SHOWN}$")).wait_for()
