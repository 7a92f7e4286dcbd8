"""The triggers of a clause that tell an event as fact, grouped by the event they tell."""

from typing import TYPE_CHECKING

from pipeline.extract.clauses import Clause
from pipeline.extract.draft import Draft
from pipeline.extract.kind_of_event import Trigger, main_type, sabotage, typed
from pipeline.extract.marked import Marked
from pipeline.extract.realis import Scope, unreal
from pipeline.extract.toll import Toll
from pipeline.text.lexicon import Tag

if TYPE_CHECKING:
    from pipeline.extract.read_events import Reading

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
_DATED = frozenset(("day", "night", "window", "week", "unresolved"))
_KINETIC = ("incident", "airstrike")


def select(
    marked: Marked, reading: "Reading", clause: Clause, tolls: list[Toll], before: list[Draft], *, headed: bool = False
) -> list[list[Trigger]]:
    """Groups of triggers, each telling one event, its main trigger first."""
    scope = Scope(
        clause.first, clause.last, reading.sentence.first, reading.sentence.last, tuple(_dates_of(reading, clause))
    )
    told = frozenset(draft.event_type for draft in before)
    facts = [t for t in _typed(marked, clause, told) if unreal(marked, t.tag, scope) is None]
    tolls[:] = [toll for toll in tolls if _real_toll(marked, toll, scope)]
    facts = [t for t in facts if not _done_by_one_of_them(marked, t, facts)]
    facts = [t for t in facts if _supported(marked, t, facts, tolls, reading, clause, scope, before, headed=headed)]
    if _report_denies(marked, reading, facts):
        facts = [t for t in facts if t.category not in _KINETIC]
        tolls[:] = []
    groups: list[list[Trigger]] = []
    kinetic = [t for t in facts if t.category in _KINETIC]
    operation = [t for t in facts if t.category == "operation"]
    others = any(t.strong and t.category in ("meeting", "operation") for t in facts)
    kinetic = [t for t in kinetic if not _what_led_to(marked, t, operation, others=others)]
    if kinetic:
        kinetic = _without_finds(kinetic, operation)
        kinetic = _without_the_arrested(kinetic, operation, tolls)
    if kinetic:
        main = sabotage(marked, main_type(marked, kinetic, tolls), clause.first, clause.last, tolls)
        groups.append([main, *(t for t in kinetic if t is not main)])
        operation = [t for t in operation if t.event_type == "arrest" and t.strong and _far(t, main)]
    if operation:
        main = _main_operation(operation)
        groups.append([main, *(t for t in operation if t is not main)])
    elif not kinetic and _tells_victims(marked, tolls):
        victim = _victim(marked, tolls, clause, scope)
        if victim is not None:
            groups.append([victim])
    meetings = [t for t in facts if t.category == "meeting"]
    groups += _meetings([t for t in meetings if not (kinetic and _meanwhile(marked, t))])
    return groups


_ONE_OF = frozenset("احدهم احدهما احدها بينهم منهم ئهوانيش يهكيكيان".split())


def _done_by_one_of_them(marked: Marked, trigger: Trigger, facts: list[Trigger]) -> bool:
    """ "قتل أربعة، أحدهم فجر نفسه": how one of those counted died is a part of what is told of them all."""
    if trigger.event_type != "suicide_bombing" or all(t.event_type == "suicide_bombing" for t in facts):
        return False
    at = trigger.tag.first
    forms = [token.form for token in marked.tokens[max(0, at - 4) : at]]
    return bool(_ONE_OF.intersection(forms)) or (marked.lang == "en" and "whom" in forms)


def _dates_of(reading: "Reading", clause: Clause) -> list:  # type: ignore[type-arg]
    inside = [m for m in reading.dates if clause.first <= m.first < clause.last]
    if clause.separate or any(m.kind in _DATED or m.kind in ("year", "future", "month") for m in inside):
        return inside
    return [m for m in reading.dates if m.first < clause.last]


def _typed(marked: Marked, clause: Clause, told: frozenset[str]) -> list[Trigger]:
    found = []
    for tag in marked.tags("triggers", clause.first, clause.last):
        if tag.value.endswith(":support") or _is_dawn(marked, tag):
            continue
        trigger = typed(marked, tag, clause.first, clause.last, told)
        if trigger is not None:
            found.append(trigger)
    return found


def _report_denies(marked: Marked, reading: "Reading", facts: list[Trigger]) -> bool:
    """Whether the report opens with the denial of an attack: what follows repeats what is denied."""
    first = marked.document.sentences[0]
    if not any(t.category in _KINETIC for t in facts) and reading.number:
        return False
    denial = marked.tags("cues", first.first, first.last, ("denial",))
    told = marked.tags("triggers", first.first, first.last)
    return bool(denial and told) and reading.number <= 3


