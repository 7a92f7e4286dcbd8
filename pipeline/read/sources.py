"""The one way in: told what a source is by looking at it."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.model import Report
from pipeline.read.files import LINES, PAGES, TEXTS, read_file, read_stdin
from pipeline.read.types import Failure, ReadOptions

_READ = (*TEXTS, *PAGES, *LINES)


def read_source(source: str, options: ReadOptions) -> Iterator[Report | Failure]:
    """The reports of `source`: a file, a folder, or "-" for standard input. Order is stable.

    Never raises for what the source holds: each thing that cannot be read is a Failure, and the rest goes on.
    """
    if source == "-":
        yield from read_stdin(options)
        return
    path = Path(source)
    if path.is_dir():
        yield from _read_folder(path, options)
    else:
        yield from read_file(path, options)


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[Report | Failure]:
    """Every file below `folder` in order of its path. Hidden files are left alone; unknown kinds are failures."""
    found = False
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        found = True
        if path.suffix.lower() in _READ:
            yield from read_file(path, options)
        else:
            yield Failure(
                str(path), f"is of a kind that is not read ({path.suffix or 'no suffix'}): {', '.join(_READ)} are"
            )
    if not found:
        yield Failure(str(folder), "is an empty folder")
