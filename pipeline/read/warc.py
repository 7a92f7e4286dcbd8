"""WARC web archives, as wget, Heritrix and Browsertrix write them: each page of HTML is a report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from pipeline.errors import InputError
from pipeline.fetch.archive import archive
from pipeline.model import Report
from pipeline.read.html import decode_page, read_page
from pipeline.read.types import Failure, ReadOptions

SUFFIXES = (".warc", ".warc.gz")
_SHORTEST = 80  # characters: a crawl is full of pages whose only "article" is a line of their menu


def read_warc(path: Path, options: ReadOptions) -> Iterator[Report | Failure]:
    """The articles among the archive's answers of HTML; pictures, scripts, redirects and errors are passed over, and
    so are pages that hold no article, for an archive of a site is mostly such. A torn archive gives what came before.
    """
    found = False
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                if record.http_headers.get_statuscode() != "200" or not _is_html(record):
                    continue
                found = True
                yield from _read(record, str(path), options)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        yield Failure(str(path), f"is no whole WARC ({error}): what came before was read")
        return
    except OSError as error:
        yield Failure(str(path), f"cannot be read ({error.strerror or error})")
        return
    if not found:
        yield Failure(str(path), "holds no page of HTML")


def _is_html(record: "ArchiveIterator") -> bool:
    return "html" in (record.http_headers.get_header("Content-Type") or "").lower()


def _read(record: "ArchiveIterator", source: str, options: ReadOptions) -> Iterator[Report | Failure]:
    url = record.rec_headers.get_header("WARC-Target-URI")
    kind = record.http_headers.get_header("Content-Type") or ""
    charset = kind.partition("charset=")[2].strip(" \"';") or None
    body = record.content_stream().read(options.max_page + 1)
    if len(body) > options.max_page:
        yield Failure(f"{source}#{url}", f"is larger than {options.max_page // 1_000_000} MB")
        return
    try:
        report = read_page(decode_page(body, charset), source, options, url=url)
    except InputError:
        return
    if len(report.text) < _SHORTEST:
        return
    kept = archive(body, options.archive) if options.archive else None
    yield replace(
        report,
        sha256=kept.sha256 if kept else None,
        archived_path=kept.path if kept else None,
        retrieved_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
    )
