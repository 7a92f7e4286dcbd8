"""The whole way from a report's text to its events, for one report and nothing else.

1. cut and tag the text          5. for each clause, the triggers told as fact
2. dates, places, people, actors 6. one draft a kind of event, with its day, place, counts and actors
3. clauses                       7. drafts of one occurrence merged
4. reports of sport and abroad left out
"""

from dataclasses import dataclass, field, replace

from pipeline.extract import when, where
from pipeline.extract.abroad import is_abroad, names_iraq, other_domain
from pipeline.extract.actors import UNKNOWN, ActorMention, claim, find_actors, roles, side_of
from pipeline.extract.casualties import find_tolls
from pipeline.extract.clauses import Clause, clauses
from pipeline.extract.counted_nouns import BODIES
from pipeline.extract.date_mention import DateMention
from pipeline.extract.dates import find_dates
from pipeline.extract.draft import Draft, of_trigger
from pipeline.extract.kind_of_event import Trigger
from pipeline.extract.marked import Marked
from pipeline.extract.mentions import find_places
from pipeline.extract.name_index import NameFinder
from pipeline.extract.place_mention import AT, DIRECTION, NEAR, SOURCE, PlaceMention
from pipeline.extract.selection import select
from pipeline.extract.sources import find_sources
from pipeline.extract.strikes import strikes
from pipeline.extract.toll import Toll
from pipeline.extract.updates import updated
from pipeline.geocode.resolve import Resolver
from pipeline.model import Claim, Days, Location
from pipeline.text.tokens import Sentence

_LEAST_WORDS = 3  # one word tells no event


@dataclass(slots=True)
class Story:
    """What has been read of a report so far, that later sentences refer back to."""

    drafts: list[Draft] = field(default_factory=list)
    around: where.Surroundings = field(default_factory=where.Surroundings)
    heading: list[where.Chain] = field(default_factory=list)
    seen: list[where.Chain] = field(default_factory=list)
    heading_day: DateMention | None = None  # of a round-up: "what happened yesterday"
    abroad: bool = False
    forces: list[ActorMention] = field(default_factory=list)  # the last force named, for "القوة", "the force"


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence with all that was found in it."""

    sentence: Sentence
    number: int
    dates: list[DateMention]
    mentions: list[PlaceMention]
    chains: list[where.Chain]
    tolls: list[Toll]
    actors: list[ActorMention]


def read_drafts(marked: Marked, finder: NameFinder, resolver: Resolver) -> list[Draft]:
    """Every telling of an event in a report, in the order of the text, unmerged."""
    if other_domain(marked) or sum(token.is_word for token in marked.tokens) < _LEAST_WORDS:
        return []
    story = Story()
    for number, sentence in enumerate(marked.document.sentences):
        if marked.has("cues", sentence.first, min(sentence.first + 3, sentence.last), "elsewhere"):
            continue  # "Read also: ..." leads to another report
        reading = _read(marked, finder, resolver, sentence, number, story)
        drafts: list[Draft] = []
        if number == 0 and marked.has("cues", sentence.first, sentence.last, "roundup"):
            _remember(marked, reading, drafts, story)
            continue  # the title of a round-up counts what its items tell
        for clause in clauses(marked, sentence, reading.dates, told_places(reading)):
            told = _clause(marked, reading, clause, story)
            drafts += told
            story.drafts += told
        _remember(marked, reading, drafts, story)
    return story.drafts


def _read(
    marked: Marked, finder: NameFinder, resolver: Resolver, sentence: Sentence, number: int, story: Story
) -> Reading:
    first, last = sentence.first, sentence.last
    mentions = find_places(marked, finder, first, last)
    chains = where.chains(marked, mentions, resolver, story.around)
    return Reading(
        sentence, number, when.without_dateline(marked, find_dates(marked, first, last), first, last), mentions, chains,
        find_tolls(marked, first, last), find_actors(marked, first, last),
    )  # fmt: skip


def told_places(reading: Reading) -> list[int]:
    """Where in a sentence places of events begin, speakers' places left out."""
    return [chain.first for chain in reading.chains if chain.location is not None and chain.head.role in (AT, NEAR)]


