"""An event as one report tells it: what linking compares and merging puts together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.model import Range, Report


@dataclass(frozen=True, slots=True)
class Place:
    """What linking needs of a location."""

    place_id: str | None
    name: str
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: int
    where_prec: int


@dataclass(frozen=True, slots=True)
class Told:
    """One event, with what is known of the report that tells it. `record` is the event as the contract's JSON."""

    event_id: str
    report_id: str
    thread: str  # the first version of the report: a corrected version belongs to the same thread
    category: str
    event_type: str
    start: date | None
    end: date | None
    precision: int | None
    date_origin: str | None
    places: tuple[Place, ...]
    actor1: frozenset[str]
    actor2: frozenset[str]
    fatalities: Range | None
    injuries: Range | None
    casualties_low: int | None
    confidence: float
    sentence: str
    sentence_start: int
    published: date | None
    publisher: str | None
    url: str | None
    lang: str | None
    is_sample: bool
    signature: bytes  # MinHash of the report's text, see pipeline.link.duplicates
    record: Mapping[str, Any]

    @property
    def order(self) -> tuple[date, str, int, str]:
        """Earliest first; the same whatever order events come in."""
        return (self.published or date.max, self.report_id, self.sentence_start, self.event_id)


def from_record(
    record: Mapping[str, Any], report: Report, thread: str, signature: bytes, *, sentence: str, sentence_start: int
) -> Told:
    """An event as the contract's JSON, of `report`."""
    return Told(
        event_id=record["event_id"],
        report_id=report.report_id,
        thread=thread,
        category=record["category"],
        event_type=record["event_type"],
        start=_day(record["event_date"]),
        end=_day(record["end_date"]),
        precision=record["time_precision"],
        date_origin=record["date_origin"],
        places=tuple(_place(place) for place in record["locations"]),
        actor1=_actors(record["actor1"]),
        actor2=_actors(record["actor2"]),
        fatalities=_range(record["fatalities"]),
        injuries=_range(record["injuries"]),
        casualties_low=record["casualties_low"],
        confidence=record["confidence"],
        sentence=sentence,
        sentence_start=sentence_start,
        published=report.published,
        publisher=report.publisher,
        url=report.url,
        lang=report.lang,
        is_sample=report.is_sample,
        signature=signature,
        record=record,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _actors(joined: str | None) -> frozenset[str]:
    return frozenset(part.strip() for part in joined.split(";")) if joined else frozenset()


def _range(record: Mapping[str, int | None] | None) -> Range | None:
    return Range(record["low"], record["best"], record["high"]) if record else None


def _place(record: Mapping[str, Any]) -> Place:
    return Place(
        place_id=record["place_id"],
        name=record["name"],
        admin1=record["admin1"],
        admin2=record["admin2"],
        latitude=record["latitude"],
        longitude=record["longitude"],
        geo_precision=record["geo_precision"],
        where_prec=record["where_prec"],
    )


def toll_columns(fatalities: Range | None, injuries: Range | None) -> dict[str, int | None]:
    """The killed and the injured as the six columns that the store and the snapshot keep."""
    return {
        f"{name}_{end}": getattr(told, end) if told else None
        for name, told in (("fatalities", fatalities), ("injuries", injuries))
        for end in Range._fields
    }
