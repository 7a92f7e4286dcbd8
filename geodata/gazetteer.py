"""The gazetteer: places of Iraq's disputed belt and all Iraqi districts, with their names in every script used.

places.csv holds a place a row, names.csv a name a row; both are built by `python -m geodata build`. A user's own
import (`python -m geodata import FILE`) lies beside them in imported/ and is read with them.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache, cached_property
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

LANGUAGES = ("ar", "ckb", "en", "kmr", "tr")


class GazetteerError(ValueError):
    """A row of the gazetteer is broken: an editor's fault. Names the file and the row to mend."""


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
    pcode: str | None = None  # its own p-code, where it is a governorate, district or sub-district
    administered_source: str | None = None

    @property
    def imported(self) -> bool:
        """Whether it comes from a file the user brought, rather than from the project's own gazetteer."""
        return self.source.startswith("import:")


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write one place's name."""

    name: str
    place_id: str
    lang: str  # ar ckb en kmr tr
    needs_kind: bool  # an ordinary word too: only a place after a kind word or in a place's context
    note: str


PLACE_COLUMNS = tuple(field.name for field in fields(Place))
NAME_COLUMNS = tuple(field.name for field in fields(Name))


@dataclass(frozen=True)
class Gazetteer:
    """All places and names, and the look-ups over them. Read-only, and shared: `load` reads a folder once."""

    places: dict[str, Place]
    names: tuple[Name, ...]
    hash: str  # of the files read: changes whenever an answer may

    @staticmethod
    @cache
    def load(folder: Path = HERE) -> "Gazetteer":
        """The gazetteer in `folder`, checked. GazetteerError names the row that cannot be used."""
        files = [folder / "places.csv", folder / "names.csv"]
        imported = folder / "imported"
        more = [imported / "places.csv", imported / "names.csv"]
        digest = hashlib.sha256()
        places: dict[str, Place] = {}
        names: list[Name] = []
        for places_csv, names_csv in (files, more):
            if (places_csv, names_csv) == tuple(more) and not places_csv.exists():
                continue
            for path in (places_csv, names_csv):
                if not path.exists():
                    raise GazetteerError(f"{path} is missing. Make it with: python -m geodata build")
                digest.update(path.read_bytes())
            for place in read_places(places_csv):
                if place.place_id in places:
                    raise GazetteerError(f"{places_csv}: place_id {place.place_id!r} stands there twice")
                places[place.place_id] = place
            names.extend(read_names(names_csv, places))
        return Gazetteer(places, tuple(names), digest.hexdigest())

    def place(self, place_id: str) -> Place:
        """The place of that id. KeyError where there is none."""
        return self.places[place_id]

    @cached_property
    def _by_key(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            ids = found[fold(name.name)]
            if name.place_id not in ids:
                ids.append(name.place_id)
        return {key: tuple(ids) for key, ids in found.items()}

    def by_key(self, folded: str) -> tuple[str, ...]:
        """The place_ids that bear a name whose `fold` is `folded`; empty where none does."""
        return self._by_key.get(folded, ())

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """place_id -> ids of the places directly under it."""
        found: dict[str, list[str]] = defaultdict(list)
        for place in self.places.values():
            if place.parent_id:
                found[place.parent_id].append(place.place_id)
        return {parent: tuple(ids) for parent, ids in found.items()}

    @cached_property
    def names_of(self) -> dict[str, tuple[Name, ...]]:
        """place_id -> its names."""
        found: dict[str, list[Name]] = defaultdict(list)
        for name in self.names:
            found[name.place_id].append(name)
        return {place_id: tuple(names) for place_id, names in found.items()}

    @cached_property
    def _admin1(self) -> dict[str, Place]:
        return {place.admin1: place for place in self.places.values() if place.kind == "governorate"}

    def admin1_place(self, admin1: str) -> Place:
        """The governorate of that canonical name. KeyError where there is none."""
        return self._admin1[admin1]

    def ancestors(self, place: Place) -> Iterator[Place]:
        """Its parent, the parent's parent, and so on up to the governorate."""
        seen = {place.place_id}
        while place.parent_id and place.parent_id not in seen:
            seen.add(place.parent_id)
            place = self.places[place.parent_id]
            yield place


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = set(columns) - set(reader.fieldnames or ())
        if missing:
            raise GazetteerError(f"{path}: column missing: {', '.join(sorted(missing))}")
        for row in reader:
            yield reader.line_num, row


def read_places(path: Path) -> Iterator[Place]:
    """The places of a places.csv. GazetteerError names the line that cannot be used."""
    for line, row in _rows(path, PLACE_COLUMNS):
        if row["kind"] not in KINDS:
            raise GazetteerError(f"{path}:{line}: unknown kind {row['kind']!r}")
        if row["admin1"] not in ADMIN1:
            raise GazetteerError(f"{path}:{line}: unknown admin1 {row['admin1']!r}")
        try:
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
            geonames_id = int(row["geonames_id"]) if row["geonames_id"] else None
        except ValueError as error:
            raise GazetteerError(f"{path}:{line}: not a number: {error}") from error
        text = {name: row[name] or None for name in PLACE_COLUMNS}
        yield Place(
            **{
                **text,
                "latitude": latitude,
                "longitude": longitude,
                "geonames_id": geonames_id,
                "disputed": row["disputed"] == "1",
            }  # type: ignore[arg-type]
        )


def read_names(path: Path, places: dict[str, Place]) -> Iterator[Name]:
    """The names of a names.csv. GazetteerError names the line that cannot be used."""
    for line, row in _rows(path, NAME_COLUMNS):
        if row["place_id"] not in places:
            raise GazetteerError(f"{path}:{line}: place_id {row['place_id']!r} is in no places.csv")
        if row["lang"] not in LANGUAGES:
            raise GazetteerError(f"{path}:{line}: unknown language {row['lang']!r}")
        if not fold(row["name"]).strip():
            raise GazetteerError(f"{path}:{line}: a name with no letters")
        yield Name(row["name"], row["place_id"], row["lang"], row["needs_kind"] == "1", row["note"])