def _remember(marked: Marked, reading: Reading, drafts: list[Draft], story: Story) -> None:
    at = len(story.drafts) - len(drafts) - 1  # the event told before this sentence
    if not drafts and at >= 0:
        story.drafts[at] = _told_of_it(marked, reading, story.drafts[at])
    if all(draft.toll_only for draft in drafts) and at >= 0:
        before = story.drafts[at]
        if before.category == "airstrike" and before.n_strikes is None:
            counted = strikes(marked, reading.sentence.first, reading.sentence.last)
            story.drafts[at] = replace(before, n_strikes=counted)
    _claimed(marked, reading, story)
    forces = [actor for actor in reading.actors if actor.side in ("state", "external")]
    if forces:
        story.forces = forces[-1:]
    days = [mention for mention in reading.dates if mention.kind in ("day", "night", "window")]
    if not drafts and not story.drafts and len(days) == 1 and story.heading_day is None:
        story.heading_day = days[0]
    located = [chain for chain in reading.chains if chain.location is not None]
    if located:
        provinces = [chain.location.admin1 for chain in reversed(located) if chain.location and chain.location.admin1]
        near = [chain.place.place_id for chain in reversed(located) if chain.place]
        story.around = where.Surroundings(
            tuple(dict.fromkeys([*provinces, *story.around.admin1]))[:3],
            tuple(dict.fromkeys([*near, *story.around.near]))[:3],
        )
        story.seen += [chain for chain in located if chain.head.role != SOURCE]
        words = sum(token.is_word for token in marked.tokens[reading.sentence.first : reading.sentence.last])
        if not drafts and words <= 6:
            story.heading = located


def _told_of_it(marked: Marked, reading: Reading, draft: Draft) -> Draft:
    """ "ووقع الحادث مساء الاثنين", "ڕووداوەکە شەوی دووشەممە بووە": a day or a place told of the event before."""
    first, last = reading.sentence.first, reading.sentence.last
    if reading.number - draft.sentence_no > 3 or not marked.has("cues", first, min(last, first + 7), "the_event"):
        return draft
    days = [
        m
        for m in reading.dates
        if m.kind in ("day", "night", "window") and not when.is_statement(marked, m, last, first)
    ]
    if len(days) == 1 and not draft.own_day:
        draft = replace(draft, days=when.date_claim(marked, days[0]), own_day=True)
    told = where.choose([c for c in reading.chains if c.head.role in (AT, NEAR)], first, draft.event_type, first, last)
    if told and (not draft.own_place or draft.vague_place):
        draft = replace(draft, locations=_claims(marked, told, "told of the event"), own_place=True, vague_place=False)
    return draft


def _claimed(marked: Marked, reading: Reading, story: Story) -> None:
    """ "وتبنى تنظيم داعش العملية": a claim names who did what was told before."""
    if not story.drafts or not marked.has("cues", reading.sentence.first, reading.sentence.last, "claim"):
        return
    last = story.drafts[-1]
    unknown = last.actor1 is None or last.actor1.value == UNKNOWN
    militants = [actor for actor in reading.actors if actor.side == "militant" and actor.name != UNKNOWN]
    if militants and unknown and last.category in ("incident", "airstrike"):
        story.drafts[-1] = replace(last, actor1=claim(marked, militants[:1], "claims it"))


def _clause(marked: Marked, reading: Reading, clause: Clause, story: Story) -> list[Draft]:
    chains_here = [chain for chain in reading.chains if clause.first <= chain.head.first < clause.last]
    iraqi = [chain for chain in chains_here if chain.location is not None and chain.head.role != SOURCE]
    here = bool(iraqi) or names_iraq(marked, clause.first, clause.last)
    if is_abroad(marked, clause.first, clause.last) and not here:
        story.abroad = True
        return []
    if here:
        story.abroad = False
    if story.abroad:
        return []
    tolls = [toll for toll in reading.tolls if clause.first <= toll.at < clause.last]
    tolls = _without_bodies(reading, tolls, story)
    headed = bool(story.heading) and story.heading_day is not None  # an item below the place and day of its list
    groups = select(marked, reading, clause, tolls, story.drafts, headed=headed)
    if not groups and tolls:
        _add_tolls(marked, reading, clause, tolls, story)
    drafts: list[Draft] = []
    for group in groups:
        drafts.append(_draft(marked, reading, clause, group, tolls, story, drafts))
    return drafts


