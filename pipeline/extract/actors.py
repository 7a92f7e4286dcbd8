"""Who acted and upon whom: actor mentions of a stretch, and the roles their places in it give them."""

import csv
import re
from functools import cache
from typing import NamedTuple

from pipeline.extract.marked import Marked
from pipeline.extract.toll import Toll
from pipeline.model import Claim
from pipeline.text.lexicon import HERE, Tag

CIVILIANS, UNKNOWN = "Civilians", "Unidentified Armed Group"
_BY = frozenset(
    "شنه شنها نفذه نفذها نفذهما شنته نفذته قبل يد ايدي لهلايهن لهلايان by بنيران برصاص لمسلحي لمسلحين شنهما".split()
)
_BETWEEN = frozenset(("بين", "between", "نيوان"))
_UPON = frozenset(
    "علي ضد استهدف استهدفت استهدفوا تستهدف يستهدف مستهدفا مستهدفه استهداف بحق سهر on against targeting "
    "targeted at ضمن".split()
)


class ActorMention(NamedTuple):
    """An actor named at tokens[first:last]."""

    name: str
    first: int
    last: int
    side: str


@cache
def sides() -> dict[str, str]:
    """Canonical actor -> state, militant, external, political or civilians."""
    with (HERE / "actors.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row["side"] for row in csv.DictReader(lines)}


def side_of(name: str) -> str:
    """state, militant, external, political or civilians, of a canonical actor."""
    return sides()[name]


def find_actors(marked: Marked, first: int, last: int) -> list[ActorMention]:
    """The actors named in tokens[first:last], in order; none within another's name, none in a purpose or a place."""
    found: list[ActorMention] = []
    for tag in marked.tags("actor_aliases", first, last):
        if _in_purpose(marked, tag, first) or _is_word(marked, tag) or _over_it(marked, tag, found):
            continue
        if _worn(marked, tag, first):
            continue
        found.append(ActorMention(tag.value, tag.first, tag.last, sides()[tag.value]))
    told = [actor for actor in found if not _speaks(marked, actor, first)]
    return told or found


_WORN = frozenset("زي بزي ازياء بازياء ملابس بملابس".split())


def _worn(marked: Marked, tag: Tag, first: int) -> bool:
    """Gunmen "متنكرين بزي الشرطة الاتحادية", "wearing army uniforms": those whose clothes they wear are not there."""
    if tag.first > first and marked.tokens[tag.first - 1].form in _WORN:
        return True
    after = marked.tokens[tag.last].form if tag.last < len(marked.tokens) else ""
    return after in ("uniform", "uniforms", "fatigues")


def _over_it(marked: Marked, tag: Tag, found: list[ActorMention]) -> bool:
    """ "وزارة البيشمركة في حكومة إقليم كردستان": a government named as what a body belongs to."""
    before = found[-1] if found else None
    if before is None or sides()[tag.value] != "political" or tag.first - before.last != 1:
        return False
    return before.side in ("state", "political") and marked.tokens[tag.first - 1].form in ("في", "له", "of")


def force_speaking(marked: Marked, first: int, last: int) -> list[ActorMention]:
    """The force that tells of what was done, where no other is named: "أعلنت وزارة البيشمركة أن قوة اشتبكت ..."."""
    said = [ActorMention(t.value, t.first, t.last, sides()[t.value]) for t in marked.tags("actor_aliases", first, last)]
    return [actor for actor in said if actor.side in ("state", "external") and _speaks(marked, actor, first)][:1]


_ITSELF = frozenset("انه انها انهم بانه بانها بانهم".split())
_THAT = frozenset("بانه بانها بانهم انهم ان بان انه انها : that كه".split())


_OPENS = _THAT | {".", ";", "\n"}  # what the verb's own clause stands behind
_THEIR_FORCES = re.compile(
    "(قوات|قوه|مقاتلات|طائرات|مسيرات|مفارز|عناصر|قطعات|مدفعيت|جنود|وحدات|طيران|سلاح|اجهزت|فرق)(ها|ه|هم)$"
)


def _speaks(marked: Marked, actor: ActorMention, first: int) -> bool:
    """Whether an actor is named as who says it: between a verb of saying and what is said."""
    says = marked.tags("speech", max(first, actor.first - 9), actor.first, ("say",))
    if not says or marked.lang != "ar":
        return False
    if any(marked.tokens[at].form in _THAT for at in range(says[-1].last, actor.first)):
        return False
    for at in range(actor.last, min(len(marked.tokens) - 1, actor.last + 12)):
        if marked.tokens[at].form in _THAT:
            if _THEIR_FORCES.match(marked.tokens[at + 1].form):
                return False  # "قالت وزارة الدفاع التركية إن مقاتلاتها شنت"
            pronoun = marked.tokens[at].form in _ITSELF
            if pronoun and marked.tag_at("triggers", at + 1) is not None:
                return False  # "قالت الوزارة إنها بحثت": she who says it is she who did it
            break
    limit = min(len(marked.tokens), actor.last + 12)
    said = any(marked.tokens[at].form in _THAT for at in range(actor.last, limit))
    return said and not marked.tags("triggers", says[-1].last, actor.last)


def _in_purpose(marked: Marked, tag: Tag, first: int) -> bool:
    """ISIS in "لتأمين البلدة من هجمات داعش", "بحثا عن عناصر داعش", "من مخلفات داعش" takes no part in what is told."""
    for cue in marked.tags("cues", max(first, tag.first - 7), tag.first, ("purpose", "warning")):
        if cue.entry.term not in (
            "ضد",
            "against",
            "دژی",
            "دژ بە",
            "لتنفيذ",
            "متهم",
            "بتهمة",
            "متورط",
        ) and not marked.pause_between(cue.last, tag.first):
            return True
    return False


def _is_word(marked: Marked, tag: Tag) -> bool:
    """English "is" is a verb unless what follows makes it the group's name."""
    if marked.lang == "en" and tag.entry.term.startswith("is ") or tag.entry.term == "is":
        start = marked.tokens[tag.first].start
        return not marked.document.text[start : start + 2].isupper()
    return False


def claim(marked: Marked, mentions: list[ActorMention], rule: str) -> Claim[str] | None:
    """Actors joined by "; " as one claim, each name once, with the words of each."""
    if not mentions:
        return None
    names = list(dict.fromkeys(mention.name for mention in mentions))
    spans = tuple(dict.fromkeys([marked.span(mention.first, mention.last) for mention in mentions]))
    return Claim("; ".join(names), " … ".join(marked.words(span) for span in spans), spans, "text", rule)


def roles(
    marked: Marked, event_type: str, mentions: list[ActorMention], tolls: list[Toll], at: int
) -> tuple[Claim[str] | None, Claim[str] | None]:
    """actor1 and actor2 of an event whose trigger is token `at`."""
    if event_type in ("meeting", "visit", "agreement"):
        return _meeting(marked, mentions, at)
    if event_type in ("security_operation", "arrest", "weapons_seizure"):
        return _operation(marked, mentions)
    if event_type in ("air_strike", "drone_strike"):
        return _strike(marked, event_type, mentions)
    return _attack(marked, event_type, mentions, tolls)


def _meeting(marked: Marked, mentions: list[ActorMention], at: int) -> tuple[Claim[str] | None, Claim[str] | None]:
    """Who comes or receives, and whom. Arabic names its subject after the verb, Sorani and English before it."""
    parties = [m for m in mentions if m.side not in ("militant", "civilians")]
    parties = parties or [m for m in mentions if m.side != "militant"]
    before, after = [m for m in parties if m.first < at], [m for m in parties if m.first >= at]
    if marked.lang == "ar" and before and before[-1].last == at:
        after, before = [before[-1], *after], before[:-1]  # "أن الكاظمي زار ..."
    if marked.lang == "ar" and after and _with_him(marked, after[0], at) and not before:
        return None, claim(marked, after[:1], "second party")  # "والتقى بشيوخ العشائر": who met them was told before
    ordered = after + before[::-1] if marked.lang == "ar" else _subject(marked, before, at) + after + before[::-1]
    if not ordered:
        return None, None
    first = ordered[0]
    others = [m for m in ordered[1:] if m.name != first.name]
    return claim(marked, [first], "first party"), claim(marked, others[:1], "second party")


def _with_him(marked: Marked, mention: ActorMention, at: int) -> bool:
    """Whether a party is told as the one met: after "with" or بـ, right behind the verb."""
    tag = marked.tag_at("actor_aliases", mention.first)
    before = marked.tokens[mention.first - 1].form
    return mention.first - at <= 3 and (before in ("مع", "الي") or (tag is not None and tag.form.prep == "ب"))


def _subject(marked: Marked, before: list[ActorMention], at: int) -> list[ActorMention]:
    """The first party of the verb's own clause: "The prime minister, with the head of the service, visited ..."."""
    start = next((near for near in range(at - 1, -1, -1) if marked.tokens[near].form in _OPENS), -1)
    return [m for m in before if m.first > start][:1] or before[-1:]


def _operation(marked: Marked, mentions: list[ActorMention]) -> tuple[Claim[str] | None, Claim[str] | None]:
    forces = [m for m in mentions if m.side in ("state", "external")]
    forces = [m for m in forces if not _preceded(marked, m, _SUPPORT, 2)] or forces
    named = [m for m in forces if m.name != "Iraqi Security Forces"]
    if named and forces[0].name == "Iraqi Security Forces":
        forces = named  # "ضمن قيادة عمليات سامراء نفذت قوة من الحشد": who did it, in whose area
    joint = [m for at, m in enumerate(forces) if at == 0 or _joined(marked, forces[at - 1], m)]
    joint = [m for m in joint if m.name != "Iraqi Security Forces"] or joint  # "قوة مشتركة من الجيش والحشد"
    against = [m for m in mentions if m.side == "militant" and m.name != UNKNOWN][:1]
    return claim(marked, joint[:3] or [m for m in mentions if m.side == "political"][:1], "forces"), claim(
        marked, against, "against"
    )


def _joined(marked: Marked, one: ActorMention, other: ActorMention) -> bool:
    if _preceded(marked, other, _TAKING_PART, 4):
        return True
    if other.first - one.last > 6:
        return False
    if one.name == "Iraqi Security Forces" and marked.tokens[other.first - 1].form in ("من", "of"):
        return True  # "قوة مشتركة من الجيش والحشد"
    word = marked.tokens[other.first].form
    between = {marked.tokens[at].form for at in range(one.last, other.first)}
    return (marked.lang == "ar" and word[0] == "و") or bool(
        between & {"و", "and", "بمشاركه", "with", "لهگهل", "مع", "بالتنسيق", ","}
    )


_SUPPORT = frozenset("اسناد باسناد واسناد بغطاء غطاء بدعم ودعم backed support".split())
_TAKING_PART = frozenset("بمشاركه بالاشتراك بالتعاون شاركت شارك participation".split())


def _flies(marked: Marked, mention: ActorMention) -> bool:
    """Whether aircraft are told to be a force's: "طائرات التحالف", "مسيرة تابعة للتحالف"."""
    near = {marked.tokens[at].form for at in range(max(0, mention.first - 3), mention.last)}
    if marked.tokens[mention.first].form.startswith("لل") and not near & {"تابعه", "تابعا", "تابع"}:
        return False  # "مركزاً للتحالف": theirs is what was struck
    return bool(near & _AIRCRAFT)


_AIRCRAFT = frozenset("طيران طائرات طائره مقاتلات تابعه تابعا مسيره aircraft jets drone drones by".split())


def _strike(
    marked: Marked, event_type: str, mentions: list[ActorMention]
) -> tuple[Claim[str] | None, Claim[str] | None]:
    doers = [m for m in mentions if m.name == "Iraqi Air Force"] or [m for m in mentions if m.side == "external"]
    hosted: list[ActorMention] = []
    if event_type == "drone_strike":  # forces hosted where drones strike are struck, unless the drones are theirs
        hosted = [m for m in doers if m.name == "Global Coalition" and not _flies(marked, m)]
        doers = [m for m in doers if m not in hosted]
    doers = doers or [m for m in mentions if m.name == "Iraqi Army" and event_type == "air_strike"]
    doer = doers[:1]
    names = {m.name for m in doer}
    targets = [m for m in mentions if m.name not in names and m.side in ("militant", "civilians")]
    targets = [m for m in targets if m.side == "militant" and m.name != UNKNOWN] or targets
    targets = targets or hosted
    if not targets:
        targets = [
            m
            for m in mentions
            if m.name not in names
            and m.side == "state"
            and m.name != "Iraqi Army"
            and not marked.tags("speech", m.last, m.last + 3, ("say",))  # "..., the directorate said"
            and m.first > (doer[0].first if doer else 0)
        ]
    return claim(marked, doer, "flew"), claim(marked, targets[:1], "target")


def _attack(
    marked: Marked, event_type: str, mentions: list[ActorMention], tolls: list[Toll]
) -> tuple[Claim[str] | None, Claim[str] | None]:
    by = [m for m in mentions if _preceded(marked, m, _BY, 3)]
    upon = [m for m in mentions if m not in by and _preceded(marked, m, _UPON, 2)]
    militants = [m for m in mentions if m.side == "militant" and m not in upon]
    militants = [m for m in militants if m.name != UNKNOWN] or militants
    external = [m for m in mentions if m.side == "external" and m.name != "Global Coalition"]
    doers = [_named_gunmen(m, mentions) for m in by if m.name != CIVILIANS]
    if event_type == "armed_clash" and mentions:
        fighters = [m for m in mentions if m.side != "civilians"]
        if any(m.side == "militant" and m.name != UNKNOWN for m in fighters):
            fighters = [m for m in fighters if m.name != UNKNOWN]
        first = fighters[:1]
        second = [
            m
            for m in fighters
            if first and m.side != first[0].side or (first and m.name != first[0].name and m.side == "militant")
        ]
        if (
            not second
            and first
            and any(marked.tokens[at].form in _BETWEEN for at in range(max(0, first[0].first - 3), first[0].first))
        ):
            second = [m for m in fighters if m.name != first[0].name]
        second.sort(key=lambda m: m.side != "militant")
        return claim(marked, first, "fights"), claim(marked, second[:1], "is fought")
    outside = [m for m in external if m not in upon and event_type in ("shelling", "attack")]
    if militants and outside and militants[0].first < outside[0].first and not doers:
        outside = []  # "أطلق مسلحون صواريخ على قاعدة ترابط فيها القوات التركية"
    doers = doers or outside or militants
    if not doers and upon and event_type == "attack":  # one force attacks another: "حەشد هێرشیان کردە سەر پێشمەرگە"
        doers = [m for m in mentions if m.side in ("state", "external") and m.last < upon[0].first and m not in upon]
    doer = doers[:1]
    names = {m.name for m in doer}
    others = [m for m in mentions if m.name not in names and (m.side != "militant" or m in upon) and m.name != UNKNOWN]
    ranked = sorted(others, key=lambda m: (m not in upon, m.name == CIVILIANS, m.first))
    if not ranked:
        victims = [toll for toll in tolls if toll.actors]
        if victims and victims[0].actors[0] not in names:
            span = victims[0].span
            return claim(marked, doer, "attacks"), Claim(
                victims[0].actors[0], marked.words(span), (span,), "text", "victims"
            )
    return claim(marked, doer, "attacks"), claim(marked, ranked[:1], "is attacked")


def _named_gunmen(mention: ActorMention, mentions: list[ActorMention]) -> ActorMention:
    """ "نفذه مسلحو «داعش»": the gunmen are those whose name follows them."""
    if mention.name != UNKNOWN:
        return mention
    after = [m for m in mentions if 0 <= m.first - mention.last <= 2 and m.side == "militant" and m.name != UNKNOWN]
    return after[0] if after else mention


def _preceded(marked: Marked, mention: ActorMention, words: frozenset[str], reach: int) -> bool:
    for at in range(max(0, mention.first - reach), mention.first + 1):
        form = marked.tokens[at].form
        if form in words or form.lstrip("وف") in words:
            return True
    return False
