"""Whole events: one occurrence is one event, actors by their canonical names, days kept or left open, evidence."""

from datetime import date

import pytest

from pipeline.model import Language
from tests.pipeline.extract.reading import SUNDAY, events, only

ACTORS: list[tuple[Language, str, str | None, str | None]] = [
    ("ar", "هاجم مسلحو تنظيم داعش نقطة للبيشمركة في مخمور أمس.", "Islamic State", "Peshmerga"),
    ("ar", "هاجم مسلحون مجهولون نقطة للشرطة الاتحادية في داقوق أمس.", "Unidentified Armed Group", "Federal Police"),
    ("ar", "نفذ الطيران العراقي ضربة على وكر لداعش في حمرين أمس.", "Iraqi Air Force", "Islamic State"),
    ("ar", "قصفت طائرة مسيرة تركية موقعاً لحزب العمال الكردستاني في سنجار أمس.", "Turkish Armed Forces", "PKK"),
    ("ar", "انفجرت عبوة ناسفة على رتل للحشد الشعبي في الطوز أمس.", None, "Popular Mobilization Forces"),
    ("ckb", "دوێنێ چەکدارانی داعش هێرشیان کردە سەر پێشمەرگە لە مەخموور.", "Islamic State", "Peshmerga"),
    ("en", "Islamic State attacked a Peshmerga post near Makhmour on Saturday.", "Islamic State", "Peshmerga"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "actor1", "actor2"), ACTORS)
def test_actors(lang: Language, text: str, actor1: str | None, actor2: str | None) -> None:
    event = only(text, lang)
    assert (event["actor1"], event["actor2"]) == (actor1, actor2)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # told twice, in other words and by other speakers
        ("هاجم داعش نقطة للشرطة في داقوق أمس. وقال مصدر أمني إن الهجوم أوقع قتيلين من الشرطة.", 1),
        ("وصل وفد عسكري إلى مخمور اليوم. وأكد مصدر أن الوفد الذي وصل إلى مخمور بحث التنسيق الأمني.", 1),
        # two places, two days
        ("هاجم داعش نقطة للشرطة في داقوق أمس. وفي حادث آخر انفجرت عبوة ناسفة في الحويجة.", 2),
        ("هاجم داعش قرية في داقوق أمس. وكان التنظيم هاجم قرية في داقوق قبل أربعة أيام وقتل مدنياً.", 2),
        # the sweep told after an attack counts neither way: at most two
    ],
)
def test_one_occurrence_is_one_event(text: str, count: int) -> None:
    assert len(events(text)) == count


def test_days_told_and_not_told() -> None:
    text = "هاجم مسلحون نقطة تفتيش في داقوق وقتلوا شرطياً."
    silent = only(text)
    assert (silent["event_date"], silent["time_precision"], silent["date_origin"]) == ("2021-12-12", 2, "publication")
    assert "event_date" not in silent["evidence"]
    told = only(text.replace("وقتلوا", "أمس وقتلوا"))
    assert (told["event_date"], told["time_precision"], told["date_origin"]) == ("2021-12-11", 1, "text")


def test_without_publication_the_phrase_is_kept_and_the_day_left_open() -> None:
    event = only("هاجم مسلحون نقطة تفتيش في داقوق أمس وقتلوا شرطياً.", published=None)
    assert (event["event_date"], event["end_date"], event["time_precision"]) == (None, None, None)
    assert event["date_phrase"] == "أمس"


def test_a_later_publication_moves_the_day_and_nothing_else() -> None:
    text = "هاجم مسلحون نقطة تفتيش في داقوق أمس وقتلوا شرطياً."
    one, other = only(text), only(text, published=date(2022, 1, 1))
    assert (one.pop("event_date"), other.pop("event_date")) == ("2021-12-11", "2021-12-31")
    one.pop("end_date"), other.pop("end_date")
    assert one == other


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("هاجم مسلحون قرية في داقوق أمس، بحسب مصدر أمني.", ["مصدر أمني"]),
        ("هاجم مسلحون قرية في داقوق أمس.", []),
    ],
)
def test_sources_are_the_reports_words(text: str, sources: list[str]) -> None:
    event = only(text)
    assert event["quoted_sources"] == sources
    assert event["publisher"] == "Outlet"


ANY = [row[:2] for row in ACTORS]


@pytest.mark.parametrize(("lang", "text"), ANY)
def test_every_filled_field_has_its_words(lang: Language, text: str) -> None:
    event = only(text, lang)
    filled = {"event_type", "event_date", "locations", "actor1", "actor2", "fatalities", "injuries", "n_strikes"}
    expected = {name for name in filled if event[name]}
    assert expected <= set(event["evidence"])
    for spans in event["evidence"].values():
        assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(("lang", "text"), ANY)
def test_white_space_around_and_headings_change_no_value(lang: Language, text: str) -> None:
    moved = only("\n\n  " + text + "\n", lang)
    plain = only(text, lang)
    for event in (moved, plain):
        event.pop("event_id")
    spans = moved.pop("evidence")
    assert {name: [[a - 4, b - 4] for a, b in found] for name, found in spans.items()} == plain.pop("evidence")
    assert moved == plain


def test_the_id_is_of_the_report_and_the_words() -> None:
    text = "هاجم مسلحون قرية في داقوق أمس."
    assert only(text)["event_id"] == only(text, published=SUNDAY.replace(day=20))["event_id"]
    assert only(text)["event_id"] != only("وقال: " + text)["event_id"]
