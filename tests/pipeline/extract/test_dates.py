"""Date phrases in three languages, resolved against the publication day: 12 December 2021, a Sunday, if not told."""

from datetime import date

import pytest

from pipeline.extract.dates import find_dates
from pipeline.model import Days, Language
from tests.pipeline.extract.reading import SUNDAY, day, marked


def read(text: str, lang: Language, published: date | None = SUNDAY) -> list[Days]:
    words = marked(text, lang, published)
    return [mention.days for mention in find_dates(words, 0, len(words.tokens))]


RELATIVE = [
    # text, first day, last day, precision; days as offsets from publication or as MM-DD of 2021
    ("ar", "اليوم", "0", "0", 1),
    ("ar", "صباح اليوم الأحد", "0", "0", 1),
    ("ar", "أمس", "-1", "-1", 1),
    ("ar", "يوم أمس السبت", "-1", "-1", 1),
    ("ar", "مساء أمس", "-1", "-1", 1),
    ("ar", "أول أمس", "-2", "-2", 1),
    ("ar", "قبل أربعة أيام", "-4", "-4", 1),
    ("ar", "قبل يومين", "-2", "-2", 1),
    ("ar", "قبل 3 أيام", "-3", "-3", 1),
    ("ar", "الأحد", "0", "0", 1),
    ("ar", "السبت", "-1", "-1", 1),
    ("ar", "يوم الاثنين", "-6", "-6", 1),
    ("ar", "الثلاثاء الماضي", "-5", "-5", 1),
    ("ar", "الخميس", "-3", "-3", 1),
    ("ar", "ليل الثلاثاء", "-5", "-4", 1),
    ("ar", "ليلة الخميس الجمعة", "-3", "-2", 1),
    ("ar", "ليلة الخميس على الجمعة", "-3", "-2", 1),
    ("ar", "خلال الـ24 ساعة الماضية", "-1", "0", 1),
    ("ar", "خلال الأسابيع الماضية", "-30", "0", 3),
    ("ar", "مطلع الأسبوع", "0", "0", None),  # Sunday to Monday, as far as it has come
    ("ar", "الأسبوع الماضي", "-7", "-1", 2),
    ("ar", "الشهر الماضي", "11-01", "11-30", 3),
    ("ar", "مطلع كانون الأول", "12-01", "12-10", 3),
    ("ckb", "ئەمڕۆ", "0", "0", 1),
    ("ckb", "دوێنێ", "-1", "-1", 1),
    ("ckb", "پێرێ", "-2", "-2", 1),
    ("ckb", "ڕۆژی شەممە", "-1", "-1", 1),
    ("ckb", "ڕۆژی دووشەممە", "-6", "-6", 1),
    ("ckb", "شەوی پێنجشەممە", "-3", "-2", 1),
    ("ckb", "چوار ڕۆژ لەمەوبەر", "-4", "-4", 1),
    ("ckb", "هەفتەی ڕابردوو", "-7", "-1", 2),
    ("en", "today", "0", "0", 1),
    ("en", "yesterday", "-1", "-1", 1),
    ("en", "on Tuesday", "-5", "-5", 1),
    ("en", "last Thursday", "-3", "-3", 1),
    ("en", "four days ago", "-4", "-4", 1),
    ("en", "two days earlier", "-2", "-2", None),  # may count from another event
    ("en", "last week", "-7", "-1", 2),
    ("en", "last month", "11-01", "11-30", 3),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "first", "last", "precision"), [row for row in RELATIVE if row[4]])
def test_relative(lang: Language, text: str, first: str, last: str, precision: int) -> None:
    assert read(text, lang) == [Days(day(first), day(last), precision)]


