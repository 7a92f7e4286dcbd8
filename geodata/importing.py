"""`python -m geodata import FILE...`: a user's own files beside the shipped gazetteer, in geodata/imported/.

The folder is not committed. Importing again replaces what the same kind of file gave before; deleting the folder
undoes it.
"""

from collections.abc import Iterable
from pathlib import Path

from geodata import geonames_dump, ocha_files
from geodata.build import write
from geodata.gazetteer import HERE, Gazetteer, GazetteerError, Name, Place, read_names, read_places
from geodata.geonames_dump import Imported

FOLDER = "imported"


def districts_file(folder: Path = HERE) -> Path:
    """The districts to draw: OCHA's where the user imported them, else the approximate ones."""
    imported = folder / FOLDER / "districts.geojson"
    return imported if imported.exists() else folder / "districts_approx.geojson"


def import_file(path: Path, folder: Path = HERE) -> str:
    """Imports one file; what was taken and what was left out, in one line. GazetteerError where it cannot be used."""
    if not path.is_file():
        raise GazetteerError(f"{path}: no such file")
    gazetteer = Gazetteer.load(folder)
    target = folder / FOLDER
    if path.suffix in (".txt", ".zip"):
        return _add(geonames_dump.read_dump(path, gazetteer), geonames_dump.SOURCE, target)
    level, features = ocha_files.read_features(path)
    if level == 2:
        return f"{ocha_files.write_districts(features, target)} districts, drawn instead of the approximate ones"
    if level == 3:
        return _add(ocha_files.missing_subdistricts(features, gazetteer), ocha_files.SOURCE, target)
    raise GazetteerError(f"{path}: governorates are shipped; import districts (adm2) or sub-districts (adm3)")


def _add(new: Imported, source: str, target: Path) -> str:
    """Puts the new places with those that other files gave before."""
    places: list[Place] = []
    names: list[Name] = []
    if (target / "places.csv").exists():
        before = {place.place_id: place for place in read_places(target / "places.csv")}
        places = [place for place in before.values() if place.source != source]
        kept = {place.place_id for place in places}
        names = [name for name in read_names(target / "names.csv", before) if name.place_id in kept]
    write(target, places + new.places, names + new.names)
    Gazetteer.load.cache_clear()
    return f"{len(new.places)} places, {len(new.names)} names; left out: {_told(new.left_out.items())}"


def _told(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {why}" for why, count in counts) or "none"
