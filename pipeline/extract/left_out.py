"""Triggers that tell no event of their own beside others: finds, charges, what led to it, what went on meanwhile."""

from pipeline.extract.kind_of_event import Trigger
from pipeline.extract.marked import Marked
from pipeline.extract.support import is_device
from pipeline.extract.toll import Toll

_ONE_OF = frozenset("احدهم احدهما احدها بينهم منهم ئهوانيش يهكيكيان".split())


def done_by_one_of_them(marked: Marked, trigger: Trigger, facts: list[Trigger]) -> bool:
    """ "قتل أربعة، أحدهم فجر نفسه": how one of those counted died is a part of what is told of them all."""
    if trigger.event_type != "suicide_bombing" or all(t.event_type == "suicide_bombing" for t in facts):
        return False
    at = trigger.tag.first
    forms = [token.form for token in marked.tokens[max(0, at - 4) : at]]
    return bool(_ONE_OF.intersection(forms)) or (marked.lang == "en" and "whom" in forms)


def without_finds(kinetic: list[Trigger], operation: list[Trigger]) -> list[Trigger]:
    """Bombs that were found or defused did not go off: what is told of them is the find."""
    finds = [t for t in operation if t.event_type == "weapons_seizure"]
    if not finds:
        return kinetic
    kinetic = [t for t in kinetic if not (t.event_type == "ied" and t.tag.form.base.endswith(("ها", "هما", "هم")))]
    return [t for t in kinetic if t.strong or not is_device(t) and t.event_type != "ied" and not _weapon(t)]


def _weapon(trigger: Trigger) -> bool:
    """Whether a trigger is the name of a weapon: "رمانات يدوية" among what was seized."""
    return trigger.tag.entry.gloss.endswith(("grenade", "grenades", "mortar", "rocket", "missile", "shell", "shells"))


def without_the_arrested(kinetic: list[Trigger], operation: list[Trigger], tolls: list[Toll]) -> list[Trigger]:
    """What the arrested are called or charged with did not happen now: "القبض على ثلاثة انتحاريين"."""
    arrests = [t for t in operation if t.event_type == "arrest"]
    if not arrests or any(toll.number.low for toll in tolls):
        return kinetic
    laid = [t for t in kinetic if t.tag.entry.term.startswith(("نصب", "كمين", "ambush"))]  # for those arrested
    kinetic = [t for t in kinetic if t not in laid]
    return [t for t in kinetic if t.strong or not any(0 <= t.tag.first - a.tag.last <= 14 for a in arrests)]


def of_the_operation(marked: Marked, trigger: Trigger, first: int, operation: list[Trigger]) -> bool:
    """ "العملية جرت ليلاً واستهدفت منزلين": what an operation targets is searched, not attacked."""
    if "target" not in trigger.tag.value or "weak" in trigger.tag.value and trigger.category != "incident":
        return False
    before = marked.tags("triggers", first, trigger.tag.first)
    return bool(before) and before[-1].value.startswith("security_operation") and before[-1].form.definite


def meanwhile(marked: Marked, trigger: Trigger) -> bool:
    """ "استهدف الضابط أثناء تفقده نقطة", "while he was visiting": what the victim was doing."""
    at = trigger.tag.first
    return bool({token.form for token in marked.tokens[max(0, at - 3) : at]} & _WHILE)


_WHILE = frozenset("اثناء خلال لدي وهو عند وعند حين while during كاتي".split())


_AFTERWARDS = frozenset("بعد وبعد عقب وعقب اثر واثر اعقاب خلفيه after following دواي".split())


def afterwards(marked: Marked, trigger: Trigger) -> bool:
    """Whether "after" stands right before a trigger."""
    at = trigger.tag.first
    return at > 0 and marked.tokens[at - 1 - (marked.tokens[at - 1].form == "the")].form in _AFTERWARDS


def what_led_to(
    marked: Marked, trigger: Trigger, kinetic: list[Trigger], operation: list[Trigger], *, others: bool
) -> bool:
    """ "عملية أمنية بدأت ... بعد قصف", "وعلى إثر الهجوم وصل القائد": what came before is not what is told."""
    at = trigger.tag.first
    after = afterwards(marked, trigger)
    fresh = any(not t.definite and t.event_type != trigger.event_type for t in kinetic if t is not trigger)
    if after and trigger.definite and (others or fresh):
        return True
    return after and not trigger.tag.form.definite and any(t.tag.first < at for t in operation)
