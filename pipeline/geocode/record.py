"""Answers as the contract's JSON."""

from dataclasses import asdict
from typing import Any

from geodata.gazetteer import Place
from pipeline.geocode.resolve import MAX_LENGTH, Resolver, location_of, precision
from pipeline.geocode.types import Answer


def as_record(query: str, answer: Answer, resolver: Resolver) -> dict[str, Any]:
    """{"query", "place", "reason", "candidates"}; an unknown name's place is null and its nearest known parent told."""
    place = None
    if answer.place is not None:
        location = resolver.locate(answer)
        place = {**asdict(location), **_status(answer.place), "confidence": answer.confidence} if location else None
    record: dict[str, Any] = {
        "query": query if len(query) <= MAX_LENGTH else query[:MAX_LENGTH] + "…",
        "place": place,
        "reason": answer.reason,
        "candidates": [place_record(candidate, *precision(candidate)) for candidate in answer.candidates],
    }
    if answer.place is None and answer.parent is not None:
        record["parent"] = place_record(answer.parent, *precision(answer.parent))
    return record


def place_record(place: Place, geo_precision: int, where_prec: int) -> dict[str, Any]:
    """A place with the contract's location keys, its kind and its status."""
    return {**asdict(location_of(place, geo_precision, where_prec)), **_status(place)}


def _status(place: Place) -> dict[str, Any]:
    return {
        "kind": place.kind,
        "disputed_since": place.disputed_since,
        "disputed_source": place.disputed_source,
        "administered_by": place.administered_by,
        "administered_since": place.administered_since,
    }
