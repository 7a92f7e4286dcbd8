"""An event as the store keeps it: made by the process that reads it, so that the one that stores has little to do."""

import json
from datetime import date
from typing import NamedTuple

from pipeline.event_json import claims_of, event_record
from pipeline.link.told import Told, from_record
from pipeline.model import Days, Event, Location, Range, Report


class WrittenClaim(NamedTuple):
    """One value and span of an event; no span where the value has no words of its own."""

    field: str
    value: str | None
    words: str
    start_offset: int | None
    end_offset: int | None
    origin: str
    rule: str


class Written(NamedTuple):
    """One event of one report: plain values, quickly sent from one process to another."""

    record: str  # the event as the contract's JSON
    sentence: str
    sentence_start: int
    claims: tuple[WrittenClaim, ...]

    def told(self, report: Report, thread: str, signature: bytes) -> Told:
        """What linking compares."""
        return from_record(
            json.loads(self.record),
            report,
            thread,
            signature,
            sentence=self.sentence,
            sentence_start=self.sentence_start,
        )


def written(event: Event, report: Report) -> Written:
    """`event` of `report`."""
    span = event.sentence
    return Written(
        record=as_json(event_record(event)),
        sentence=report.text[span.start : span.end] if span else "",
        sentence_start=span.start if span else 0,
        claims=written_claims(event),
    )


def as_json(record: object) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def written_claims(event: Event) -> tuple[WrittenClaim, ...]:
    """One for each claim and span, in the order of the contract."""
    return tuple(
        WrittenClaim(name, shown(claim.value), claim.words, start, end, claim.origin, claim.rule)
        for name, claim in claims_of(event)
        for start, end in claim.spans or [(None, None)]
    )


def shown(value: object) -> str | None:
    """A claim's value as one short text: 2021-12-08/2021-12-09, 4-6 (best 5), a place's name."""
    match value:
        case None:
            return None
        case Days(start, end, _):
            return _span(start, end)
        case Range(low, best, high):
            if low == best == high:
                return None if best is None else str(best)
            ends = f"{'?' if low is None else low}-{'?' if high is None else high}"
            return ends if best is None else f"{ends} (best {best})"
        case Location():
            return value.name
        case _:
            return str(value)


def _span(start: date | None, end: date | None) -> str | None:
    if start is None or end is None:
        return None
    return start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"
