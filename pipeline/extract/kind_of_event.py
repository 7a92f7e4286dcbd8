"""What kind of event the triggers of a clause tell, with the things they are used of."""

from typing import NamedTuple

from geodata.fold import fold
from pipeline.extract.actors import sides
from pipeline.extract.marked import Marked
from pipeline.extract.toll import Toll
from pipeline.model import EVENT_TYPES
from pipeline.text.lexicon import Tag

_PERSON_REACH, _OBJECT_REACH = 14, 10


class Trigger(NamedTuple):
    """A trigger that is told as fact, with its event type as decided, and whether it asserts by itself."""

    tag: Tag
    event_type: str
    strong: bool
    definite: bool
    plural: bool

    @property
    def category(self) -> str:
        return EVENT_TYPES[self.event_type]


def typed(marked: Marked, tag: Tag, first: int, last: int, told: frozenset[str] = frozenset()) -> Trigger | None:
    """The trigger with its type, or None where its object is missing: seizing needs a weapon, arriving an official."""
    if tag.entry.term.startswith("انتحاري") and _objects(marked, tag.first - 2, tag.first, "drone"):
        return None  # "مسيّرة انتحارية" is a kind of drone
    event_type: str | None
    event_type, *flags = tag.value.split(":")
    if tag.entry.term in _SEIZED_BY and _by_militants(marked, tag, first, last):
        return Trigger(tag, "abduction", True, _definite(marked, tag), False)
    needs = next((flag for flag in flags if flag.startswith("need_")), None)
    if needs and not _has_object(marked, tag, needs[5:], first, last):
        return None
    if tag.entry.term.startswith("كشف") and marked.tag_at("speech", tag.last, "source") is not None:
        return None  # "كشف مصدر": a source revealed
    if tag.entry.term.startswith("بحث …") and marked.tokens[tag.first + 1].form.startswith("و"):
        return None  # "بحث وتفتيش ... مع العدو": a search, not a talk
    if tag.entry.term.startswith("نصب") and _for_the_wanted(marked, tag, last):
        return None
    if event_type == "security_operation" and marked.tokens[tag.first - 1].form in _CHECKPOINTS and tag.first > first:
        return None  # "نقاط التفتيش" are posts
    if event_type == "arrest" and tag.form.base.startswith("قبضت") and tag.form.base != "قبضت":
        return None  # "أحكمت قبضتها على البلدة": a grip, not an arrest
    if tag.form.base == "burns" and marked.tokens[tag.first - 1].form in _HURT_BY:
        return None  # "treated for burns"
    if event_type == "meeting" and tag.last < last and marked.tokens[tag.last].form in _MET_WITH:
        return None  # "none of the arrests met resistance"
    if event_type in ("property_destruction", "ied") and _of_militants(marked, tag, event_type, first, last):
        return None
    if tag.entry.term == "تعرض" and tag.last - tag.first == 1 and not _exposed_to(marked, tag, last):
        return None  # "على أن تُعرض النتائج": will be laid before
    if event_type == "property_destruction" and marked.tokens[min(tag.last, last - 1)].form in _BURNT_IN_PROTEST:
        return None  # "وأحرقوا أعلاماً"
    if event_type == "meeting" and _told_by_phone(marked, tag, first):
        return None
    event_type = _from_the_air(marked, tag, event_type, flags, first, last, told)
    if event_type is None:
        return None
    strong = (
        "strong" in flags or "repel" in flags or (("target" in flags or "explode" in flags) and "weak" not in flags)
    )
    if "headline" in flags or _verb_first(marked, tag, first):
        strong = True
    return Trigger(tag, event_type, strong, _definite(marked, tag), "plural" in flags)


_SEIZED_BY = ("seized", "captured", "seize")
_BURNT_IN_PROTEST = frozenset(
    "اعلام اعلاما العلم علم صور صورا اطارات flags tyres tires portraits posters effigies".split()
)


def _exposed_to(marked: Marked, tag: Tag, last: int) -> bool:
    near = marked.tokens[tag.last : min(last, tag.last + 12)]
    return any(token.form.startswith("ل") or token.form == "الي" for token in near)