def _is_dawn(marked: Marked, tag: Tag) -> bool:
    """Unvowelled فجر before a day is dawn, not "blew up"."""
    if not tag.entry.term.startswith("فجر") or tag.last - tag.first > 1:
        return False
    part = [t for t in marked.tags("times", tag.first, tag.first + 1) if t.value == "part:dawn"]
    start, end = marked.tokens[tag.first].start, marked.tokens[tag.first].end
    vowelled = "\u0651" in marked.document.text[start:end]
    return bool(part) and not vowelled and bool(marked.tags("times", tag.first + 1, tag.first + 3))


def _real_toll(marked: Marked, toll: Toll, scope: Scope) -> bool:
    tag = marked.tag_at("casualties", toll.at)
    if tag is None:
        return True
    why = unreal(marked, tag, scope)
    if toll.rule == "none":
        return why not in ("denial", "background", "call", "warning")
    return why is None or why == "negation"


def _supported(
    marked: Marked, trigger: Trigger, facts: list[Trigger], tolls: list[Toll], reading: "Reading", clause: Clause,
    scope: Scope, before: list[Draft], *, headed: bool,
) -> bool:  # fmt: skip
    """Whether a trigger that does not assert by itself has a day, a toll or a verb of happening to carry it."""
    if (
        trigger.event_type in ("ied", "shelling", "suicide_bombing")
        and _is_device(trigger)
        and not _goes_off(marked, trigger, facts, tolls)
    ):
        return False
    if "headline" in trigger.tag.value and reading.number > 1 and not _is_item(marked, reading):
        return bool(tolls) or scope.recent()
    if trigger.strong and trigger.event_type not in ("agreement",):
        return True
    dated = headed or any(m.kind in _DATED for m in scope.dates) or clause.anchor is not None
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
    if trigger.category == "airstrike" and happens and not trigger.definite:  # "نفّذت ضربة جوية ضد التنظيم"
        return any(clause.first <= a.first < clause.last and a.side in ("militant", "external") for a in reading.actors)
    return _is_headline(marked, reading) and place


def _is_item(marked: Marked, reading: "Reading") -> bool:
    """A sentence that is a line of its own: an item of a list, told as headlines are."""
    text, span = marked.document.text, reading.sentence.span
    if marked.has("speech", reading.sentence.first, reading.sentence.last, "say"):
        return False
    return "\n" in text[max(0, span.start - 2) : span.start] and "\n" in text[span.end : span.end + 2] + "\n" * (
        span.end >= len(text) - 1
    )


_BREAKING = frozenset("breaking urgent عاجل بهپهله".split())


def _is_headline(marked: Marked, reading: "Reading") -> bool:
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
    before: list[Draft], reading: "Reading",
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
    if trigger.definite and any(d.category == "meeting" for d in before):
        return dated and place and happens
    if (dated and place) or (happens and (dated or place)):
        return True
    said = marked.tags("cues", max(clause.first, trigger.tag.first - 4), trigger.tag.first + 3, ("assert",))
    plain = dated and trigger.tag.form.prep in ("ب", "") and "plural" not in flags
    return plain and (bool(said) or _during(marked, trigger.tag, clause))


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
    for cue in marked.tags("cues", max(clause.first, tag.first - 9), min(clause.last, tag.last + 8), ("assert",)):
        if cue.entry.pos in ("v", "n") or marked.lang != "ar":
            return True
    return False


def _anaphor(trigger: Trigger, before: list[Draft]) -> bool:
    return any(draft.category == trigger.category for draft in before)


def _is_device(trigger: Trigger) -> bool:
    flags = trigger.tag.value.split(":")
    return "weapon" in flags or "vest" in flags or trigger.tag.entry.term.startswith(_DEVICES)


def _goes_off(marked: Marked, trigger: Trigger, facts: list[Trigger], tolls: list[Toll]) -> bool:
    finds = [
        t for t in facts if t.event_type in ("weapons_seizure", "arrest") and abs(t.tag.first - trigger.tag.first) < 14
    ]
    counted = any(toll.number.low for toll in tolls)
    if finds and not counted:
        return False
    if any(t.tag.entry.term.startswith(_GOES_OFF) or "target" in t.tag.value for t in facts if t is not trigger):
        return True
    if trigger.tag.last < len(marked.tokens) and marked.tokens[trigger.tag.last].form in _STRIKES_AT:
        return True  # "shells on a village", "IED against a convoy"
    strong = any(t.strong and t.category in _KINETIC for t in facts if t is not trigger)
    return counted or strong or trigger.strong


