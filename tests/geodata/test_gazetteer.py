"""The shipped gazetteer: complete, unambiguous in its ids, and free of junk."""

import csv
import unicodedata

import pytest

from geodata.fold import fold
from geodata.gazetteer import ADMIN1, HERE, Gazetteer, GazetteerError, Name, Place

GAZETTEER = Gazetteer.load()


def test_counts() -> None:
    kinds = [place.kind for place in GAZETTEER.places.values()]
    assert kinds.count("governorate") == 19
    assert kinds.count("district") == 101
    assert kinds.count("subdistrict") >= 140
    assert sum(kind not in ("governorate", "district", "subdistrict") for kind in kinds) >= 400
    assert {place.admin1 for place in GAZETTEER.places.values()} == set(ADMIN1)


def test_every_place_has_a_name_row_a_source_and_a_parent() -> None:
    known = {row["source"] for row in csv.DictReader((HERE / "sources.csv").open(encoding="utf-8"))}
    for place in GAZETTEER.places.values():
        assert GAZETTEER.names_of[place.place_id]
        assert set(place.source.split("; ")) <= known
        assert place.kind == "governorate" or list(GAZETTEER.ancestors(place))[-1].kind == "governorate"
        assert 29.0 < place.latitude < 37.5 and 38.7 < place.longitude < 48.7


def test_status_fields_come_together_and_only_in_the_belt() -> None:
    for place in GAZETTEER.places.values():
        assert place.disputed == (place.disputed_since is not None) == (place.disputed_source is not None)
        assert (
            place.admin1 not in ("Baghdad", "Anbar", "Basra", "Duhok", "Sulaymaniyah", "Halabja") or not place.disputed
        )


@pytest.mark.parametrize(
    ("place_id", "disputed"),
    [("makhmour", True), ("kirkuk", True), ("sinjar", True), ("tuz-khurmatu", True), ("khanaqin", True),
     ("bashiqa", True), ("mandali", True), ("qahtaniya", True), ("mosul", False), ("tikrit", False), ("baquba", False),
     ("erbil", False), ("baladruz", False), ("baaj", False), ("samarra", False)],
)  # fmt: skip
def test_disputed(place_id: str, disputed: bool) -> None:
    assert GAZETTEER.place(place_id).disputed is disputed


def test_no_junk_names() -> None:
    for name in GAZETTEER.names:
        scripts = {unicodedata.name(char).split()[0] for char in name.name if char.isalpha()}
        assert scripts <= {"ARABIC"} or scripts <= {"LATIN", "MODIFIER"}, name
        assert name.name == name.name.strip() and len(fold(name.name)) > 1, name
        assert (scripts <= {"ARABIC"}) == (name.lang in ("ar", "ckb")), name


def test_a_name_stands_once_for_a_place() -> None:
    pairs = [(name.name, name.place_id) for name in GAZETTEER.names]
    assert len(pairs) == len(set(pairs))


def test_makhmour_is_erbils_in_the_gazetteer() -> None:
    place = GAZETTEER.place("makhmour")
    assert (place.admin1, place.admin2, place.admin2_pcode) == ("Erbil", "Makhmour", "IQG11Q04")
    assert "makhmour" in GAZETTEER.by_key(fold("مَخمور"))


def test_ordinary_words_are_marked() -> None:
    marked = {name.name for name in GAZETTEER.names if name.needs_kind}
    assert {"بلد", "العلم", "الحي", "الدور", "الحضر", "الرياض", "ربيعة", "الزاب", "مخمور"} <= marked
    assert not {"Makhmour", "كركوك", "الموصل"} & marked


def test_broken_rows_are_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "places.csv").write_text((HERE / "places.csv").read_text("utf-8").replace("Nineveh", "Ninive"), "utf-8")
    (tmp_path / "names.csv").write_text("name,place_id,lang,needs_kind,note\n", "utf-8")
    with pytest.raises(GazetteerError, match=r"places\.csv:2: unknown admin1 'Ninive'"):
        Gazetteer.load(tmp_path)


def test_types_are_what_others_build_on() -> None:
    assert isinstance(next(iter(GAZETTEER.places.values())), Place)
    assert isinstance(GAZETTEER.names[0], Name)
    assert len(GAZETTEER.hash) == 64
