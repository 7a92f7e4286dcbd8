"""Names to places, as a table."""

import random

import pytest

from geodata.gazetteer import Gazetteer
from pipeline.geocode.resolve import Resolver
from pipeline.geocode.types import Context

RESOLVER = Resolver(Gazetteer.load())

FOUND = [
    # query, place_id, geo_precision, where_prec
    ("Makhmur", "makhmour", 1, 1),
    ("Al-Hawijah", "hawija", 1, 1),
    ("Tuz Khormatu", "tuz-khurmatu", 1, 1),
    ("Al Baaj", "baaj", 1, 1),
    ("Qarah Tappah", "qara-tapa", 1, 1),
    ("Bayji", "baiji", 1, 1),
    ("Ad Dujayl", "dujail", 1, 1),
    ("Amedi", "amadiya", 1, 1),
    ("الحويجه", "hawija", 1, 1),
    ("حويجة", "hawija", 1, 1),
    ("بالحويجة", "hawija", 1, 1),
    ("والموصل", "mosul", 1, 1),
    ("للموصل", "mosul", 1, 1),
    ("وكركوك", "kirkuk", 1, 1),
    ("كـــركوك", "kirkuk", 1, 1),
    ("کرکوک", "kirkuk", 1, 1),
    ("کەرکووکدا", "kirkuk", 1, 1),
    ("شنگال", "sinjar", 1, 1),
    ("بيجي", "baiji", 1, 1),
    ("بلد", "balad", 1, 1),
    ("كركوك", "kirkuk", 1, 1),
    ("محافظة كركوك", "kirkuk-governorate", 3, 4),
    ("Kirkuk Governorate", "kirkuk-governorate", 3, 4),
    ("نينوى", "nineveh-governorate", 3, 4),
    ("قضاء الحويجة", "hawija-district", 2, 3),
    ("Hawija district", "hawija-district", 2, 3),
    ("مركز قضاء مخمور", "makhmour", 1, 1),
    ("جنوبي مخمور", "makhmour", 2, 2),
    ("شمال شرقي الموصل", "mosul", 2, 2),
    ("south of Kirkuk", "kirkuk", 2, 2),
    ("أطراف طوزخورماتو", "tuz-khurmatu", 2, 2),
    ("قرية كوديلا التابعة لقضاء مخمور", "kudila", 1, 1),
    ("جبال حمرين", "hamrin", 2, 5),
    ("قاعدة القيارة", "qayyarah-base", 1, 1),
    ("Khanakeen", "khanaqin", 1, 1),
    ("Diyala's Khanaqin", "khanaqin", 1, 1),
    ("Khanaqin's outskirts", "khanaqin", 2, 2),
    ("Kirkuk’s Dibis district", "dibis-district", 2, 3),
    ("between Kirkuk and Tuz Khurmatu", "kirkuk", 2, 2),
    ("بين كركوك وطوزخورماتو", "kirkuk", 2, 2),
    ("Tuz Khurmatu, Salah al-Din, Iraq", "tuz-khurmatu", 1, 1),
    ("al-Zuhur, Mosul", "mosul-zuhur", 1, 1),
    ("Mosul - Zanjili", "mosul-zanjili", 1, 1),
    ("Kirkuk - Al Wasiti", "kirkuk-wasiti", 1, 1),
    ("Parakh resort", "parakh", 2, 2),
    ("Qayara Air Base", "qayyarah-base", 1, 1),
    ("Nainawa", "nineveh-governorate", 3, 4),
    ("صلاح الدين", "salah-al-din-governorate", 3, 4),
    ("Makhmur district of Nineveh", "makhmour-district", 2, 3),
    ("20 km south of Kirkuk", "kirkuk", 2, 2),
    ("على بعد 30 كم شمال تكريت", "tikrit", 2, 2),
    ("village of Kudila near Makhmour", "kudila", 1, 1),
    ("قرية جنوبي مخمور", "makhmour", 2, 2),
    ("منطقة جنوبي كركوك", "kirkuk", 2, 2),
    ("وادي الشاي جنوبي كركوك", "wadi-al-shay", 2, 5),
    ("حي الزهور في الموصل", "mosul-zuhur", 1, 1),
    ("ناحية القيارة", "qayyarah-subdistrict", 2, 3),
    ("قضاء سوران", "soran", 2, 3),
    ("Sinjar, Iraq", "sinjar", 1, 1),
    ("Riyadh, Kirkuk", "riyadh-kirkuk", 1, 1),
    ("سلسلة جبال حمرين في محافظة صلاح الدين", "hamrin-salah-al-din", 2, 5),
    ("لە نزیک مەخموور", "makhmour", 2, 2),
    ("قەزای خانەقین", "khanaqin-district", 2, 3),
    ("لە کەرکووکدا", "kirkuk", 1, 1),
]


