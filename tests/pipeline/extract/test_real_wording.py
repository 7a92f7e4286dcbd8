"""Turns of real reports, each written anew: what follows what, who is the source, what is no event."""

import pytest

from pipeline.model import Language
from tests.pipeline.extract.reading import events, only, types


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("ar", "قُتل جندي بهجوم لداعش في الحويجة يوم 3 كانون الأول. وفي اليوم التالي انفجرت عبوة ناسفة في داقوق.",
         ["2021-12-03", "2021-12-04"]),
        ("ar", "قصفت طائرات تركية جبل متين يوم 3 كانون الأول. وقبل ذلك بيومين انفجرت عبوة ناسفة في داقوق.",
         ["2021-12-01", "2021-12-03"]),
        ("en", "Gunmen killed a soldier in Hawija on 3 December. The next day a roadside bomb exploded in Daquq.",
         ["2021-12-03", "2021-12-04"]),
    ],
)  # fmt: skip
def test_days_counted_from_the_event_told_before(lang: Language, text: str, days: list[str]) -> None:
    assert sorted(event["event_date"] for event in events(text, lang)) == days


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "أجرى الجيش أمس في مخمور تمريناً حاكى هجوماً انتحارياً على حاجز."),
        ("ar", "انفجرت أسعار الوقود في كركوك أمس."),
        ("ar", "هاجم نواب كركوك قرار الحكومة أمس."),
        ("ar", "اعتاد مسلحو داعش في كل شتاء أن يهاجموا قرى داقوق."),
        ("ar", "لم تشهد كركوك أمس أي انفجار أو هجوم."),
        ("en", "Soldiers in Makhmour repelled a mock attack in a live-fire exercise on Saturday."),
        ("en", "attack"),
    ],
)
def test_drills_figures_of_speech_and_habits_are_no_events(lang: Language, text: str) -> None:
    assert types(text, lang) == []


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت خلية الإعلام الأمني مقتل جنديين بهجوم في الحويجة أمس.",
        "قالت خلية الإعلام الأمني إن مسلحين هاجموا قرية في داقوق أمس.",
        "هاجم مسلحون قرية في داقوق أمس، وفقا لخلية الإعلام الأمني.",
    ],
)
def test_the_source_without_the_words_around_it(text: str) -> None:
    assert only(text)["quoted_sources"] == ["خلية الإعلام الأمني"]


@pytest.mark.parametrize(("text", "place"), [
    ("هاجم مسلحون نقطة للجيش في مخمور أمس.", "makhmour"),
    ("هاجم مسلحون دورية للشرطة الاتحادية في الرشاد أمس.", "rashad"),
])  # fmt: skip
def test_a_town_whose_name_is_a_word_is_a_town_after_in(text: str, place: str) -> None:
    assert [told["place_id"] for told in only(text)["locations"]] == [place]


def test_provinces_in_a_list_are_provinces() -> None:
    told = only("شهدت كركوك ونينوى وصلاح الدين وديالى خلال الأسابيع الماضية هجمات لداعش أوقعت عشرات القتلى والجرحى.")
    assert {place["geo_precision"] for place in told["locations"]} == {3}


def test_another_country_is_not_balad() -> None:
    assert [p["place_id"] for p in only("انفجرت عبوة في داقوق أمس وأجلي الجرحى إلى بلد آخر.")["locations"]] == ["daquq"]


def test_the_wounded_after_and() -> None:
    text = "Three soldiers were killed and five others wounded in an Islamic State attack in Hawija on Saturday."
    assert only(text, "en")["injuries"]["best"] == 5


def test_dead_and_wounded_without_a_number() -> None:
    assert only("أوقع هجوم لداعش في داقوق أمس قتلى وجرحى.")["casualties_low"] == 1


@pytest.mark.parametrize("text", [
    "ضربت مسيّرة تركية مركبة قرب سنجار أمس وقُتل فيها ثلاثة.",
    "هاجمت طائرة مسيّرة تركية مركبة في سنجار أمس.",
])  # fmt: skip
def test_drones_that_strike(text: str) -> None:
    assert types(text) == ["drone_strike"]


def test_whose_dead_are_counted_after_a_strike_was_struck_and_not_who_says_so() -> None:
    told = only(
        "Coalition aircraft bombed caves on Mount Qarachogh on Saturday, the Kurdistan Region's counter-terrorism "
        "directorate said. At least three Islamic State members were killed.",
        "en",
    )
    assert (told["actor1"], told["actor2"]) == ("Global Coalition", "Islamic State")


