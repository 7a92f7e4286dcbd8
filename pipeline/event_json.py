"""Events as JSON Lines, in the shape the command line promises (docs/codebook.md)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.model import Claim, Event, Location, Range


def event_record(event: Event) -> dict[str, Any]:
    """The event as one flat JSON object. Absent values are null; `evidence` holds the spans of each filled field."""
    days = event.days
    start, end, precision = days.value if days else (None, None, None)
    return {
        "event_id": event.event_id,
        "report_id": event.report_id,
        "category": event.category,
        "event_type": event.event_type.value,
        "event_date": start.isoformat() if start else None,
        "end_date": end.isoformat() if end else None,
        "time_precision": precision,
        "date_origin": days.origin if days else None,
        "date_phrase": days.words or None if days else None,
        "locations": [location_record(claim.value) for claim in event.locations],
        "actor1": event.actor1.value if event.actor1 else None,
        "actor2": event.actor2.value if event.actor2 else None,
        "fatalities": _range(event.fatalities),
        "injuries": _range(event.injuries),
        "casualties_low": event.casualties_low.value if event.casualties_low else None,
        "n_strikes": event.n_strikes.value if event.n_strikes else None,
        "publisher": event.publisher,
        "quoted_sources": [claim.value for claim in event.quoted_sources],
        "evidence": evidence(event),
        "confidence": round(event.confidence, 3),
    }


def location_record(place: Location) -> dict[str, Any]:
    """A location with the contract's keys, in the contract's order."""
    return {name: getattr(place, name) for name in (
        "place_id", "name", "name_ar", "name_ckb", "admin1", "admin1_pcode", "admin2", "latitude", "longitude",
        "geo_precision", "where_prec", "disputed", "where_description",
    )}  # fmt: skip


def claims_of(event: Event) -> Iterator[tuple[str, Claim[Any]]]:
    """Every claim of `event` with the name of its field, in the order of the contract."""
    yield "event_type", event.event_type
    single: dict[str, Claim[Any] | None] = {
        "event_date": event.days,
        "actor1": event.actor1,
        "actor2": event.actor2,
        "fatalities": event.fatalities,
        "injuries": event.injuries,
        "casualties_low": event.casualties_low,
        "n_strikes": event.n_strikes,
    }
    yield from ((name, claim) for name, claim in single.items() if claim)
    yield from (("locations", claim) for claim in event.locations)
    yield from (("quoted_sources", claim) for claim in event.quoted_sources)


_EVIDENCED = (
    "event_type", "event_date", "locations", "actor1", "actor2", "fatalities", "injuries", "casualties_low",
    "n_strikes", "quoted_sources",
)  # fmt: skip


def evidence(event: Event) -> dict[str, list[list[int]]]:
    """For each filled field, the spans of the report it was read from, in the contract's order."""
    spans: dict[str, list[list[int]]] = {name: [] for name in _EVIDENCED}
    for name, claim in claims_of(event):
        spans[name] += [[span.start, span.end] for span in claim.spans]
    return {name: found for name, found in spans.items() if found}


def json_lines(events: Iterable[Event]) -> Iterable[str]:
    """One JSON object a line, Arabic as it is."""
    for event in events:
        yield json.dumps(event_record(event), ensure_ascii=False)


def _range(claim: Claim[Range] | None) -> dict[str, int | None] | None:
    return claim.value._asdict() if claim else None
