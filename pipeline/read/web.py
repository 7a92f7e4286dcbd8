"""Addresses: a page, a feed, or a file of JSON Lines or text on the web; and lists of addresses."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from pipeline.errors import InputError
from pipeline.fetch import Fetcher, Page
from pipeline.fetch.archive import archive
from pipeline.model import Report
from pipeline.read.feed import is_feed, read_feed
from pipeline.read.files import read_bytes
from pipeline.read.html import decode_page, read_page
from pipeline.read.types import Failure, ReadOptions

_LINES = (".jsonl", ".ndjson")
_PASSWORD = 'type="password"'  # of a page's form  # nosec B105


def is_address(source: str) -> bool:
    """Whether `source` is written as a web address, of whatever scheme (file: and ftp: too, to be refused as such)."""
    return "://" in source[:12]


def addresses(text: str) -> list[str]:
    """The addresses of a text that holds nothing else, one a line; # begins a comment. Empty for any other text."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if all(line.startswith(("http://", "https://")) and " " not in line for line in lines) else []


def fetcher(options: ReadOptions) -> Fetcher:
    """A Fetcher by the options."""
    return Fetcher(
        allow_private=options.allow_private, timeout=options.timeout, max_bytes=options.max_page, delay=options.delay
    )


def read_addresses(urls: list[str], options: ReadOptions) -> Iterator[Report | Failure]:
    """The reports of each address, in order. One that fails is a Failure, and the next is read."""
    with fetcher(options) as web:
        for url in urls:
            yield from read_address(url, options, web)


def read_address(url: str, options: ReadOptions, web: Fetcher) -> Iterator[Report | Failure]:
    """What one address gives: a page is one report, a feed the reports it links to."""
    try:
        page = web.get(url)
        if is_feed(page):
            yield from read_feed(page, options, web, article)
        elif urlsplit(page.address).path.lower().endswith(_LINES):
            yield from read_bytes(page.body, url, ".jsonl", options)
        else:
            yield article(page, options)
    except InputError as error:
        yield Failure(url, str(error))


def article(page: Page, options: ReadOptions) -> Report:
    """The report a page tells, the raw page archived where options say so.

    Raises InputError where it holds none, or asks for a password instead.
    """
    if not page.body.strip():
        raise InputError("gave an empty page")
    text = decode_page(page.body, page.charset)
    kept = archive(page.body, options.archive) if options.archive else None
    try:
        report = read_page(text, page.url, options, url=page.address)
    except InputError:
        if _PASSWORD in text.replace("'", '"').lower():
            raise InputError("asks for a password: pages behind a login are not read") from None
        raise
    return replace(
        report,
        sha256=kept.sha256 if kept else None,
        archived_path=kept.path if kept else None,
        retrieved_at=page.retrieved_at,
    )
