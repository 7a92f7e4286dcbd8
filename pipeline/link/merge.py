"""One incident out of the events that tell of it. Nothing is averaged and nothing is lost: where reports differ, the
lowest and the highest are kept beside the best, and the sources table says who says what.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from geodata.fold import fold
from pipeline.link.told import Told, toll_columns
from pipeline.model import Range

Row = dict[str, Any]


def incident_row(incident_id: str, events: Sequence[Told], duplicates: Mapping[str, str]) -> Row:
    """The incident's row of the snapshot, as the machine reads it: events in `Told.order`, one at least.

    `duplicates` maps a report_id to the first report with nearly the same text: such reports count as one source.
    """
    events = sorted(events, key=lambda event: event.order)
    independent = [event for event in events if event.report_id not in duplicates] or events[:1]
    lead = max(events, key=lambda event: (event.confidence, _filled(event)))
    dated = best_dated(events)
    places = located(events)
    actor1, actor2 = _agreed_actors(independent, "actor1"), _agreed_actors(independent, "actor2")
    return {
        "incident_id": incident_id,
        "category": lead.category,
        "event_type": _most_told(independent, lambda event: event.event_type),
        "event_date": dated.start if dated else None,
        "end_date": dated.end if dated else None,
        "time_precision": dated.precision if dated else None,
        "date_origin": (dated or lead).date_origin,
        "date_phrase": (dated or lead).record["date_phrase"],
        "actor1": actor1,
        "actor2": actor2,
        **toll_columns(together(independent, "fatalities"), together(independent, "injuries")),
        "casualties_low": max((event.casualties_low for event in events if event.casualties_low), default=None),
        "n_strikes": max((event.record["n_strikes"] or 0 for event in events), default=0) or None,
        "n_sources": len({event.report_id for event in independent}),
        "n_reports": len({event.report_id for event in events}),
        "n_locations": len(places),
        "publishers": _distinct(event.publisher for event in events),
        "languages": _distinct(event.lang for event in events),
        "quoted_sources": _distinct(name for event in events for name in event.record["quoted_sources"]),
        "conflicting": conflicting(independent),
        "confidence": _confidence(independent),
        "sentence": lead.sentence,
        "report_id": lead.report_id,
        "is_sample": all(event.is_sample for event in events),
        "search_text": _search_text(lead, places, actor1, actor2),
    }


def location_rows(incident_id: str, events: Sequence[Told], administered_by: Mapping[str, str]) -> list[Row]:
    """The incident's places, finest first told; `administered_by` gives who administers a place_id."""
    return [
        {
            "incident_id": incident_id,
            "place_no": number,
            **place,
            "administered_by": administered_by.get(place["place_id"] or ""),
        }
        for number, place in enumerate(located(sorted(events, key=lambda event: event.order)))
    ]


def best_dated(events: Sequence[Told]) -> Told | None:
    """The event whose day is known best: read from the text before the publication day, finest and narrowest first."""
    dated = [event for event in events if event.start and event.end]
    return min(
        dated,
        key=lambda event: (
            event.date_origin == "publication",
            event.precision or 3,
            (event.end - event.start).days if event.start and event.end else 0,
            event.order,
        ),
        default=None,
    )


def located(events: Sequence[Told]) -> list[Row]:
    """The places of the report that locates it best: a tally over provinces is not mixed with one report's town."""
    placed = [event for event in events if event.places]
    if not placed:
        return []
    best = min(placed, key=lambda event: (max(place.geo_precision for place in event.places), event.order))
    return list(best.record["locations"])


def together(events: Sequence[Told], field: str) -> Range:
    """One count as several reports give it: lowest, best and highest.

    The best is what most independent reports say; where they are split, what the latest of them says.
    """
    told: list[Range] = [value for event in events if (value := getattr(event, field)) is not None]
    lows = [value.low for value in told if value.low is not None]
    highs = [value.high for value in told if value.high is not None]
    bests = [value.best for value in told if value.best is not None]
    counts = Counter(bests)
    most = max(counts.values(), default=0)
    best = next((value for value in reversed(bests) if counts[value] == most), None)
    return Range(min(lows, default=None), best, max(highs, default=None))


def conflicting(events: Sequence[Told]) -> bool:
    """Whether two reports cannot both be right on some field."""
    types = {event.event_type for event in events}
    tolls = any(_apart([getattr(event, field) for event in events]) for field in ("fatalities", "injuries"))
    days = [(event.start, event.end) for event in events if event.start and event.end]
    no_common_day = bool(days) and max(start for start, _ in days) > min(end for _, end in days)
    actors = any(
        len({getattr(event, role) for event in events if getattr(event, role)}) > 1 for role in ("actor1", "actor2")
    )
    return len(types) > 1 or tolls or no_common_day or actors


def _apart(told: Sequence[Range | None]) -> bool:
    known = [value for value in told if value is not None]
    lows = [value.low for value in known if value.low is not None]
    highs = [value.high for value in known if value.high is not None]
    return bool(lows and highs) and max(lows) > min(highs)


def _agreed_actors(events: Sequence[Told], role: str) -> str | None:
    named = [event for event in events if getattr(event, role)]
    if not named:
        return None
    most = _most_told(named, lambda event: getattr(event, role))
    return next(str(event.record[role]) for event in named if getattr(event, role) == most)


def _most_told(events: Sequence[Told], value: Callable[[Told], Any]) -> Any:
    counts = Counter(value(event) for event in events)
    return value(max(events, key=lambda event: (counts[value(event)], event.confidence)))


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _filled(event: Told) -> int:
    return sum(value not in (None, [], "") for value in event.record.values())


def _confidence(independent: Sequence[Told]) -> float:
    doubt = 1.0
    for event in independent:
        doubt *= 1.0 - event.confidence
    return round(min(1.0 - doubt, 0.99), 3)


def _search_text(lead: Told, places: Sequence[Row], actor1: str | None, actor2: str | None) -> str:
    names = [place[key] for place in places for key in ("name", "name_ar", "name_ckb", "admin1", "admin2")]
    words = [*names, actor1, actor2, lead.event_type.replace("_", " "), lead.sentence]
    return fold(" ".join(word for word in words if word))


def month_of(day: date | None) -> str:
    """The snapshot file an incident lies in."""
    return f"{day.year:04}-{day.month:02}" if day else "undated"
