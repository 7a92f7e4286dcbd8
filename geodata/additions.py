"""Names that users add to the gazetteer while it runs: kept in imported/, beside what came with the project."""

import csv
import re
from pathlib import Path

from geodata.fold import fold
from geodata.gazetteer import HERE, Gazetteer, GazetteerError

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LANGUAGES = ("ar", "ckb", "en", "kmr", "tr")


def add_name(gazetteer: Gazetteer, place_id: str, name: str, lang: str, folder: Path = HERE) -> None:
    """Adds one way to write a place's name; the next run of the pipeline knows it.

    Raises GazetteerError where the place is unknown, the name is empty, known already or in another script than the
    language's; OSError where the file cannot be written.
    """
    name = " ".join(name.split())
    if place_id not in gazetteer.places:
        raise GazetteerError(f"There is no place {place_id!r}.")
    if lang not in _LANGUAGES:
        raise GazetteerError(f"{lang!r} is no language of names: choose {', '.join(_LANGUAGES)}.")
    if not fold(name).strip() or not any(char.isalpha() for char in name):
        raise GazetteerError("A name needs letters.")
    if bool(_ARABIC.search(name)) != (lang in ("ar", "ckb")):
        raise GazetteerError(f"{name}: this is not the script of that language.")
    if any(known.name == name for known in gazetteer.names_of.get(place_id, ())):
        raise GazetteerError(f"{name}: this name is known already.")
    imported = folder / "imported"
    imported.mkdir(exist_ok=True)
    for file in ("places.csv", "names.csv"):
        if not (imported / file).exists():
            header = (folder / file).read_text(encoding="utf-8").splitlines()[0]
            (imported / file).write_text(header + "\n", encoding="utf-8")
    columns = (imported / "names.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {"name": name, "place_id": place_id, "lang": lang, "needs_kind": "0", "note": "added on the Gazetteer page"}
    with (imported / "names.csv").open("a", encoding="utf-8", newline="") as file_:
        csv.DictWriter(file_, columns, restval="", lineterminator="\n").writerow(row)
    Gazetteer.load.cache_clear()
