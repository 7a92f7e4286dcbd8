"""Options of the verbs that read sources: alike wherever they are given. No verb itself."""

import argparse
from datetime import date

from pipeline.errors import InputError
from pipeline.read.days import published_day
from pipeline.read.types import ReadOptions


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Adds them in a group of their own."""
    group = parser.add_argument_group("reading")
    group.add_argument(
        "--published", type=day, metavar="D", help="publication day of sources that tell none, YYYY-MM-DD"
    )
    group.add_argument("--publisher", metavar="P", help="outlet of sources that name none")
    group.add_argument("--mapping", metavar="FILE", help="a mapping for CSV of your own (docs/sources.md)")
    group.add_argument("--allow-private", action="store_true", help="also fetch from private and local addresses")
    group.add_argument("--timeout", type=float, default=30.0, metavar="S", help="seconds for one web page (30)")
    group.add_argument("--delay", type=float, default=1.0, metavar="S", help="seconds between requests to a site (1)")


def read_options(args: argparse.Namespace) -> ReadOptions:
    """ReadOptions by the arguments."""
    return ReadOptions(
        published=args.published, publisher=args.publisher, allow_private=args.allow_private, mapping=args.mapping,
        timeout=args.timeout, delay=args.delay,
    )  # fmt: skip


def day(text: str) -> date:
    """A publication day given as an argument: one that reports may have, or the message that argparse shows."""
    try:
        found = published_day(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if found is None:
        raise argparse.ArgumentTypeError("is empty: write the day as YYYY-MM-DD, or leave it out")
    return found
