"""Many months of an SQLite store to Parquet, by processes of their own: `python -m pipeline.publish.worker`.

A worker is told a month a line on standard input, and answers a line of JSON: the files written.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.publish.folder import write_table
from pipeline.publish.frames import read_month
from pipeline.publish.sqlite_months import sqlite_reader
from pipeline.snapshot import Entry

_WORKERS = max(2, min(4, os.cpu_count() or 1))
_PROJECT = Path(__file__).parents[2]
# A worker takes one core: threads within it cost more than they bring, and so do heaps for each of them.
_ONE_THREAD = {"POLARS_MAX_THREADS": "1", "MALLOC_ARENA_MAX": "1", "_RJEM_MALLOC_CONF": "narenas:1,tcache:false"}


def by_workers(store: Path, folder: Path, months: Sequence[str]) -> Iterator[dict[str, Entry]]:
    """Write those months of every table but history into `folder`; the files written, worker by worker.

    Raises StoreError where a worker fails: nothing is published then.
    """
    waiting = deque(months)
    with ThreadPoolExecutor(_WORKERS) as threads:
        try:
            shares = [threads.submit(_share, store.resolve(), folder.resolve(), waiting) for _ in range(_WORKERS)]
            for share in shares:
                yield share.result()
        finally:
            waiting.clear()  # the others end with the month they are at


def _share(store: Path, folder: Path, waiting: deque[str]) -> dict[str, Entry]:
    """Have one process write months until none is waiting."""
    command = [sys.executable, "-m", "pipeline.publish.worker", str(store), str(folder)]
    pipe = subprocess.PIPE
    written: dict[str, Entry] = {}
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(
            command, cwd=_PROJECT, env=os.environ | _ONE_THREAD, stdin=pipe, stdout=pipe, stderr=said, text=True
        ) as worker,
    ):
        while month := _next(waiting):
            answer = _ask(worker, month)
            if not answer:
                worker.wait()
                said.seek(0)
                last = said.read().strip().splitlines()[-1:] or [f"ended with {worker.returncode}"]
                raise StoreError(
                    f"The snapshot cannot be written to {folder.parent} ({last[0]}): free some space or memory, then "
                    "run again. What was published before is untouched."
                )
            written |= {name: Entry(**entry) for name, entry in json.loads(answer).items()}
    return written


def _next(waiting: deque[str]) -> str | None:
    try:
        return waiting.popleft()
    except IndexError:  # whatever was waiting a moment ago
        return None


def _ask(worker: "subprocess.Popen[str]", month: str) -> str:
    """What the worker answers; nothing where it has ended."""
    assert worker.stdin is not None and worker.stdout is not None
    try:
        worker.stdin.write(month + "\n")
        worker.stdin.flush()
    except BrokenPipeError:
        return ""
    return worker.stdout.readline()


def main(store: Path, folder: Path) -> None:
    gc.disable()  # frames are freed by counting; the collector would only look through all modules again and again
    with sqlite_reader(store) as ask:
        for line in sys.stdin:
            month = line.strip()
            written: dict[str, Entry] = {}
            for table, parts in read_month(ask, month):
                written |= write_table(folder, table, month, parts)
            print(json.dumps({name: asdict(entry) for name, entry in written.items()}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
