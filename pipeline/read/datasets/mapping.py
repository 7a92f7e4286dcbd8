"""What a dataset's columns are: one TOML file a dataset, editable by those who know the data."""

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError, UsageError
from pipeline.model import EVENT_TYPES

HERE = Path(__file__).parent
FIELDS = frozenset({
    "id", "text", "start", "end", "year", "month", "day", "time_precision", "latitude", "longitude", "where_prec",
    "place", "where_description", "admin1", "admin2", "actor1", "actor2", "fatalities", "fatalities_low",
    "fatalities_best", "fatalities_high", "injuries", "injuries_low", "injuries_best", "injuries_high", "n_strikes",
    "quoted_sources", "url", "published",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows whose cells equal `when` (or contain it, where it begins with ~) have this event type; "": left out."""

    when: dict[str, str]
    event_type: str

    def fits(self, row: dict[str, str]) -> bool:
        """Whether every cell is as asked, upper and lower case alike."""
        return all(_fits(wanted.lower(), row.get(column, "").lower()) for column, wanted in self.when.items())


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one dataset's rows become events."""

    name: str
    licence: str
    attribution: str
    address: str
    columns: dict[str, str]  # our field -> their column
    texts: tuple[str, ...]  # columns that hold prose
    rules: tuple[Rule, ...]
    tell: tuple[str, ...] = ()  # columns that no other dataset has together
    keep: dict[str, list[str]] = field(default_factory=dict)  # only rows with one of these values
    codes: dict[str, dict[str, int]] = field(default_factory=dict)  # our field -> their code -> our code
    date_formats: tuple[str, ...] = ()  # beside ISO 8601


@cache
def load_mapping(path: Path) -> Mapping:
    """Reads and checks one mapping file. LexiconError names what is wrong with it."""
    try:
        record: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"there is no mapping file {path}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path} is no TOML ({error})") from None
    try:
        columns = dict(record["columns"])
        texts = tuple(columns.pop("text", ()))
        mapping = Mapping(
            name=record["name"], licence=record["licence"], attribution=record.get("attribution", record["name"]),
            address=record.get("address", ""), columns=columns, texts=texts,
            rules=tuple(Rule(dict(rule["when"]), rule["is"]) for rule in record["event_type"]),
            tell=tuple(record.get("tell", ())), keep=dict(record.get("keep", {})), codes=dict(record.get("codes", {})),
            date_formats=tuple(record.get("date_formats", ())),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path}: {error} is missing or not as docs/sources.md has it") from None
    wrong = sorted(set(columns) - FIELDS) + [
        rule.event_type for rule in mapping.rules if rule.event_type and rule.event_type not in EVENT_TYPES
    ]
    if wrong or "id" not in columns:
        raise LexiconError(f"{path}: {', '.join(wrong) or 'no id'} in [columns] or [[event_type]] is not known")
    return mapping


def mapping_for(header: Iterable[str]) -> Mapping | None:
    """The shipped mapping whose columns the header has; None where it is of no dataset that is known."""
    names = set(header)
    for path in sorted(HERE.glob("*.toml")):
        mapping = load_mapping(path)
        if mapping.tell and names.issuperset(mapping.tell):
            return mapping
    return None


def actor_name(given: str) -> str | None:
    """The canonical name of an actor as a dataset writes it; its own where there is no other, None for "Unknown"."""
    for start, name in _actors():
        if given == start or given.startswith((f"{start} ", f"{start}:", f"{start}(")):
            return name or None
    return given or None


@cache
def _actors() -> tuple[tuple[str, str], ...]:
    with (HERE / "actors.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["begins_with"], row["name"]) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _fits(wanted: str, cell: str) -> bool:
    return wanted[1:] in cell if wanted.startswith("~") else wanted == cell.strip()