@pytest.mark.parametrize(("lang", "text", "wanted"), [
    ("ar", "انتحاري يفجر حزامه الناسف عند بوابة معسكر في داقوق أمس.", ["suicide_bombing"]),
    ("en", "An attacker detonated an explosive belt at a market in Tuz Khurmatu on Saturday, killing two people.",
     ["suicide_bombing"]),
    ("ar", "اشتبكت قوة من الجيش أمس مع خلية لداعش في جبال حمرين وقتلت أربعة إرهابيين، أحدهم فجر نفسه بحزام ناسف.",
     ["armed_clash"]),
    ("ar", "بدأت أمس عملية أمنية في جزيرة الحضر وصولاً إلى حدود صلاح الدين.", ["security_operation"]),
    ("ar", "اتفقت وزارتا الدفاع والداخلية أمس في بغداد على نشر قوات مشتركة.", ["agreement"]),
    ("ar", "استقبل محافظ كركوك أمس في كركوك السفير الألماني. وجرى خلال اللقاء بحث التنسيق بين الجيش والبيشمركة.",
     ["meeting"]),
    ("ckb", "دوێنێ داعش بە هاوەن گوندێکی سەر بە جەلەولای بۆردومان کرد.", ["shelling"]),
    ("en", "Near Sinjar on Saturday, two strikes destroyed an ISIL vehicle.", ["air_strike"]),
])  # fmt: skip
def test_what_kind_it_was(lang: Language, text: str, wanted: list[str]) -> None:
    assert types(text, lang) == wanted


@pytest.mark.parametrize(("text", "day"), [
    ("Turkish jets struck Haftanin on Saturday. It came two days after Turkish drones hit Sinjar and Qandil.",
     "2021-12-09"),
    ("KIRKUK, Iraq, Dec 11, 2021 - On December 10 a roadside bomb wounded two soldiers near Daquq.", "2021-12-10"),
])  # fmt: skip
def test_days_after_and_datelines(text: str, day: str) -> None:
    assert day in [event["event_date"] for event in events(text, "en")]


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "Kirkuk, Iraq (AFP) - Gunmen killed a policeman in Hawija on Saturday, a colonel said."),
    ("ar", "أربيل، العراق 12 كانون الأول /قتل مسلحون شرطياً في الحويجة أمس."),
])  # fmt: skip
def test_a_dateline_is_no_place_of_an_event(lang: Language, text: str) -> None:
    assert [place["name"] for place in only(text, lang)["locations"]] == ["Hawija"]


@pytest.mark.parametrize(("lang", "text", "start", "end"), [
    ("en", "On Oct. 21, Iraqi jets struck a hideout in the Hamrin Mountains.", "2021-10-21", "2021-10-21"),
    ("en", "ISTANBUL, Dec 11 (Reuters) - A drone hit a car near Sinuni on Friday.", "2021-12-10", "2021-12-10"),
    ("ar", "تواصلت، لليوم الثالث، العملية العسكرية للجيش في جبل قره جوخ.", "2021-12-10", "2021-12-12"),
    ("ar", "شرع الجيش منذ ساعات الصباح الأولى ليوم أمس بعملية تفتيش في جزيرة الحضر.", "2021-12-11", "2021-12-11"),
    ("ar", "انفجرت عبوة ناسفة على دورية للشرطة في داقوق. ووقع الحادث مساء الجمعة.", "2021-12-10", "2021-12-10"),
    ("ar", "ارتفعت، اليوم الأحد، حصيلة تفجير داقوق إلى أربعة قتلى. وكانت دراجة مفخخة قد انفجرت في المدينة مساء أمس.",
     "2021-12-11", "2021-12-11"),
    ("ckb", "ئەمڕۆ یەکشەممە پۆلیسی کەرکووک ڕایگەیاند، لە هێرشێکی داعشدا لە داقووق دوو سەرباز کوژران. "
     "هێرشەکە دوێنێ ڕوویدا.", "2021-12-11", "2021-12-11"),
])  # fmt: skip
def test_the_day_it_happened_not_the_day_it_was_said(lang: Language, text: str, start: str, end: str) -> None:
    event = only(text, lang)
    assert (event["event_date"], event["end_date"]) == (start, end)


