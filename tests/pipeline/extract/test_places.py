"""Where it happened, as finely as told; and names that are no place of the event."""

import pytest

from pipeline.model import Language
from tests.pipeline.extract.reading import events, only

WHERE: list[tuple[Language, str, list[tuple[str, int]]]] = [
    # text, (place_id, geo_precision) of each place
    ("ar", "هاجم مسلحون نقطة للجيش في بلدة مخمور أمس.", [("makhmour", 1)]),
    ("ar", "هاجم مسلحون نقطة للجيش جنوبي مخمور أمس.", [("makhmour", 2)]),
    ("ar", "هاجم مسلحون نقطة للجيش في أطراف داقوق أمس.", [("daquq", 2)]),
    ("ar", "انفجرت عبوة ناسفة قرب الحويجة أمس.", [("hawija", 2)]),
    ("ar", "انفجرت عبوة ناسفة بكركوك أمس.", [("kirkuk", 1)]),
    ("ar", "هاجم داعش قوة للجيش في محافظة ديالى أمس.", [("diyala-governorate", 3)]),
    ("ar", "قصفت طائرات عراقية أوكاراً لداعش في جبال قره جوخ أمس.", [("qara-chokh", 2)]),
    ("ckb", "دوێنێ داعش هێرشی کردە سەر پێشمەرگە لە مەخموور.", [("makhmour", 1)]),
    ("ckb", "دوێنێ بۆمبێک لە نزیک داقوق تەقییەوە.", [("daquq", 2)]),
    ("en", "Gunmen attacked an army post in Makhmour on Saturday.", [("makhmour", 1)]),
    ("en", "Gunmen attacked an army post south of Makhmour on Saturday.", [("makhmour", 2)]),
    ("en", "A bomb exploded near Hawija on Saturday.", [("hawija", 2)]),
    # several places of one event
    ("ar", "شهدت مناطق في محافظتي كركوك وديالى خلال الأسابيع الماضية هجمات لداعش أوقعت عشرات القتلى والجرحى.",
     [("kirkuk-governorate", 3), ("diyala-governorate", 3)]),
    # organisations and speakers are no places
    ("ar", "أعلن محافظ كركوك مقتل جنديين بهجوم في الحويجة أمس.", [("hawija", 1)]),
    ("ar", "قالت قيادة عمليات نينوى إن مسلحين هاجموا قرية في سنجار أمس.", [("sinjar", 1)]),
    ("ar", "قال مصدر أمني في كركوك إن عبوة ناسفة انفجرت في الدبس أمس.", [("dibis", 1)]),
    ("en", "Kirkuk police said a bomb exploded in Daquq on Saturday.", [("daquq", 1)]),
    # the whole country, or a number of provinces, is no place
    ("ar", "نفذ الطيران العراقي أمس 10 ضربات على داعش في عدد من المحافظات.", []),
    # a surname, a direction
    ("ar", "قتل مسلحون المختار محمد ربيعة في سنجار أمس.", [("sinjar", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "places"), WHERE)
def test_places(lang: Language, text: str, places: list[tuple[str, int]]) -> None:
    found = [(place["place_id"], place["geo_precision"]) for place in only(text, lang)["locations"]]
    assert sorted(found) == sorted(places)


def test_a_village_that_no_gazetteer_knows_is_near_its_parent_and_keeps_its_name() -> None:
    (place,) = only("هاجم مسلحون قرية الزعفرانية الوسطى التابعة لقضاء الحويجة أمس.")["locations"]
    assert (place["place_id"], place["geo_precision"]) == ("hawija-district", 2)
    assert "الزعفرانية" in place["where_description"]


def test_makhmours_province_is_the_gazetteers() -> None:
    (place,) = only("انفجرت عبوة ناسفة في بلدة مخمور التابعة لمحافظة نينوى أمس.")["locations"]
    assert (place["place_id"], place["admin1"], place["disputed"]) == ("makhmour", "Erbil", True)


@pytest.mark.parametrize(
    "text",
    [
        "قتل ثلاثة أشخاص بانفجار سيارة مفخخة في الرياض عاصمة السعودية أمس.",
        "هاجم مسلحون قاعدة في دير الزور شرقي سوريا أمس وقتلوا جنديين سوريين.",
    ],
)
def test_what_happens_abroad_is_not_recorded(text: str) -> None:
    assert events(text) == []


@pytest.mark.parametrize(("lang", "text", "places"), [row for row in WHERE if row[2]])
def test_the_spans_of_a_place_lead_to_its_name(lang: Language, text: str, places: list[tuple[str, int]]) -> None:
    event = only(text, lang)
    spans = event["evidence"]["locations"]
    assert len(spans) >= len(event["locations"])
    assert all(text[start:end].strip() for start, end in spans)
