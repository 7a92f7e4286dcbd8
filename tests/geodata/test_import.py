"""A user's own GeoNames dump and OCHA files, as small ones written here."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.__main__ import main
from geodata.gazetteer import HERE, Gazetteer, GazetteerError
from geodata.importing import districts_file, import_file
from pipeline.geocode.resolve import Resolver
from pipeline.geocode.types import Context


def dump_row(
    geonames_id: int,
    name: str,
    others: str,
    lat: float,
    lon: float,
    code: str = "PPL",
    admin1: str = "13",
    cls: str = "P",
) -> str:
    row = [str(geonames_id), name, name, others, str(lat), str(lon), cls, code, "IQ", "", admin1]
    row += ["", "", "", "0", "", "", "Asia/Baghdad", "2024-01-01"]
    return "\t".join(row)


DUMP = "\n".join(
    [
        dump_row(1, "Albū Shāhir", "Albu Shahir,البو شاهر", 35.2, 44.2),
        dump_row(2, "Ḩusayn", "Husayn,حسين", 35.0, 44.0),
        dump_row(94787, "Kirkuk", "كركوك", 35.4681, 44.3922, "PPLA"),
        dump_row(3, "Makhmūr", "مخمور", 31.0, 46.0, "PPL", "09"),  # a hamlet far away with a well-known name
        dump_row(4, "Tāzah Khūrmātū", "تازة خورماتو", 35.31, 44.33),
        dump_row(5, "Some Spring", "", 35.2, 44.3, "SPNG", "13", "H"),
        dump_row(6, "Nowhere", "", 35.2, 44.3, "PPL", "99"),
    ]
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    for name in ("places.csv", "names.csv"):
        shutil.copy(HERE / name, tmp_path / name)
    yield tmp_path
    Gazetteer.load.cache_clear()


def dump(folder: Path, text: str = DUMP) -> Path:
    path = folder / "IQ.txt"
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_a_dump_adds_what_is_not_there(folder: Path) -> None:
    told = import_file(dump(folder), folder)
    assert told.startswith("3 places")
    assert "2 in the gazetteer already" in told and "1 of a kind" in told and "1 not in a governorate" in told
    gazetteer = Gazetteer.load(folder)
    place = gazetteer.place("geonames-1")
    assert (place.admin1, place.kind, place.imported, place.disputed) == ("Kirkuk", "village", True, True)
    assert gazetteer.hash != Gazetteer.load(HERE).hash


def test_imported_places_answer_but_do_not_confuse(folder: Path) -> None:
    import_file(dump(folder), folder)
    resolver = Resolver(Gazetteer.load(folder))

    def found(name: str, context: Context | None = None) -> str | None:
        place = resolver.resolve(name, context).place
        return place.place_id if place else None

    assert found("البو شاهر") == found("قرية البو شاهر التابعة لقضاء داقوق") == "geonames-1"
    assert found("Makhmur") == found("مخمور") == "makhmour"  # not the hamlet in the south
    assert found("مخمور", Context(admin1=("Dhi Qar",), strict=True)) == "geonames-3"
    assert found("Albu Shahid") is None  # a letter off is for the project's own names
    marked = [n.needs_kind for n in Gazetteer.load(folder).names if n.place_id == "geonames-2"]
    assert marked and all(marked)  # حسين is a person's name too


def test_a_second_import_replaces_the_first(folder: Path) -> None:
    import_file(dump(folder), folder)
    import_file(dump(folder, dump_row(7, "Other", "", 35.2, 44.2)), folder)
    imported = [place.place_id for place in Gazetteer.load(folder).places.values() if place.imported]
    assert imported == ["geonames-7"]


def test_the_zip_of_a_dump(folder: Path) -> None:
    with zipfile.ZipFile(folder / "IQ.zip", "w") as archive:
        archive.writestr("readme.txt", "read me")
        archive.writestr("IQ.txt", DUMP + "\n")
    assert import_file(folder / "IQ.zip", folder).startswith("3 places")


def ocha(folder: Path, level: int) -> Path:
    properties = {
        "ADM1_PCODE": "IQG13",
        "ADM1_EN": "Kirkuk",
        "ADM2_PCODE": "IQG13Q02",
        "ADM2_EN": "Daquq",
        "ADM2_AR": "داقوق",
    }
    if level == 3:
        properties |= {"ADM3_PCODE": "IQG13Q02N09", "ADM3_EN": "New Part", "ADM3_AR": "جزء جديد"}
    square = {"type": "Polygon", "coordinates": [[[44, 35], [44.5, 35], [44.5, 35.5], [44, 35.5], [44, 35]]]}
    path = folder / f"adm{level}.geojson"
    feature = {"type": "Feature", "properties": properties, "geometry": square}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def test_ocha_districts_are_drawn_instead_of_the_approximate_ones(folder: Path) -> None:
    assert districts_file(folder).name == "districts_approx.geojson"
    assert import_file(ocha(folder, 2), folder).startswith("1 districts")
    layer = json.loads(districts_file(folder).read_text(encoding="utf-8"))
    assert layer["features"][0]["properties"]["admin2_pcode"] == "IQG13Q02"
    assert layer["features"][0]["properties"]["approximate"] is False


def test_ocha_subdistricts_that_are_missing_are_added(folder: Path) -> None:
    assert import_file(ocha(folder, 3), folder).startswith("1 places")
    place = Gazetteer.load(folder).place("ocha-iqg13q02n09")
    assert (place.kind, place.admin1, place.admin2, place.parent_id) == (
        "subdistrict",
        "Kirkuk",
        "Daquq",
        "daquq-district",
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.txt", "1\tKirkuk\n", r"x\.txt:1: no row of a GeoNames dump \(2 columns instead of 19\)"),
        ("x.geojson", "{}", "no GeoJSON feature collection"),
        ("x.geojson", '{"features":[{"properties":{"a":1}}]}', "not OCHA's"),
        ("x.geojson", '{"features":[{"properties":{"ADM1_PCODE":"IQG13"}}]}', "governorates are shipped"),
    ],
)
def test_files_of_no_use_are_said(folder: Path, name: str, content: str, said: str) -> None:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=said):
        import_file(path, folder)


def test_the_command_says_what_failed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "no-such-file.txt"]) == 1
    assert "no such file" in capsys.readouterr().err
