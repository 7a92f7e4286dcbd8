"""Files, folders and standard input."""

import codecs
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import Report
from pipeline.read.clean import as_read, check_size, content_id
from pipeline.read.encoding import decode
from pipeline.read.html import decode_page, looks_like_html, read_page, strip_tags
from pipeline.read.jsonl import read_jsonl
from pipeline.read.language import detect_language
from pipeline.read.telegram import read_telegram
from pipeline.read.types import Failure, ReadOptions

PAGES = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
TEXTS = (".txt", ".text")
CHATS = (".json",)


def read_stdin(options: ReadOptions) -> Iterator[Report | Failure]:
    """Standard input: JSON Lines where its first line is a JSON object, a page of HTML, or else one report's text."""
    data = sys.stdin.buffer.read(options.max_bytes + 1)
    yield from read_bytes(data, "-", "", options)


def read_file(path: Path, options: ReadOptions) -> Iterator[Report | Failure]:
    """The reports of one file; a Failure where it is missing, unreadable, or of a kind that is not read."""
    suffix = path.suffix.lower()
    try:
        if suffix in LINES:
            yield from _read_lines(path, options)
            return
        if path.stat().st_size > options.max_bytes:
            raise InputError(
                f"is larger than {options.max_bytes // 1_000_000} MB: give it as JSON Lines, a report a line"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        yield Failure(str(path), "no such file: is the path right?")
    except OSError as error:
        yield Failure(str(path), f"cannot be read ({error.strerror}): are you allowed to?")
    except InputError as error:
        yield Failure(str(path), str(error))
    else:
        yield from read_bytes(data, str(path), suffix, options)


def read_bytes(data: bytes, source: str, suffix: str, options: ReadOptions) -> Iterator[Report | Failure]:
    """The reports in `data`, which came from `source`; `suffix` says what it is, or "" that it must be told."""
    try:
        if not data.strip():
            raise InputError("is empty: there is no text to read")
        if len(data) > options.max_bytes:
            raise InputError(f"is larger than {options.max_bytes // 1_000_000} MB: give it in parts")
        if suffix in PAGES:
            yield read_page(decode_page(data), source, options)
            return
        text = decode(data).text
        if suffix in CHATS:
            yield from read_telegram(text, source, options)
        elif suffix in LINES or (not suffix and text.lstrip("\ufeff \t\r\n").startswith('{"')):
            yield from read_jsonl(io.StringIO(text, newline="\n"), source, options)
        elif looks_like_html(text):
            yield read_page(text, source, options)
        else:
            yield read_text(text, source, options)
    except InputError as error:
        yield Failure(source, str(error))


def read_text(text: str, source: str, options: ReadOptions) -> Report:
    """One report from plain text.

    Raises InputError where it is empty or too long.
    """
    text = strip_tags(as_read(text))
    check_size(text, options.max_chars)
    return Report(
        report_id=content_id(text),
        text=text,
        published=options.published,
        publisher=options.publisher,
        lang=detect_language(text),
        source=source,
    )


def _read_lines(path: Path, options: ReadOptions) -> Iterator[Report | Failure]:
    """JSON Lines are streamed in UTF-8; a file in another encoding is read whole first."""
    with path.open("rb") as start:
        head = start.read(4096)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a letter cut in two at its end is no error
        is_utf8 = b"\x00" not in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    except UnicodeDecodeError:
        is_utf8 = False
    if not is_utf8:
        yield from read_bytes(path.read_bytes(), str(path), ".jsonl", options)
        return
    # surrogateescape keeps a broken byte to its own line: it becomes U+FFFD there, and the other lines are whole.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as lines:
        yield from read_jsonl(lines, str(path), options)
