"""One decision, and what may be decided."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from geodata.gazetteer import ADMIN1
from pipeline.errors import UsageError
from pipeline.model import EVENT_TYPES

ACTIONS = ("accept", "reject", "set", "merge", "split", "move", "note")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer says of one incident.

    set: `field` and `value` ("" empties it). merge: `others` are the incidents that are this one too. split: `others`
    are the event_ids that are another incident. move: `places` are rows of the snapshot's locations (place_id to
    where_description); none of them is "nowhere known". note: `note` alone; every action may carry one.
    """

    incident_id: str
    action: str
    reviewer: str
    field: str | None = None
    value: str | None = None
    note: str | None = None
    others: tuple[str, ...] = ()
    places: tuple[Mapping[str, Any], ...] = ()


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 100_000:
        raise ValueError("must be a count, 0 to 100000")
    return number


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _precision(text: str) -> int:
    if text not in ("1", "2", "3"):
        raise ValueError("must be 1 (the day), 2 (the week) or 3 (the month)")
    return int(text)


def _event_type(text: str) -> str:
    if text not in EVENT_TYPES:
        raise ValueError(f"must be one of {', '.join(EVENT_TYPES)}")
    return text


def _actor(text: str) -> str:
    return "; ".join(part.strip() for part in text.split(";") if part.strip())


_TOLLS = {f"{toll}_{end}": _count for toll in ("fatalities", "injuries") for end in ("low", "best", "high")}
SETTABLE: dict[str, Callable[[str], Any]] = {
    "event_type": _event_type,
    "event_date": _day,
    "end_date": _day,
    "time_precision": _precision,
    "actor1": _actor,
    "actor2": _actor,
    "fatalities": _count,  # sets low, best and high
    "injuries": _count,
    **_TOLLS,
    "casualties_low": _count,
    "n_strikes": _count,
}
_PLACE_KEYS = {"place_id", "name", "name_ar", "name_ckb", "admin1", "admin1_pcode", "admin2", "latitude", "longitude"}
_PLACE_KEYS |= {"geo_precision", "where_prec", "disputed", "administered_by", "where_description"}


def check(decision: Decision) -> None:
    """Raises UsageError, saying what is wrong, where the decision does not hang together."""
    if decision.action not in ACTIONS:
        raise UsageError(f"{decision.action!r} is no decision: it must be one of {', '.join(ACTIONS)}.")
    if not decision.reviewer.strip():
        raise UsageError("A decision needs the reviewer's name.")
    match decision.action:
        case "set":
            values(decision.field, decision.value)
        case "merge" if not decision.others:
            raise UsageError("merge needs the ids of the other incidents.")
        case "merge" if decision.incident_id in decision.others:
            raise UsageError("An incident cannot be merged with itself.")
        case "split" if not decision.others:
            raise UsageError("split needs the event_ids that are another incident.")
        case "note" if not (decision.note or "").strip():
            raise UsageError("note needs a text.")
        case "move":
            for place in decision.places:
                _check_place(place)


def values(field: str | None, text: str | None) -> dict[str, Any]:
    """The columns that setting `field` to `text` sets, with their values.

    Raises UsageError where the field cannot be set, or not to that.
    """
    if field not in SETTABLE:
        raise UsageError(f"{field!r} cannot be set: it must be one of {', '.join(SETTABLE)}.")
    try:
        value = SETTABLE[field](text.strip()) if text and text.strip() else None
    except ValueError as error:
        raise UsageError(f"{field} cannot be {text!r}: {error}.") from error
    if field == "event_type":
        if value is None:
            raise UsageError("event_type cannot be empty.")
        return {"event_type": value, "category": EVENT_TYPES[value]}
    if field in ("fatalities", "injuries"):
        return {f"{field}_{end}": value for end in ("low", "best", "high")}
    if field == "event_date":
        return {"event_date": value, "date_origin": "reviewed" if value else None}
    return {field: value}


def _check_place(place: Mapping[str, Any]) -> None:
    strange = set(place) - _PLACE_KEYS
    if strange or not place.get("name"):
        raise UsageError(f"A place needs a name and no other keys than {', '.join(sorted(_PLACE_KEYS))}.")
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if (latitude is None) != (longitude is None):
        raise UsageError("A place's latitude and longitude go together.")
    if latitude is not None and longitude is not None and not (28 <= latitude <= 39 and 38 <= longitude <= 49.5):
        raise UsageError(f"{latitude}, {longitude} does not lie in or near Iraq: latitude comes first.")
    if place.get("admin1") not in (None, *ADMIN1):
        raise UsageError(f"{place['admin1']!r} is no governorate: it must be one of {', '.join(ADMIN1)}.")


def check_row(row: Mapping[str, Any]) -> None:
    """Raises UsageError where a corrected incident contradicts itself."""
    if row["event_date"] and row["end_date"] and row["end_date"] < row["event_date"]:
        raise UsageError(f"It would end ({row['end_date']}) before it began ({row['event_date']}): set both days.")
    for toll in ("fatalities", "injuries"):
        told = [row[f"{toll}_{end}"] for end in ("low", "best", "high") if row[f"{toll}_{end}"] is not None]
        if told != sorted(told):
            raise UsageError(f"{toll} would not run from low over best to high: {told}.")


def as_text(value: object) -> str | None:
    """A value as the log keeps it."""
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False, default=str)
