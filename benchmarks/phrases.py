"""What generated reports are put together from. All sentences are invented; the outlets do not exist."""

from dataclasses import dataclass

from pipeline.model import Language


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of occurrence and how each language tells it."""

    event_type: str
    actor1: str | None
    actor2: str | None
    deadly: bool
    weight: int
    words: dict[Language, str]


OUTLETS: tuple[tuple[str, Language], ...] = (
    ("وكالة الرافدين التجريبية", "ar"),
    ("شبكة دجلة التجريبية", "ar"),
    ("صحيفة الجبل التجريبية", "ar"),
    ("مرصد الشمال التجريبي", "ar"),
    ("ئاژانسی زاگرۆسی تاقیکاری", "ckb"),
    ("تۆڕی گەرمیانی تاقیکاری", "ckb"),
    ("Upper Plain Test Wire", "en"),
    ("Hamrin Test Monitor", "en"),
)

OPENINGS: dict[Language, tuple[tuple[str, int], ...]] = {
    "ar": (("شهد اليوم", 0), ("شهد يوم أمس", 1), ("شهد مساء اليوم", 0), ("شهد قبل يومين", 2)),
    "ckb": (("ئەمڕۆ", 0), ("دوێنێ", 1)),
    "en": (("Today there was", 0), ("Yesterday there was", 1)),
}

ACTS = (
    Act("armed_clash", "Islamic State", "Peshmerga", True, 8,
        {"ar": "اشتباكات مسلحة", "ckb": "شەڕ و پێکدادان لە", "en": "an armed clash"}),
    Act("attack", "Islamic State", "Federal Police", True, 14,
        {"ar": "هجوما مسلحا", "ckb": "هێرشی چەکداری لە", "en": "an armed attack"}),
    Act("attack", "Unidentified Armed Group", "Civilians", True, 10,
        {"ar": "إطلاق نار", "ckb": "تەقەکردن لە", "en": "a shooting"}),
    Act("ied", "Islamic State", "Popular Mobilization Forces", True, 12,
        {"ar": "انفجار عبوة ناسفة", "ckb": "تەقینەوەی بۆمبێک لە", "en": "a roadside bomb"}),
    Act("suicide_bombing", "Islamic State", "Civilians", True, 2,
        {"ar": "تفجيرا انتحاريا", "ckb": "تەقینەوەی خۆکوژی لە", "en": "a suicide bombing"}),
    Act("shelling", "Turkish Armed Forces", "PKK", True, 5,
        {"ar": "قصفا مدفعيا", "ckb": "تۆپباران لە", "en": "artillery fire"}),
    Act("abduction", "Unidentified Armed Group", "Civilians", False, 5,
        {"ar": "خطف عدد من المدنيين", "ckb": "ڕفاندنی هاووڵاتییان لە", "en": "an abduction"}),
    Act("property_destruction", "Islamic State", None, False, 5,
        {"ar": "إحراق محاصيل زراعية", "ckb": "سووتاندنی کێڵگە لە", "en": "crop burning"}),
    Act("air_strike", "Iraqi Air Force", "Islamic State", True, 8,
        {"ar": "ضربة جوية", "ckb": "لێدانی ئاسمانی لە", "en": "an air strike"}),
    Act("drone_strike", "Turkish Armed Forces", "PKK", True, 4,
        {"ar": "ضربة بطائرة مسيرة", "ckb": "لێدانی درۆن لە", "en": "a drone strike"}),
    Act("security_operation", "Iraqi Army", "Islamic State", False, 10,
        {"ar": "عملية تفتيش واسعة", "ckb": "ئۆپەراسیۆنی پشکنین لە", "en": "a search operation"}),
    Act("arrest", "Federal Police", None, False, 7,
        {"ar": "اعتقال مطلوبين", "ckb": "دەستگیرکردنی داواکراوان لە", "en": "the arrest of wanted men"}),
    Act("weapons_seizure", "Iraqi Army", None, False, 4,
        {"ar": "ضبط كدس أسلحة", "ckb": "دەستبەسەرداگرتنی چەک لە", "en": "the seizure of arms"}),
    Act("meeting", "Iraqi Army", "Peshmerga", False, 7,
        {"ar": "اجتماعا أمنيا مشتركا", "ckb": "کۆبوونەوەیەکی ئەمنی لە", "en": "a joint security meeting"}),
    Act("visit", "Government of Iraq", "Kurdistan Regional Government", False, 5,
        {"ar": "زيارة وفد رسمي", "ckb": "سەردانی شاندێکی فەرمی لە", "en": "a visit by a delegation"}),
    Act("agreement", "Government of Iraq", "Kurdistan Regional Government", False, 2,
        {"ar": "توقيع تفاهم مشترك", "ckb": "واژۆکردنی لێکتێگەیشتن لە", "en": "an understanding signed"}),
)  # fmt: skip

ACTORS: dict[str, dict[Language, str]] = {
    "Islamic State": {"ar": "تنظيم داعش", "ckb": "داعش", "en": "Islamic State"},
    "Peshmerga": {"ar": "قوات البيشمركة", "ckb": "پێشمەرگە", "en": "Peshmerga"},
    "Federal Police": {"ar": "الشرطة الاتحادية", "ckb": "پۆلیسی فیدراڵ", "en": "Federal Police"},
    "Popular Mobilization Forces": {"ar": "الحشد الشعبي", "ckb": "حەشدی شەعبی", "en": "Popular Mobilization Forces"},
    "Unidentified Armed Group": {"ar": "مسلحون مجهولون", "ckb": "چەکدارانی نەناسراو", "en": "unidentified gunmen"},
    "Civilians": {"ar": "مدنيون", "ckb": "هاووڵاتییان", "en": "civilians"},
    "Turkish Armed Forces": {"ar": "الجيش التركي", "ckb": "سوپای تورکیا", "en": "Turkish army"},
    "PKK": {"ar": "حزب العمال الكردستاني", "ckb": "پەکەکە", "en": "PKK"},
    "Iraqi Air Force": {"ar": "القوة الجوية العراقية", "ckb": "هێزی ئاسمانیی عێراق", "en": "Iraqi Air Force"},
    "Iraqi Army": {"ar": "الجيش العراقي", "ckb": "سوپای عێراق", "en": "Iraqi army"},
    "Government of Iraq": {"ar": "الحكومة العراقية", "ckb": "حکوومەتی عێراق", "en": "government of Iraq"},
    "Kurdistan Regional Government": {
        "ar": "حكومة إقليم كردستان",
        "ckb": "حکوومەتی هەرێم",
        "en": "Kurdistan Regional Government",
    },
}

TOLLS: dict[str, dict[Language, str]] = {
    "fatalities": {"ar": "مقتل {} أشخاص", "ckb": "{} کەس کوژران", "en": "{} killed"},
    "injuries": {"ar": "إصابة {} آخرين", "ckb": "{} کەس بریندار بوون", "en": "{} wounded"},
}

FILLERS: dict[Language, tuple[str, ...]] = {
    "ar": (
        "هذا نص مولد للقياس ولا يصف حادثة حقيقية.",
        "وقال مصدر تجريبي إن التفاصيل ستعلن لاحقا، وهذا نص مولد.",
        "نص مولد آليا لأغراض قياس السرعة فقط.",
    ),
    "ckb": ("ئەم دەقە دروستکراوە بۆ پێوانەکردن.", "دەقێکی دروستکراوە و ڕووداوی ڕاستەقینە نییە."),
    "en": ("This text was generated to measure speed.", "A test source gave no details; the text is generated."),
}
