"""A query as link parameters of codes, and back. The link means the same whatever language it is opened in."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from pipeline import labels
from pipeline.query.query import Query

CLOSED = {  # fields whose values are all known beforehand, and the kind of label that lists them
    "admin1": "admin1", "category": "category", "event_type": "event_type", "language": "language",
    "review_state": "review_state", "geo_precision": "geo_precision", "time_precision": "time_precision",
}  # fmt: skip
NAMES = {"since": "from", "until": "to", "text": "q", "min_killed": "killed", "min_toll": "toll"}
NUMBERS = ("geo_precision", "time_precision")


def to_params(query: Query) -> dict[str, str | list[str]]:
    """Only what is asked, by short names; one value is a string, several a list."""
    params: dict[str, str | list[str]] = {}
    for field in fields(query):
        value = getattr(query, field.name)
        if value == field.default:
            continue
        name = NAMES.get(field.name, field.name)
        if isinstance(value, tuple):
            params[name] = [str(one) for one in value] if len(value) > 1 else str(value[0])
        elif isinstance(value, bool):
            params[name] = "yes" if value else "no"
        else:
            params[name] = value.isoformat() if isinstance(value, date) else str(value)
    return params


def from_params(params: Mapping[str, list[str]]) -> tuple[Query, list[str]]:
    """The query of a link, and what in it could not be understood ("since=yesterday"): left out, but to be told."""
    values: dict[str, Any] = {}
    refused: list[str] = []
    for field in fields(Query):
        name = NAMES.get(field.name, field.name)
        given = [one for one in params.get(name, []) if one]
        if not given:
            continue
        kept = []
        for one in given:
            try:
                kept.append(_read(field.name, one))
            except ValueError:
                refused.append(f"{name}={one}")
        if kept:
            values[field.name] = tuple(dict.fromkeys(kept)) if isinstance(field.default, tuple) else kept[-1]
    return Query(**values), refused


def _read(field: str, text: str) -> Any:
    """One value of one field. ValueError where the field knows no such value."""
    if field in CLOSED and text not in labels.codes(CLOSED[field]):
        raise ValueError(text)
    if field in ("since", "until"):
        return date.fromisoformat(text)
    if field in ("disputed", "sample"):
        return {"yes": True, "no": False}[text] if text in ("yes", "no") else _refuse(text)
    if field in ("min_killed", "min_toll"):
        return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else _refuse(text)
    if field == "missing":
        return text if text in ("place", "day") else _refuse(text)
    return int(text) if field in NUMBERS else text


def _refuse(text: str) -> Any:
    raise ValueError(text)