def _without_bodies(reading: Reading, tolls: list[Toll], story: Story) -> list[Toll]:
    """Bodies found after a strike or a fight are its dead; the other counts of the clause."""
    bodies = [toll for toll in tolls if toll.rule == BODIES]
    if not bodies or not story.drafts:
        return tolls
    last = story.drafts[-1]
    if last.category in ("incident", "airstrike") and reading.number - last.sentence_no <= 2:
        if not any(toll.field == "killed" and toll.number.low for toll in last.tolls):
            story.drafts[-1] = replace(last, tolls=(*last.tolls, *bodies))
        return [toll for toll in tolls if toll not in bodies]
    return tolls


def _add_tolls(marked: Marked, reading: Reading, clause: Clause, tolls: list[Toll], story: Story) -> None:
    """Counts that a clause tells of what was told just before: "No fatalities.", "but nobody was hurt"."""
    if not story.drafts:
        return
    last = story.drafts[-1]
    if last.category not in ("incident", "airstrike") or reading.number - last.sentence_no > 1:
        return
    have = {toll.field for toll in last.tolls}
    again = [toll for toll in tolls if toll.field in have and toll.number.low]
    other_side = reading.number == last.sentence_no or marked.has("cues", clause.first, clause.last, "other_side")
    if again and other_side and marked.has("speech", clause.first, clause.last, "say", "according"):
        story.drafts[-1] = replace(last, tolls=(*last.tolls, *tolls), rivals=True)
        return
    fresh = tuple(toll for toll in tolls if toll.field not in have)
    story.drafts[-1] = replace(last, tolls=last.tolls + fresh)


def _draft(
    marked: Marked,
    reading: Reading,
    clause: Clause,
    group: "list[Trigger]",
    tolls: list[Toll],
    story: Story,
    here: list[Draft],
) -> Draft:
    """One event of a clause, from the triggers that tell it; the first of them names its type."""
    main = group[0]
    sentence = reading.sentence
    spans = tuple(dict.fromkeys(marked.span(t.tag.first, t.tag.last) for t in group[:3]))
    draft = of_trigger(main, spans[0], marked.words(spans[0]), sentence.span, reading.number)
    draft = replace(draft, definite=draft.definite or any(t.definite for t in group[1:] if t.category == main.category))
    draft = replace(draft, triggers=spans, separate=clause.separate, toll_only=main.tag.cls == "casualties")
    draft = _with_day(marked, reading, clause, draft, story)
    draft = _with_place(marked, reading, clause, draft, story, here)
    kinetic = draft.category in ("incident", "airstrike")
    near = [a for a in reading.actors if clause.first <= a.first < clause.last]
    if not near and (kinetic or draft.category == "operation"):
        near = reading.actors
    if kinetic or draft.category == "operation":
        draft = replace(draft, tolls=tuple(tolls))
    if draft.event_type in ("arrest", "weapons_seizure", "security_operation", "armed_clash"):
        if not any(actor.side in ("state", "external") for actor in near) and story.forces:
            near = [*story.forces, *near]
    if _by_gunmen(marked, clause, draft, near):
        draft = replace(draft, event_type="attack")
    actor1, actor2 = roles(marked, draft.event_type, near, tolls, main.tag.first)
    if draft.category == "meeting":
        actor1, actor2 = _same_party(marked, clause, draft, actor1, actor2, story)
    draft = replace(
        draft, actors=tuple(near), actor1=actor1, actor2=actor2, sources=tuple(find_sources(marked, sentence))
    )
    if draft.category == "airstrike":
        draft = replace(draft, n_strikes=strikes(marked, clause.first, clause.last))
    if _another(marked, main):
        draft = replace(draft, separate=True)
    if any(t.plural for t in group) and _several(marked, group):
        draft = replace(draft, summary=True)
    if marked.has("cues", clause.first, main.tag.first, "repeat_count") and main.plural:
        draft = replace(draft, summary=True)
    return draft


