"""What the brief says in numbers."""

import csv
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipeline import labels
from pipeline.export.selection import Selection
from pipeline.export.table import own_table
from pipeline.model import CATEGORIES, Range

_STEPS = ((45, "1d", "day"), (200, "1w", "day"), (365 * 4, "1mo", "month"), (10**6, "1y", "year"))  # days at most
SHOWN = 150  # rows of the table: a brief is read, an export is computed with


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time and how many events of each category it has."""

    start: date
    label: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the map."""

    name: str
    latitude: float
    longitude: float
    count: int
    category: str  # the most frequent


@cache
def words(lang: str) -> dict[str, str]:
    """The brief's own words."""
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row[lang] for row in csv.DictReader(file)}


def totals(selection: Selection, lang: str) -> list[tuple[str, str]]:
    """(figure, what it counts) for the head of the brief."""
    rows, text = selection.incidents, words(lang)
    numbers = {
        "incidents": rows.height,
        "places": selection.locations["place_id"].drop_nulls().n_unique(),
        "killed": int(rows["fatalities_low"].sum() or 0),
        "injured": int(rows["injuries_low"].sum() or 0),
    }
    return [(labels.number(number, lang), text[key]) for key, number in numbers.items()]


def by_category(selection: Selection, lang: str) -> list[tuple[str, str, str]]:
    """(category, its label, how many) for the legend."""
    found = dict(selection.incidents["category"].cast(pl.String).value_counts().iter_rows())
    return [(one, labels.label("category", one, lang), labels.number(found.get(one, 0), lang)) for one in CATEGORIES]


def spots(selection: Selection) -> list[Spot]:
    """One for each place with a point, the largest first, so that small ones are drawn over them."""
    kinds = selection.incidents.select("incident_id", pl.col("category").cast(pl.String))
    places = selection.locations.filter(pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null())
    rows = (
        places.join(kinds, on="incident_id")
        .with_columns(key=pl.coalesce("place_id", "name"))
        .unique(["key", "incident_id"])
        .group_by("key")
        .agg(
            pl.col("name", "latitude", "longitude").first(),
            count=pl.len(),
            category=pl.col("category").mode().sort().first(),
        )
        .sort("count", "key", descending=[True, False])
    )
    return [
        Spot(row["name"], row["latitude"], row["longitude"], row["count"], row["category"])
        for row in rows.iter_rows(named=True)
    ]


def bars(selection: Selection, lang: str) -> list[Bar]:
    """Days, months or years, whichever gives a readable number of bars; empty stretches have a bar of nothing."""
    rows = selection.incidents.select("event_date", pl.col("category").cast(pl.String)).drop_nulls("event_date")
    if rows.is_empty():
        return []
    first, last = rows["event_date"].min(), rows["event_date"].max()
    assert isinstance(first, date) and isinstance(last, date)
    span = (last - first).days
    every, form = next((every, form) for most, every, form in _STEPS if span <= most)
    start = pl.Series([first]).dt.truncate(every)[0]
    starts = pl.date_range(start, last, every, eager=True)
    found: dict[date, dict[str, int]] = {start: {} for start in starts}
    counts = rows.group_by(pl.col("event_date").dt.truncate(every), "category").len()
    for start, category, count in counts.iter_rows():
        found[start][category] = count
    return [Bar(start, _label(start, form, lang), counts) for start, counts in found.items()]


def table(selection: Selection, lang: str) -> list[dict[str, str]]:
    """The rows of the table, latest first, as texts in `lang`."""
    rows = own_table(selection).frame.sort("event_date", "incident_id", descending=[True, False], nulls_last=True)
    return [_row(row, lang) for row in rows.head(SHOWN).iter_rows(named=True)]


def _row(row: dict[str, Any], lang: str) -> dict[str, str]:
    killed = labels.figures(Range(*(row[f"fatalities_{end}"] for end in ("low", "best", "high"))), lang)
    injured = labels.figures(Range(*(row[f"injuries_{end}"] for end in ("low", "best", "high"))), lang)
    place = labels.place(row, lang)
    province = labels.label("admin1", row["admin1"], lang) if row["admin1"] else ""
    return {
        "category": str(row["category"]),
        "day": labels.days(row["event_date"], row["end_date"], lang) or words(lang)["unknown"],
        "type": labels.label("event_type", row["event_type"], lang),
        "place": place or words(lang)["unknown"],
        "province": province if province != place else "",
        "actor1": labels.actor(row["actor1"], lang),
        "actor2": labels.actor(row["actor2"], lang),
        "toll": f"{killed or '–'} / {injured or '–'}" if killed or injured else "",
        "sentence": "".join(char for char in row["sentence"] or "" if char.isprintable() or char in "\n\u200c\u200d"),
        "dir": direction(row["sentence"] or ""),
        "publishers": row["publishers"] or "",
        "url": row["url"] if str(row["url"] or "").startswith(("http://", "https://")) else "",
    }


def direction(text: str) -> str:
    """The direction of a text by its first letter: WeasyPrint does not know dir="auto"."""
    letter = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return "ltr" if letter == "L" else "rtl"


def _label(start: date, form: str, lang: str) -> str:
    year = labels.digits(str(start.year), lang)
    if form == "year":
        return year
    month = labels.label("month", start.month, lang)
    return f"{month} {year}" if form == "month" else labels.day(start, lang)
