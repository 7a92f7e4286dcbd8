"""From the store to the snapshot: the months that changed are written, the others taken over as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from pipeline.errors import StoreError
from pipeline.publish.any_store import asking
from pipeline.publish.folder import Provenance, SnapshotWriter
from pipeline.publish.frames import read_month
from pipeline.publish.overlaid import Layer, changed_months, read_layer, remember
from pipeline.publish.worker import by_workers
from pipeline.snapshot import Snapshot, open_current
from pipeline.snapshot_schema import FILES
from pipeline.store.database import Store
from pipeline.store.tables import decisions, dirty, incidents, published, reports
from pipeline.versions import versions

_MANY = 12  # months from which worker processes are worth their start
_TABLES = tuple(table for table in FILES if table != "history")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be written, and the snapshot the rest is taken over from."""

    layer: Layer
    months: tuple[str, ...]
    previous: Snapshot | None
    contains_samples: bool


def new_run_id() -> str:
    """Sorts by time; unique, as one store has one run at a time."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def publish(
    store: Store,
    root: Path,
    run_id: str,
    administered_by: Mapping[str, str],
) -> Snapshot:
    """Publish the store to `root` under the name `run_id`. The caller holds the store's run lock.

    Raises StoreError where it cannot be written; what was published before is then untouched.
    """
    plan = _plan(store, root, administered_by)
    made_by = Provenance(run_id, versions().code, versions().lexicons, versions().gazetteer)
    writer = SnapshotWriter(root, made_by)
    try:
        if plan.previous is not None:
            stale = {f"{table}/{month}.parquet" for table in _TABLES for month in plan.months}
            kept = [name for name in plan.previous.manifest.files if name not in stale]
            writer.keep(plan.previous, [name for name in kept if not name.startswith("history/")])
        writer.write("history", "all", [plan.layer.history])
        _write_months(store, writer, plan)
        snapshot = writer.publish(plan.contains_samples, plan.layer.orphaned)
    except BaseException:
        writer.discard()
        raise
    with store.write() as connection:
        connection.execute(dirty.delete())
        remember(connection, plan.layer)
        connection.execute(published.delete())
        connection.execute(published.insert().values(run_id=run_id, n_decisions=plan.layer.n_decisions))
    return snapshot


def is_current(store: Store, root: Path) -> bool:
    """Whether the current snapshot shows all that the store holds."""
    with store.read() as connection:
        if connection.scalar(sa.select(dirty.c.month).limit(1)) is not None:
            return False
        shown = connection.execute(sa.select(published)).one_or_none()
        n_decisions = connection.scalar(sa.select(sa.func.count()).select_from(decisions))
    previous = _previous(root, shown.run_id if shown else None)
    return previous is not None and shown is not None and shown.n_decisions == n_decisions


def _plan(store: Store, root: Path, administered_by: Mapping[str, str]) -> _Plan:
    with store.read() as connection:
        layer = read_layer(connection, administered_by)
        previous = _previous(root, connection.scalar(sa.select(published.c.run_id)))
        if previous is None:
            told, read = sa.select(incidents.c.month).distinct(), sa.select(reports.c.month).distinct()
            months = set(connection.scalars(told)) | set(connection.scalars(read))
            months |= {month for touched, _ in layer.months.values() for month in touched}
        else:
            months = set(connection.scalars(sa.select(dirty.c.month))) | changed_months(connection, layer)
        sample = connection.scalar(sa.select(reports.c.seq).where(reports.c.is_sample).limit(1))
    return _Plan(layer, tuple(sorted(months)), previous, sample is not None)


def _previous(root: Path, run_id: str | None) -> Snapshot | None:
    """The current snapshot, if it is whole and the one this store published last: else everything is written anew."""
    try:
        current = open_current(root)
    except StoreError:
        return None
    return current if current.run_id == run_id else None


def _write_months(store: Store, writer: SnapshotWriter, plan: _Plan) -> None:
    reviewed = {month for touched, _ in plan.layer.months.values() for month in touched}
    plain = [month for month in plan.months if month not in reviewed]
    if store.path is not None and len(plain) >= _MANY:
        store.close()  # its connections' pages, up to 64 MB each, while workers take theirs; it opens again by itself
        for entries in by_workers(store.path, writer.folder, plain):
            writer.files |= entries
        here = [month for month in plan.months if month in reviewed]
    else:
        here = list(plan.months)
    with store.read() as connection:
        for month in here:
            for table, machine in read_month(asking(connection), month):
                writer.write(table, month, plan.layer.laid_over(table, month, machine))
