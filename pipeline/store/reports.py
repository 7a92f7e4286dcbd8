"""Reports into the store: once each, a corrected one as a new version of its thread."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from pipeline.link.merge import month_of
from pipeline.model import Report
from pipeline.store.archive import Document
from pipeline.store.dirty import mark_dirty
from pipeline.store.events import Forgotten, forget_events
from pipeline.store.tables import documents, reports

Outcome = Literal["new", "corrected", "unchanged"]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def add_document(connection: sa.Connection, document: Document, source: str) -> None:
    """Remember a file that reports were read from."""
    known = sa.select(documents.c.sha256).where(documents.c.sha256 == document.sha256)
    if connection.scalar(known) is None:
        row = {"sha256": document.sha256, "archived_path": document.archived_path, "size": document.size}
        connection.execute(documents.insert().values(**row, source=source, retrieved_at=now()))


def add_report(
    connection: sa.Connection, report: Report, run_id: str, document: Callable[[], str | None] = lambda: None
) -> Outcome:
    """Store `report`, unless a version of it says just the same; `document` gives the sha256 of the file it is from.

    One report is known by its report_id, or by its url where no two reports of the store share that url.
    """
    content = content_hash(report)
    versions = _versions(connection, report, run_id)
    if any(version.content == content for version in versions):
        return "unchanged"
    current = next((version for version in versions if version.superseded_by is None), None)
    number = max((version.version for version in versions), default=0) + 1
    report_id = _free_id(connection, report.report_id, number)
    connection.execute(
        reports.insert().values(
            report_id=report_id,
            thread=current.thread if current else report_id,
            version=number,
            content=content,
            sha256=hashlib.sha256(report.text.encode()).hexdigest(),
            document=document(),
            text=report.text,
            published=report.published.isoformat() if report.published else None,
            month=month_of(report.published),
            publisher=report.publisher,
            title=report.title,
            url=report.url,
            lang=report.lang,
            source=report.source,
            retrieved_at=now(),
            is_sample=report.is_sample,
            run_id=run_id,
        )
    )
    mark_dirty(connection, {month_of(report.published)} | ({current.month} if current else set()))
    if current is None:
        return "new"
    # What the old version told is told anew by this one; its text stays in the store.
    connection.execute(reports.update().where(reports.c.report_id == current.report_id).values(superseded_by=report_id))
    return "corrected"


def content_hash(report: Report) -> str:
    """Of everything about a report that its events depend on."""
    told = (report.text, report.published, report.publisher, report.title, report.url, report.lang, report.is_sample)
    return hashlib.sha256("\x1f".join(str(part) for part in told).encode("utf-8", "surrogatepass")).hexdigest()


def _versions(connection: sa.Connection, report: Report, run_id: str) -> Sequence[Any]:
    columns = (
        reports.c.report_id,
        reports.c.thread,
        reports.c.version,
        reports.c.content,
        reports.c.superseded_by,
        reports.c.run_id,
        reports.c.month,
    )
    thread = sa.select(reports.c.thread).where(reports.c.report_id == report.report_id).scalar_subquery()
    by_id = connection.execute(sa.select(*columns).where(reports.c.thread == thread)).all()
    if by_id or not report.url:
        return by_id
    by_url = connection.execute(sa.select(*columns).where(reports.c.url == report.url)).all()
    threads = {row.thread for row in by_url}
    # An address that stands for several reports (a front page, a data set's home) tells none of them apart.
    shared = len(threads) > 1 or any(row.run_id == run_id for row in by_url)
    same = content_hash(report)
    return [row for row in by_url if row.content == same] if shared else by_url


def _free_id(connection: sa.Connection, wanted: str, number: int) -> str:
    report_id = wanted
    while connection.scalar(sa.select(reports.c.seq).where(reports.c.report_id == report_id)) is not None:
        report_id = f"{wanted}.v{number}"
        number += 1
    return report_id


def waiting(connection: sa.Connection, extraction: str) -> list[int]:
    """The seq of every current report not yet read with the extraction of that key, in order of arrival."""
    # Two ranges of the index rather than "differs", for which every report would be looked at.
    ranges = (reports.c.extracted_with < extraction, reports.c.extracted_with > extraction)
    current = reports.c.superseded_by.is_(None)
    return sorted(seq for each in ranges for seq in connection.scalars(sa.select(reports.c.seq).where(each, current)))


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
    for part in _parts(samples):
        gone += forget_events(connection, part)
        connection.execute(reports.delete().where(reports.c.report_id.in_(part)))
    return len(samples), gone


def _parts(names: list[str], size: int = 500) -> Iterator[list[str]]:
    for at in range(0, len(names), size):
        yield names[at : at + size]