@pytest.mark.parametrize(("lang", "text", "places"), [
    ("ar", "قُتل مدني بانفجار عبوة ناسفة في قرية الخالدية بقضاء المقدادية أمس.", ["Muqdadiya"]),
    ("ar", "سقطت قذيفة هاون أمس على منزل في الجانب الأيمن من الشرقاط.", ["Shirqat"]),
    ("ar", "زار وزير الدفاع أمس قضاء خانقين وناحية جلولاء.", ["Khanaqin", "Jalawla"]),
    ("ar", "انطلقت أمس عملية أمنية في جبل قره جوخ، ومن المنتظر أن تشمل مرتفعات ديبكة.", ["Qarachogh"]),
    ("en", "Turkish jets hit Sinjar, Qandil and the Makhmour camp on Saturday.",
     ["Sinjar", "Qandil Mountains", "Makhmour Camp"]),
    ("ckb", "دوێنێ داعش تەقەی لە بنکەیەکی پێشمەرگە کرد لە نزیک کولەجۆ.", ["Kulajo"]),
])  # fmt: skip
def test_where_it_was(lang: Language, text: str, places: list[str]) -> None:
    assert [place["name"] for place in only(text, lang)["locations"]] == places


@pytest.mark.parametrize(("lang", "text"), [
    ("ckb", "ئەردۆغان ئەمڕۆ سەردانی بەغداد ناکات."),
    ("ckb", "دوێنێ محەمەد شیاع سودانی سەردانی تورکیای کرد."),
    ("ar", "يشكو الأهالي قلة المياه. ويطالبون بمدرسة. وقال مدير الناحية إن المسلحين يخطفون رعاة كركوك طلباً للفدية."),
    ("en", "The forces plan to extend the search to the Hamrin range next week."),
])  # fmt: skip
def test_denied_abroad_habitual_or_to_come(lang: Language, text: str) -> None:
    assert types(text, lang) == []


@pytest.mark.parametrize(("text", "figure"), [
    ("استُشهد ضابط مع جنديين آخرين باشتباك في العظيم أمس.", 3),
    ("قال الجيش إن العقيد كريم صالح وأربعة من مقاتليه استشهدوا بهجوم لداعش في داقوق أمس.", 5),
    ("اغتال مسلحون أمس في الموصل ضابطاً برتبة رائد في جهاز المخابرات مع سائقه.", 2),
    ("لقي راعيا أغنام حتفهما بهجوم لداعش في مخمور أمس.", 2),
    ("أسفر اشتباك أمس في الطوز عن مقتل اثنين من البيشمركة أحدهما ضابط وثلاثة من عناصر الحشد.", 5),
    ("ارتفع إلى 6، الأحد، عدد قتلى هجوم داعش على الحويجة.", 6),
    ("قصف الجيش أمس كهفاً في جبال حمرين. وعثرت قوة لاحقاً على جثث أربعة إرهابيين.", 4),
    ("أعلن داعش مقتل خمسة جنود بهجوم في الحويجة أمس. أما وزارة الدفاع فأقرت بمقتل جنديين.", None),
])  # fmt: skip
def test_who_is_counted(text: str, figure: int | None) -> None:
    assert only(text)["fatalities"]["best"] == figure


@pytest.mark.parametrize(("lang", "text", "actor1", "actor2"), [
    ("ar", 'قُتل مدني في هجوم نفذه مسلحو "داعش" في داقوق أمس.', "Islamic State", "Civilians"),
    ("ar", "نفذت قوة مشتركة من الجيش والحشد عملية تفتيش في المخيسة أمس.",
     "Iraqi Army; Popular Mobilization Forces", None),
    ("ar", "قالت وزارة الدفاع التركية إن مقاتلاتها شنت أمس خمس غارات على مواقع حزب العمال في متينا.",
     "Turkish Armed Forces", "PKK"),
    ("ar", "قُتل جندي بهجوم مسلحين مجهولين في داقوق أمس. وتبنى تنظيم \"داعش\" الهجوم.", "Islamic State", "Iraqi Army"),
    ("en", "Germany's ambassador visited Qaraqosh on Saturday.", "Germany", None),
    ("ckb", "دوێنێ هێزەکانی حەشدی شەعبی هێرشیان کردە سەر پێشمەرگە لە زوممار.",
     "Popular Mobilization Forces", "Peshmerga"),
])  # fmt: skip
def test_who_did_it(lang: Language, text: str, actor1: str, actor2: str | None) -> None:
    event = only(text, lang)
    assert (event["actor1"], event["actor2"]) == (actor1, actor2)


