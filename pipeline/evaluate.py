"""Extracted events measured against a gold set: what was found, what is right, what was invented, field by field.

Both sides are the contract's JSON (docs/codebook.md). An extracted and a gold event of one report are paired when they
agree on the category and on at least one of day and place, likeliest pairs first. A pair is *found*; it is *right* when
days and every place agree too. A gold event marked optional counts neither way, nor does what is paired with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from geopy.distance import great_circle

Json = dict[str, Any]
Outcome = Literal["paired", "missed", "invented", "optional paired", "optional missed"]

NEAR_KM = 12.0  # a point this near is the same place; three times as far where gold is itself only near a place
EVIDENCED = ("event_type", "event_date", "locations")  # fields that must have spans where they are filled


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gold event, one extracted event, or a pair of them, and what became of it.

    `checks` says of each field of a pair whether it agrees; fields that gold leaves empty are not in it.
    """

    report: Json
    outcome: Outcome
    gold: Json | None
    got: Json | None
    checks: dict[str, bool] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return self.outcome == "paired" and self.checks["days"] and self.checks["places"]

    @property
    def event_types(self) -> tuple[str, ...]:
        """The gold type (several where gold allows several), or for an invention the extracted one."""
        event = self.gold or self.got or {}
        return tuple(_gold_types(event)) or ("none",)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All verdicts in the order of the gold set, and for each extracted field that needs evidence whether it has it."""

    verdicts: tuple[Verdict, ...]
    evidence: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over some verdicts."""

    gold: int
    got: int
    found: int
    right: int
    invented: int
    optional_found: int

    def figures(self, agreed: int) -> tuple[float, float, float]:
        """Precision, recall and F1 where `agreed` events (found, or right) agree. 0 where nothing is to be counted."""
        precision = agreed / self.got if self.got else 0.0
        recall = agreed / self.gold if self.gold else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


def evaluate(gold_reports: Iterable[Json], events: Iterable[Json]) -> Evaluation:
    """Compare. Events of reports that the gold set does not hold are left out."""
    by_report: dict[str, list[Json]] = defaultdict(list)
    for event in events:
        by_report[event["report_id"]].append(event)
    verdicts: list[Verdict] = []
    evidence: list[bool] = []
    for report in gold_reports:
        got = by_report[report["id"]]
        verdicts += _verdicts(report, got)
        evidence += [has for event in got for has in _evidenced(event, len(report["text"]))]
    return Evaluation(tuple(verdicts), tuple(evidence))


def totals(verdicts: Iterable[Verdict]) -> Totals:
    """Count the verdicts. An event counts as extracted unless it was paired with an optional gold event."""
    seen = list(verdicts)
    n = {
        outcome: sum(v.outcome == outcome for v in seen)
        for outcome in ("paired", "missed", "invented", "optional paired")
    }
    return Totals(
        gold=n["paired"] + n["missed"],
        got=n["paired"] + n["invented"],
        found=n["paired"],
        right=sum(v.right for v in seen),
        invented=n["invented"],
        optional_found=n["optional paired"],
    )


def field_accuracy(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int]]:
    """For each field, in how many pairs it agrees, and in how many it could be compared."""
    counts: dict[str, tuple[int, int]] = {}
    for verdict in verdicts:
        if verdict.outcome == "paired":
            for name, agrees in verdict.checks.items():
                good, of = counts.get(name, (0, 0))
                counts[name] = (good + agrees, of + 1)
    return counts


def _verdicts(report: Json, got: Sequence[Json]) -> list[Verdict]:
    gold_events: list[Json] = report["events"]
    partner = _pairs(gold_events, got)
    verdicts = []
    for i, gold in enumerate(gold_events):
        event = got[partner[i]] if i in partner else None
        optional = "optional " if gold.get("optional") else ""
        outcome: Any = optional + ("missed" if event is None else "paired")
        checks = _checks(gold, event) if event is not None and not optional else {}
        verdicts.append(Verdict(report, outcome, gold, event, checks))
    taken = set(partner.values())
    verdicts += [Verdict(report, "invented", None, event) for j, event in enumerate(got) if j not in taken]
    return verdicts


def _pairs(gold_events: Sequence[Json], got: Sequence[Json]) -> dict[int, int]:
    """Which extracted event each gold event is paired with: the likeliest first, each used once, later ones first."""
    ranked = [(_likeness(gold, event), i, j) for i, gold in enumerate(gold_events) for j, event in enumerate(got)]
    partner: dict[int, int] = {}
    for likeness, i, j in sorted(ranked, reverse=True):
        if likeness > 0 and i not in partner and j not in partner.values():
            partner[i] = j
    return partner


