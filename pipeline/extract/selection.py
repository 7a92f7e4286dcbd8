"""The triggers of a clause that tell an event as fact, grouped by the event they tell."""

from pipeline.extract.clauses import Clause
from pipeline.extract.draft import Draft
from pipeline.extract.kind_of_event import Trigger, main_type, sabotage, typed
from pipeline.extract.left_out import (
    afterwards,
    done_by_one_of_them,
    meanwhile,
    of_the_operation,
    what_led_to,
    without_finds,
    without_the_arrested,
)
from pipeline.extract.marked import Marked
from pipeline.extract.reading import Reading
from pipeline.extract.realis import Scope, unreal
from pipeline.extract.support import DATED, KINETIC, supported
from pipeline.extract.toll import Toll
from pipeline.text.lexicon import Tag


def select(
    marked: Marked, reading: Reading, clause: Clause, tolls: list[Toll], before: list[Draft], *, headed: bool = False
) -> list[list[Trigger]]:
    """Groups of triggers, each telling one event, its main trigger first."""
    if not tolls and not marked.tags("triggers", clause.first, clause.last):
        return []
    scope = Scope(
        clause.first, clause.last, reading.sentence.first, reading.sentence.last, tuple(_dates_of(reading, clause))
    )
    told = frozenset(draft.event_type for draft in before)
    facts = [t for t in _typed(marked, clause, told) if unreal(marked, t.tag, scope) is None]
    tolls[:] = [toll for toll in tolls if _real_toll(marked, toll, scope)]
    facts = [t for t in facts if not done_by_one_of_them(marked, t, facts)]
    facts = [t for t in facts if supported(marked, t, facts, tolls, reading, clause, scope, before, headed=headed)]
    if _report_denies(marked, reading, facts):
        facts = [t for t in facts if t.category not in KINETIC]
        tolls[:] = []
    groups: list[list[Trigger]] = []
    kinetic = [t for t in facts if t.category in KINETIC]
    operation = [t for t in facts if t.category == "operation"]
    others = any(t.strong and t.category in ("meeting", "operation") for t in facts)
    kinetic = [t for t in kinetic if not what_led_to(marked, t, kinetic, operation, others=others)]
    kinetic = [t for t in kinetic if not of_the_operation(marked, t, clause.first, operation)]
    if any(toll.number.low for toll in tolls):
        operation = [
            t for t in operation if t.strong or not afterwards(marked, t)
        ]  # "بلغ القتلى عشرة بعد تفتيش الموقع"
    if kinetic:
        kinetic = without_finds(kinetic, operation)
        kinetic = without_the_arrested(kinetic, operation, tolls)
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
    groups += _meetings([t for t in meetings if not (kinetic and meanwhile(marked, t))])
    return groups


def _dates_of(reading: Reading, clause: Clause) -> list:  # type: ignore[type-arg]
    inside = [m for m in reading.dates if clause.first <= m.first < clause.last]
    if clause.separate or any(m.kind in DATED or m.kind in ("year", "future", "month") for m in inside):
        return inside
    return [m for m in reading.dates if m.first < clause.last]


def _typed(marked: Marked, clause: Clause, told: frozenset[str]) -> list[Trigger]:
    found = []
    for tag in marked.tags("triggers", clause.first, clause.last):
        if tag.value.endswith(":support") or _is_dawn(marked, tag) or _names_an_office(marked, tag):
            continue
        trigger = typed(marked, tag, clause.first, clause.last, told)
        if trigger is not None:
            found.append(trigger)
    return found


def _report_denies(marked: Marked, reading: Reading, facts: list[Trigger]) -> bool:
    """Whether the report opens with the denial of an attack: what follows repeats what is denied."""
    first = marked.document.sentences[0]
    if not any(t.category in KINETIC for t in facts) and reading.number:
        return False
    if reading.number and any(m.kind in ("day", "night") for m in reading.dates) and reading.chains:
        return False  # another event, with its own day and place
    denial = marked.tags("cues", first.first, first.last, ("denial",))
    told = marked.tags("triggers", first.first, first.last)
    return bool(denial and told) and reading.number <= 3


def _names_an_office(marked: Marked, tag: Tag) -> bool:
    """ "فەرماندەی ئۆپەراسیۆنەکانی دیالە": the operations of a command are none that took place."""
    if not tag.value.startswith("security_operation"):
        return False
    if marked.lang == "en" and tag.last < len(marked.tokens) and marked.tokens[tag.last].form in _OFFICES:
        return True  # "a letter from the operations command"
    bodies = marked.tags("organisations", max(0, tag.first - 2), tag.last, ("head",))
    return any(body.first < tag.first and body.last >= tag.first for body in bodies) and marked.lang == "ckb"


_OFFICES = frozenset("command commands commander room centre center spokesman".split())


def _is_dawn(marked: Marked, tag: Tag) -> bool:
    """Unvowelled فجر before a day is dawn, not "blew up"."""
    if not tag.entry.term.startswith("فجر"):
        return False
    if tag.last - tag.first > 1:  # "فجر اليوم خمس ضربات على الوادي نفسه"
        return tag.last - tag.first > 3 and bool(marked.tags("times", tag.first + 1, tag.first + 2))
    if tag.form.base == "فجرا":
        return True  # "at dawn"; "the two blew up" is all but never written
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
        if not toll.number.low or toll.rule == "initial":
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
