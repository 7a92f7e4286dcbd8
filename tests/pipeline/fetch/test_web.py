"""Pages and feeds from a site that behaves, and misbehaves, as sites do."""

import hashlib
import time
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import FetchError
from pipeline.fetch import Fetcher
from pipeline.fetch.get import RetryLaterError
from pipeline.fetch.guard import check_address, is_public
from pipeline.model import Report
from pipeline.read import Failure, ReadOptions, read_source
from tests.pipeline.fetch.conftest import PAGE, TEXT, Site

OPEN = ReadOptions(allow_private=True, delay=0, timeout=1.0, max_page=2_000_000)


@pytest.mark.parametrize("path", ["/page", "/gzip", "/wrong-charset", "/moved", "/busy-once", "/inwards"])
def test_a_page_is_a_report(site: Site, path: str) -> None:
    (report,) = read_source(site.base + path, OPEN)
    assert isinstance(report, Report), report
    assert TEXT in report.text
    assert (report.title, report.publisher, report.lang) == ("انفجار في داقوق", "وكالة الخبر", "ar")
    assert report.published == date(2021, 12, 12)
    assert report.url and report.url.endswith("/page" if path in ("/moved", "/inwards") else path)


FAILURES = [
    ("/missing", "not there"),
    ("/forbidden", "refuses"),
    ("/needs-login", "login"),
    ("/to-login", "login"),
    ("/login-page", "password"),
    ("/busy", "7200 seconds"),
    ("/picture", "image/png"),
    ("/empty", "empty page"),
    ("/round", "redirects more than"),
    ("/to-file", "only http and https"),
    ("/no-feed", "no RSS or Atom"),
    ("/private/page", "robots.txt"),
    ("/slow", "within 1 seconds"),
    ("/drip", "within 1 seconds"),
    ("/endless", "never ends"),
    ("/bomb", "never ends"),
]


@pytest.mark.parametrize(("path", "says"), FAILURES, ids=[row[0] for row in FAILURES])
def test_what_cannot_be_read_says_why_and_soon(site: Site, path: str, says: str) -> None:
    began = time.monotonic()
    (failure,) = read_source(site.base + path, OPEN)
    assert isinstance(failure, Failure)
    assert failure.source == site.base + path
    assert says in failure.reason
    assert time.monotonic() - began < 5


def test_a_list_of_addresses_goes_on_after_a_failure(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"# two\n{site.base}/missing\n\n{site.base}/page\n")
    first, second = read_source(str(path), OPEN)
    assert isinstance(first, Failure) and isinstance(second, Report)


def test_the_raw_page_is_archived(site: Site, tmp_path: Path) -> None:
    options = ReadOptions(allow_private=True, delay=0, archive=tmp_path)
    (report,) = read_source(site.base + "/page", options)
    assert isinstance(report, Report)
    assert report.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert report.archived_path and (tmp_path / report.archived_path).read_bytes() == PAGE.encode()
    assert report.retrieved_at is not None and report.retrieved_at.tzinfo is not None


def test_a_feed(site: Site) -> None:
    first, second, third = read_source(site.base + "/feed", OPEN)
    assert isinstance(first, Report) and isinstance(second, Failure) and isinstance(third, Report)
    assert TEXT in first.text
    # The feed's day in Baghdad's calendar, and the feed's outlet, go before the page's.
    assert (first.title, first.publisher, first.published) == ("الأول", "وكالة التغذية", date(2021, 12, 12))
    assert second.source == site.base + "/missing"
    assert third.text == "انفجار عبوة في الحويجة يوقع جريحين"
    assert third.published == date(2021, 12, 13)


@pytest.mark.parametrize(("status", "read"), [(404, True), (500, False)])
def test_robots_that_are_not_there(site: Site, status: int, read: bool) -> None:
    site.robots_status = status
    (item,) = read_source(site.base + "/page", OPEN)
    assert isinstance(item, Report) == read


def test_a_site_is_not_asked_too_often(site: Site) -> None:
    with Fetcher(allow_private=True, delay=0.3) as web:
        began = time.monotonic()
        for _ in range(3):
            web.get(site.base + "/page")
        assert time.monotonic() - began >= 0.6
    assert site.asked["/robots.txt"] == 1


def test_conditional_get(site: Site) -> None:
    with Fetcher(allow_private=True, delay=0) as web:
        first = web.get(site.base + "/feed")
        again = web.get(site.base + "/feed", etag=first.etag)
    assert (first.status, first.etag, again.status, again.body) == (200, '"v1"', 304, b"")


def test_a_long_wait_is_left_for_later(site: Site) -> None:
    with Fetcher(allow_private=True, delay=0) as web, pytest.raises(RetryLaterError) as caught:
        web.get(site.base + "/busy")
    assert caught.value.seconds == 7200
    assert site.asked["/busy"] == 1


def test_private_addresses_are_refused_unless_allowed(site: Site) -> None:
    (failure,) = read_source(site.base + "/page", ReadOptions(delay=0))
    assert isinstance(failure, Failure)
    assert "private address" in failure.reason and "--allow-private" in failure.reason
    assert not site.asked


def test_a_name_that_resolves_inwards_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when only one of its addresses is private: the check and the connection see the same answer."""
    port = int(site.base.rpartition(":")[2])
    found = [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr("pipeline.fetch.guard.socket.getaddrinfo", lambda *args, **kwargs: found)
    (failure,) = read_source(f"http://rebound.example:{port}/page", ReadOptions(delay=0))
    assert isinstance(failure, Failure) and "127.0.0.1, a private address" in failure.reason
    assert not site.asked


ADDRESSES = [
    ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False),
    ("192.168.0.1", False), ("172.16.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
    ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1", False), ("fc00::1", False),
    ("::ffff:127.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
]  # fmt: skip


@pytest.mark.parametrize(("address", "public"), ADDRESSES)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) == public


@pytest.mark.parametrize(
    "url",
    ["ftp://x/y", "file:///etc/passwd", "http://", "http://a:b@host/", "http://x\n/", "http://[1::/", "gopher://x"],
)
def test_addresses_that_are_never_fetched(url: str) -> None:
    with pytest.raises(FetchError):
        check_address(url)
    (failure,) = read_source(url, ReadOptions())
    assert isinstance(failure, Failure)
