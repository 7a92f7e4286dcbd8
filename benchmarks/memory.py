"""The most memory that a process and its children have together, watched from outside while they run."""

import resource
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Peak:
    """Bytes, the highest sum seen so far."""

    bytes = 0


@contextmanager
def peak_memory(process: "subprocess.Popen[Any]", every: float) -> Iterator[Peak]:
    """Looks every so many seconds until the block ends; the peak is whole after it."""
    peak, done = Peak(), threading.Event()

    def watch() -> None:
        while not done.wait(every):
            peak.bytes = max(peak.bytes, sum(_memory(pid) for pid in _family(process.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in _started_by(task)]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _started_by(task: Path) -> list[str]:
    """The children of one thread."""
    try:
        return (task / "children").read_text().split()
    except OSError:
        return []


def _memory(pid: int) -> int:
    """Bytes of a process that are its own; pages of files that it maps can be dropped at any time."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * resource.getpagesize()
