"""Whether a trigger that does not assert by itself has a day, a toll or a verb of happening to carry it."""

from pipeline.extract.clauses import Clause
from pipeline.extract.draft import Draft
from pipeline.extract.kind_of_event import Trigger
from pipeline.extract.marked import Marked
from pipeline.extract.reading import Reading
from pipeline.extract.realis import Scope
from pipeline.extract.toll import Toll
from pipeline.text.lexicon import Tag

_DEVICES = (
    "عبو", "لغم", "ألغام", "لاصقة", "ناسفة", "مخلفات", "مقذوف", "جسم", "مفخخة", "سيار", "عجلة", "مركبة", "دراجة",
    "منزل",
    "ied", "improvised", "explosive", "roadside bomb", "sticky", "magnetic", "car bomb", "motorcycle", "vbied",
    "land", "mine",
    "bomb", "unexploded", "booby", "بۆمب", "مین", "لەغەم", "ئۆتۆمبێل",
)  # fmt: skip


_GOES_OFF = (
    "انفج",
    "ينفجر",
    "تفجير",
    "فجر",
    "explo",
    "blast",
    "detonat",
    "went off",
    "blew",
    "تەقین",
    "تەقی",
    "سقوط",
    "سقط",
    "بۆمبڕێژ",
    "bombing",
)


DATED = frozenset(("day", "night", "window", "week", "unresolved"))


KINETIC = ("incident", "airstrike")


def supported(
    marked: Marked, trigger: Trigger, facts: list[Trigger], tolls: list[Toll], reading: Reading, clause: Clause,
    scope: Scope, before: list[Draft], *, headed: bool,
) -> bool:  # fmt: skip
    """Whether a trigger that does not assert by itself has a day, a toll or a verb of happening to carry it."""
    again = trigger.definite and any(d.event_type == trigger.event_type for d in before)
    if again and is_device(trigger) and trigger.event_type == "shelling":
        return True  # "القذائف أطلقها تنظيم داعش": those told before
    if (
        trigger.event_type in ("ied", "shelling", "suicide_bombing")
        and is_device(trigger)
        and not _goes_off(marked, trigger, facts, tolls)
    ):
        return False
    if "headline" in trigger.tag.value and reading.number > 1 and not _is_item(marked, reading):
        return bool(tolls) or scope.recent()
    if (
        trigger.category == "meeting"
        and _of_both_sides(marked, trigger)
        and before
        and before[-1].category == "meeting"
    ):
        return False  # "وبحث الجانبان ...": what was talked of at the meeting told before
    if _tells_which(marked, trigger) or _of_nobody(marked, trigger, clause, reading, scope, before):
        return False
    if trigger.strong and trigger.event_type not in ("agreement",):
        return True
    dated = headed or any(m.kind in DATED for m in scope.dates) or clause.anchor is not None
    place = headed or any(clause.first <= c.first < clause.last for c in reading.chains if c.location is not None)
    counted = any(toll.number.low is not None for toll in tolls)
    happens = _happens(marked, trigger.tag, clause)
    flags = trigger.tag.value.split(":")
    if trigger.plural:
        period = any(m.kind in ("month", "week", "window") for m in scope.dates)
        return counted and (dated or period) or (happens and dated and place)
    if trigger.category == "meeting":
        return _supported_meeting(
            marked, trigger, facts, clause, dated=dated, place=place, happens=happens, before=before, reading=reading
        )
    if "bare" in flags and trigger.tag.form.base.endswith("ات"):
        return False
    if "bare" in flags:
        return (happens and dated and place) or _anaphor(trigger, before)
    if "storm" in flags or "infiltrate" in flags:
        told = before[-1] if before and before[-1].sentence_no == reading.number - 1 else None
        return bool(dated and place) or counted or (place and told is not None and told.category == "incident")
    if trigger.definite and _anaphor(trigger, before):
        return True
    if counted or (dated and place) or (happens and (dated or place)):
        return True
    doer = any(clause.first <= a.first < clause.last and a.side == "militant" for a in reading.actors)
    if place and doer and trigger.tag.entry.pos.startswith("v"):
        return True
    if _nominal_shelling(marked, trigger, clause):
        return True
    if trigger.category == "airstrike" and trigger.tag.form.base.endswith(
        ("تين", "تان")
    ):  # "ساندت المقاتلات ... بغارتين"
        return any(clause.first <= a.first < clause.last and a.side in ("external", "state") for a in reading.actors)
    if trigger.category == "airstrike" and happens and not trigger.definite:  # "نفّذت ضربة جوية ضد التنظيم"
        return any(clause.first <= a.first < clause.last and a.side in ("militant", "external") for a in reading.actors)
    if place and trigger.category in KINETIC and _does_something(marked, trigger):
        return True
    return _is_headline(marked, reading) and place


