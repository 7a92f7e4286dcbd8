"""What a sentence tells of events told before it: their day, place, counts, and who claims them."""

from dataclasses import replace

from pipeline.extract import when, where
from pipeline.extract.actors import UNKNOWN, claim
from pipeline.extract.clauses import Clause
from pipeline.extract.counted_nouns import BODIES
from pipeline.extract.draft import Draft
from pipeline.extract.marked import Marked
from pipeline.extract.place_mention import AT, NEAR, SOURCE
from pipeline.extract.placing import place_claims
from pipeline.extract.reading import Reading, Story, is_listed, line_of
from pipeline.extract.strikes import strikes
from pipeline.extract.toll import BESIDES, Toll
from pipeline.extract.updates import FINAL


def remember(marked: Marked, reading: Reading, drafts: list[Draft], story: Story) -> None:
    at = len(story.drafts) - len(drafts) - 1  # the event told before this sentence
    if not drafts and at >= 0:
        story.drafts[at] = _told_of_it(marked, reading, story.drafts[at])
    if all(draft.toll_only for draft in drafts) and at >= 0:
        before = story.drafts[at]
        if before.category == "airstrike" and before.n_strikes is None:
            counted = strikes(marked, reading.sentence.first, reading.sentence.last)
            story.drafts[at] = before._replace(n_strikes=counted)
    if drafts and len(story.drafts) > len(drafts) and reading.number:
        story.drafts[at] = _told_of_it(marked, reading, story.drafts[at], beside=True)
    _claimed(marked, reading, story)
    forces = [actor for actor in reading.actors if actor.side in ("state", "external")]
    if forces:
        story.forces = forces[-1:]
    fliers = [actor for actor in forces if actor.side == "external" or actor.name == "Iraqi Air Force"]
    if fliers and not is_listed(marked, reading.sentence):
        story.fliers = fliers[:1]
    days = [mention for mention in reading.dates if mention.kind in ("day", "night", "window")]
    if not drafts and len(days) == 1 and _is_short(marked, reading):
        story.item_day = (line_of(marked, reading.sentence), days[0])
    if not drafts and not story.drafts and len(days) == 1 and story.heading_day is None:
        story.heading_day = days[0]
    located = [chain for chain in reading.chains if chain.location is not None]
    if located and reading.number <= 1 and not story.dateline:
        story.dateline = [c for c in located if c.head.role == SOURCE and c.place and c.place.place_id not in _BUREAUS][
            :1
        ]
    if located:
        provinces = [chain.location.admin1 for chain in reversed(located) if chain.location and chain.location.admin1]
        near = [chain.place.place_id for chain in reversed(located) if chain.place]
        story.around = where.Surroundings(
            tuple(dict.fromkeys([*provinces, *story.around.admin1]))[:3],
            tuple(dict.fromkeys([*near, *story.around.near]))[:3],
        )
        story.seen += [chain for chain in located if chain.head.role != SOURCE]
        if not drafts and _is_short(marked, reading):
            story.heading = located


_BUREAUS = frozenset(("baghdad", "erbil", "sulaymaniyah", "duhok", "kirkuk", "mosul"))  # where reporters sit
_HEADS = 6  # words that may head an item: "24 AUG, approx. 2140 hrs."


def _is_short(marked: Marked, reading: Reading) -> bool:
    return sum(token.is_word for token in marked.tokens[reading.sentence.first : reading.sentence.last]) <= _HEADS


def _told_of_it(marked: Marked, reading: Reading, draft: Draft, *, beside: bool = False) -> Draft:
    """ "ووقع الحادث مساء الاثنين", "ڕووداوەکە شەوی دووشەممە بووە": a day or a place told of the event before."""
    first, last = reading.sentence.first, reading.sentence.last
    if reading.number - draft.sentence_no > 3:
        return draft
    told_of = marked.tags("cues", first, min(last, first + 12), ("the_event",))
    if not told_of:
        return draft
    if beside:  # other events are told in the sentence: "الحادث، الذي وقع ظهر أمس، بدأ بتوقيف ..."
        near = [m for m in reading.dates if 0 <= m.first - told_of[0].last <= 4 and m.kind in ("day", "night")]
        return (
            draft._replace(days=when.date_claim(marked, near[0]), own_day=True) if near and not draft.own_day else draft
        )
    days = [
        m
        for m in reading.dates
        if m.kind in ("day", "night", "window") and not when.is_statement(marked, m, last, first)
    ]
    if len(days) == 1 and not draft.own_day:
        draft = draft._replace(days=when.date_claim(marked, days[0]), own_day=True)
    told = where.choose([c for c in reading.chains if c.head.role in (AT, NEAR)], first, draft.event_type, first, last)
    if told and (not draft.own_place or draft.vague_place):
        draft = draft._replace(
            locations=place_claims(marked, told, "told of the event"), own_place=True, vague_place=False
        )
    return draft


