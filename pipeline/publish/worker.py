"""Many months of an SQLite store to Parquet, by processes of their own: `python -m pipeline.publish.worker`.

A worker reads its job from standard input and answers on standard output, both JSON.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.publish.folder import write_table
from pipeline.publish.frames import sqlite_reader
from pipeline.snapshot import Entry
from pipeline.snapshot_schema import FILES

_WORKERS = 2
_PROJECT = Path(__file__).parents[2]


def by_workers(store: Path, folder: Path, months: Sequence[str]) -> Iterator[dict[str, Entry]]:
    """Write those months of every table but history into `folder`; the files written, worker by worker.

    Raises StoreError where a worker fails: nothing is published then.
    """
    running = []
    for share in (months[at::_WORKERS] for at in range(_WORKERS)):
        job = json.dumps({"store": str(store.resolve()), "folder": str(folder.resolve()), "months": share})
        command = [sys.executable, "-m", "pipeline.publish.worker"]
        pipe = subprocess.PIPE
        worker = subprocess.Popen(command, cwd=_PROJECT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        running.append((worker, job))
        assert worker.stdin is not None
        worker.stdin.write(job)
        worker.stdin.close()
    try:
        for worker, _ in running:
            assert worker.stdout is not None and worker.stderr is not None
            answer, said = worker.stdout.read(), worker.stderr.read()
            if worker.wait() != 0:
                last = said.strip().splitlines()[-1] if said.strip() else f"ended with {worker.returncode}"
                raise StoreError(
                    f"The snapshot cannot be written to {folder.parent} ({last}): free some space or memory, then "
                    "run again. What was published before is untouched."
                )
            yield {name: Entry(**entry) for name, entry in json.loads(answer).items()}
    finally:
        for worker, _ in running:
            worker.kill()
            worker.wait()


def main() -> None:
    job = json.load(sys.stdin)
    written: dict[str, Entry] = {}
    with sqlite_reader(Path(job["store"])) as read:
        for month in job["months"]:
            for table in FILES:
                if table != "history":
                    written |= write_table(Path(job["folder"]), table, month, read(table, month))
    json.dump({name: asdict(entry) for name, entry in written.items()}, sys.stdout)


if __name__ == "__main__":
    main()