_MAKES = frozenset("اجبر اجبرت ارغم ارغمت دفع دفعت اضطر الحق الحقت اوقع اوقعت forced drove sent".split())


def _tells_which(marked: Marked, trigger: Trigger) -> bool:
    """ "the force that searched the place": which force, told beside what it found or met."""
    if trigger.event_type != "security_operation" or trigger.tag.first == 0:
        return False
    return marked.tokens[trigger.tag.first - 1].form in ("التي", "الذي", "that", "which", "who")


def _of_nobody(
    marked: Marked, trigger: Trigger, clause: Clause, reading: Reading, scope: Scope, before: list[Draft]
) -> bool:
    """ "committees met, maps were drawn": a meeting of no named party and no day."""
    goes_on = bool(before) and before[-1].category == "meeting"
    if trigger.event_type != "meeting" or scope.dated() or goes_on:
        return False
    parties = any(clause.first <= a.first < clause.last for a in reading.actors)
    return not parties and not marked.has("objects", clause.first, clause.last, "official")


def _does_something(marked: Marked, trigger: Trigger) -> bool:
    """ "أجبر قصف مدفعي عشرين عائلة على الرحيل": what is named is the subject of a verb of the past."""
    at = trigger.tag.last if marked.lang == "en" else trigger.tag.first - 1
    return 0 <= at < len(marked.tokens) and marked.tokens[at].form in _MAKES and not trigger.definite


def _is_item(marked: Marked, reading: Reading) -> bool:
    """A sentence that is a line of its own: an item of a list, told as headlines are."""
    text, span = marked.document.text, reading.sentence.span
    if marked.has("speech", reading.sentence.first, reading.sentence.last, "say"):
        return False
    return "\n" in text[max(0, span.start - 2) : span.start] and "\n" in text[span.end : span.end + 2] + "\n" * (
        span.end >= len(text) - 1
    )


_BREAKING = frozenset("breaking urgent عاجل بهپهله".split())


def is_title(marked: Marked, reading: Reading) -> bool:
    """A first line with others below it and no full stop, short as titles are."""
    text, span = marked.document.text, reading.sentence.span
    line = text[: text.find("\n")] if "\n" in text else ""
    return 0 < len(line.split()) <= _TITLE and line.strip()[-1:] not in ".:" and span.end <= len(line)


_TITLE = 16


def _is_headline(marked: Marked, reading: Reading) -> bool:
    """A first line that is a title, or the whole of a one-line report."""
    if reading.number or reading.sentence.last - reading.sentence.first > 26:
        return False
    opening = marked.tokens[reading.sentence.first : reading.sentence.first + 4]
    if any(token.form in _BREAKING for token in opening):
        return True
    after = marked.document.text[reading.sentence.span.end : reading.sentence.span.end + 2]
    return "\n" in after or len(marked.document.sentences) == 1


def _nominal_shelling(marked: Marked, trigger: Trigger, clause: Clause) -> bool:
    """ "قذيفتا هاون على حي الانتصار": shells on a place, with no verb."""
    at = trigger.tag.last
    return (
        trigger.event_type == "shelling"
        and at < clause.last
        and marked.tokens[at].form in ("علي", "on")
        and clause.last - clause.first < 16
    )