@pytest.mark.parametrize(("query", "place_id", "geo", "where"), FOUND)
def test_found(query: str, place_id: str, geo: int, where: int) -> None:
    answer = RESOLVER.resolve(query)
    assert answer.place is not None, answer
    assert (answer.place.place_id, answer.geo_precision, answer.where_prec) == (place_id, geo, where)
    assert 0.5 < answer.confidence <= 1


NOT_PLACES = [
    ("قيادة عمليات نينوى", "office"),
    ("محافظ كركوك", "office"),
    ("Kirkuk Police", "office"),
    ("محمد ربيعة", "person"),
    ("كركوكي", "adjective"),
    ("الموصلي", "adjective"),
    ("Kirkuki", "adjective"),
    ("Riyadh, Saudi Arabia", "abroad"),
    ("العراق", "wider"),
    ("", "empty"),
    ("   \t", "empty"),
    ("😀😀", "empty"),
    ("\x00\x07", "empty"),
    ("ك" * 5000, "longer"),
    ("Atlantis", "unknown"),
    ("المعركة", "unknown"),
    ("القيادة", "unknown"),
    ("السورية", "unknown"),
    ("also", "unknown"),
    ("door", "unknown"),
    ("Paris", "abroad"),
    ("Hasakah", "abroad"),
    ("دمشق", "abroad"),
]


@pytest.mark.parametrize(("query", "reason"), NOT_PLACES)
def test_not_a_place(query: str, reason: str) -> None:
    answer = RESOLVER.resolve(query)
    assert answer.place is None
    assert reason in answer.reason


def test_a_homonym_abroad_needs_its_province() -> None:
    bare = RESOLVER.resolve("الرياض")
    assert bare.place is None and "riyadh-kirkuk" in [place.place_id for place in bare.candidates]
    within = RESOLVER.resolve("الرياض", Context(admin1=("Kirkuk",), strict=True))
    assert within.place is not None and within.place.place_id == "riyadh-kirkuk"


def test_an_unknown_village_has_its_parent_and_keeps_its_words() -> None:
    answer = RESOLVER.resolve("قرية تل الغزال التابعة لقضاء داقوق")
    assert answer.place is None and answer.parent is not None and answer.parent.place_id == "daquq-district"
    location = RESOLVER.locate(answer)
    assert location is not None
    assert (location.name, location.geo_precision) == ("Daquq", 2)
    assert location.where_description == "قرية تل الغزال التابعة لقضاء داقوق"


@pytest.mark.parametrize(
    ("province", "place_id"),
    [("Kirkuk", "hamrin-kirkuk"), ("Salah al-Din", "hamrin-salah-al-din"), ("Diyala", "hamrin")],
)
def test_homonyms_by_province(province: str, place_id: str) -> None:
    answer = RESOLVER.resolve("جبال حمرين", Context(admin1=(province,)))
    assert answer.place is not None and answer.place.place_id == place_id


def test_makhmour_is_found_under_either_province() -> None:
    for province in ("Erbil", "Nineveh"):
        answer = RESOLVER.resolve("مخمور", Context(admin1=(province,), strict=True))
        assert answer.place is not None and answer.place.admin1 == "Erbil"


def test_a_name_outside_the_province_said_is_no_answer() -> None:
    answer = RESOLVER.resolve("الموصل", Context(admin1=("Kirkuk",), strict=True))
    assert answer.place is None and answer.candidates[0].admin1 == "Nineveh"


def test_a_quarter_is_of_the_town_spoken_of() -> None:
    assert RESOLVER.resolve("حي الزهور").confidence < 0.8
    near = RESOLVER.resolve("الزهور", Context(kind="quarter", near=("mosul",)))
    assert near.place is not None and near.place.place_id == "mosul-zuhur" and near.confidence > 0.8
    for elsewhere in (Context(kind="quarter", near=("baquba",)), Context(kind="quarter", admin1=("Diyala",))):
        assert RESOLVER.resolve("الزهور", elsewhere).place is None


def test_nothing_a_name_may_hold_raises() -> None:
    pick = random.Random(5)
    words = "كركوك قضاء جنوب شمالي في التابعة بين ل of near South between and و ( , - / 's km 20 Mosul h 😀".split()
    words += ["\u202e", "\x00", "\ud800"]
    for turn in range(4000):
        if turn % 2:
            name = " ".join(pick.choice(words) for _ in range(pick.randrange(1, 9)))
        else:
            name = "".join(chr(pick.choice([pick.randrange(0x700), pick.randrange(0x110000)])) for _ in range(40))
        answer = RESOLVER.resolve(name)
        assert answer.reason and (answer.place is None) == (answer.confidence == 0), (name, answer)
        RESOLVER.locate(answer)