def _likeness(gold: Json, event: Json) -> float:
    """0 where they cannot be one event. A shared place weighs two, a shared day one, the same type or days half."""
    if gold["category"] != event["category"]:
        return 0.0
    places, others = _places(gold), _places(event)
    share_place = any(place_agrees(a, b) for a in places for b in others) if places else not others
    share_day = _days_overlap(gold, event)
    if not share_place and not share_day:
        return 0.0
    same_type = event.get("event_type") in _gold_types(gold)
    return 1.0 + 2 * share_place + share_day + 0.5 * same_type + 0.5 * days_agree(gold, event)


def _checks(gold: Json, event: Json) -> dict[str, bool]:
    checks = {
        "event_type": event.get("event_type") in _gold_types(gold),
        "days": days_agree(gold, event),
        "places": places_agree(_places(gold), _places(event)),
    }
    for name, told in (
        ("fatalities", _best(gold.get("fatalities"))),
        ("injuries", _best(gold.get("injuries"))),
        ("n_strikes", gold.get("n_strikes", gold.get("strikes"))),
    ):
        if told is not None:
            checks[name] = _best(event.get(name)) == told
    if actor := gold.get("actor1") or gold.get("actor"):
        checks["actors"] = actor in (event.get("actor1"), event.get("actor2"))
    return checks


def days_agree(gold: Json, event: Json) -> bool:
    """The same first and last day; where gold is a night over two days of one month, either of them will do."""
    told, found = _days(gold), _days(event)
    if told is None or found is None or told == found:
        return told == found
    within = told[0] <= found[0] and found[1] <= told[1]
    night = told[0][:7] == told[1][:7] and int(told[1][8:]) - int(told[0][8:]) in (0, 1)
    return within and night


def _days_overlap(gold: Json, event: Json) -> bool:
    told, found = _days(gold), _days(event)
    return told is not None and found is not None and told[0] <= found[1] and found[0] <= told[1]


def _days(event: Json) -> tuple[str, str] | None:
    """First and last day, ISO 8601; the last is the first where it is not told. None where no day is."""
    start = event.get("event_date") or event.get("date")
    return (start, event.get("end_date") or event.get("end") or start) if start else None


def places_agree(gold: Sequence[Json], got: Sequence[Json]) -> bool:
    """Each gold place has an extracted place of its own, and none is left over."""
    left = list(got)
    for place in gold:
        at = next((at for at, other in enumerate(left) if place_agrees(place, other)), None)
        if at is None:
            return False
        del left[at]
    return not left


def place_agrees(gold: Json, other: Json) -> bool:
    """Within NEAR_KM of it; where gold is a province or wider, the same province."""
    told, found = _point(gold), _point(other)
    if told is None or _precision(gold, 1) >= 3:
        return not _provinces(gold).isdisjoint(_provinces(other))
    if found is None or _precision(other, 3) >= 3:
        return False
    return float(great_circle(told, found).km) <= NEAR_KM * (3 if _precision(gold, 1) == 2 else 1)


def _evidenced(event: Json, length: int) -> list[bool]:
    """For each filled field that must have spans, whether it has and all lie inside the text."""
    spans = event.get("evidence") or {}
    answers = []
    for name in EVIDENCED:
        if not event.get(name) or (name == "event_date" and event.get("date_origin") == "publication"):
            continue
        told = spans.get(name) or []
        answers.append(bool(told) and all(0 <= start < end <= length for start, end in told))
    return answers


def _places(event: Json) -> list[Json]:
    places: list[Json] | None = event.get("locations", event.get("places"))
    return places or []


def _point(place: Json) -> tuple[float, float] | None:
    lat, lon = place.get("latitude", place.get("lat")), place.get("longitude", place.get("lon"))
    return None if lat is None or lon is None else (float(lat), float(lon))


def _precision(place: Json, otherwise: int) -> int:
    return int(place.get("geo_precision") or otherwise)


def _provinces(place: Json) -> set[str]:
    told = place.get("admin1")
    return set(told if isinstance(told, list) else [told]) - {None}


def _gold_types(event: Json) -> list[str]:
    told = event.get("event_type") or event.get("type") or ""
    return [name for name in told.split("|") if name]


def _best(value: Any) -> Any:
    return value.get("best") if isinstance(value, dict) else value
