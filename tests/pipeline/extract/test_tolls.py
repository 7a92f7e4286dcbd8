"""The killed and the injured: exact, vague, joint, none, rival, replaced; and whom they belong to."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.model import Language
from tests.pipeline.extract.reading import only

Figure = tuple[int | None, int | None, int | None] | None

N = None
ROWS: list[tuple[Language, str, Figure, Figure]] = [
    # exact
    ("ar", "قُتل ثلاثة جنود وأصيب خمسة آخرون بهجوم لداعش في الحويجة أمس.", (3, 3, 3), (5, 5, 5)),
    ("ar", "أسفر هجوم مسلح في داقوق أمس عن مقتل 4 من عناصر الشرطة وإصابة ٣ بجروح.", (4, 4, 4), (3, 3, 3)),
    ("ar", "استشهد مقاتل من الحشد الشعبي بهجوم لداعش جنوبي الطوز أمس.", (1, 1, 1), N),
    ("ar", "لقي مدني مصرعه بانفجار عبوة ناسفة في سنجار أمس.", (1, 1, 1), N),
    ("ckb", "دوێنێ لە هێرشێکی داعش لە داقوق سێ پێشمەرگە شەهید بوون و دووی دیکە بریندار بوون.", (3, 3, 3), (2, 2, 2)),
    ("en", "An Islamic State attack in Hawija on Saturday killed three soldiers and wounded five others.",
     (3, 3, 3), (5, 5, 5)),
    ("en", "A roadside bomb killed a policeman near Daquq on Saturday.", (1, 1, 1), N),
    # the dual counts two
    ("ar", "هاجم مسلحون نقطة تفتيش في داقوق أمس ما أدى إلى مقتل شرطيين.", (2, 2, 2), N),
    ("ar", "أصيب جنديان بانفجار عبوة ناسفة في جلولاء أمس.", N, (2, 2, 2)),
    # vague: low alone
    ("ar", "أسفر تفجير في كركوك أمس عن مقتل أكثر من 10 أشخاص.", (10, N, N), N),
    ("ar", "أسفر تفجير في كركوك أمس عن إصابة عشرات المدنيين.", N, (20, N, N)),
    ("ar", "أسفر تفجير في كركوك أمس عن مقتل ما لا يقل عن سبعة مدنيين.", (7, N, N), N),
    ("en", "At least seven civilians were killed in a bombing in Kirkuk on Saturday.", (7, N, N), N),
    ("en", "Dozens of people were injured in a bombing in Kirkuk on Saturday.", N, (20, N, N)),
    # none
    ("ar", "انفجرت عبوة ناسفة في داقوق أمس دون خسائر بشرية.", (0, 0, 0), (0, 0, 0)),
    ("ar", "سقطت ثلاثة صواريخ كاتيوشا على مطار كركوك أمس دون وقوع إصابات.", N, (0, 0, 0)),
    ("ar", "قُتل ثمانية مقاتلين على الأقل باشتباكات في سنجار أمس.", (8, N, N), N),
    # families, told by whose they are
    ("ar", "قُتل مختار القرية ونجلاه وأصيبت زوجته بهجوم مسلح في داقوق أمس.", (3, 3, 3), (1, 1, 1)),
    ("ar", "لقي شقيقان مصرعهما وأصيب والدهما بانفجار لغم في مندلي أمس.", (2, 2, 2), (1, 1, 1)),
    ("en", "Gunmen shot dead a farmer and his son in Daquq on Saturday.", (2, 2, 2), N),
    ("en", "Three Kurdish security members were killed in an ISIS attack in Kolajo on Saturday.", (3, 3, 3), N),
    # counts told anew: the count it rose to, and who died since is no more dead
    ("ar", "ارتفعت حصيلة تفجير داقوق أمس إلى أربعة قتلى و11 جريحاً، بعد وفاة أحد المصابين.", (4, 4, 4), (11, 11, 11)),
    ("ar", "ارتفع عدد قتلى هجوم الحويجة أمس إلى ستة والجرحى إلى تسعة.", (6, 6, 6), (9, 9, 9)),
    ("en", "The death toll from Saturday's bombing in Kirkuk rose to nine.", (9, 9, 9), N),
    # both sides, and people of another kind told later
    ("ar", "قُتل ثلاثة جنود بهجوم لداعش في الحويجة أمس. وقالت الشرطة إن اثنين من المهاجمين قُتلا أيضاً.", (5, 5, 5), N),
    ("en", "Islamic State militants killed a civilian in Jalawla on Saturday. Two soldiers who rushed to the village "
     "were killed in the attack.", (3, 3, 3), N),
    # parts of a count are not added to it
    ("ar", "قُتل ستة أشخاص بينهم امرأتان بهجوم لداعش في داقوق أمس.", (6, 6, 6), N),
    ("en", "Six people, including two women, were killed in an attack in Daquq on Saturday.", (6, 6, 6), N),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "killed", "injured"), ROWS)
def test_figures(lang: Language, text: str, killed: Figure, injured: Figure) -> None:
    event = only(text, lang)
    for name, expected in (("fatalities", killed), ("injuries", injured)):
        told = event[name]
        assert (tuple(told.values()) if told else None) == expected, name


@pytest.mark.parametrize(
    ("lang", "text", "low"),
    [
        ("ar", "شهدت كركوك خلال الأسابيع الماضية سلسلة هجمات لداعش أوقعت عشرات القتلى والجرحى.", 20),
        ("ar", "انفجرت سيارة مفخخة في كركوك أمس وأوقعت 15 شخصاً بين قتيل وجريح.", 15),
    ],
)
def test_a_joint_sum_fills_neither(lang: Language, text: str, low: int) -> None:
    event = only(text, lang)
    assert (event["casualties_low"], event["fatalities"], event["injuries"]) == (low, None, None)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "انفجرت عبوة ناسفة في داقوق أمس وقُتل جنديان. وأعلنت الشرطة لاحقاً ارتفاع حصيلة الانفجار إلى أربعة قتلى.",
            (4, 4, 4),
        ),
    ],
)
def test_a_later_toll_replaces_an_earlier_one(text: str, killed: Figure) -> None:
    assert tuple(only(text)["fatalities"].values()) == killed


@pytest.mark.parametrize(
    ("lang", "text", "strikes"),
    [
        ("ar", "نفذ الطيران العراقي أمس 10 ضربات على أوكار داعش في حمرين.", 10),
        ("ar", "نفذت طائرات F-16 ثلاث غارات جوية جنوبي الحويجة أمس.", 3),
        ("ar", "نفذ طيران التحالف الدولي ضربتين جويتين في وادي الشاي أمس.", 2),
        ("en", "Iraqi jets carried out four airstrikes in the Hamrin mountains on Saturday.", 4),
    ],
)
def test_strikes_are_counted(lang: Language, text: str, strikes: int) -> None:
    event = only(text, lang)
    assert (event["category"], event["n_strikes"]) == ("airstrike", strikes)


@pytest.mark.parametrize(
    "text",
    [
        "هاجم مسلحون قرية في داقوق في الساعة 3 من فجر أمس.",
        "هاجم مسلحون مقر اللواء 30 في سهل نينوى أمس.",
        "سقط صاروخ من عيار 122 ملم على قرية في سنجار أمس.",
        "هاجم مسلحون قرية تبعد 20 كيلومتراً جنوبي كركوك أمس.",
    ],
)
def test_numbers_of_other_things_are_no_toll(text: str) -> None:
    event = only(text)
    assert (event["fatalities"], event["injuries"], event["casualties_low"]) == (None, None, None)


LISTED = [
    tuple(line.split("|", 2))
    for line in (Path(__file__).parent / "tolls.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("killed", "injured", "text"), LISTED)
def test_tolls_in_many_turns(killed: str, injured: str, text: str) -> None:
    lang: Language = "en" if text[0].isascii() else "ckb" if set(text) & set("ەێۆڕڵ") else "ar"
    event = only(text, lang, date(2021, 9, 15))
    assert (_written(event["fatalities"]), _written(event["injuries"])) == (killed, injured)


def _written(told: dict[str, int | None] | None) -> str:
    """A figure as the list writes it."""
    if told is None:
        return "-"
    low, best, high = (told[name] for name in ("low", "best", "high"))
    return str(best) if low == best == high else f"{low}..{'' if high is None else high}"
