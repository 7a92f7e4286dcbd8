"""A process for the fault tests to kill: `python -m tests.pipeline.store.victim run|decide FOLDER RULES [LIMIT]`.

It prints "ready" when it begins, and with `decide` the number of each decision that it was told is kept.
"""

import itertools
import resource
import sys
from pathlib import Path

import pipeline.ingest
import pipeline.run
from pipeline.errors import PipelineError
from pipeline.review import Decision, decide
from pipeline.run import RunOptions, publish_now, run
from pipeline.store import open_store
from pipeline.versions import Versions
from tests.pipeline.told_reports import Source, load, report

DAYS = [f"2023-04-{day:02}" for day in range(1, 29)]
PLACES = ["Amirli", "Makhmur", "Hawija", "Daquq"]
REPORTS = [
    report(
        f"r{number}", f"attack | {DAYS[number % 28]} | {PLACES[number % 4]} | Islamic State | Civilians | 1 | {copy}"
    )
    for number in range(60)
    for copy in [number % 3]
]


def options(folder: Path, rules: str) -> RunOptions:
    return RunOptions(
        folder / "snapshot", load=load, read_source=Source(*REPORTS), versions=Versions("code", rules, "places")
    )


def main(act: str, folder: Path, rules: str, limit: int = 0) -> int:
    pipeline.ingest.BATCH = pipeline.run.BATCH = 5  # many transactions, to be killed in each of them
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    print("ready", flush=True)
    try:
        store = open_store(folder / "store.sqlite")
        if act == "run":
            print(run(store, ["here"], options(folder, rules)).run_id, flush=True)
        else:
            for number in itertools.count():
                taken = decide(store, Decision(rules, "note", "killed reviewer", note=f"note {number}"))
                print(taken.decision_id, flush=True)
                if number % 4 == 3:
                    publish_now(store, folder / "snapshot")
    except PipelineError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:])))
