"""Watching a feed: each entry once, conditionally asked, less often while it fails, nothing lost."""

import time
from pathlib import Path

import pytest

from pipeline.cli.watch import _feeds, one_round
from pipeline.errors import StoreError, UsageError
from pipeline.model import Report
from pipeline.read.types import ReadOptions
from pipeline.read.watch import LONGEST, Watch
from pipeline.read.web import fetcher
from pipeline.store import open_store
from pipeline.store.tables import documents, reports
from tests.pipeline.fetch import conftest
from tests.pipeline.fetch.conftest import Site

OPEN = ReadOptions(allow_private=True, delay=0, timeout=2.0)


def test_an_entry_is_read_once_and_a_failed_one_again(site: Site, tmp_path: Path) -> None:
    watch, feed = Watch(tmp_path / "watch.json", 3600), site.base + "/feed"
    with fetcher(OPEN) as web:
        kinds = [[type(item).__name__ for item in watch.read(feed, OPEN, web, now)] for now in (0.0, 3600.0)]
    assert kinds == [["Report", "Failure", "Report"], ["Failure"]]
    assert site.asked["/page"] == 1 and site.asked["/missing"] == 2


def test_a_feed_without_change_is_not_read(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "FEED", conftest.FEED.replace("{base}/missing", "{base}/gzip"))
    feed = site.base + "/feed"
    for found in (3, 0):  # the second by a new Watch, from what the first has saved
        watch = Watch(tmp_path / "watch.json", 3600)
        with fetcher(OPEN) as web:
            items = list(watch.read(feed, OPEN, web, 0.0))
        assert [type(item) for item in items] == [Report] * found
        watch.save()
    assert watch.feeds[feed].etag == '"v1"'
    assert site.asked["/page"] == 1


def test_a_feed_that_fails_is_asked_less_often(site: Site, tmp_path: Path) -> None:
    watch, feed, now = Watch(tmp_path / "watch.json", 3600), site.base + "/feed", 0.0
    site.down = True
    waits = []
    with fetcher(OPEN) as web:
        for _ in range(6):
            (failure,) = watch.read(feed, OPEN, web, now)
            assert "asked again in" in str(failure)
            assert watch.due([feed], now) == []
            waits.append(watch.wait([feed], now))
            now += waits[-1]
        assert waits == [7200, 14400, 28800, 57600, LONGEST, LONGEST]
        site.down = False
        assert len(list(watch.read(feed, OPEN, web, now))) == 3
    assert watch.wait([feed], now) == 3600


def test_retry_after_is_kept(site: Site, tmp_path: Path) -> None:
    watch, feed = Watch(tmp_path / "watch.json", 60), site.base + "/busy"
    with fetcher(OPEN) as web:
        list(watch.read(feed, OPEN, web, 0.0))
    assert watch.wait([feed], 0.0) == 7200


def test_a_round_stores_what_is_new(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = open_store(tmp_path / "store.sqlite")
    watch = Watch(tmp_path / "watch.json", 3600)
    feed = site.base + "/feed"
    failures = one_round(watch, watch.due([feed], time.time()), store, OPEN, publish=False)
    assert one_round(watch, watch.due([feed], time.time()), store, OPEN, publish=False) == []  # none is due yet
    with store.read() as connection:
        titles = list(connection.scalars(reports.select().with_only_columns(reports.c.title)))
        kept = list(connection.scalars(documents.select().with_only_columns(documents.c.archived_path)))
    store.close()
    assert sorted(titles) == sorted(["الأول", "الثالث"]) and len(failures) == 1
    assert "1 feeds asked, 2 new reports" in capsys.readouterr().err
    assert len(kept) == 1 and (tmp_path / "archive" / kept[0]).read_bytes() == conftest.PAGE.encode()


def test_a_broken_state_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "watch.json").write_text('{"a": {"b": 1}}')
    with pytest.raises(StoreError, match="delete it"):
        Watch(tmp_path / "watch.json", 60)


def test_lists_of_feeds(tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text("# ours\nhttps://a.example/rss\nhttps://b.example/rss\n")
    assert _feeds([str(tmp_path / "feeds.txt"), "https://a.example/rss"]) == [
        "https://a.example/rss",
        "https://b.example/rss",
    ]
    (tmp_path / "no.txt").write_text("hello")
    for bad in (str(tmp_path / "no.txt"), str(tmp_path / "none.txt")):
        with pytest.raises(UsageError):
            _feeds([bad])