_STRIKES_AT = frozenset("علي on against hits hit struck strikes targets targeted rips rocks kills تنفجر".split())


def _without_finds(kinetic: list[Trigger], operation: list[Trigger]) -> list[Trigger]:
    """Bombs that were found or defused did not go off: what is told of them is the find."""
    finds = [t for t in operation if t.event_type == "weapons_seizure"]
    if not finds:
        return kinetic
    return [t for t in kinetic if t.strong or not _is_device(t) and t.event_type not in ("ied",)]


def _without_the_arrested(kinetic: list[Trigger], operation: list[Trigger], tolls: list[Toll]) -> list[Trigger]:
    """What the arrested are called or charged with did not happen now: "القبض على ثلاثة انتحاريين"."""
    arrests = [t for t in operation if t.event_type == "arrest"]
    if not arrests or any(toll.number.low for toll in tolls):
        return kinetic
    laid = [t for t in kinetic if t.tag.entry.term.startswith(("نصب", "كمين", "ambush"))]  # for those arrested
    kinetic = [t for t in kinetic if t not in laid]
    return [t for t in kinetic if t.strong or not any(0 <= t.tag.first - a.tag.last <= 14 for a in arrests)]


def _meanwhile(marked: Marked, trigger: Trigger) -> bool:
    """ "استهدف الضابط أثناء تفقده نقطة", "while he was visiting": what the victim was doing."""
    at = trigger.tag.first
    return bool({token.form for token in marked.tokens[max(0, at - 3) : at]} & _WHILE)


_WHILE = frozenset("اثناء خلال لدي وهو while during كاتي".split())
_AFTERWARDS = frozenset("بعد وبعد عقب وعقب اثر واثر اعقاب خلفيه after following دواي".split())


def _what_led_to(marked: Marked, trigger: Trigger, operation: list[Trigger], *, others: bool) -> bool:
    """ "عملية أمنية بدأت ... بعد قصف", "وعلى إثر الهجوم وصل القائد": what came before is not what is told."""
    at = trigger.tag.first
    after = at > 0 and marked.tokens[at - 1 - (marked.tokens[at - 1].form == "the")].form in _AFTERWARDS
    if after and trigger.definite and others:
        return True
    return after and not trigger.tag.form.definite and any(t.tag.first < at for t in operation)


def _far(trigger: Trigger, main: Trigger) -> bool:
    return trigger.tag.first - main.tag.last > 14


def _main_operation(operation: list[Trigger]) -> Trigger:
    launched = [t for t in operation if t.event_type == "security_operation" and t.strong]
    if launched and launched[0].tag.first == min(t.tag.first for t in operation):
        return launched[0]
    strong = [t for t in operation if t.strong]
    specific = [t for t in (strong or operation) if t.event_type != "security_operation"]
    return (specific or strong or operation)[0]


_BARE_COUNTS = frozenset(("counted noun", "joint", "bare plural", "dual", "singular", "number of"))
_FALL = frozenset("سقوط سقط وسقوط وسقط ارتقي وارتقي استشهاد سقطوا بسقوط ارتقاء leaving".split())


def _tells_victims(marked: Marked, tolls: list[Toll]) -> bool:
    """Whether people are told as killed or hurt by a verb, not only counted."""
    for toll in tolls:
        if not toll.number.low:
            continue
        near = {token.form for token in marked.tokens[max(0, toll.at - 4) : toll.at]}
        if toll.rule not in _BARE_COUNTS or near & _FALL:
            return True
    return False


def _victim(marked: Marked, tolls: list[Toll], clause: Clause, scope: Scope) -> Trigger | None:
    """People told as killed or wounded with no word for the attack: an attack by what is told of them."""
    for toll in tolls:
        if not toll.number.low:
            continue
        tag = marked.tag_at("casualties", toll.at)
        if tag is None or unreal(marked, tag, scope) is not None:
            continue
        if marked.has("cues", clause.first, clause.last, "accident", "court"):
            return None
        return Trigger(tag, "attack", tag.value.endswith(":verb"), False, False)
    return None


def _meetings(facts: list[Trigger]) -> list[list[Trigger]]:
    """A visit and a meeting that is told as held are two events; an agreement is its own."""
    groups: list[list[Trigger]] = []
    for event_type in ("visit", "meeting", "agreement"):
        told = [t for t in facts if t.event_type == event_type]
        if not told:
            continue
        main = next((t for t in told if t.strong), told[0])
        if event_type == "meeting" and groups and not (main.strong and "discuss" not in main.tag.value):
            continue
        if event_type == "agreement" and groups and not main.strong:
            continue
        groups.append([main, *(t for t in told if t is not main)])
    return groups
