"""RSS and Atom: the reports a feed links to, with the day and the outlet that the feed gives them."""

import calendar
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urljoin

import feedparser

from pipeline.errors import InputError
from pipeline.fetch import Fetcher, Page
from pipeline.model import Report
from pipeline.read.clean import as_read, check_size, content_id, storable
from pipeline.read.days import day_of_timestamp
from pipeline.read.html import strip_tags
from pipeline.read.language import detect_language
from pipeline.read.types import Failure, ReadOptions

_FULL = 600  # characters: an entry that carries so much text carries its article
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")

Article = Callable[[Page, ReadOptions], Report]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    key: str  # what tells it from others: its id, or its link
    link: str | None
    title: str | None
    published: date | None
    text: str  # without tags; often only a first sentence


def is_feed(page: Page) -> bool:
    """Whether a page is RSS or Atom, by its type or by how it begins."""
    start = page.body[:1000].lower()
    return page.content_type in _TYPES or any(mark in start for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def parse_feed(page: Page) -> tuple[str | None, list[Entry]]:
    """The outlet a feed names, and its entries.

    Raises InputError where it is no feed.
    """
    parsed = feedparser.parse(page.body, resolve_relative_uris=False)
    if not parsed.get("version"):  # what is no feed at all has no such attribute
        raise InputError("is no RSS or Atom feed that could be read")
    return parsed.feed.get("title") or None, [_entry(entry, page.address) for entry in parsed.entries]


def read_feed(page: Page, options: ReadOptions, web: Fetcher, article: Article) -> Iterator[Report | Failure]:
    """Every entry of a feed as a report. An entry that fails is a Failure, and the next is read."""
    try:
        outlet, entries = parse_feed(page)
    except InputError as error:
        yield Failure(page.url, str(error))
        return
    if not entries:
        yield Failure(page.url, "is a feed without entries")
    for entry in entries:
        yield read_entry(entry, page.url, outlet, options, web=web, article=article)


def read_entry(
    entry: Entry, feed: str, outlet: str | None, options: ReadOptions, *, web: Fetcher, article: Article
) -> Report | Failure:
    """The report of one entry: its own text where that is the whole article, else the page it links to."""
    try:
        if len(entry.text) >= _FULL or not entry.link:
            report = _own(entry, feed)
            check_size(report.text, options.max_chars)
        else:
            # The page may name another day (of its last change) and the site rather than the outlet: the feed knows.
            report = article(web.get(entry.link), replace(options, published=None, publisher=None))
    except InputError as error:
        return Failure(entry.link or f"{feed}#{entry.key}", str(error))
    return replace(
        report,
        published=entry.published or report.published or options.published,
        publisher=options.publisher or outlet or report.publisher,
        title=entry.title or report.title,
    )


def _own(entry: Entry, feed: str) -> Report:
    return Report(
        content_id(entry.text, entry.link), entry.text, url=entry.link, lang=detect_language(entry.text), source=feed
    )


def _entry(entry: Any, base: str) -> Entry:
    contents = [part.value for part in entry.get("content", []) if part.get("value")]
    body = max([*contents, entry.get("summary", "")], key=len)
    moment: time.struct_time | None = entry.get("published_parsed") or entry.get("updated_parsed")
    link = entry.get("link") or None
    if entry.get("guidislink") and not str(entry.get("id")).startswith("http"):
        link = None  # a bare id that RSS, by its default, takes for an address
    return Entry(
        key=str(entry.get("id") or link or content_id(body)),
        link=storable(urljoin(base, link)) if link else None,
        title=strip_tags(as_read(entry.get("title", ""))).strip() or None,
        published=day_of_timestamp(calendar.timegm(moment)) if moment else None,
        text=strip_tags(as_read(body)).strip(),
    )
