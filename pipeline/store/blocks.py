"""Which stored events a new one has to be compared with: of its category, days and province. Each is read once."""

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa

from pipeline.link.compare import WINDOW_DAYS
from pipeline.link.told import Told
from pipeline.store.events import Known, block_admin1, find
from pipeline.store.tables import events

_LONGEST_DAYS = 45  # no event with a day of its own lasts longer; bounds the search for those begun earlier
_Key = tuple[str, str, date | None]  # category, province ("": all), first day


class Blocks:
    """Stored events by category, province and day, read when first asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._begun: dict[_Key, list[Known]] = {}
        self._lasting: dict[_Key, list[Known]] = {}

    def near(self, event: Told) -> Iterator[Known]:
        """Every stored event that can be one with `event`, and some that cannot."""
        province = block_admin1(event)
        if not (event.start and event.end):
            yield from self._block(event.category, province, None)
            return
        first = event.start - timedelta(days=WINDOW_DAYS)
        for days in range((event.end - event.start).days + 2 * WINDOW_DAYS + 1):
            yield from self._block(event.category, province, first + timedelta(days=days))
        yield from self._still_on(event.category, province, first)

    def _block(self, category: str, province: str, day: date | None) -> list[Known]:
        key = (category, province, day)
        if key not in self._begun:
            begun = events.c.event_date.is_(None) if day is None else events.c.event_date == day.isoformat()
            self._begun[key] = find(self._connection, *_within(category, province), begun)
        return self._begun[key]

    def _still_on(self, category: str, province: str, day: date) -> list[Known]:
        """Events that began before `day` and had not ended by then."""
        key = (category, province, day)
        if key not in self._lasting:
            begun = events.c.event_date >= (day - timedelta(days=_LONGEST_DAYS)).isoformat()
            before = events.c.event_date < day.isoformat()
            lasting = events.c.end_date >= day.isoformat()
            self._lasting[key] = find(self._connection, *_within(category, province), begun, before, lasting)
        return self._lasting[key]


def _within(category: str, province: str) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [events.c.category == category]
    if province:
        conditions.append(events.c.admin1.in_((province, "")))
    return conditions