ABSOLUTE = [
    ("ar", "3 آذار 2021", "2021-03-03", "2021-03-03"),
    ("ar", "٣ آذار ٢٠٢١", "2021-03-03", "2021-03-03"),
    ("ar", "3 مارس 2021", "2021-03-03", "2021-03-03"),
    ("ar", "3 آذار/مارس", "2021-03-03", "2021-03-03"),
    ("ar", "3 كانون الثاني", "2021-01-03", "2021-01-03"),
    ("ar", "الثالث من تشرين الأول", "2021-10-03", "2021-10-03"),
    ("ar", "20 كانون الأول 2019", "2019-12-20", "2019-12-20"),
    ("ar", "7/3/2021", "2021-03-07", "2021-03-07"),
    ("ar", "2021-03-07", "2021-03-07", "2021-03-07"),
    ("ckb", "7ی ئازاری 2021", "2021-03-07", "2021-03-07"),
    ("ckb", "٧ی ئازار", "2021-03-07", "2021-03-07"),
    ("en", "7 March 2021", "2021-03-07", "2021-03-07"),
    ("en", "March 7, 2021", "2021-03-07", "2021-03-07"),
    ("en", "on March 7", "2021-03-07", "2021-03-07"),
    ("en", "December 20", "2021-12-20", "2021-12-20"),  # up to a month ahead it is this year's
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "first", "last"), ABSOLUTE)
def test_absolute(lang: Language, text: str, first: str, last: str) -> None:
    assert read(text, lang) == [Days(date.fromisoformat(first), date.fromisoformat(last), 1)]


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        (date(2022, 1, 2), "أمس", date(2022, 1, 1)),
        (date(2022, 1, 1), "أمس", date(2021, 12, 31)),
        (date(2024, 3, 1), "أمس", date(2024, 2, 29)),  # a leap year
        (date(2021, 12, 12), "الاثنين", date(2021, 12, 6)),
        (date(2021, 12, 13), "الاثنين", date(2021, 12, 13)),  # today is that day
        (date(2021, 12, 14), "الاثنين", date(2021, 12, 13)),
        (date(2022, 1, 5), "20 كانون الأول", date(2021, 12, 20)),  # past the turn of the year
        (date(2022, 1, 5), "3 كانون الثاني", date(2022, 1, 3)),
    ],
)
def test_publication_day_decides(published: date, text: str, expected: date) -> None:
    assert read(text, "ar", published) == [Days(expected, expected, 1)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "أمس"), ("ar", "يوم الثلاثاء"), ("ar", "قبل أربعة أيام"), ("ar", "خلال الأسابيع الماضية"),
        ("ar", "صباح اليوم"), ("ckb", "دوێنێ"), ("ckb", "ڕۆژی شەممە"), ("en", "yesterday"), ("en", "last week"),
    ],
)  # fmt: skip
def test_without_a_publication_day_nothing_relative_is_resolved(lang: Language, text: str) -> None:
    found = read(text, lang, None)
    assert found
    assert set(found) == {Days(None, None, None)}


def test_without_a_publication_day_a_full_date_is_read() -> None:
    assert read("3 آذار 2021", "ar", None) == [Days(date(2021, 3, 3), date(2021, 3, 3), 1)]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("الثالث من رمضان 1442", None, date(2021, 4, 15)),
        ("10 محرم 1443", None, date(2021, 8, 19)),  # by calculation; sightings differ by a day
    ],
)
def test_hijri(text: str, published: date | None, expected: date) -> None:
    found = [days.start for days in read(text, "ar", published)]
    assert found
    assert found[0] is not None
    assert abs((found[0] - expected).days) <= 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "32 آذار 2021"), ("ar", "31 نيسان 2021"), ("ar", "القرار 2254"), ("ar", "اثنين من الجنود"),
        ("ar", "اللواء 30"), ("en", "may attack"), ("en", "the second brigade"), ("en", "March toward the town"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_day_is_none(lang: Language, text: str) -> None:
    assert [days for days in read(text, lang) if days.precision == 1] == []


@pytest.mark.parametrize(("lang", "text"), [row[:2] for row in RELATIVE] + [row[:2] for row in ABSOLUTE])
def test_no_day_is_after_publication_unless_it_says_so(lang: Language, text: str) -> None:
    for days in read(text, lang):
        assert days.start is not None
        assert days.end is not None
        assert days.start <= days.end <= SUNDAY or "20" in text or text == "مطلع الأسبوع"


@pytest.mark.parametrize("text", [
    "هاجم مسلحون داقوق قبل 31443 شهراً.", "الأشهر 31443 الأخيرة شهدت هجوماً في داقوق.",
    "Gunmen attacked Daquq 99,999 weeks ago.",
])  # fmt: skip
def test_a_count_beyond_any_calendar_is_no_day(text: str) -> None:
    days = read(text, "en" if text.isascii() else "ar")
    assert days and all(found.start is None for found in days)
