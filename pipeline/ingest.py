"""Sources into the store: each report once, with the bytes it came in."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from pipeline.model import Report
from pipeline.read.sources import read_source
from pipeline.read.types import Failure, ReadOptions
from pipeline.store.archive import Document, keep
from pipeline.store.arrivals import add_reports
from pipeline.store.database import Store
from pipeline.store.reports import add_document

Found = Report | Failure
ReadSource = Callable[[str, ReadOptions], Iterator[Found]]
T = TypeVar("T")
_FILES = 1000  # that are remembered: the reports of one file follow each other
BATCH = 500  # reports in one transaction: a tenth of a second, so that a reviewer need not wait


@dataclass(slots=True)
class Ingested:
    """What came in: how many reports by outcome (new, corrected, unchanged), and what could not be read."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


def ingest(
    store: Store,
    sources: Sequence[str],
    run_id: str,
    options: ReadOptions | None = None,
    *,
    read: ReadSource = read_source,
    seen: Callable[[int], None] = lambda _: None,
) -> Ingested:
    """Read `sources` into the store, a batch of reports a transaction; `seen` is told how many were read.

    Raises StoreError where the store cannot be written; what was stored before then stays.
    """
    options = replace(options or ReadOptions(), archive=store.archive)
    result = Ingested()
    documents: dict[str, str | None] = {}
    items = (item for source in sources for item in read(source, options))
    for batch in batches(items, BATCH):
        reports = [item for item in batch if isinstance(item, Report)]
        result.failures += [item for item in batch if isinstance(item, Failure)]
        with store.write() as connection:
            outcomes = add_reports(
                connection, reports, run_id, lambda report: _document(connection, store, report, documents)
            )
            result.outcomes.update(outcomes)
        seen(len(batch))
    return result


def _document(connection: sa.Connection, store: Store, report: Report, known: dict[str, str | None]) -> str | None:
    """The sha256 of the file a report was read from, which is archived; None where it was no file."""
    if report.sha256 and report.archived_path:  # a web page, archived where it was fetched
        size = (store.archive / report.archived_path).stat().st_size
        add_document(connection, Document(report.sha256, report.archived_path, size), report.url or report.source)
        return report.sha256
    if report.source not in known:
        if len(known) >= _FILES:
            known.clear()
        path = Path(report.source)
        if report.source and path.is_file():
            document = keep(store.archive, path)
            add_document(connection, document, report.source)
            known[report.source] = document.sha256
        else:
            known[report.source] = None
    return known[report.source]


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`, the last one shorter."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
