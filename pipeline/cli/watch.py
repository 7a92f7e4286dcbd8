"""`watch`: feeds asked again each hour, what is new stored; with --publish read and published as well."""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.cli.reading import add_reading, read_options
from pipeline.errors import UsageError
from pipeline.ingest import ingest
from pipeline.model import Report
from pipeline.publish.publish import new_run_id
from pipeline.read.types import Failure, ReadOptions
from pipeline.read.watch import Watch
from pipeline.read.web import addresses, fetcher
from pipeline.run import RunOptions
from pipeline.run import run as run_pipeline
from pipeline.snapshot import snapshot_root
from pipeline.store import Store, open_store

_EPILOG = """A feed is asked conditionally (ETag, Last-Modified); one that fails is asked after twice the time, up to a
day; Retry-After is kept. It may be stopped at any moment (Ctrl-C) and started again: the state file remembers what was
read. Exit code of --once: 0 done, 1 some feed or entry failed."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "watch", help="feeds again each hour, into the store", description=__doc__, epilog=_EPILOG
    )
    parser.add_argument(
        "feeds", nargs="+", metavar="FEED", help="addresses of RSS or Atom feeds, or a file that lists them"
    )
    parser.add_argument("--every", type=float, default=60.0, metavar="MIN", help="minutes between two askings (60)")
    parser.add_argument("--once", action="store_true", help="ask every feed that is due once, then end")
    parser.add_argument(
        "--publish", action="store_true", help="after each round with something new, read and publish it"
    )
    parser.add_argument("--state", type=Path, metavar="FILE", help="what is remembered (watch.json beside the store)")
    add_reading(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Watches until it is stopped, or once."""
    feeds = _feeds(args.feeds)
    if args.every <= 0:
        raise UsageError("--every must be more than 0 minutes")
    store = open_store()
    try:
        watch = Watch(args.state or store.archive.parent / "watch.json", args.every * 60)
        while True:
            failures = one_round(watch, watch.due(feeds, time.time()), store, read_options(args), publish=args.publish)
            if args.once:
                return 1 if failures else 0
            time.sleep(max(1.0, watch.wait(feeds, time.time())))
    finally:
        store.close()


def one_round(watch: Watch, feeds: list[str], store: Store, options: ReadOptions, *, publish: bool) -> list[Failure]:
    """Asks `feeds`, stores what is new, and remembers that. What failed is told on standard error and returned."""
    failures: list[Failure] = []
    new = 0
    with fetcher(options) as web:

        def read(url: str, using: ReadOptions) -> Iterator[Report | Failure]:
            return watch.read(url, using, web, time.time())

        for feed in feeds:
            came = ingest(store, [feed], new_run_id(), options, read=read)
            watch.save()
            new += came.outcomes["new"] + came.outcomes["corrected"]
            failures += came.failures
    for failure in failures:
        sys.stderr.write(f"{failure}\n")
    if feeds:
        sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M')}: {len(feeds)} feeds asked, {new} new reports\n")
    if new and publish:
        run_pipeline(store, [], RunOptions(root=snapshot_root()))
    return failures


def _feeds(given: list[str]) -> list[str]:
    feeds: list[str] = []
    for one in given:
        if "://" in one:
            feeds.append(one)
            continue
        try:
            listed = addresses(Path(one).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{one} is neither an address nor a list of addresses ({error})") from None
        if not listed:
            raise UsageError(f"{one} lists no addresses: one a line, # begins a comment")
        feeds += listed
    return list(dict.fromkeys(feeds))
