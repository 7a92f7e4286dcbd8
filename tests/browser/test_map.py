"""The map as a reader uses it."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.pages import world

pytestmark = pytest.mark.browser


def total(page: Any, number: int) -> None:
    page.locator(".figures b").first.filter(has_text=re.compile(f"^{number}$")).wait_for()


def circle(frame: Any, place_id: str) -> Any:
    return frame.locator(f'.leaflet-marker-icon[data-id="{place_id}"]')


def test_filter_click_read_download(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    page = visit()
    frame = drawn(page)
    total(page, world.N_SHOWN)
    page.locator(".st-key-f_admin1 input").press_sequentially("Kirk")
    page.get_by_role("option", name="Kirkuk").click()
    total(page, 2)
    page.keyboard.press("Escape")
    assert "admin1=Kirkuk" in page.url
    circle(frame, "iq-makhmur").wait_for(state="detached")
    circle(frame, "iq-daquq").click()
    page.get_by_role("heading", name="At Daquq").wait_for()
    page.locator(".rows-item[data-id=i02]").click()
    card = page.locator(".card")
    card.wait_for()
    assert card.locator("mark.f-fatalities").inner_text() == "ثلاثة"
    assert card.locator("mark.f-locations").inner_text() == "قرب داقوق"
    assert card.locator(".quote").evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert "3–4" in card.inner_text()
    with page.expect_download() as waiting:
        page.locator(".st-key-export_csv button").click()
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    rows = csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#"))
    assert {row["incident_id"] for row in rows} == {"i02", "i05"}


def test_link_restores_the_view(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    page = visit("?admin1=Nineveh&category=airstrike&at=iq-sinjar&id=i11&lang=ckb")
    drawn(page)
    page.locator(".card[data-id=i11]").wait_for()
    assert page.locator(".sentence").inner_text() == "هێرشە ئاسمانییەکان لە نەینەوا"
    assert page.locator(".figures b").first.inner_text() == "٢"


def test_no_request_leaves_the_machine(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    page = visit()
    circle(drawn(page), "iq-makhmur").click()
    page.get_by_role("heading", name="At Makhmur").wait_for()
    assert page.outside == []


def test_the_map_stays_while_its_contents_change(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    """A filter, a pan and a click leave the map in place, with the view the reader chose; panning runs nothing."""
    page = visit()
    frame = drawn(page)
    frame.locator("body").evaluate("() => { window.__same = true }")
    page.locator(".st-key-f_category").get_by_text("Airstrike").click()
    page.locator(".sentence", has_text=re.compile("^Airstrikes$")).wait_for()
    circle(frame, "iq-makhmur").wait_for(state="detached")
    assert frame.locator("body").evaluate("() => window.__same")
    assert page.locator('iframe[title^="streamlit_folium"]').count() == 1
    sent: list[float] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.webSocketFrameSent", lambda event: sent.append(event["timestamp"]))
    box = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    page.mouse.move(box["x"] + 400, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 330, box["y"] + 160, steps=6)
    page.mouse.up()
    page.wait_for_timeout(1200)
    assert sent == []


def test_circles_are_the_counts_of_the_page(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    """What screen readers hear of the circles adds up to what the heading says, less what has no place."""
    page = visit("?category=airstrike&lang=en")
    frame = drawn(page)
    total(page, 3)
    told = frame.locator(".leaflet-marker-icon[data-id]").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert sum(int(label.rpartition(": ")[2]) for label in told) == 3


def test_online_tiles_are_asked_for_by_choice_alone(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    page = visit()
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg"/>')

    page.context.route("https://tile.openstreetmap.org/**", answer)
    frame = drawn(page)
    assert asked == []
    switch = page.locator(".st-key-tiles label").first
    switch.click()
    frame.locator("img.leaflet-tile-loaded").first.wait_for()
    assert all(re.fullmatch(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png", url) for url in asked)
    frame.get_by_text("OpenStreetMap").wait_for()  # the licence asks for the name
    switch.click()
    frame.locator("img.leaflet-tile").first.wait_for(state="detached")


def test_shades_by_month(visit: Callable[..., Any], drawn: Callable[[Any], Any]) -> None:
    page = visit("?mode=admin1")
    drawn(page).locator("path.shade").first.wait_for()
    slider = page.locator(".st-key-map_month input")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.locator(".sentence", has_text="1 to 30 November 2021").wait_for()
    page.wait_for_url(re.compile("from=2021-11-01&to=2021-11-30"))
    slider = page.locator(".st-key-map_month input")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.locator(".sentence", has_not_text="November").filter(has_text="All incidents").wait_for()


@pytest.mark.parametrize(
    ("lang", "button", "said"), [("en", "Copy the citation", "Copied"), ("ar", "نسخ الاقتباس", "تم النسخ")]
)
def test_the_citation_is_copied(visit: Callable[..., Any], lang: str, button: str, said: str) -> None:
    page = visit(f"?id=i02&lang={lang}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=button).click()
    page.get_by_role("button", name=said).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    shown = page.locator(".cite").inner_text()
    assert copied == shown
    assert copied.endswith("i02.")
    assert page.outside == []
