"""`extract`: the events of reports, as JSON Lines. Stores nothing."""

import argparse
import sys

from geodata.gazetteer import Gazetteer
from pipeline.cli.reading import day
from pipeline.event_json import json_lines
from pipeline.extract import extract_events
from pipeline.extraction import attempt
from pipeline.read.sources import read_source
from pipeline.read.types import Failure, ReadOptions


def add_parser(verbs: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Adds the verb to the command line."""
    parser = verbs.add_parser("extract", help="events of reports, as JSON Lines; stores nothing", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE", help=".txt, .html or .jsonl; - for standard input")
    parser.add_argument(
        "--published", type=day, metavar="DAY", help="publication day where a file tells none: 2021-12-12"
    )
    parser.add_argument("--publisher", metavar="NAME", help="outlet where a file tells none")


def run(args: argparse.Namespace) -> int:
    """Prints an event a line. 1 where a file could not be read; the rest is done."""
    options = ReadOptions(published=args.published, publisher=args.publisher)
    gazetteer = Gazetteer.load()
    failed = 0
    for source in args.files:
        for report in read_source(source, options):
            if isinstance(report, Failure):
                failed += 1
                print(f"error: {report}", file=sys.stderr)
                continue
            if report.published is None:
                print(
                    f"note: {report.source}: no publication day, so words such as 'yesterday' stay unresolved."
                    " Give one with --published.",
                    file=sys.stderr,
                )
            events, problem = attempt(report, lambda each: extract_events(each, gazetteer))
            if problem:
                failed += 1
                print(
                    f"error: {report.source}: {problem}. This is a fault of the program: please report it.",
                    file=sys.stderr,
                )
            for line in json_lines(events):
                print(line)
    return 1 if failed else 0
