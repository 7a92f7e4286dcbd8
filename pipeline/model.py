"""What the pipeline speaks of: reports, claims with their evidence, and events.

All types are frozen. Every field of an event that was read from a report is a `Claim`, so that provenance cannot be
lost by forgetting an argument. Offsets are code points of the report's text as read: `text[start:end]`.
How each field is coded is documented in docs/codebook.md.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")

SEPARATOR = "\x1f"  # between the values of a list that is kept as one text

Origin = Literal["text", "publication", "gazetteer", "default", "reviewed"]
Language = Literal["ar", "ckb", "en"]

CATEGORIES = ("incident", "airstrike", "operation", "meeting")
EVENT_TYPES: dict[str, str] = {  # event_type -> category
    "armed_clash": "incident",
    "attack": "incident",
    "ied": "incident",
    "suicide_bombing": "incident",
    "shelling": "incident",
    "abduction": "incident",
    "property_destruction": "incident",
    "air_strike": "airstrike",
    "drone_strike": "airstrike",
    "security_operation": "operation",
    "arrest": "operation",
    "weapons_seizure": "operation",
    "meeting": "meeting",
    "visit": "meeting",
    "agreement": "meeting",
}


class Span(NamedTuple):
    """A stretch of a report's text: `text[start:end]`, in code points."""

    start: int
    end: int


class Range(NamedTuple):
    """A count as told: lowest, best and highest. None where the report does not say."""

    low: int | None
    best: int | None
    high: int | None


class Days(NamedTuple):
    """First and last day of an occurrence, with ACLED's time_precision (1 day, 2 week, 3 month or longer).

    All three are None where a phrase could not be resolved, for want of a publication date.
    """

    start: date | None
    end: date | None
    precision: int | None


@dataclass(frozen=True, slots=True)
class Claim(Generic[T]):
    """One value, the words it was read from, and how it was arrived at."""

    value: T
    words: str
    spans: tuple[Span, ...]
    origin: Origin
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """One news report as read. `report_id` is unique within a run and stable over runs."""

    report_id: str
    text: str
    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    lang: Language | None = None
    source: str = ""  # the file or address it was read from
    is_sample: bool = False
    sha256: str | None = None  # of the raw page it was read from, where it came from the web
    archived_path: str | None = None  # of that page, below the archive's folder
    retrieved_at: datetime | None = None  # UTC


@dataclass(frozen=True, slots=True)
class Location:
    """Where an event occurred. A place no gazetteer knows is located by its nearest known parent.

    geo_precision is ACLED's (1 the place itself, 2 near it, 3 a province or wider), where_prec UCDP's (1 to 7).
    """

    place_id: str | None
    name: str
    name_ar: str | None
    name_ckb: str | None
    admin1: str | None
    admin1_pcode: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: int
    where_prec: int
    disputed: bool = False
    where_description: str | None = None  # the report's own words, where they say more than the name


@dataclass(frozen=True, slots=True)
class Event:
    """One occurrence told by one report."""

    event_id: str
    report_id: str
    category: str
    event_type: Claim[str]
    days: Claim[Days] | None = None
    locations: tuple[Claim[Location], ...] = ()
    actor1: Claim[str] | None = None
    actor2: Claim[str] | None = None
    fatalities: Claim[Range] | None = None
    injuries: Claim[Range] | None = None
    casualties_low: Claim[int] | None = None
    n_strikes: Claim[int] | None = None
    publisher: str | None = None
    quoted_sources: tuple[Claim[str], ...] = ()
    sentence: Span | None = None  # the sentence the event is mainly told in
    confidence: float = 0.5
    notes: tuple[str, ...] = field(default=())