def _claimed(marked: Marked, reading: Reading, story: Story) -> None:
    """ "وتبنى تنظيم داعش العملية": a claim names who did what was told before."""
    if not story.drafts or not marked.has("cues", reading.sentence.first, reading.sentence.last, "claim"):
        return
    last = story.drafts[-1]
    unknown = last.actor1 is None or last.actor1.value == UNKNOWN
    unknown = unknown or (last.definite and last.sentence_no == reading.number)  # "وتبنى التنظيم الهجوم"
    militants = [actor for actor in reading.actors if actor.side == "militant" and actor.name != UNKNOWN]
    if militants and unknown and last.category in ("incident", "airstrike"):
        story.drafts[-1] = last._replace(actor1=claim(marked, militants[:1], "claims it"))


_STRIKES = ("air_strike", "drone_strike")


def without_bodies(marked: Marked, reading: Reading, clause: Clause, tolls: list[Toll], story: Story) -> list[Toll]:
    """Bodies found after a strike or a fight are its dead; the other counts of the clause."""
    bodies = [toll for toll in tolls if toll.rule == BODIES]
    told = marked.tags("triggers", clause.first, clause.last)
    own = any(tag.value.startswith(_STRIKES) and not tag.form.definite for tag in told)
    if not bodies or not story.drafts or own:  # "غارة دمرت منزلاً، وشاهدوا انتشال 15 جثة": of the strike told here
        return tolls
    last = story.drafts[-1]
    if last.category in ("incident", "airstrike") and reading.number - last.sentence_no <= 2:
        known = sum(toll.number.low or 0 for toll in last.tolls if toll.field == "killed")
        found = sum(toll.number.low or 0 for toll in bodies)
        if not known:
            story.drafts[-1] = last._replace(tolls=(*last.tolls, *bodies))
        elif found > known and last.category == "airstrike":  # nine were told as killed, then 11 bodies found
            story.drafts[-1] = last._replace(tolls=(*last.tolls, *(replace(toll, rule=FINAL) for toll in bodies)))
        return [toll for toll in tolls if toll not in bodies]
    return tolls


def add_tolls(marked: Marked, reading: Reading, clause: Clause, tolls: list[Toll], story: Story) -> None:
    """Counts that a clause tells of what was told just before: "No fatalities.", "but nobody was hurt"."""
    kinds = ("incident", "airstrike") + ("operation",) * all(toll.rule == "none" for toll in tolls)
    at = _with_a_toll(story, reading.number, kinds)  # nobody is hurt in a find, and it is told
    if at is None:
        return
    last = story.drafts[at]
    told = [toll for toll in last.tolls if toll.rule not in ("none", "initial") or not toll.number.low]
    have = {toll.field for toll in told if toll.number.low or toll.rule != "none"}
    if reading.number - last.sentence_no == 2 and any(
        toll.rule == "none" or (toll.field in have and toll.rule not in BESIDES) for toll in tolls
    ):
        return
    again = [toll for toll in tolls if toll.field in have and toll.number.low and toll.rule not in BESIDES]
    other_side = reading.number == last.sentence_no or marked.has("cues", clause.first, clause.last, "other_side")
    if again and other_side and marked.has("speech", clause.first, clause.last, "say", "according"):
        story.drafts[at] = last._replace(tolls=(*last.tolls, *tolls), rivals=True)
        return
    fresh = tuple(toll for toll in tolls if toll.field not in have or toll.rule in BESIDES)
    story.drafts[at] = last._replace(tolls=last.tolls + fresh)


def _with_a_toll(story: Story, number: int, kinds: tuple[str, ...]) -> int | None:
    """The event told last, within two sentences, that may have dead and wounded; a visit between is passed over."""
    for at in range(len(story.drafts) - 1, -1, -1):
        draft = story.drafts[at]
        if number - draft.sentence_no > _NEAR:
            return None
        if draft.category in kinds:
            return at
    return None


_NEAR = 2  # sentences