_HURT_BY = frozenset("for with suffered severe minor degree of sustained".split())
_MET_WITH = frozenset("resistance fire criticism opposition death no little stiff heavy their his".split())
_CHECKPOINTS = frozenset("نقطه نقاط حاجز حواجز سيطره سيطرات النقاط مفرزه كلاب اجهزه".split())
_HIDEOUTS = frozenset(
    "وكر وكرا وكرين اوكار اوكارا مضافه مضافات مضافتين نفق نفقا انفاق كهف كهوف خندق خنادق معسكر".split()
)
_DESTROYED = frozenset("تدمير دمر دمرت دمروا اعطاب اعطب اعطبت احراق احرقت".split())


def _of_militants(marked: Marked, tag: Tag, event_type: str, first: int, last: int) -> bool:
    """ "وأحرقت ستة أوكار", "تدمير أربع عجلات مفخخة": what forces destroy of the militants' is no harm to property."""
    if event_type == "property_destruction":
        after = marked.tokens[tag.last : min(last, tag.last + 3)]
        return any(token.form.removeprefix("ل") in _HIDEOUTS for token in after)
    before = {token.form.removeprefix("و") for token in marked.tokens[max(first, tag.first - 3) : tag.first]}
    return bool(before & _DESTROYED) and tag.form.base.startswith(("عجل", "سيار", "مركب", "شاحن", "صهريج", "دراج"))


def _by_militants(marked: Marked, tag: Tag, first: int, last: int) -> bool:
    """ "militants seized 34 tribesmen", "six hunters seized by Islamic State"."""
    militants = ("Islamic State", "Unidentified Armed Group")
    if tag.last < last and marked.tokens[tag.last].form == "by":
        return marked.has("actor_aliases", tag.last, min(last, tag.last + 5), *militants)
    people = marked.tags("persons", tag.last, min(last, tag.last + 4))
    return bool(people) and marked.has("actor_aliases", max(first, tag.first - 8), tag.first, *militants)


def _told_by_phone(marked: Marked, tag: Tag, first: int) -> bool:
    """ "قال أحد الأقارب في اتصال هاتفي": how the reporter was told."""
    with_kin = any(near.entry.pos == "kin" for near in marked.tags("persons", tag.last, tag.last + 3))
    if tag.entry.term == "أجرى … اتصال" and (
        with_kin or any(token.form.startswith("بذوي") for token in marked.tokens[tag.last : tag.last + 1])
    ):
        return True  # "أجرت القوة اتصالاً بذوي الرعاة"
    by = {token.form for token in marked.tokens[max(first, tag.first - 2) : tag.first]} & _BY
    phone = any("هاتف" in token.form or token.form in _PHONE for token in marked.tokens[tag.first : tag.last + 1])
    return bool(by) and phone and marked.has("speech", max(first, tag.first - 8), tag.first, "say")


_BY = frozenset("في خلال عبر in over by له".split())
_PHONE = frozenset("phone telephone تهلهفوني".split())
_VERB_OR_NOUN = frozenset(("خطف", "قصف", "اختطف"))


def _verb_first(marked: Marked, tag: Tag, first: int) -> bool:
    """ "خطف مسلحون شابين": a verb spelt like its noun, first in its clause and before who did it."""
    if tag.form.cost > 1 or tag.form.base not in _VERB_OR_NOUN or tag.form.prep:
        return False
    opens = tag.first == first or marked.tokens[tag.first - 1].form in (",", "/", "-", "\n", ":", ".", '"', ")")
    if not opens:
        return False
    doer = marked.tag_at("actor_aliases", tag.last) or marked.tag_at("persons", tag.last)
    return doer is not None and not doer.form.definite


_WANTED = ("للمتهم", "للمطلوب", "للارهاب", "للمشتبه", "لهم", "لهما", "له", "لمطلوب", "لمتهم")


def _for_the_wanted(marked: Marked, tag: Tag, last: int) -> bool:
    """ "نصبت كميناً للمتهمين": forces lie in wait for those they arrest."""
    return any(token.form.startswith(_WANTED) for token in marked.tokens[tag.last : min(last, tag.last + 3)])


