"""Reports into the store: once each, a corrected one as a new version of its thread."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from pipeline.link.merge import month_of
from pipeline.model import Report
from pipeline.store.dirty import mark_dirty
from pipeline.store.events import parts
from pipeline.store.reports import content_hash, now
from pipeline.store.tables import reports

Outcome = Literal["new", "corrected", "unchanged"]
_COLUMNS = ("report_id", "thread", "version", "content", "superseded_by", "run_id", "month", "url")


@dataclass(slots=True)
class _Version:
    """One version of a report, stored or about to be."""

    report_id: str
    thread: str
    version: int
    content: str
    superseded_by: str | None
    run_id: str
    month: str
    url: str | None


def add_reports(
    connection: sa.Connection,
    coming: Sequence[Report],
    run_id: str,
    document: Callable[[Report], str | None] = lambda _: None,
) -> list[Outcome]:
    """Store each of `coming`, unless a version of it says just the same; `document` gives the sha256 of its file.

    One report is known by its report_id, or by its url where no two reports of the store share that url.
    """
    known = _Known(connection, coming)
    outcomes: list[Outcome] = []
    rows: list[dict[str, Any]] = []
    superseded: list[dict[str, str]] = []
    months: set[str] = set()
    for report in coming:
        content = content_hash(report)
        versions = known.versions(report, content, run_id)
        if any(version.content == content for version in versions):
            outcomes.append("unchanged")
            continue
        current = next((version for version in versions if version.superseded_by is None), None)
        number = max((version.version for version in versions), default=0) + 1
        report_id = known.free_id(report.report_id, number)
        thread = current.thread if current else report_id
        added = _Version(report_id, thread, number, content, None, run_id, month_of(report.published), report.url)
        known.add(added)
        rows.append(_row(report, added, document(report)))
        months |= {added.month} | ({current.month} if current else set())
        if current is not None:
            # What the old version told is told anew by this one; its text stays in the store.
            current.superseded_by = report_id
            superseded.append({"of": current.report_id, "by": report_id})
        outcomes.append("new" if current is None else "corrected")
    if rows:
        connection.execute(reports.insert(), rows)
        mark_dirty(connection, months)
    if superseded:
        connection.execute(_SUPERSEDE, superseded)
    return outcomes


_SUPERSEDE = reports.update().where(reports.c.report_id == sa.bindparam("of")).values(superseded_by=sa.bindparam("by"))


def _row(report: Report, added: _Version, document: str | None) -> dict[str, Any]:
    return {
        "report_id": added.report_id,
        "thread": added.thread,
        "version": added.version,
        "content": added.content,
        "sha256": hashlib.sha256(report.text.encode()).hexdigest(),
        "document": document,
        "text": report.text,
        "published": report.published.isoformat() if report.published else None,
        "month": added.month,
        "publisher": report.publisher,
        "title": report.title,
        "url": report.url,
        "lang": report.lang,
        "source": report.source,
        "retrieved_at": now(),
        "is_sample": report.is_sample,
        "run_id": added.run_id,
    }


class _Known:
    """The versions of reports that a batch may have to do with: those stored, and those of the batch so far."""

    def __init__(self, connection: sa.Connection, coming: Sequence[Report]) -> None:
        self._connection = connection
        self._by_id: dict[str, _Version] = {}
        self._by_thread: dict[str, list[_Version]] = {}
        self._by_url: dict[str, list[_Version]] = {}
        ids = sorted({report.report_id for report in coming})
        urls = sorted({report.url for report in coming if report.url})
        found = self._stored(reports.c.report_id, ids) + self._stored(reports.c.url, urls)
        found += self._stored(reports.c.thread, sorted({version.thread for version in found}))
        for version in {version.report_id: version for version in found}.values():
            self.add(version)

    def _stored(self, column: sa.ColumnElement[str], values: Sequence[str]) -> list[_Version]:
        columns = [reports.c[name] for name in _COLUMNS]
        return [
            _Version(*row)
            for part in parts(values)
            for row in self._connection.execute(sa.select(*columns).where(column.in_(part)).order_by(reports.c.seq))
        ]

    def add(self, version: _Version) -> None:
        self._by_id[version.report_id] = version
        self._by_thread.setdefault(version.thread, []).append(version)
        if version.url:
            self._by_url.setdefault(version.url, []).append(version)

    def versions(self, report: Report, content: str, run_id: str) -> list[_Version]:
        """Every version of the same report."""
        if report.report_id in self._by_id:
            return self._by_thread[self._by_id[report.report_id].thread]
        by_url = self._by_url.get(report.url or "", [])
        threads = {version.thread for version in by_url}
        # An address that stands for several reports (a front page, a data set's home) tells none of them apart.
        shared = len(threads) > 1 or any(version.run_id == run_id for version in by_url)
        return [version for version in by_url if version.content == content] if shared else by_url

    def free_id(self, wanted: str, number: int) -> str:
        report_id = wanted
        while report_id in self._by_id or (report_id != wanted and self._stored(reports.c.report_id, [report_id])):
            report_id = f"{wanted}.v{number}"
            number += 1
        return report_id
