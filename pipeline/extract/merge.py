"""Tellings of one occurrence within a report become one event; counts of what is told elsewhere are dropped.

Two drafts are one when their kinds agree, their days and places do not contradict each other, and nothing says
"another". The first telling leads; a later one adds what the first lacks and what is finer.
"""

from geodata.gazetteer import Gazetteer
from pipeline.extract.actors import UNKNOWN
from pipeline.extract.draft import Draft
from pipeline.extract.marked import Marked
from pipeline.extract.more_tolls import more_tolls
from pipeline.extract.occurrence import headed, itself, over, part_of_a_total, same_as, same_or_within, taken_up
from pipeline.extract.strikes import SINGLE
from pipeline.model import Claim


def merge(marked: Marked, drafts: list[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """The events of a report, in the order they are first told."""
    events: list[Draft] = []
    waiting: Draft | None = None  # people told as killed before it is told where and how
    for draft in drafts:
        at = same_as(draft, events, gazetteer)
        if at is None:
            if not _follow_up(draft, events):
                ours = waiting if draft.category == "incident" else None
                events.append(more_tolls(draft, ours) if ours is not None else draft)
                waiting = None if ours is not None else waiting
            elif draft.toll_only and not events:
                waiting = draft
        else:
            events[at] = _one(marked, events[at], draft, gazetteer)
    return _without_totals(_without_summaries(_inherit_days(_told_of_all(drafts, events)), gazetteer))


def _told_of_all(drafts: list[Draft], events: list[Draft]) -> list[Draft]:
    """ "وأوضحت أن الضربات كلها نُفذت أمس": a day told of "the strikes" is the day of each that has none of its own."""
    of_all = [d for d in drafts if d.definite and d.of_all and d.own_day and not d.own_place]
    for told in of_all:
        events = [
            event._replace(days=told.days, own_day=True)
            if event.category == told.category and not event.own_day and event.sentence_no < told.sentence_no
            else event
            for event in events
        ]
    return events


def _follow_up(draft: Draft, events: list[Draft]) -> bool:
    """The sweep after an attack, told as part of it, is no event of its own; nor is a toll with nothing to carry it."""
    if draft.event_type == "weapons_seizure" and not draft.own_place and not draft.own_day:
        return any(event.category == "incident" for event in events[-1:])
    if draft.event_type == "security_operation" and not draft.own_place:
        return any(event.category in ("incident", "airstrike", "operation") for event in events)
    return draft.toll_only and not draft.own_place and not draft.own_day and not draft.locations


def _one(marked: Marked, first: Draft, later: Draft, gazetteer: Gazetteer) -> Draft:
    """The first telling with what the later one adds."""
    event = first
    if later.own_day and (not first.own_day or _finer_day(later, first)):
        event = event._replace(days=later.days, own_day=True)
    if later.days and not first.days:
        event = event._replace(days=later.days)
    if later.locations and not first.locations and not first.nowhere:
        event = event._replace(locations=later.locations, own_place=later.own_place)
    if later.own_place and (not first.own_place or _finer_place(later, first, gazetteer)):
        event = event._replace(locations=later.locations, own_place=True, nowhere=False)
    event = event._replace(triggers=tuple(dict.fromkeys((*event.triggers, *later.triggers)))[:4])
    if (
        first.event_type == "attack"
        and later.event_type not in ("attack", "armed_clash")
        and first.category == later.category
        and not (later.event_type in ("abduction", "property_destruction") and _killed(first))
        and not (later.event_type == "ied" and first.strong and not later.definite)
    ):
        event = event._replace(event_type=later.event_type)
    elif first.event_type == "ied" and later.event_type == "suicide_bombing":
        event = event._replace(event_type="suicide_bombing")
    elif first.event_type == "air_strike" and later.event_type == "drone_strike":
        event = event._replace(event_type="drone_strike")
    elif first.toll_only and not later.toll_only:
        event = event._replace(event_type=later.event_type, toll_only=False)
    event = more_tolls(event, later)
    return event._replace(
        actor1=_doer(event, later),
        actor2=event.actor2 or (later.actor1 if _dead_of(first, later) else None) or later.actor2,
        n_strikes=_strikes(event, later),
        sources=_sources(event, later),
    )


def _doer(event: Draft, later: Draft) -> Claim[str] | None:
    """Who did it; gunmen nobody knows give way to who claims it later."""
    claimed = later.actor1 is not None and later.actor1.rule == "claims it"
    if event.actor1 is not None and event.actor1.value == UNKNOWN and claimed:
        return later.actor1
    return event.actor1 or later.actor1


def _killed(draft: Draft) -> bool:
    return any(toll.field == "killed" and toll.number.low for toll in draft.tolls)


def _strikes(event: Draft, later: Draft) -> Claim[int] | None:
    """A count of strikes before a strike told in the singular."""
    if event.n_strikes is not None and event.n_strikes.rule == SINGLE and later.n_strikes is not None:
        return later.n_strikes
    return event.n_strikes or later.n_strikes


def _dead_of(first: Draft, later: Draft) -> bool:
    """After a strike, those whose dead are counted were struck: "at least three Islamic State members were killed"."""
    struck = later.actor1 is not None and (first.actor1 is None or first.actor1.value != later.actor1.value)
    return first.category == "airstrike" and later.toll_only and struck


def _sources(event: Draft, later: Draft) -> tuple[Claim[str], ...]:
    known = {claim.value for claim in event.sources}
    return event.sources + tuple(claim for claim in later.sources if claim.value not in known)


def _finer_day(later: Draft, first: Draft) -> bool:
    a, b = first.days, later.days
    return bool(a and b and a.value.precision and b.value.precision and b.value.precision < a.value.precision)


def _finer_place(later: Draft, first: Draft, gazetteer: Gazetteer) -> bool:
    if headed(first, later) and len(first.locations) > 1 and later.own_place and not later.vague_place:
        return True
    if len(first.locations) != 1 or not later.locations:
        return False
    a, b = first.locations[0].value, later.locations[0].value
    if a.geo_precision == 3 and b.geo_precision < 3:
        return True
    if headed(first, later) and not same_or_within(a, b, gazetteer):
        return True
    if first.vague_place and not later.vague_place and b.geo_precision < 3:
        return True
    if a.place_id and b.place_id and a.place_id != b.place_id:
        if taken_up(first, later):
            return a.admin1 == b.admin1 and b.geo_precision <= a.geo_precision
        places = gazetteer.places
        return bool(over(places[b.place_id], gazetteer) & itself(places[a.place_id], gazetteer))
    return False


def _inherit_days(events: list[Draft]) -> list[Draft]:
    """An event that tells no day has the day of the one before it in the report, where the report goes on from it."""
    given: list[Draft] = []
    for each in events:
        event = each
        if event.days is None and not event.own_day:
            before = next((e for e in reversed(given) if e.days is not None and not e.summary), None)
            if before is not None:
                event = event._replace(days=before.days)
        given.append(event)
    return given


def _without_summaries(events: list[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """A count that repeats events told one by one is no event of its own."""
    single = [event for event in events if event.category == "incident" and not event.summary]
    return [event for event in events if not (event.summary and event.category == "incident" and len(single) >= 2)]


def _without_totals(events: list[Draft]) -> list[Draft]:
    """A total of strikes whose places are told one by one gives them who flew and against whom, and goes."""
    for at, total in enumerate(events):
        parts = [after for after in events[at + 1 :] if part_of_a_total(total, after)]
        if len(parts) < 2:
            continue
        known = [
            event._replace(actor1=event.actor1 or total.actor1, actor2=event.actor2 or total.actor2)
            if any(event is part for part in parts)
            else event
            for event in events
        ]
        return known[:at] + known[at + 1 :]
    return events
