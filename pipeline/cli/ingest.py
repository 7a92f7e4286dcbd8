"""`ingest`: sources into the store, each report once. `run` then reads events out of what is new."""

import argparse
import json
import sys

from tqdm import tqdm

from pipeline.cli.reading import add_reading, read_options
from pipeline.ingest import ingest
from pipeline.publish.publish import new_run_id
from pipeline.store import open_store

_EPILOG = """Sources: files (.txt .html .jsonl .json of Telegram .warc .csv of a dataset .urls), folders, web pages, RSS
and Atom feeds, - for standard input. Prints one JSON object: how many reports are new, corrected, unchanged. The same
source again changes nothing. Store: PIPELINE_STORE (data/store.sqlite). Exit code 0: done; 1: some input could not be
read, the rest was done; 2: wrong usage."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser("ingest", help="sources into the store", description=__doc__, epilog=_EPILOG)
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="files, folders, addresses, feeds, exports")
    add_reading(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Reads every source. 1 where something could not be read: it is named on standard error, and the rest was done."""
    store = open_store()
    try:
        with tqdm(desc="reading", unit=" reports", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            came = ingest(store, args.sources, new_run_id(), read_options(args), seen=bar.update)
    finally:
        store.close()
    for failure in came.failures:
        sys.stderr.write(f"{failure}\n")
    counts = {name: came.outcomes[name] for name in ("new", "corrected", "unchanged")}
    sys.stdout.write(json.dumps(counts | {"failures": len(came.failures)}) + "\n")
    return 1 if came.failures else 0
