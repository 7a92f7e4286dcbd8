"""`run`: reports in, the published snapshot out, whatever is new."""

import argparse
import json
import sys

from tqdm import tqdm

from pipeline.cli.reading import add_reading, read_options
from pipeline.run import RunOptions
from pipeline.run import run as run_pipeline
from pipeline.snapshot import snapshot_root
from pipeline.store import open_store

_EPILOG = """Prints one JSON object: the run, what it did, and the snapshot it published. It may be killed at any moment
and run again. Store: PIPELINE_STORE (data/store.sqlite, or a PostgreSQL address). Snapshots: PIPELINE_SNAPSHOT
(data/snapshot). Exit code 0: done; 1: some input could not be read, the rest was done; 2: wrong usage."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser(
        "run", help="ingest, extract, geocode, link and publish what is new", description=__doc__, epilog=_EPILOG
    )
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="files, folders, addresses, feeds, exports; none: what is stored"
    )
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes that read events (1)")
    parser.add_argument("--scheduler", metavar="ADDR", help="address of a Dask scheduler whose workers read instead")
    parser.add_argument(
        "--replace-samples", action="store_true", help="take the sample reports out as soon as there is a real one"
    )
    add_reading(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    options = RunOptions(
        root=snapshot_root(),
        read=read_options(args),
        workers=args.workers,
        scheduler=args.scheduler,
        replace_samples=args.replace_samples,
        progress=_Bars(),
    )
    store = open_store()
    try:
        outcome = run_pipeline(store, args.sources, options)
    finally:
        store.close()
    for failure in outcome.failures:
        print(failure, file=sys.stderr)
    manifest = outcome.snapshot.manifest
    if manifest.orphaned_decisions:
        print(
            f"{manifest.orphaned_decisions} decisions of reviewers are about what is no longer found: "
            "`python -m pipeline review list --state orphaned` shows them.",
            file=sys.stderr,
        )
    told = {"run_id": outcome.run_id, **outcome.counts, "failures": len(outcome.failures)}
    told |= {"snapshot": str(outcome.snapshot.folder), "incidents": manifest.counts["incidents"]}
    print(json.dumps(told))
    return 1 if outcome.failures else 0


class _Bars:
    """A progress bar a stage, on standard error."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None
        self._stage = ""

    def __call__(self, stage: str, total: int | None, done: int) -> None:
        if self._bar is None or stage != self._stage:
            if self._bar is not None:
                self._bar.close()
            self._bar, self._stage = tqdm(total=total, desc=stage, unit=" reports", file=sys.stderr), stage
        self._bar.update(done)


def _workers(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("must be 1 to 256")
    return number
