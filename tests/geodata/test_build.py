"""The shipped files are what the committed script makes of the committed rows and the pinned packages."""

from geodata.build import as_csv, build
from geodata.gazetteer import HERE, NAME_COLUMNS, PLACE_COLUMNS
from geodata.geonames_names import is_name


def test_shipped_files_are_built() -> None:
    places, names = build()
    assert as_csv(places, PLACE_COLUMNS) == (HERE / "places.csv").read_text(encoding="utf-8")
    assert as_csv(names, NAME_COLUMNS) == (HERE / "names.csv").read_text(encoding="utf-8")


def test_geonames_junk_is_no_name() -> None:
    for junk in ("mkhmwr", "mەkhmwr", "KIK", "الموصل2", "Киркук", "ناحية القيارة", "قضاء الحويجة", "Nahiyat Hiran"):
        assert not is_name(junk), junk
    for name in ("Makhmūr", "مخمور", "مەخموور", "al-Hawijah", "‘Anah"):
        assert is_name(name), name
