"""Which published months are out of date."""

from collections.abc import Iterable

import sqlalchemy as sa

from pipeline.store.tables import dirty


def mark_dirty(connection: sa.Connection, months: Iterable[str]) -> None:
    """Note that the published files of those months are out of date."""
    known = set(connection.scalars(sa.select(dirty.c.month)))
    new = sorted(set(months) - known)
    if new:
        connection.execute(dirty.insert(), [{"month": month} for month in new])
