"""The codebook that goes with every export: columns, codes and licences, in three languages, from CSV files."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import labels
from pipeline.errors import LexiconError

HERE = Path(__file__).parent
LANGS = ("en", "ar", "ckb")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an export: what it is called, what it holds, and which claims support it."""

    name: str
    kind: str  # text, code, link, date, whole, number, yesno
    shape: str = "both"  # incident, location or both
    claim: str = ""  # the field of the claims table that supports it
    hxl: str = ""
    label: dict[str, str] | None = None
    about: dict[str, str] | None = None

    def labelled(self, lang: str) -> str:
        """What people of `lang` call it; its name where it has no label (columns named by ACLED or UCDP)."""
        return (self.label or {}).get(lang) or self.name

    def explained(self, lang: str) -> str:
        """What it holds, in `lang`."""
        return (self.about or {}).get(lang) or ""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """An event type in the schemes that others use."""

    event_type: str
    acled_disorder: str
    acled_event: str
    acled_sub_event: str
    plover: str


@cache
def columns() -> tuple[Column, ...]:
    """Every column of the project's own column set, in order. Raises LexiconError for a broken columns.csv."""
    return tuple(
        Column(
            row["column"], row["kind"], row["shape"], row["claim"], row["hxl"],
            {lang: row[lang] for lang in LANGS}, {lang: row[f"about_{lang}"] for lang in LANGS},
        )
        for row in _rows("columns.csv")
    )  # fmt: skip


@cache
def crosswalk() -> tuple[Crosswalk, ...]:
    """Every event type with ACLED's and PLOVER's names for it."""
    return tuple(Crosswalk(**row) for row in _rows("crosswalk.csv"))


@cache
def licences() -> tuple[dict[str, str], ...]:
    """What each part of an export may be used for: {what, licence, attribution} each."""
    return tuple(_rows("licences.csv"))


def code_rows(lang: str) -> list[tuple[str, str, str]]:
    """Every code that has a label, as (column, code, label)."""
    coded = [column.name for column in columns() if column.kind in ("code", "whole")]
    return [(name, code, labels.label(name, code, lang)) for name in coded for code in labels.codes(name)]


def about(
    manifest: dict[str, Any], sentence: str, rows: int, samples: int, more: list[dict[str, str]]
) -> dict[str, Any]:
    """What every export says of itself: the filter's sentence, the run, how many rows, the licences and `more`."""
    warning = f" {samples} of the incidents are samples written for demonstration, not real events." if samples else ""
    return {
        "title": "Incidents in Iraq's disputed territories",
        "filter": sentence,
        "run_id": str(manifest.get("run_id", "")),
        "published_at": str(manifest.get("created", "")),
        "rows": rows,
        "sample_incidents": samples,
        "note": "Read from news reports: each value is what a report says, not what is known to be true." + warning,
        "licences": [*(dict(row) for row in licences()), *more],
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise LexiconError(f"pipeline/export/{name}:{number} has too many or too few cells: is a comma not quoted?")
    return rows
