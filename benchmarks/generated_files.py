"""Generated reports written straight to a snapshot, or as JSON Lines."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from benchmarks.places import ADMINISTERED
from pipeline.link.merge import incident_row, location_rows, month_of
from pipeline.link.told import Told
from pipeline.link.written import WrittenClaim, written
from pipeline.model import Event, Report
from pipeline.publish.folder import Provenance, SnapshotWriter
from pipeline.publish.rows import Row, frame, source_row
from pipeline.snapshot import Snapshot

Incident = list[tuple[Report, Event]]
Months = defaultdict[str, defaultdict[str, list[Row]]]


def write_snapshot(incidents: Iterable[Incident], root: Path) -> Snapshot:
    """A snapshot of `incidents` in `root`, grouped as they were generated, with nothing reviewed."""
    root.mkdir(parents=True, exist_ok=True)
    months: Months = defaultdict(lambda: defaultdict(list))
    number = 0
    for number, incident in enumerate(incidents, start=1):
        _add(f"inc_{number:016x}", incident, months)
    writer = SnapshotWriter(root, Provenance(f"generated-{number:08}", "generated", "generated", "generated"))
    for month, tables in sorted(months.items()):
        for table, rows in tables.items():
            writer.write(table, month, [frame(table, rows)])
    return writer.publish(contains_samples=True, orphaned_decisions=0)


def _add(incident_id: str, incident: Incident, months: Months) -> None:
    reads = [written(event, report) for report, event in incident]
    events = [read.told(report, report.report_id, b"") for read, (report, _) in zip(reads, incident, strict=True)]
    row = incident_row(incident_id, events, {}) | {"review_state": "machine"}
    month = months[month_of(row["event_date"])]
    month["incidents"].append(row)
    month["locations"] += location_rows(incident_id, events, ADMINISTERED)
    for event, read, (report, _) in zip(events, reads, incident, strict=True):
        month["claims"] += [_claim_row(incident_id, event, claim) for claim in read.claims]
        month["sources"].append(source_row(incident_id, event, {}))
        month["reports"].append(_report_row(report))


def _claim_row(incident_id: str, event: Told, claim: WrittenClaim) -> Row:
    about = {"incident_id": incident_id, "event_id": event.event_id, "report_id": event.report_id}
    row = about | claim._asdict()
    return row | {"start": row.pop("start_offset"), "end": row.pop("end_offset")}


def _report_row(report: Report) -> Row:
    names = ("report_id", "publisher", "published", "title", "url", "lang", "text", "source", "is_sample")
    return {name: getattr(report, name) for name in names} | {"n_events": 1}


def write_jsonl(incidents: Iterable[Incident], path: Path) -> None:
    """The reports of `incidents`, one a line, as `pipeline ingest` reads them."""
    with path.open("w", encoding="utf-8") as file:
        for incident in incidents:
            for report, _ in incident:
                record = {
                    "id": report.report_id,
                    "text": report.text,
                    "published": report.published.isoformat() if report.published else None,
                    "publisher": report.publisher,
                    "title": report.title,
                    "url": report.url,
                    "lang": report.lang,
                    "sample": True,
                }
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