def _supported_meeting(
    marked: Marked, trigger: Trigger, facts: list[Trigger], clause: Clause, *, dated: bool, place: bool, happens: bool,
    before: list[Draft], reading: Reading,
) -> bool:  # fmt: skip
    flags = trigger.tag.value.split(":")
    parties = any(clause.first <= a.first < clause.last for a in reading.actors)
    if trigger.event_type == "agreement" and not (dated or place or parties):
        return False
    if trigger.event_type == "agreement":
        if trigger.strong and trigger.tag.entry.term.startswith("اتفاق"):
            return True
        if trigger.strong:
            signed = trigger.tag.last - trigger.tag.first > 1 and trigger.tag.entry.pos != "x x"
            if signed:
                return True
            return not any(d.event_type == "meeting" for d in before if d.sentence_no == reading.number) and (
                trigger.tag.last - trigger.tag.first > 1
                or dated
                or any(token.form in ("علي", "on", "لهسهر") for token in marked.tokens[trigger.tag.last :][:1])
            )
        return happens and dated and not trigger.definite
    if "discuss" in flags and _of_the_meeting(marked, clause) and any(d.category == "meeting" for d in before):
        return False  # "وجرى خلال اللقاء بحث ...": what was talked of at the meeting told before
    if "discuss" in flags:
        talking = [
            a for a in reading.actors if clause.first <= a.first < clause.last and a.side in ("political", "state")
        ]
        return (dated or happens) and len({a.name for a in talking}) >= 2
    came = marked.tokens[trigger.tag.first - 1].form if trigger.tag.first else ""
    if trigger.definite and came in ("تاتي", "وتاتي", "ياتي", "وياتي", "جاءت", "وجاءت", "جاء", "وجاء"):
        return False  # "وتأتي الزيارة بعد أيام من مواجهات": the visit told before
    if trigger.definite and any(d.category == "meeting" for d in before):
        return dated and place and happens
    if (dated and place) or (happens and (dated or place)):
        return True
    said = marked.tags("cues", max(clause.first, trigger.tag.first - 4), trigger.tag.first + 3, ("assert",))
    plain = dated and trigger.tag.form.prep in ("ب", "") and "plural" not in flags
    return plain and (bool(said) or _during(marked, trigger.tag, clause))


_SIDES = frozenset("الجانبان الطرفان المجتمعون المجتمعان الحاضرون sides ههردوولا لايهن".split())


def _of_both_sides(marked: Marked, trigger: Trigger) -> bool:
    near = {token.form for token in marked.tokens[trigger.tag.first + 1 : trigger.tag.first + 3]}
    talks = "discuss" in trigger.tag.value or trigger.tag.entry.term.startswith("بحث …")
    return talks and bool(near & _SIDES)


def _of_the_meeting(marked: Marked, clause: Clause) -> bool:
    """Whether a clause speaks of "the meeting"."""
    met = marked.tags("triggers", clause.first, clause.last)
    return any(t.value.startswith("meeting:weak") and t.form.definite for t in met)


def _during(marked: Marked, tag: Tag, clause: Clause) -> bool:
    """ "خلال لقاء جمعهما", "during a meeting"."""
    at = tag.first
    words = {marked.tokens[near].form for near in range(max(clause.first, at - 3), at)}
    return bool(words & {"خلال", "في", "during", "at", "in", "له"})


def _happens(marked: Marked, tag: Tag, clause: Clause) -> bool:
    for cue in marked.tags(
        "cues", max(clause.first, tag.first - 9), min(clause.last, tag.last + 8), ("assert", "claim")
    ):
        if cue.entry.pos in ("v", "n") or marked.lang != "ar":
            return True
    return False


def _anaphor(trigger: Trigger, before: list[Draft]) -> bool:
    return any(draft.category == trigger.category for draft in before)


def is_device(trigger: Trigger) -> bool:
    flags = trigger.tag.value.split(":")
    return "weapon" in flags or "vest" in flags or trigger.tag.entry.term.startswith(_DEVICES)


def _goes_off(marked: Marked, trigger: Trigger, facts: list[Trigger], tolls: list[Toll]) -> bool:
    finds = [
        t for t in facts if t.event_type in ("weapons_seizure", "arrest") and abs(t.tag.first - trigger.tag.first) < 14
    ]
    counted = any(toll.number.low for toll in tolls)
    if finds and not counted:
        return False
    before = {token.form for token in marked.tokens[max(0, trigger.tag.first - 3) : trigger.tag.first]}
    if before & _USING and not _counted_alone(marked, trigger, facts):
        return False  # "شن هجوماً مستخدماً عجلات مفخخة": an attack, and what it was made with
    if any(t.tag.entry.term.startswith(_GOES_OFF) or "target" in t.tag.value for t in facts if t is not trigger):
        return True
    if trigger.tag.last < len(marked.tokens) and marked.tokens[trigger.tag.last].form in _STRIKES_AT:
        return True  # "shells on a village", "IED against a convoy"
    strong = any(t.strong and t.category in KINETIC for t in facts if t is not trigger)
    return counted or strong or trigger.strong


def _counted_alone(marked: Marked, trigger: Trigger, facts: list[Trigger]) -> bool:
    """Whether no other telling of an attack stands by a device."""
    return not any(t.strong and t.event_type == "attack" for t in facts if t is not trigger)


_USING = frozenset("مستخدما مستخدمه مستخدمين باستخدام using".split())


_STRIKES_AT = frozenset("علي on against hits hit struck strikes targets targeted rips rocks kills تنفجر".split())
