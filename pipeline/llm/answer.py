"""The shape a language model must answer in, as pydantic models and as the JSON schema it is sent."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pipeline.model import EVENT_TYPES

MAX_EVENTS = 40
_Words = Annotated[str, StringConstraints(min_length=1, max_length=400)]
_Count = Annotated[int, Field(ge=0, le=100_000)]
EventType = Literal[
    "armed_clash", "attack", "ied", "suicide_bombing", "shelling", "abduction", "property_destruction",
    "air_strike", "drone_strike", "security_operation", "arrest", "weapons_seizure", "meeting", "visit", "agreement",
]  # fmt: skip


class _Told(BaseModel):
    # strict: "3" is no number, 3.0 is no count; forbid: an unknown key is a sign of an answer to something else
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ToldRange(_Told):
    """A count and its words. An exact figure fills all three; a vague one low alone."""

    low: _Count | None
    best: _Count | None
    high: _Count | None
    words: _Words


class ToldCount(_Told):
    """One number and its words."""

    value: _Count
    words: _Words


class ToldActor(_Told):
    """An actor by its name in English, and by the report's words."""

    name: _Words
    words: _Words


class ToldEvent(_Told):
    """One event as the model tells it. Every `words` is said to stand in the report letter by letter."""

    event_type: EventType
    trigger: _Words  # the words that say that it occurred
    date_words: _Words | None
    places: Annotated[list[_Words], Field(max_length=20)]
    actor1: ToldActor | None
    actor2: ToldActor | None
    fatalities: ToldRange | None
    injuries: ToldRange | None
    casualties_low: ToldCount | None
    n_strikes: ToldCount | None
    quoted_sources: Annotated[list[_Words], Field(max_length=20)]


def schema() -> dict[str, Any]:
    """The JSON schema of an answer: {"events": [...]}, all keys required, as strict endpoints want it."""
    event = ToldEvent.model_json_schema()
    definitions = event.pop("$defs", {})
    return {
        "type": "object",
        "properties": {"events": {"type": "array", "items": event, "maxItems": MAX_EVENTS}},
        "required": ["events"],
        "additionalProperties": False,
        "$defs": definitions,
    }


assert set(EventType.__args__) == set(EVENT_TYPES)  # type: ignore[attr-defined]
