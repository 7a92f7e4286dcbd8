"""Feeds watched over days: asked conditionally, each entry read once, a feed that fails asked less and less often."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipeline.errors import InputError, StoreError
from pipeline.fetch.get import Fetcher, RetryLaterError
from pipeline.model import Report
from pipeline.read.feed import parse_feed, read_entry
from pipeline.read.types import Failure, ReadOptions
from pipeline.read.web import article

LONGEST = 24 * 3600.0  # seconds: however often a feed failed, it is asked once a day
_REMEMBERED = 2000  # entries of one feed


@dataclass(slots=True)
class Feed:
    """What is remembered of one feed."""

    etag: str | None = None
    last_modified: str | None = None
    next_at: float = 0.0  # Unix time
    failures: int = 0  # in a row
    seen: list[str] = field(default_factory=list)  # keys of entries that were read, oldest first


class Watch:
    """The feeds that are watched, and a file that remembers them. `save` after what was read is stored, not before: a
    killed watch then reads an entry twice rather than never, and the store knows it.
    """

    def __init__(self, state: Path, every: float) -> None:
        self.state, self.every = state, every
        self.feeds = _load(state)

    def due(self, feeds: list[str], now: float) -> list[str]:
        """Those to be asked now."""
        return [url for url in feeds if self.feeds.get(url, Feed()).next_at <= now]

    def wait(self, feeds: list[str], now: float) -> float:
        """Seconds until the next is due."""
        return max(0.0, min((self.feeds.get(url, Feed()).next_at for url in feeds), default=now) - now)

    def read(self, url: str, options: ReadOptions, web: Fetcher, now: float) -> Iterator[Report | Failure]:
        """The entries of a feed that were not read before. One whose page fails is tried again the next time."""
        feed = self.feeds.setdefault(url, Feed())
        try:
            page = web.get(url, etag=feed.etag, last_modified=feed.last_modified)
            outlet, entries = (None, []) if page.status == 304 else parse_feed(page)
        except InputError as error:
            feed.failures += 1
            pause = min(self.every * 2**feed.failures, LONGEST)
            feed.next_at = now + max(pause, error.seconds if isinstance(error, RetryLaterError) else 0.0)
            yield Failure(url, f"{error}; asked again in {_spoken(feed.next_at - now)}")
            return
        feed.failures, feed.next_at = 0, now + self.every
        known = set(feed.seen)
        failed = False
        for entry in entries:
            if entry.key in known:
                continue
            item = read_entry(entry, url, outlet, options, web=web, article=article)
            failed = failed or isinstance(item, Failure)
            if isinstance(item, Report):
                feed.seen = [*feed.seen, entry.key][-_REMEMBERED:]
            yield item
        if page.status != 304:
            # With an entry left to try again, the feed itself must be given again too.
            feed.etag, feed.last_modified = (None, None) if failed else (page.etag, page.last_modified)

    def save(self) -> None:
        """Writes the state, whole or not at all. Raises StoreError where it cannot be written."""
        record = {url: asdict(feed) for url, feed in self.feeds.items()}
        temporary = self.state.with_name(f".{self.state.name}.{os.getpid()}")
        try:
            self.state.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
            temporary.replace(self.state)
        except OSError as error:
            raise StoreError(f"{self.state} cannot be written ({error.strerror}): allow writing there") from error


def _load(state: Path) -> dict[str, Feed]:
    try:
        record = json.loads(state.read_text(encoding="utf-8"))
        return {url: Feed(**feed) for url, feed in record.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"{state} is broken ({error}): delete it, and every feed is read anew") from None


def _spoken(seconds: float) -> str:
    return f"{seconds / 3600:.0f} hours" if seconds >= 7200 else f"{seconds / 60:.0f} minutes"
