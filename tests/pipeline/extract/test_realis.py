"""What is told as having happened, and what is not: denied, planned, feared, called for, background, sport."""

import pytest

from pipeline.model import Language
from tests.pipeline.extract.reading import types

HAPPENED: list[tuple[Language, str, list[str]]] = [
    ("ar", "هاجم مسلحون نقطة تفتيش للشرطة في داقوق أمس وقتلوا شرطياً.", ["attack"]),
    ("ar", "اندلعت اشتباكات بين الجيش وعناصر داعش جنوبي الحويجة أمس.", ["armed_clash"]),
    ("ar", "انفجرت عبوة ناسفة على دورية للجيش في جلولاء أمس.", ["ied"]),
    ("ar", "فجر انتحاري نفسه وسط سوق في الطوز أمس وقتل خمسة مدنيين.", ["suicide_bombing"]),
    ("ar", "سقطت قذائف هاون على قرية في خانقين أمس.", ["shelling"]),
    ("ar", "خطف مسلحون مدنيين اثنين في حمرين أمس.", ["abduction"]),
    ("ar", "فجر مسلحون برجين لنقل الطاقة الكهربائية جنوبي كركوك أمس.", ["property_destruction"]),
    ("ar", "أضرم عناصر داعش النار في حقول القمح بمخمور أمس.", ["property_destruction"]),
    ("ar", "قصف طيران التحالف وكراً لداعش في وادي الشاي أمس.", ["air_strike"]),
    ("ar", "استهدفت طائرة مسيرة تركية عجلة في سنجار أمس.", ["drone_strike"]),
    ("ar", "أطلقت القوات العراقية عملية تفتيش واسعة في حمرين أمس.", ["security_operation"]),
    ("ar", "اعتقلت الشرطة خمسة مطلوبين في كركوك أمس.", ["arrest"]),
    ("ar", "ضبطت قوة من الجيش كدساً للعتاد في الحويجة أمس.", ["weapons_seizure"]),
    ("ar", "التقى رئيس أركان البيشمركة قائد القوات البرية في أربيل أمس.", ["meeting"]),
    ("ar", "وصل وفد عسكري رفيع إلى مخمور اليوم.", ["visit"]),
    ("ar", "وقع الجيش والبيشمركة اتفاقاً أمنياً في كركوك أمس.", ["agreement"]),
    ("ckb", "دوێنێ داعش هێرشی کردە سەر پێشمەرگە لە مەخموور و دوو پێشمەرگە شەهید بوون.", ["attack"]),
    ("ckb", "دوێنێ هێزەکانی ئاسایش سێ تۆمەتباریان لە کەرکووک دەستگیر کرد.", ["arrest"]),
    ("ckb", "دوێنێ فڕۆکەیەکی بێفڕۆکەوانی تورکیا ئۆتۆمبێلێکی لە شنگال کردە ئامانج.", ["drone_strike"]),
    ("en", "Gunmen attacked a police checkpoint in Daquq on Saturday, killing an officer.", ["attack"]),
    ("en", "Security forces arrested five suspects in Kirkuk on Saturday.", ["arrest"]),
    ("en", "Iraqi warplanes bombed an Islamic State hideout near Hawija on Saturday.", ["air_strike"]),
    ("en", "A military delegation arrived in Makhmour on Sunday.", ["visit"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), HAPPENED)
def test_happened(lang: Language, text: str, expected: list[str]) -> None:
    assert types(text, lang) == expected


NOT_HAPPENED: list[tuple[Language, str, str]] = [
    ("ar", "denied", "نفت قيادة عمليات كركوك وقوع أي هجوم في داقوق أمس."),
    ("ar", "denied", "نفى مصدر أمني أنباء عن انفجار عبوة ناسفة في الحويجة."),
    ("ar", "planned", "من المقرر أن تنطلق عملية أمنية في حمرين الأسبوع المقبل."),
    ("ar", "planned", "الوفد الذي وصل سيعقد اجتماعاً مع قيادات البيشمركة في مخمور غداً."),
    ("ar", "planned", "وضعت قيادات البيشمركة خططاً تتضمن تنفيذ عمليات تمشيط مشتركة مع الجيش."),
    ("ar", "threat", "هدد تنظيم داعش بشن هجمات على القرى في داقوق."),
    ("ar", "fear", "حذر مسؤول محلي من وقوع هجمات لداعش في مخمور."),
    ("ar", "call", "طالب نواب كركوك الحكومة بإطلاق عملية عسكرية في الحويجة."),
    ("ar", "background", "منذ سنوات تشهد المنطقة هجمات ينفذها تنظيم داعش."),
    ("ar", "purpose", "تهدف الخطة إلى تأمين البلدة من هجمات تنظيم داعش."),
    ("ar", "opinion", "قال خبير أمني إن تعزيز التعاون بين الجيش والبيشمركة سينهي تحركات داعش."),
    ("ar", "sport", "سجل مهاجم نادي أربيل هدفين في هجوم خاطف على مرمى نادي كركوك أمس في الدوري العراقي."),
    ("ckb", "denied", "بەرپرسێکی پێشمەرگە ڕەتی کردەوە هیچ هێرشێک لە مەخموور ڕووی دابێت."),
    ("ckb", "planned", "بڕیارە هەفتەی داهاتوو ئۆپەراسیۆنێک لە حەمرین دەست پێبکات."),
    ("en", "denied", "The army denied that any attack took place in Daquq on Saturday."),
    ("en", "planned", "Iraqi forces plan to launch an operation in the Hamrin mountains next week."),
    ("en", "threat", "Islamic State threatened to attack villages near Kirkuk."),
    ("en", "call", "Lawmakers called on the government to launch an operation in Hawija."),
    ("en", "background", "For years, Islamic State cells have attacked villages in the disputed areas."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "why", "text"), NOT_HAPPENED)
def test_not_happened(lang: Language, why: str, text: str) -> None:
    assert types(text, lang) == [], why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a denial beside something that happened takes only what it denies
        ("هاجم مسلحون قرية في داقوق أمس. ونفى المصدر وقوع أي هجوم في الحويجة.", ["attack"]),
        ("وصل وفد عسكري إلى مخمور اليوم وسيعقد اجتماعاً مع قيادات البيشمركة غداً.", ["visit"]),
        # a delegation that comes to meet somebody is one visit; a meeting told as held is another event
        ("وصل وفد أمني إلى مخمور اليوم للاجتماع مع رئيس أركان البيشمركة.", ["visit"]),
        # found bombs did not go off
        ("عثرت قوة من الجيش على عبوتين ناسفتين في داقوق أمس وأبطلت مفعولهما.", ["weapons_seizure"]),
    ],
)
def test_beside_what_happened(text: str, expected: list[str]) -> None:
    assert types(text) == expected