_OTHER = frozenset("اخري اخر ثانيه ثان ثالثه مماثله مماثل".split())
_OTHER_BEFORE = frozenset(("another", "second", "third", "separate", "other"))


def _another(marked: Marked, main: Trigger) -> bool:
    """ "عبوة أخرى انفجرت", "a second bomb": another than the one told before."""
    tag = main.tag
    if marked.lang == "en":
        return any(token.form in _OTHER_BEFORE for token in marked.tokens[max(0, tag.first - 2) : tag.first])
    following = [token.form for token in marked.tokens[tag.last : tag.last + 3]]
    return bool(following) and (following[0] in _OTHER or "ثانيه" in following)


def _several(marked: Marked, group: list[Trigger]) -> bool:
    """ "in two separate attacks": a count of attacks right before them."""
    for trigger in group:
        if trigger.plural and marked.tags("numbers", max(0, trigger.tag.first - 4), trigger.tag.first):
            return True
    return False


def _by_gunmen(marked: Marked, clause: Clause, draft: Draft, near: list[ActorMention]) -> bool:
    """A raid or a search by gunmen, with no force named, is an attack."""
    sides = {actor.side for actor in near}
    subject = max((a for a in near if a.last <= draft.at), key=lambda a: a.last, default=None)
    if draft.event_type == "security_operation" and subject is not None and subject.side == "militant":
        return True
    if draft.event_type != "security_operation" or "militant" not in sides or sides & {"state", "external"}:
        return False
    forces = marked.tags("actor_aliases", clause.first, clause.last)  # named as who says it, they searched as well
    return not any(side_of(tag.value) in ("state", "external") for tag in forces)


_BOTH = frozenset("الطرفان الطرفين الجانبان الجانبين sides ههردوولا".split())


def _same_party(
    marked: Marked, clause: Clause, draft: Draft, actor1: Claim[str] | None, actor2: Claim[str] | None, story: Story
) -> tuple[Claim[str] | None, Claim[str] | None]:
    """ "شاندەکە", "الوفد", "the two sides": those of the meeting told just before."""
    before = next((d for d in reversed(story.drafts) if d.category == "meeting" and d.actor1), None)
    if before is None:
        return actor1, actor2
    if actor1 is None and actor2 is not None and before.sentence_no >= draft.sentence_no - 1:
        return before.actor1, actor2  # the same man met others
    if actor1 is None and any(token.form in _BOTH for token in marked.tokens[clause.first : clause.last]):
        return before.actor1, before.actor2
    for tag in marked.tags("objects", clause.first, clause.last, ("official",)):
        named = any(a.first <= tag.first < a.last for a in marked.tags("actor_aliases", clause.first, clause.last))
        first_named = actor1.spans[0].start if actor1 else None
        start = marked.tokens[tag.first].start
        definite = tag.form.definite or (
            marked.lang == "en" and tag.first and marked.tokens[tag.first - 1].form == "the"
        )
        if definite and not named and before.actor1 and (first_named is None or start < first_named):
            span = marked.span(tag.first, tag.last)
            same = Claim(before.actor1.value, marked.words(span), (span,), "text", "the same party")
            return same, actor1 if actor1 and actor1.value != same.value else actor2
    return actor1, actor2


def _with_day(marked: Marked, reading: Reading, clause: Clause, draft: Draft, story: Story) -> Draft:
    at = draft.at
    if clause.anchor is not None:
        base = story.drafts[-1].days.value if story.drafts and story.drafts[-1].days else None
        claim = when.anchored_claim(marked, clause.anchor, base)
        return replace(draft, days=claim, own_day=True)
    mention = when.choose_date(marked, reading.dates, at, clause.first, clause.last)
    if mention is None and not clause.separate:
        mention = when.choose_date(marked, reading.dates, at, reading.sentence.first, clause.first)
    if mention is not None:
        said = when.is_statement(marked, mention, at, clause.first) or _of_the_count(marked, mention, clause)
        return replace(draft, days=when.date_claim(marked, mention), own_day=not said)
    if story.heading_day is not None:
        return replace(draft, days=when.date_claim(marked, story.heading_day, "heading"))
    return draft