def _from_the_air(
    marked: Marked, tag: Tag, event_type: str, flags: list[str], first: int, last: int, told: frozenset[str]
) -> str | None:
    """The type, with aircraft, drones and what is blown up taken into account; None for strikes that nothing flew."""
    drone = _objects(marked, first, last, "drone") and not _objects(marked, first, last, "aircraft")
    if event_type == "ied" and tag.entry.term in ("تفجير", "فجر", "يفجر") and _counted_devices(marked, tag, last):
        return "weapons_seizure"
    if event_type == "ied" and tag.last < last and marked.tokens[tag.last].form in _SEIZED:
        return "weapons_seizure"  # "وفُجرت المواد في مكانها"
    if event_type == "ied" and tag.entry.term in ("bombing", "bombings"):
        flown_by = marked.tags("actor_aliases", max(first, tag.first - 3), tag.first, ("Turkish Armed Forces",))
        if flown_by:
            return "air_strike"
    if event_type == "ied" and _by_his_own_death(marked, tag, first, last):
        return "suicide_bombing"
    if event_type == "ied" and drone and marked.lang == "ckb":
        return "drone_strike"  # "درۆنی بۆمبڕێژکراو تەقینەوە"
    if event_type in ("weapons_seizure", "security_operation") and _by_strikes(marked, tag, first):
        return "air_strike"
    if event_type == "ied" and "explode" in flags:
        return _blown_up(marked, tag, last) or "ied"
    if (
        event_type == "air_strike"
        and marked.lang == "ckb"
        and not drone
        and not _objects(marked, first, last, "aircraft")
    ):
        guns = any(token.form.startswith("توبخانه") for token in marked.tokens[first : tag.first])
        if guns or any(t.entry.term in _ARTILLERY for t in marked.tags("triggers", first, tag.first)):
            return "shelling"  # "تۆپخانەی ... بۆردومان کرد"
    if event_type in ("shelling", "air_strike") and ("air" in flags or "aironly" in flags):
        flown = _flown(marked, tag, first, last)
        if flown is None and event_type == "air_strike" and "aironly" not in flags:
            again = next((t for t in ("air_strike", "drone_strike") if t in told), None)
            return again if _definite(marked, tag) else None
        return "drone_strike" if "aironly" in flags and drone else flown or event_type
    if (
        event_type == "air_strike"
        and told & {"drone_strike", "air_strike"} == {"drone_strike"}
        and _definite(marked, tag)
    ):
        return "drone_strike"  # "another strike" after a drone's
    if event_type == "shelling" and drone and _and_drones(marked, tag):
        return event_type  # "fired missiles and drones"
    if event_type in ("air_strike", "shelling") and drone:
        return "drone_strike"
    if event_type == "attack" and _definite(marked, tag) and not told & {"air_strike", "drone_strike"} and told:
        return event_type  # "حركة الطيران توقفت بسبب الهجوم": the attack told before, whatever flies
    if event_type == "attack" and ("target" in flags or tag.entry.term.startswith(_ATTACKS)):
        flown = _flown(marked, tag, first, last)
        doers = tag.first if marked.lang == "en" else last  # English names who attacks before the verb
        by_militants = marked.has("actor_aliases", first, doers, "Islamic State")
        return flown if flown and (not by_militants or flown == "drone_strike") else event_type
    if (
        event_type == "attack"
        and tag.entry.term.startswith(_DROPS)
        and (drone and marked.has("objects", first, tag.last, "drone"))
    ):
        return "drone_strike"  # "ألقت مسيّرة قنبلة على منزل"
    if event_type == "attack" and tag.entry.term.startswith(_FIRES):
        if marked.has("objects", max(first, tag.first - 3), tag.first, "drone"):
            return "drone_strike"  # "a Turkish drone fired at a pickup"
        return "air_strike" if _objects(marked, max(first, tag.first - 7), tag.first, "aircraft") else event_type
    return event_type


def _by_strikes(marked: Marked, tag: Tag, first: int) -> bool:
    """ "two strikes destroyed a cave and a supply cache": what aircraft destroyed was not found by anyone."""
    if marked.lang == "ar":  # "دمرت ثلاث غارات نفقين"
        return any(token.form.startswith(("غاره", "غارات", "غارتا")) for token in marked.tokens[tag.first : tag.last])
    before = marked.tokens[tag.first - 1].form if tag.first > first else ""
    return before in ("strike", "strikes", "airstrike", "airstrikes", "raid", "raids", "sortie", "sorties")