@pytest.mark.parametrize(("lang", "text"), [
    ("ar", "يعمل المزارعون قرب سوق الأربعاء. وقال مدير الزراعة إن إنتاجهم أحد عشر طناً."),
    ("ckb", "وەزارەتی پێشمەرگە ڕەتیدەکاتەوە هێرش کرابێتە سەر بارەگاکانی لە مەخموور."),
    ("ar", "أوضحت الوزارة أن دوي الانفجارات في أربيل أمس ناجم عن تمرين، وأن السيناريو يحاكي هجوماً بسيارة مفخخة."),
    ("en", "Coalition forces continued to attack ISIL in Iraq."),
])  # fmt: skip
def test_neither_days_nor_events(lang: Language, text: str) -> None:
    assert types(text, lang) == []


def test_the_day_of_an_item_is_its_heading_s() -> None:
    told = events("SITREP 6-12 December 2021\n1. KIRKUK. 8 DEC, approx. 2140 hrs. IED detonated near Daquq.\n"
                  "2. DIYALA. 9 DEC. Gunmen attacked a post near Jalawla.", "en")  # fmt: skip
    assert [event["event_date"] for event in told] == ["2021-12-08", "2021-12-09"]


def test_the_report_places_what_its_title_tells() -> None:
    text = "القبض على إرهابي في كركوك والسليمانية\n\nأعلن جهاز الأمن الوطني القبض أمس على إرهابي في داقوق."
    assert [place["name"] for place in only(text)["locations"]] == ["Daquq"]


@pytest.mark.parametrize(("lang", "text", "wanted"), [
    ("ar", "أعلنت مديرية المرور أمس مصرع خمسة أشخاص بحادث اصطدام حافلة بشاحنة فجراً قرب داقوق.", []),
    ("ar", "دان رئيس الحكومة الهجوم داعياً بغداد إلى وضع حد لهذه الأعمال.", []),
    ("ar", "نفذت قوة من الجيش أمس عملية في الرياض جنوب غربي كركوك. وقال مصدر إن العملية استهدفت منزلين.",
     ["security_operation"]),
    ("ar", "سقطت طائرة مسيّرة انتحارية أمس على مقر حزبي في جومان.", ["drone_strike"]),
    ("ckb", "دوێنێ وەزیری پێشمەرگە لەگەڵ فەرماندەی ئۆپەراسیۆنەکانی دیالە لە خانەقین کۆبووەوە.", ["meeting"]),
    ("en", "An explosive-laden drone was brought down overnight near a camp in Khabat, Erbil.", ["drone_strike"]),
])  # fmt: skip
def test_accidents_condemnations_and_what_operations_target(lang: Language, text: str, wanted: list[str]) -> None:
    assert types(text, lang) == wanted


def test_strikes_near_a_capital_and_elsewhere_in_its_province_are_two() -> None:
    told = events("On Dec. 11 the Coalition conducted strikes in Iraq:\n- Near Mosul, five strikes struck a unit.\n"
                  "- Near Sinjar, one strike destroyed a machine gun.", "en")  # fmt: skip
    assert sorted((event["locations"][0]["name"], event["n_strikes"]) for event in told if event["locations"]) == [
        ("Mosul", 5), ("Sinjar", 1)]  # fmt: skip


def test_what_ended_after_days_began_before() -> None:
    event = only("اختتم الجيش، اليوم الأحد، عملية تفتيش في حوض العظيم استمرت ثلاثة أيام.")
    assert (event["event_date"], event["end_date"]) == ("2021-12-10", "2021-12-12")


@pytest.mark.parametrize(("lang", "text", "day"), [
    ("ar", "الغد برس/ اغتال مسلحون مجهولون محامية في الموصل مساء الجمعة.", "2021-12-10"),
    ("ar", "قصف الجيش وادي الشاي ليلة أمس الأول.", "2021-12-10"),
    ("en", "Sinjar, 10 December 2021 - The UN envoy today travelled to Sinjar district.", "2021-12-10"),
])  # fmt: skip
def test_days_of_outlets_nights_and_datelines(lang: Language, text: str, day: str) -> None:
    assert only(text, lang)["event_date"] == day


