"""Reports of the store: which wait to be read, and taking samples out. pipeline.store.arrivals puts them in."""

import hashlib
from array import array
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import sqlalchemy as sa

from pipeline.model import Report
from pipeline.store.archive import Document
from pipeline.store.dirty import mark_dirty
from pipeline.store.events import Forgotten, forget_events, parts
from pipeline.store.tables import documents, reports


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def add_document(connection: sa.Connection, document: Document, source: str) -> None:
    """Remember a file that reports were read from."""
    known = sa.select(documents.c.sha256).where(documents.c.sha256 == document.sha256)
    if connection.scalar(known) is None:
        row = {"sha256": document.sha256, "archived_path": document.archived_path, "size": document.size}
        connection.execute(documents.insert().values(**row, source=source, retrieved_at=now()))


def content_hash(report: Report) -> str:
    """Of everything about a report that its events depend on."""
    told = (report.text, report.published, report.publisher, report.title, report.url, report.lang, report.is_sample)
    return hashlib.sha256("\x1f".join(str(part) for part in told).encode("utf-8", "surrogatepass")).hexdigest()


def waiting(connection: sa.Connection, extraction: str) -> Sequence[int]:
    """The seq of every current report not yet read with the extraction of that key, in order of arrival."""
    # Two ranges of the index rather than "differs", for which every report would be looked at.
    ranges = (reports.c.extracted_with < extraction, reports.c.extracted_with > extraction)
    current = reports.c.superseded_by.is_(None)
    streamed = sa.select(reports.c.seq).where(current).execution_options(yield_per=10_000)
    found = array("q", (seq for each in ranges for seq in connection.scalars(streamed.where(each))))
    np.frombuffer(found, np.int64).sort()  # in place, eight bytes each: they may be millions
    return found


def load(connection: sa.Connection, seqs: Sequence[int]) -> list[Report]:
    """Those reports, in order of arrival."""
    query = sa.select(reports).where(reports.c.seq.in_(seqs)).order_by(reports.c.seq)
    return [as_report(row) for row in connection.execute(query)]


def as_report(row: Any) -> Report:
    return Report(
        report_id=row.report_id,
        text=row.text,
        published=date.fromisoformat(row.published) if row.published else None,
        publisher=row.publisher,
        title=row.title,
        url=row.url,
        lang=row.lang,
        source=row.source,
        is_sample=row.is_sample,
    )


def remove_samples(connection: sa.Connection) -> tuple[int, list[Forgotten]]:
    """Take the sample reports out, if there is any real one. How many went, and the events they told."""
    real = connection.scalar(sa.select(reports.c.seq).where(~reports.c.is_sample).limit(1))
    if real is None:
        return 0, []
    samples = list(connection.scalars(sa.select(reports.c.report_id).where(reports.c.is_sample)))
    mark_dirty(connection, connection.scalars(sa.select(reports.c.month).where(reports.c.is_sample).distinct()))
    gone: list[Forgotten] = []
    for part in parts(samples):
        gone += forget_events(connection, part)
        connection.execute(reports.delete().where(reports.c.report_id.in_(part)))
    return len(samples), gone