def _by_his_own_death(marked: Marked, tag: Tag, first: int, last: int) -> bool:
    """ "انتحاري يفجر", "فجّر حزامه الناسف", "detonated an explosive belt"."""
    if tag.entry.pos.startswith("n"):
        return False
    worn = marked.tags("triggers", tag.last, min(last, tag.last + 4))
    if any(t.value == "suicide_bombing:vest" for t in worn):
        return True
    doer = marked.tags("triggers", max(first, tag.first - 3), tag.first)
    return any(t.value.startswith("suicide_bombing") and t.entry.term in _BOMBERS for t in doer)


def _and_drones(marked: Marked, tag: Tag) -> bool:
    joined = tag.last < len(marked.tokens) and marked.tokens[tag.last].form in ("and", "و")
    drones = marked.tags("objects", tag.last, tag.last + 2, ("drone",))
    return bool(drones) and (joined or bool(drones[0].form.conj))


_SEIZED = frozenset("المواد المضبوطات المتفجرات المقذوفات العبوات الالغام الذخائر الاعتده".split())
_BOMBERS = frozenset(("انتحاري", "الانتحاري", "خۆکوژ", "suicide bomber", "suicide attacker"))


def _counted_devices(marked: Marked, tag: Tag, last: int) -> bool:
    """ "تفجير 12 عبوة ناسفة": devices blown up by those who found them."""
    if tag.form.prep or tag.last + 1 >= last:
        return False
    number = marked.tokens[tag.last].is_number or marked.tag_at("numbers", tag.last) is not None
    return number and _objects(marked, tag.last + 1, min(last, tag.last + 3), "weapon")


_ATTACKS = ("هجوم", "هاجم", "هێرش", "attack", "شن", "struck", "hit")
_DROPS = ("ألقى", "ألقت", "أسقط", "رمى", "dropped")
_FIRES = ("fired", "opened fire", "أطلق", "فتح")


def _definite(marked: Marked, tag: Tag) -> bool:
    if tag.entry.term.startswith("مدفعية …"):
        return False  # "المدفعية التركية قصفت": the guns are known, what they shelled is news
    if marked.lang == "en":
        before = [token.form for token in marked.tokens[max(0, tag.first - 2) : tag.first]]
        if before[-1:] == ["another"] or (before[-1:] and before[-1] in ("first", "second") and before[0] == "the"):
            return True
        return bool(before) and before[-1] in ("the", "this", "that", "their", "his", "its")
    following = marked.tokens[tag.last].form if tag.last < len(marked.tokens) else ""
    if (
        marked.lang == "ar"
        and tag.value.startswith("visit")
        and following.startswith("ال")
        and "v" not in tag.entry.pos
    ):
        return True  # "وصول الوفد": the arrival of the delegation
    if (
        marked.lang == "ar"
        and tag.entry.pos == "n"
        and tag.form.base != fold(tag.entry.term)
        and tag.form.base.endswith(("ه", "ها", "هم", "هما"))
    ):
        return True  # "وصوله", "هجومهم"
    return tag.form.definite or tag.form.base.endswith(("هم", "ها")) and tag.entry.pos.startswith("n")


def _has_object(marked: Marked, tag: Tag, what: str, first: int, last: int) -> bool:
    if marked.lang == "ckb":
        start, end = max(first, tag.first - 18), min(last, tag.last + 4)
    elif marked.lang == "en":
        start, end = max(first, tag.first - 12), min(last, tag.last + 12)
    else:
        start, end = tag.first, min(last, tag.last + _OBJECT_REACH)
        if tag.entry.pos.startswith("v") or what == "official":
            start = max(first, tag.first - 8)
            end = min(last, tag.last + 22)
    if what == "weapon":
        return _objects(marked, start, end, "weapon")
    if what == "person":
        return bool(marked.tags("persons", start, min(last, tag.last + _PERSON_REACH))) and not (
            tag.entry.term.startswith(("ضبط",)) and _objects(marked, tag.last, min(last, tag.last + 3), "weapon")
        )
    if what == "official":
        return _objects(marked, start, end, "official") or any(
            sides()[t.value] == "political" for t in marked.tags("actor_aliases", start, end)
        )
    if what == "agreement":
        return _objects(marked, start, end, "agreement")
    if what == "object":
        return any(
            _objects(marked, start, end, kind) for kind in ("infrastructure", "property", "vehicle", "post")
        ) or bool(marked.tags("kinds", start, end, ("bridge", "refinery", "oilfield")))
    return True


