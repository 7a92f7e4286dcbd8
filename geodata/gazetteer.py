"""The gazetteer: places of Iraq's disputed belt and all Iraqi districts, with their names in every script used.

places.csv holds a place a row, names.csv a name a row. `Gazetteer.load` reads and checks both.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geodata.fold import fold

HERE = Path(__file__).parent

ADMIN1 = (
    "Nineveh", "Kirkuk", "Salah al-Din", "Diyala", "Erbil", "Sulaymaniyah", "Duhok", "Halabja", "Baghdad", "Anbar",
    "Babil", "Karbala", "Najaf", "Wasit", "Al-Qadisiyah", "Muthanna", "Dhi Qar", "Maysan", "Basra",
)  # fmt: skip

KINDS = (
    "country", "governorate", "district", "subdistrict", "city", "town", "village", "quarter", "camp", "mountain",
    "valley", "plain", "area", "lake", "river", "dam", "road", "base", "airport", "oilfield", "refinery", "crossing",
    "bridge", "checkpoint", "island",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One place. A district and its centre town are two rows: the district's point is its centre town's."""

    place_id: str
    kind: str
    name: str  # preferred Latin name
    name_ar: str | None
    name_ckb: str | None
    latitude: float
    longitude: float
    admin1: str
    admin1_pcode: str
    admin2: str | None
    admin2_pcode: str | None
    parent_id: str | None
    geonames_id: int | None
    disputed: bool
    disputed_since: str | None
    disputed_source: str | None
    administered_by: str | None
    administered_since: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write one place's name."""

    name: str
    place_id: str
    lang: str  # ar ckb en kmr tr
    needs_kind: bool  # an ordinary word too: only a place after a kind word or in a place's context
    note: str