def _of_the_count(marked: Marked, mention: DateMention, clause: Clause) -> bool:
    """ "ارتفعت، اليوم الأربعاء، حصيلة انفجار": the day the toll rose, not the day of the blast."""
    since = updated(marked, clause.first, clause.last)
    return since is not None and since <= mention.first <= since + 4


def _with_place(
    marked: Marked, reading: Reading, clause: Clause, draft: Draft, story: Story, here: list[Draft]
) -> Draft:
    told = [chain for chain in reading.chains if chain.head.role != SOURCE and not _yet_to_come(marked, draft, chain)]
    chosen = where.choose(told, draft.at, draft.event_type, clause.first, clause.last)
    if chosen:
        vague = all(chain.head.role == DIRECTION for chain in chosen)
        return replace(draft, locations=_claims(marked, chosen, "told"), own_place=True, vague_place=vague)
    if _whole_country(marked, clause):
        return replace(draft, nowhere=True)
    if not clause.separate:
        chosen = where.choose(told, draft.at, draft.event_type, reading.sentence.first, reading.sentence.last)
        if chosen:
            return replace(draft, locations=_claims(marked, chosen, "told in the sentence"), own_place=True)
    if here and here[-1].locations:
        return replace(draft, locations=here[-1].locations)
    named = _anaphor(marked, clause, story)
    if named is not None:
        return replace(draft, locations=_claims(marked, [named], "named before"), own_place=True)
    previous = next((d for d in reversed(story.drafts) if d.locations), None)
    if previous is not None and not clause.separate and not (story.heading and story.heading[-1].first > previous.at):
        return replace(draft, locations=previous.locations)
    fallback = [chain for chain in reading.chains if chain.location is not None] or story.heading or story.seen[:1]
    if fallback and not (clause.separate and not story.heading):
        return replace(draft, locations=_claims(marked, fallback[:1], "told of the report"))
    return draft


def _yet_to_come(marked: Marked, draft: Draft, chain: where.Chain) -> bool:
    """ "انطلقت العملية ..., ومن المنتظر أن تشمل مرتفعات X": where it will be is not where it was."""
    return chain.first > draft.at and marked.has("cues", draft.at + 1, chain.first, "future")


_ALIKE = {"district": ("district", "town", "city"), "subdistrict": ("subdistrict", "town"), "town": ("town", "city"),
          "city": ("city", "town"), "village": ("village",), "governorate": ("governorate",)}  # fmt: skip


def _anaphor(marked: Marked, clause: Clause, story: Story) -> where.Chain | None:
    """ "في البلدة", "مركز القضاء": the place of that kind named last."""
    for tag in marked.tags("kinds", clause.first, clause.last):
        before = marked.tokens[tag.first - 1].form if tag.first else ""
        located = before in ("في", "مركز", "وسط", "داخل", "اطراف", "قرب", "in", "له") or tag.form.prep in ("ب", "ل")
        definite = tag.form.definite or before == "the"
        if not (located and definite) or tag.value not in _ALIKE:
            continue
        for chain in reversed(story.seen):
            kinds = {chain.head.kind, chain.place.kind if chain.place else None}
            if chain.place is not None and (tag.value in kinds or chain.place.kind in _ALIKE[tag.value]):
                return chain
    return None


def _claims(marked: Marked, chosen: list[where.Chain], rule: str) -> tuple[Claim[Location], ...]:
    return tuple(where.location_claim(marked, chain, rule) for chain in chosen)


def _whole_country(marked: Marked, clause: Clause) -> bool:
    """ "في عدد من المحافظات", "across the country": told of no place in particular."""
    for tag in marked.tags("kinds", clause.first, clause.last, ("governorate",)):
        word = marked.tokens[tag.first].form
        if word.endswith(("محافظات", "provinces", "governorates")) or word in ("پاريزكاكان",):
            return True
    return False


def publication(marked: Marked, draft: Draft) -> Claim[Days] | None:
    """The day of a draft that tells none."""
    return draft.days or when.publication_claim(marked)
