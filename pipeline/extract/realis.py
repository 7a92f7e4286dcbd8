"""Whether what a trigger names is told as having happened: not denied, planned, feared, asked for, or background."""

import re
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.date_mention import DateMention
from pipeline.extract.marked import Marked
from pipeline.text.lexicon import Tag

_FUTURE_VERB = re.compile(r"[وف]?س[يتن][^\W\d_]{3,}$")
_NOT_FUTURE = re.compile(
    r"[وف]?(سيار|سيطر|سياس|سياد|سيد|ستر|ستين|ستون|سيف|سيول|سينم|سيروان|سيامند|سيبان|سيدكان|سيدار|سيفان|سيران|سنجار|سنه|سنو|سني|سيره|سيرت|سيناء|ستمئ|سنتي|سيزر|سندا)"
)
_DATED = frozenset(("day", "night", "window", "week", "month", "unresolved"))
_RECENT = frozenset(("day", "night", "window", "week", "unresolved", "anchor", "shift"))
_EXPOSED = re.compile(r"[وف]?[يت]?تعرض(ت|وا|ا|ن)?$|[وف]?(نتيجه|عرضه|اثر|جراء|ادي|ادت|اتفاق|مواقع)$")


class Scope(NamedTuple):
    """The stretch in which a trigger is judged: its clause within its sentence, and the dates told there."""

    first: int
    last: int
    sentence_first: int
    sentence_last: int
    dates: tuple[DateMention, ...]

    def dated(self) -> bool:
        return bool(self.dates) and any(mention.kind in _DATED for mention in self.dates)

    def recent(self) -> bool:
        return bool(self.dates) and any(mention.kind in _RECENT for mention in self.dates)