@pytest.mark.parametrize(("lang", "text", "places"), [
    ("ar", "أصيب أربعة أشخاص بسقوط قذيفة هاون أمس على منزل في دركار، ونقلوا إلى مستشفى في دهوك.", ["Darkar"]),
    ("ar", "استُهدف حقل كورمور أمس بصواريخ أُطلقت من أطراف طوزخورماتو.", ["Khor Mor"]),
    ("en", "BASHIQA, Iraq - The truck came a little after noon on Friday. It exploded short of the trench. "
     "Two men were dead.", ["Bashiqa"]),
])  # fmt: skip
def test_neither_hospitals_nor_where_it_was_fired_from(lang: Language, text: str, places: list[str]) -> None:
    assert [place["name"] for place in only(text, lang)["locations"]] == places


@pytest.mark.parametrize(("lang", "text"), [
    ("ar", "أصدر التحالف الدولي بياناً عن 9 غارات شنتها مقاتلاته أمس في العراق:\n"
     "- قرب البعاج، دمرت ثلاث غارات نفقين.\n- قرب الحويجة، أصابت غارتان وحدة تكتيكية."),
    ("en", "Between Dec. 9 and Dec. 11 the coalition conducted nine strikes in Iraq.\n"
     "On Dec. 9 near Baaj, three strikes destroyed two tunnels.\n"
     "On Dec. 11 near Hawija, two strikes closed a cave entrance."),
])  # fmt: skip
def test_a_total_of_strikes_gives_way_to_its_places(lang: Language, text: str) -> None:
    told = events(text, lang)
    assert [(event["locations"][0]["name"], event["n_strikes"]) for event in told] == [("Baaj", 3), ("Hawija", 2)]
    assert {event["actor1"] for event in told} == {"Global Coalition"}


@pytest.mark.parametrize(("lang", "text", "wanted"), [
    ("ar", "أحكمت القوات قبضتها على ناحية زمار أمس.", []),
    ("ar", "قال أحد السكان في اتصال هاتفي أمس من داقوق إن الكهرباء مقطوعة.", []),
    ("ar", "استبعد ضابط أمس انطلاق معركة في الحويجة.", []),
    ("ar", "قتل مسلحون أمس جندياً في داقوق. وأسفرت المداهمة عن تدمير عجلتين مفخختين.", ["attack"]),
    ("en", "Two strikes destroyed a weapons cache near Hawija on Friday, the coalition said.", ["air_strike"]),
    ("ckb", "بەیانی ئەمڕۆ درۆنێکی بۆمبڕێژکراو لە شارەدێی باتێل تەقینەوە.", ["drone_strike"]),
    ("en", "A drone hit Harir air base, northeast of Erbil, before dawn on Friday, wounding two soldiers.",
     ["drone_strike"]),
])  # fmt: skip
def test_grips_calls_and_drones(lang: Language, text: str, wanted: list[str]) -> None:
    assert types(text, lang) == wanted


def test_who_wears_whose_clothes_and_when_they_were_buried() -> None:
    event = only("شيّع أهالي داقوق، اليوم الأحد، جثامين ثلاثة شبان قضوا في هجوم. "
                 "وقال ضابط إن مسلحين بزي الشرطة الاتحادية هاجموا القرية ظهر الجمعة.")  # fmt: skip
    assert (event["event_date"], event["actor2"]) == ("2021-12-10", "Civilians")


@pytest.mark.parametrize(("lang", "text", "killed", "injured"), [
    ("ar", "سقطت قذيفة هاون أمس على حي المثنى في الموصل مخلفة قتيلين.", 2, None),
    ("ar", "خسرت البيشمركة أربعة من مقاتليها في هجوم على داقوق أمس.", 4, None),
    ("ar", "عبوة ناسفة في داقوق أمس تودي بضابط واثنين من حمايته.", 3, None),
    ("ar", "أصاب صاروخ أمس مكاتب العاملين في حقل كورمور وأسفر عن جرح متعاقدين اثنين.", None, 2),
    ("en", "The death toll from Friday night's assault on a post near Daquq has climbed to eight, an official said, "
     "after two of the wounded died.", 8, None),
])  # fmt: skip
def test_tolls_of_shells_losses_and_updates(lang: Language, text: str, killed: int | None, injured: int | None) -> None:
    event = only(text, lang)
    assert [figure and figure["best"] for figure in (event["fatalities"], event["injuries"])] == [killed, injured]


def test_ministers_of_neighbours_and_both_days_of_a_night() -> None:
    assert only("استقبل رئيس الإقليم في أربيل أمس وزير الخارجية التركي.")["actor2"] == "Turkey"
    event = only("هاجم مسلحون داقوق ليلة الخميس على الجمعة، الخامس من جمادى الأولى.")
    assert (event["event_date"], event["end_date"]) == ("2021-12-09", "2021-12-10")
