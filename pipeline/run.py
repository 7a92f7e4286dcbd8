"""The whole way for what is new: ingest, extract, geocode, link, publish. It may be killed at any moment and run again.

Each batch of reports is one transaction: what it brought is stored, linked and marked for publishing together, or not
at all. What was not done is found undone by the next run.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from geodata.gazetteer import Gazetteer
from pipeline.extraction import Extract, Load, Read, extract_all, load_extractor
from pipeline.fleet import Crew
from pipeline.garbage import collecting_seldom, sweep
from pipeline.ingest import ReadSource, batches, ingest
from pipeline.link.told import Told
from pipeline.link.written import Written
from pipeline.model import Report
from pipeline.publish.publish import is_current, new_run_id, publish
from pipeline.read.sources import read_source
from pipeline.read.types import ReadOptions
from pipeline.snapshot import Snapshot, open_current
from pipeline.store.database import Store
from pipeline.store.dirty import mark_dirty
from pipeline.store.events import forget_threads, replace_claims, stored_events
from pipeline.store.linking import link
from pipeline.store.lock import run_lock
from pipeline.store.reports import load, now, remove_samples, waiting
from pipeline.store.tables import reports, runs
from pipeline.versions import Versions, versions

BATCH = 100  # reports read, stored and linked in one transaction: short, so that a reviewer need not wait
_SWEPT = 10  # batches after which what they left in memory is swept out

__all__ = ["Extract", "Outcome", "RunOptions", "run"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run goes about it."""

    root: Path  # where snapshots are published
    read: ReadOptions = field(default_factory=ReadOptions)
    workers: int = 1
    scheduler: str | None = None  # address of a Dask scheduler, whose workers read instead
    replace_samples: bool = False
    load: Load = load_extractor
    read_source: ReadSource = read_source
    versions: Versions | None = None  # None: those of the files on disk
    progress: Callable[[str, int | None, int], None] = lambda stage, total, done: None  # total None: not known


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. `counts` are by reports_new, reports_corrected, reports_unchanged, reports_read, events."""

    run_id: str
    counts: dict[str, int]
    failures: tuple[str, ...]  # what could not be read; the rest was done
    snapshot: Snapshot


def run(store: Store, sources: Sequence[str], options: RunOptions) -> Outcome:
    """Take `sources` all the way to the published snapshot, and all that an earlier run left undone.

    Raises BusyError where another run is at work, StoreError where store or snapshot cannot be written.
    """
    crew = Crew(options.load, options.workers, options.scheduler)
    with run_lock(store), closing(crew):
        run_id = _begin(store, options.versions or versions())
        administered_by = administration()

        def seen(count: int) -> None:
            crew.expect(count)
            options.progress("reading", None, count)

        # 1. Reports into the store
        came = ingest(
            store,
            sources,
            run_id,
            options.read,
            read=options.read_source,
            seen=seen,
        )
        counts = {f"reports_{name}": came.outcomes[name] for name in ("new", "corrected", "unchanged")}
        failures = [str(failure) for failure in came.failures]
        if options.replace_samples:
            counts["samples_removed"] = _remove_samples(store, administered_by, run_id)
        # 2. Events out of every report not yet read with these rules, into incidents
        with collecting_seldom():
            counts |= _extract(store, options, crew, run_id, administered_by, failures)
        # 3. What changed into the snapshot
        snapshot = publish_if_needed(store, options.root, run_id, administered_by)
        with store.write() as connection:
            done = {"finished_at": now(), "counts": json.dumps(counts)}
            connection.execute(runs.update().where(runs.c.run_id == run_id).values(done))
    return Outcome(run_id, counts, tuple(failures), snapshot)


def publish_if_needed(
    store: Store, root: Path, run_id: str, administered_by: Mapping[str, str], rounds: int = 3
) -> Snapshot:
    """Publish unless the current snapshot shows all there is; again where reviewers decided in the meantime."""
    for attempt in range(rounds):
        if is_current(store, root):
            break
        publish(store, root, run_id if attempt == 0 else new_run_id(), administered_by)
    return open_current(root)


def publish_now(store: Store, root: Path, wait: float = 10.0) -> Snapshot:
    """Publish what reviewers decided, without reading anything new.

    Raises BusyError where a run holds the store for more than `wait` seconds: the decisions are kept.
    """
    with run_lock(store, wait):
        return publish_if_needed(store, root, new_run_id(), administration())


def administration() -> dict[str, str]:
    """Who administers a place, by place_id."""
    places = Gazetteer.load().places.values()
    return {place.place_id: place.administered_by for place in places if place.administered_by}


def _begin(store: Store, made_by: Versions) -> str:
    run_id = new_run_id()
    row = {"code_version": made_by.code, "lexicon_hash": made_by.lexicons, "gazetteer_hash": made_by.gazetteer}
    with store.write() as connection:
        connection.execute(runs.insert().values(run_id=run_id, started_at=now(), **row))
    return run_id


def _remove_samples(store: Store, administered_by: Mapping[str, str], run_id: str) -> int:
    with store.write() as connection:
        count, gone = remove_samples(connection)
        link(connection, [], gone, administered_by, run_id)
    return count


def _extract(
    store: Store,
    options: RunOptions,
    crew: Crew,
    run_id: str,
    administered_by: Mapping[str, str],
    failures: list[str],
) -> dict[str, int]:
    key = (options.versions or versions()).extraction
    with store.read() as connection:
        seqs = waiting(connection, key)
    counts = {"reports_read": 0, "events": 0}
    if not seqs:
        return counts  # the lexicons need not be loaded then
    read_batches = extract_all(_loaded(store, seqs), options.load, crew.fleet())
    for number, batch in enumerate(read_batches, start=1):
        with store.write() as connection:
            _store_batch(connection, batch, key, run_id, administered_by)
        failures += [f"{read.report.source or read.report.report_id}: {read.problem}" for read in batch if read.problem]
        counts["reports_read"] += len(batch)
        counts["events"] += sum(len(read.events) for read in batch)
        options.progress("extracting", len(seqs), len(batch))
        if number % _SWEPT == 0:
            sweep()
    return counts


def _loaded(store: Store, seqs: Sequence[int]) -> Iterator[list[Report]]:
    for part in batches(seqs, BATCH):
        with store.read() as connection:
            found = load(connection, part)
        yield found


def _store_batch(
    connection: sa.Connection, batch: Sequence[Read], key: str, run_id: str, administered_by: Mapping[str, str]
) -> None:
    """One transaction: the events of these reports take the place of those read before, and are linked."""
    coming: list[tuple[Written, Told]] = []
    changed: list[str] = []
    read_again: dict[str, Written] = {}
    months: set[str] = set()
    done: list[dict[str, Any]] = []
    ids = [read.report.report_id for read in batch]
    columns = (reports.c.report_id, reports.c.seq, reports.c.thread, reports.c.month, reports.c.n_events)
    rows = {row.report_id: row for row in connection.execute(sa.select(*columns).where(reports.c.report_id.in_(ids)))}
    stored = stored_events(connection, ids)
    for read in batch:
        row = rows[read.report.report_id]
        events = [(event, event.told(read.report, row.thread, read.signature)) for event in read.events]
        if events and stored.get(row.report_id) == {event[:3] for event in read.events}:
            read_again |= {told.event_id: event for event, told in events}
        else:
            changed.append(row.thread)
            coming += events
        if row.n_events != len(events):
            months.add(row.month)
        done.append({"of": row.seq, "events": len(events), "said": read.problem, "sketch": read.signature})
    replace_claims(connection, read_again)
    connection.execute(_DONE.values(extracted_with=key), done)
    mark_dirty(connection, months)
    gone = forget_threads(connection, changed)
    link(connection, coming, gone, administered_by, run_id)


_DONE = (
    reports.update()
    .where(reports.c.seq == sa.bindparam("of"))
    .values(n_events=sa.bindparam("events"), problem=sa.bindparam("said"), signature=sa.bindparam("sketch"))
)