def unreal(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    """Why what the trigger names did not happen, or not now; None where it is told as a fact."""
    for check in (
        _invented,
        _spoken_about,
        _negated,
        _denied,
        _planned,
        _for_a_purpose,
        _feared,
        _condemned,
        _background,
        _accidental,
    ):
        why = check(marked, trigger, scope)
        if why is not None:
            return why
    if trigger.entry.pos.split()[0] == "vi" and trigger.form.prep == "س":
        return "future"
    return None


def _cues(marked: Marked, first: int, last: int, *values: str) -> list[Tag]:
    return marked.tags("cues", first, last, values)


_SITE = frozenset("موقع موقعا مكان مواقع اثار اضرار مخلفات شويني site scene aftermath".split())
_AS = frozenset("بانه بانها بانهم بوصفه بوصفها".split())


def _spoken_about(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    """What names a site or an opinion: "عاين موقع سقوط المسيّرة", "وصف ما حدث بأنه عمل يستهدف قوت المواطنين"."""
    near = trigger.first - 1 - (marked.lang == "en")
    before = {token.form for token in marked.tokens[max(scope.first, near) : trigger.first]}
    noun = trigger.entry.pos.startswith(("n", "x"))
    if before & _SITE and (noun or marked.lang == "ar") and not trigger.value.startswith(_TALKS):
        return "site"
    if marked.lang != "ar" or trigger.entry.cls != "triggers":
        return None
    said = [at for at in range(max(scope.first, trigger.first - 9), trigger.first) if marked.tokens[at].form in _AS]
    described = said and any("وصف" in marked.tokens[at].form for at in range(scope.first, said[-1]))
    return "opinion" if described else None


_TALKS = ("visit", "meeting", "agreement")


def _invented(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    """Films, drills and figures of speech: "انفجرت أسعار الطحين", "تمريناً حاكى صدّ انتحاريين"."""
    if trigger.value.startswith(("visit", "meeting", "agreement")):
        return None
    if _cues(marked, scope.sentence_first, scope.sentence_last, "fiction"):
        return "fiction"
    if trigger.entry.cls == "triggers" and trigger.last < scope.last:
        for cue in _cues(marked, trigger.last, min(trigger.last + 3, scope.last), "abstract"):
            if not marked.pause_between(trigger.last, cue.first) and not cue.form.prep:
                return "figure of speech"
    return None


def _negated(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    at = trigger.first
    for cue in _cues(marked, max(scope.first, at - 5), at, "negation"):
        if at - cue.last > 2 and marked.tokens[cue.last].form not in ("ان", "اي", "any"):
            continue  # "without that it carry out any strike" reaches further than "did not"
        if cue.form.base in ("غير", "عدم", "any") and at - cue.last > 1:
            continue
        if cue.form.base in _WITHOUT_CKB and at > cue.last:
            continue  # "بەبێ راگەیاندنی پێشوەخت سەردانی کرد": what was lacking stands right after
        if not marked.pause_between(cue.last, at):
            return "negation"
    if _not_any(marked, at, scope.first):
        return "negation"
    if marked.lang == "ckb":
        for cue in _cues(marked, trigger.last, min(trigger.last + 4, scope.last), "negation"):
            if cue.form.base.startswith(("نه", "نا")) and not marked.pause_between(trigger.last, cue.first):
                return "negation"
    return None


_WITHOUT_CKB = frozenset(("بي", "بهبي"))
_ANY = frozenset(("اي", "ايه", "any"))


def _not_any(marked: Marked, at: int, first: int) -> bool:
    """ "لم تشهد كركوك أمس أي انفجار أو هجوم": "any" reaches what "or" joins to what it stands before."""
    before = marked.tokens[at - 1].form if at > first else ""
    joined = before in ("او", "or") or marked.tokens[at].form.startswith(("او", "or"))
    reach = marked.tokens[max(first, at - (4 if joined else 1)) : at]
    return any(token.form in _ANY for token in reach) and bool(_cues(marked, first, at, "negation"))


def _denied(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    cues = _cues(marked, scope.sentence_first, scope.sentence_last, "denial")
    if marked.lang == "ckb":
        return "denial" if cues else None
    for cue in cues:
        if cue.first <= trigger.first and not _cues(marked, cue.last, trigger.first, "contrast"):
            return "denial"
        if _cues(marked, scope.sentence_first, trigger.first, "rumour"):
            return "denial"
        if cue.entry.term in ("لا صحة", "عار عن الصحة", "untrue", "شائعة", "شائعات", "rumours", "rumors", "false"):
            return "denial"
    return None


def _planned(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    at = trigger.first
    if any(mention.kind == "future" for mention in scope.dates) and not scope.recent():
        return "future"
    if trigger.last - at > 2 and _cues(marked, at + 1, trigger.last - 1, "future", "modal"):
        return "future"  # "hope a security agreement will be signed"
    if marked.lang == "ckb":
        return "future" if _cues(marked, scope.first, scope.last, "future") and not scope.recent() else None
    for cue in _cues(marked, max(scope.first, at - 14), at, "future"):
        near = at - cue.last
        if cue.entry.term in ("محاولة", "خطة", "مخطط", "مخططات", "attempted", "plan", "plans", "خطط"):
            if near <= 2:
                return "attempt"
            continue
        if cue.entry.term in ("لاحقا", "قريبا") or marked.tokens[cue.last].form in ("برس", "press"):
            continue  # "الغد برس" is an outlet
        if near <= 10:
            return "future"
    if marked.lang == "ar":
        for near in range(max(scope.first, at - 9), at + 1):
            if _future(marked.tokens[near].form) and not _known(marked, near, at):
                return "future"
    for cue in _cues(marked, max(scope.first, at - 5), at, "modal"):
        if marked.tokens[cue.last - 1].form == "الحال":
            continue  # "فمات أحدهم في الحال": at once, not in case
        if not marked.pause_between(cue.last, at):
            return "modal"
    return None


@lru_cache(maxsize=20_000)
def _future(form: str) -> bool:
    return bool(_FUTURE_VERB.match(form)) and not _NOT_FUTURE.match(form)


def _known(marked: Marked, at: int, trigger: int) -> bool:
    """Whether the lexicon knows the word whole, so that its first letter is no future particle."""
    classes = ("objects", "numbers", "times", "kinds", "persons", "organisations", "actor_aliases")
    return at != trigger and any(tag.form.cost == 0 for cls in classes for tag in marked.tags(cls, at, at + 1))


_CHARGE = ("charge", "accus", "suspic", "wanted", "involve", "connection", "linked")


def _for_a_purpose(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    at = trigger.first
    if marked.lang == "ar" and trigger.form.prep == "ل":
        before = [marked.tokens[near].form for near in range(max(scope.first, at - 16), at)]
        if not any(_EXPOSED.match(form) for form in before):
            return "purpose"
    reach = 8 if marked.lang == "ar" else 9
    for cue in _cues(marked, max(scope.first, at - reach), at, "purpose"):
        if trigger.value.startswith("arrest") and any(word in cue.entry.gloss for word in _CHARGE):
            continue
        if trigger.entry.cls == "casualties" and cue.entry.term.startswith("اعترف"):
            continue  # "اعترفت الوزارة باستشهاد ثلاثة من مقاتليها": it owns its losses
        if cue.first == at or cue.form.base in ("ضد", "against") and at - cue.last > 2:
            continue
        if cue.entry.term in ("ضد", "دژی", "دژ بە"):
            return "purpose" if at - cue.last <= 1 else None
        if not any(marked.tokens[near].form == "," for near in range(cue.last, at)):
            return "purpose"
    return None


def _feared(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    at = trigger.first
    for cue in _cues(marked, scope.first, at, "warning", "call"):
        if cue.entry.term == "أمر" and "آ" in marked.words(marked.span(cue.first, cue.last)):
            continue  # "آمر فوج": a commander, who ordered nothing
        if cue.last <= at and not (cue.value == "call" and scope.recent() and at - cue.last > 12):
            return cue.value
    if marked.lang != "ar":
        for cue in _cues(marked, trigger.last, scope.last, "warning"):
            if marked.lang == "ckb" or cue.entry.term in ("warned", "feared"):
                return "warning"
        if marked.lang == "ckb" and not scope.recent() and _cues(marked, trigger.last, scope.last, "call"):
            return "call"
    return None


_OBJECT = frozenset(
    "protested condemned denounced discussed decried called described slammed criticised criticized".split()
)


def _objected_to(marked: Marked, trigger: Tag, scope: Scope) -> bool:
    """ "received the ambassador on Tuesday and protested the strike": the day is that of the protest."""
    before = [token.form for token in marked.tokens[max(scope.first, trigger.first - 3) : trigger.first]]
    return before[-1:] == ["the"] and bool(_OBJECT.intersection(before))


def _condemned(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    """ "ودان رئيس الحكومة الهجوم": who condemns an attack tells of none, unless of its day."""
    if marked.lang == "en" and _objected_to(marked, trigger, scope):
        return "condemned"
    if scope.dated() or not trigger.form.definite and marked.lang != "en":
        return None
    for cue in _cues(marked, max(scope.first, trigger.first - 9), trigger.first, "condemn"):
        if not any(marked.tokens[at].form in (".", ";") for at in range(cue.last, trigger.first)):
            return "condemned"
    return None


_CHARGED = frozenset("للاشتباه لاشتباه بتهمه بتهم لتورطهم لتورطه suspicion suspected accused".split())


def _of_the_charge(marked: Marked, trigger: Tag, cue: Tag) -> bool:
    """ "أوقفت أربعة للاشتباه بعملهم سابقاً لدى التنظيم": what was before is what they are charged with."""
    return any(token.form in _CHARGED for token in marked.tokens[trigger.last : max(trigger.last, cue.first)])


def _background(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    flown = trigger.value.startswith(("air_strike", "drone_strike", "shelling"))
    if _cues(marked, scope.sentence_first, scope.last, "court") and not (flown and scope.recent()):
        return "court"  # but "warplanes bombed a building used as a court on Sunday"
    if any(m.kind == "year" and 0 <= m.first - trigger.last <= 1 for m in scope.dates):
        return "background"  # "damaged in the fighting of 2014"
    if _cues(marked, max(scope.first, trigger.first - 6), trigger.first, "custom"):
        return "habit"  # "said on Tuesday that they usually rely on kidnapping": the day is that of the saying
    if _cues(marked, scope.first, trigger.first, "recall"):
        return "background"  # "مذكّراً بأن التنظيم اقترب مطلع آب من العاصمة"
    if scope.recent():
        return None
    if _cues(marked, scope.sentence_first, scope.last, "custom"):
        return "habit"
    year = any(m.kind == "year" and m.first < trigger.last + 7 for m in scope.dates)
    if year and not any(mention.kind in _DATED for mention in scope.dates):
        return "background"
    if len([m for m in scope.dates if m.kind == "year"]) > 1 and not scope.dated():
        return "background"  # "bombs killed hundreds in the city between 2005 and 2014"
    published = marked.report.published
    ended = [m.days.end for m in scope.dates if m.kind == "month" and m.days.end]
    if published and ended and "plural" in trigger.value and max(ended) < published - timedelta(45):
        return "background"
    cues = [c for c in _cues(marked, scope.first, scope.last, "background") if not _of_the_charge(marked, trigger, c)]
    if cues and not scope.dated():
        return "background"
    if _told_as_before(marked, trigger, scope):
        return "before"
    since = [
        m for m in scope.dates if m.kind == "month" and m.first and marked.tokens[m.first - 1].form in ("since", "منذ")
    ]
    tally = any(":plural" in tag.value for tag in marked.tags("triggers", scope.first, scope.last))
    if since and (not tally or trigger.value.startswith(("air_strike", "drone_strike"))):
        return "background"
    habit = _cues(marked, max(scope.first, trigger.first - 6), trigger.last, "habit")
    if any(cue.last == trigger.first for cue in habit) and not scope.dated():
        return "habit"  # "continued to attack"
    loose = "plural" in trigger.value or "weak" in trigger.value or trigger.entry.pos == "vi"
    if habit and loose and not scope.dated():
        return "habit"
    return None


def _told_as_before(marked: Marked, trigger: Tag, scope: Scope) -> bool:
    """ "وكان ... قد", "had been", "سبق أن": what was before, unless a day is told for it."""
    if _cues(marked, scope.sentence_first, min(scope.sentence_first + 4, scope.last), "pluperfect", "before"):
        return True
    if marked.lang == "en":
        if marked.has("speech", scope.first, trigger.first, "say"):
            return False  # "an officer said a girl had been killed": the tense of what is reported
        return bool(_cues(marked, max(scope.first, trigger.first - 3), trigger.first, "pluperfect", "before"))
    return marked.lang == "ckb" and bool(_cues(marked, trigger.first, scope.last, "pluperfect"))


_MEANT = ("attack:strong", "shelling:strong", "air_strike:strong", "drone_strike:strong", "suicide_bombing:strong")


def _accidental(marked: Marked, trigger: Tag, scope: Scope) -> str | None:
    category = trigger.value.split(":")[0]
    if any(tag.value.startswith(_MEANT) for tag in marked.tags("triggers", scope.first, scope.last)):
        return None  # "جراء انقلاب همر تعرض لإطلاق نار", "قصفت المدفعية ... ونفوق 30 رأساً"
    if trigger.entry.cls != "casualties" and category not in ("ied", "property_destruction"):
        return None
    for cue in _cues(marked, scope.first, scope.last, "accident"):
        if cue.first < trigger.first or cue.first - trigger.last < 12:
            return "accident"
    return None
