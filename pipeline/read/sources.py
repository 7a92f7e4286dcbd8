"""The one way in: told what a source is by looking at it."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.model import Report
from pipeline.read import warc
from pipeline.read.datasets import rows
from pipeline.read.files import CHATS, LINES, PAGES, TEXTS, read_file, read_stdin
from pipeline.read.types import Failure, ReadOptions
from pipeline.read.web import addresses, is_address, read_addresses

_READ = (*TEXTS, *PAGES, *LINES, *CHATS, *warc.SUFFIXES, *rows.SUFFIXES, ".urls")
_ABOUT = (".md", ".rst")
_ABOUT_NAMES = ("README", "LICENSE", "LICENCE")
_LIST_BYTES = 4_000_000  # a list of addresses is no longer than this


def read_source(source: str, options: ReadOptions) -> Iterator[Report | Failure]:
    """The reports of `source`: a file, a folder, a web page or feed, or "-" for standard input. Order is stable.

    A file may be text, HTML, JSON Lines, a Telegram export, a WARC, a coded dataset, or a list of addresses.
    Never raises for what the source holds: each thing that cannot be read is a Failure, and the rest goes on.
    """
    if source == "-":
        yield from read_stdin(options)
    elif is_address(source):
        yield from read_addresses([source], options)
    elif Path(source).is_dir():
        yield from _read_folder(Path(source), options)
    else:
        yield from _read_path(Path(source), options)


def _read_path(path: Path, options: ReadOptions) -> Iterator[Report | Failure]:
    if path.name.lower().endswith(warc.SUFFIXES):
        yield from warc.read_warc(path, options)
    elif path.suffix.lower() in rows.SUFFIXES:
        yield from rows.read_dataset(path, options)
    elif urls := _listed(path):
        yield from read_addresses(urls, options)
    else:
        yield from read_file(path, options)


def _listed(path: Path) -> list[str]:
    """The addresses in a list of addresses; none where the file is something else."""
    if path.suffix.lower() not in (*TEXTS, ".urls"):
        return []
    try:
        if path.stat().st_size > _LIST_BYTES:
            return []
        return addresses(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return []  # whatever is wrong with it, read_file says so


def _other_table(path: Path, options: ReadOptions) -> bool:
    return options.mapping is None and path.suffix.lower() in rows.SUFFIXES and not rows.is_known(path)


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[Report | Failure]:
    """Every file below `folder` in order of its path. Unknown kinds are failures; left alone are hidden files, what is
    written about the folder (README, .md), and tables that are no dataset, which folders of reports often hold beside.
    """
    found = False
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.suffix.lower() in _ABOUT or path.stem.upper() in _ABOUT_NAMES or _other_table(path, options):
            continue
        found = True
        if path.name.lower().endswith(_READ):
            yield from _read_path(path, options)
        else:
            yield Failure(
                str(path), f"is of a kind that is not read ({path.suffix or 'no suffix'}): {', '.join(_READ)} are"
            )
    if not found:
        yield Failure(str(folder), "is an empty folder")
