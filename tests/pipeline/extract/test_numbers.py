"""Counts as written: digits of three scripts, number words, vague plurals, at least, about."""

import pytest

from pipeline.extract.numbers import count_at
from pipeline.model import Language
from tests.pipeline.extract.reading import marked

EXACT = [
    ("ar", "10 ضربات", 10),
    ("ar", "١٢ قتيلا", 12),
    ("ar", "۱۵ جنديا", 15),
    ("ar", "1,200 عائلة", 1200),
    ("ar", "ثلاثة جنود", 3),
    ("ar", "ثلاث نساء", 3),
    ("ar", "أحد عشر مدنيا", 11),
    ("ar", "اثني عشر عنصرا", 12),
    ("ar", "خمسة عشر شخصا", 15),
    ("ar", "ثلاثة وعشرين مسلحا", 23),
    ("ar", "واحد وعشرون شخصا", 21),
    ("ar", "مئة شخص", 100),
    ("ar", "مائتي عائلة", 200),
    ("ar", "مئة وخمسين دونما", 150),
    ("ar", "ثلاثمئة منزل", 300),
    ("ckb", "سێ پێشمەرگە", 3),
    ("ckb", "پێنج کەس", 5),
    ("ckb", "دە کەس", 10),
    ("ckb", "٤ چەکدار", 4),
    ("ckb", "دوازدە کەس", 12),
    ("ckb", "بیست و پێنج کەس", 25),
    ("en", "two soldiers", 2),
    ("en", "twenty-two people", 22),
    ("en", "1,500 people", 1500),
    ("en", "fifteen militants", 15),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "number"), EXACT)
def test_exact(lang: Language, text: str, number: int) -> None:
    words = marked(text, lang)
    count = count_at(words, 0, len(words.tokens))
    assert count is not None
    assert count.value == (number, number, number)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "عشرات القتلى", (20, None, None)),
        ("ar", "مئات العائلات", (200, None, None)),
        ("ar", "أكثر من 20 شخصا", (20, None, None)),
        ("ar", "ما لا يقل عن خمسة مدنيين", (5, None, None)),
        ("ar", "نحو عشرة مسلحين", (10, 10, 10)),
        ("ckb", "دەیان کەس", (20, None, None)),
        ("ckb", "زیاتر لە 20 کەس", (20, None, None)),
        ("ckb", "لانیکەم سێ کەس", (3, None, None)),
        ("en", "dozens of people", (20, None, None)),
        ("en", "hundreds of people", (200, None, None)),
        ("en", "at least four soldiers", (4, None, None)),
        ("en", "more than 30 people", (30, None, None)),
    ],
)
def test_vague(lang: Language, text: str, expected: tuple[int | None, ...]) -> None:
    words = marked(text, lang)
    count = count_at(words, 0, len(words.tokens))
    assert count is not None
    assert count.value == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ar", "50 % من"), ("ar", "9999999 دينار"), ("ar", "الجيش العراقي"), ("en", "the army"), ("en", "60 percent")],
)
def test_no_count(lang: Language, text: str) -> None:
    words = marked(text, lang)
    assert count_at(words, 0, len(words.tokens)) is None