def _objects(marked: Marked, first: int, last: int, *kinds: str) -> bool:
    return bool(marked.tags("objects", max(0, first), last, kinds))


def _blown_up(marked: Marked, tag: Tag, last: int) -> str | None:
    """Pylons, pipelines, bridges and homes blown up are sabotage; people and vehicles are bombed."""
    end = min(last, tag.last + 7)
    if _objects(marked, tag.last, end, "infrastructure", "property"):
        return "property_destruction"
    if marked.lang != "ar" and _objects(marked, max(0, tag.first - 8), tag.first, "infrastructure", "property"):
        return "property_destruction"
    return None


_ARTILLERY = frozenset(
    ("مدفعية", "هاون", "قذائف", "قذيفة", "صواريخ", "صاروخ", "كاتيوشا", "artillery", "mortar", "تۆپخانە", "هاوەن")
)


def _flown(marked: Marked, tag: Tag, first: int, last: int) -> str | None:
    """Whether aircraft or drones do it."""
    drone = _objects(marked, first, last, "drone") and not _objects(marked, first, last, "aircraft")
    if drone and "إسقاط" not in marked.words(marked.span(max(first, tag.first - 4), tag.last)):
        return "drone_strike"
    if any(
        t.entry.term in _ARTILLERY for t in marked.tags("triggers", max(first, tag.first - 4), min(last, tag.last + 4))
    ):
        return None
    if _objects(marked, first, last, "aircraft"):
        return "air_strike"
    fliers = marked.tags("actor_aliases", first, tag.first, ("Iraqi Air Force", "Global Coalition"))
    if fliers and "target" not in tag.value:
        return "air_strike"
    return None


def main_type(marked: Marked, triggers: list[Trigger], tolls: list[Toll]) -> Trigger:
    """Of the triggers of one event, the one that names its type: the most specific, of equals the first."""
    hurt = any(toll.number.low for toll in tolls)
    violent = [t for t in triggers if t.event_type not in ("property_destruction", "abduction")]
    opening = min(triggers, key=lambda t: t.tag.first)
    told_first = hurt or (opening.event_type in ("shelling", "ied") and opening.strong)
    if told_first and violent and opening in violent:  # a man shot and his car burnt: the killing names it
        triggers = violent
    return min(triggers, key=lambda t: (_order(marked, t, triggers), t.tag.first))


_RANKED = (
    "suicide_bombing", "drone_strike", "air_strike", "abduction", "property_destruction", "ied", "shelling",
    "armed_clash", "attack", "agreement", "visit", "meeting", "arrest", "weapons_seizure", "security_operation",
)  # fmt: skip


def _order(marked: Marked, trigger: Trigger, triggers: list[Trigger]) -> float:
    rank = float(_RANKED.index(trigger.event_type))
    flags = trigger.tag.value.split(":")
    if "vest" in flags:
        rank += 8  # a belt found or worn is no bombing by itself
    if trigger.definite and not trigger.strong and any(t.event_type == "armed_clash" and t.strong for t in triggers):
        rank += 4  # "اشتبكت مع مسلحَين نجوا من القصف"
    if "weapon" in flags and not trigger.strong:
        rank += 1.5
    if trigger.event_type == "ied" and any(t.event_type == "shelling" and t.strong for t in triggers):
        rank += 2  # "استُهدف بستة صواريخ، انفجر أربعة منها"
    if trigger.event_type == "armed_clash" and "repel" not in flags:
        attacks = [
            t
            for t in triggers
            if t.event_type == "attack" and t.tag.first < trigger.tag.first and "target" not in t.tag.value
        ]
        if attacks:
            rank += 1.5
    return rank


def sabotage(marked: Marked, main: Trigger, first: int, last: int, tolls: list[Toll]) -> Trigger:
    """Bombs that bring down pylons or break a pipeline, with nobody hurt, are sabotage."""
    if main.event_type in ("ied", "attack") and not any(toll.number.low for toll in tolls):
        if _objects(marked, first, last, "infrastructure") and not marked.tags(
            "objects", first, last, ("vehicle", "post")
        ):
            return main._replace(event_type="property_destruction")
    return main
