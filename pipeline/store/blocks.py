"""Which stored events new ones have to be compared with: of their category, days and province. Each is read once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from pipeline.link.compare import WINDOW_DAYS
from pipeline.link.told import Told
from pipeline.store.events import Known, block_admin1, find, parts
from pipeline.store.tables import events

_LONGEST_DAYS = 45  # no event with a day of its own lasts longer; bounds the search for those begun earlier
_Key = tuple[str, str, date | None]  # category, province, first day
_PROVINCES = sa.text(  # those of one category, each found by one step down the index
    "with recursive found(admin1) as (select min(admin1) from events where category = :category union all "
    "select (select min(e.admin1) from events e where e.category = :category and e.admin1 > found.admin1) "
    "from found where found.admin1 is not null) select admin1 from found where admin1 is not null"
)


class Blocks:
    """Stored events by category, province and day, read when first asked for: many blocks in one query."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._provinces: dict[str, list[str]] = {}
        self._begun: dict[_Key, list[Known]] = {}
        self._lasting: dict[_Key, list[Known]] = {}

    def read(self, coming: Sequence[Told]) -> None:
        """Read every stored event that `near` gives for any of `coming`."""
        begun: defaultdict[str, set[_Key]] = defaultdict(set)
        undated: defaultdict[str, set[_Key]] = defaultdict(set)
        lasting: defaultdict[str, set[_Key]] = defaultdict(set)
        for event in coming:
            for province in self._of(event):
                keys = {(event.category, province, day) for day in _days(event)}
                (begun if event.start and event.end else undated)[event.category] |= keys - self._begun.keys()
                if first := _first(event):
                    lasting[event.category] |= {(event.category, province, first)} - self._lasting.keys()
        for category, keys in (*begun.items(), *undated.items()):
            self._read_begun(category, keys)
        for category, keys in lasting.items():
            self._read_lasting(category, keys)

    def near(self, event: Told) -> Iterator[Known]:
        """Every stored event that can be one with `event`, and some that cannot; `event` was given to `read`."""
        first = _first(event)
        for province in self._of(event):
            for day in _days(event):
                yield from self._begun[event.category, province, day]
            if first:
                yield from self._lasting[event.category, province, first]

    def _of(self, event: Told) -> list[str]:
        """The provinces whose events may be one with it."""
        if province := block_admin1(event):
            return [province, ""]
        if event.category not in self._provinces:
            found = self._connection.scalars(_PROVINCES, {"category": event.category})
            self._provinces[event.category] = list(found)
        return self._provinces[event.category]

    def _read_begun(self, category: str, keys: set[_Key]) -> None:
        """Events by the day they began, or those without one."""
        if not keys:
            return
        provinces = sorted({province for _, province, _ in keys})
        days = {day for _, _, day in keys}
        self._begun |= {(category, province, day): [] for province in provinces for day in days}
        begun = [events.c.event_date.in_(part) for part in parts(sorted(day.isoformat() for day in days if day))]
        if None in days:
            begun.append(events.c.event_date.is_(None))
        within = (events.c.category == category, events.c.admin1.in_(provinces))
        for condition in begun:
            for known in find(self._connection, *within, condition):
                self._begun[category, block_admin1(known.told), known.told.start].append(known)

    def _read_lasting(self, category: str, keys: set[_Key]) -> None:
        """Events that began before a day and had not ended by then."""
        if not keys:
            return
        firsts = sorted({day for _, _, day in keys if day})
        provinces = sorted({province for _, province, _ in keys})
        self._lasting |= {(category, province, day): [] for province in provinces for day in firsts}
        for days in _runs(firsts):
            earliest = (days[0] - timedelta(days=_LONGEST_DAYS)).isoformat()
            found = find(
                self._connection,
                events.c.category == category,
                events.c.admin1.in_(provinces),
                events.c.event_date >= earliest,
                events.c.event_date < days[-1].isoformat(),
                events.c.end_date >= days[0].isoformat(),
                events.c.end_date > events.c.event_date,
            )
            for known in found:
                for day in days:
                    if _still_on(known.told, day):
                        self._lasting[category, block_admin1(known.told), day].append(known)


def _days(event: Told) -> list[date | None]:
    """The days on which what may be one with `event` begins; [None]: it has no day itself."""
    if not (event.start and event.end):
        return [None]
    length = (event.end - event.start).days + 2 * WINDOW_DAYS
    return [event.start + timedelta(days=day - WINDOW_DAYS) for day in range(length + 1)]


def _first(event: Told) -> date | None:
    return event.start - timedelta(days=WINDOW_DAYS) if event.start and event.end else None


def _still_on(event: Told, day: date) -> bool:
    """Whether it began before `day`, and had not ended by then."""
    if not (event.start and event.end):
        return False
    return day - timedelta(days=_LONGEST_DAYS) <= event.start < day <= event.end


def _runs(days: Sequence[date]) -> Iterator[list[date]]:
    """`days` in stretches with no long gap, each for one query."""
    run: list[date] = []
    for day in days:
        if run and (day - run[-1]).days > _LONGEST_DAYS:
            yield run
            run = []
        run.append(day)
    if run:
        yield run
