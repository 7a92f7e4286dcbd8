"""The whole way from a report's text to its events, for one report and nothing else.

1. cut and tag the text          5. for each clause, the triggers told as fact
2. dates, places, people, actors 6. one draft a kind of event, with its day, place, counts and actors
3. clauses                       7. drafts of one occurrence merged
4. reports of sport and abroad left out
"""

from itertools import islice

from geodata.fold import fold
from pipeline.extract import when, where
from pipeline.extract.abroad import is_abroad, names_iraq, other_domain
from pipeline.extract.actors import find_actors, force_speaking, roles
from pipeline.extract.afterwards import add_tolls, remember, without_bodies
from pipeline.extract.casualties import find_tolls
from pipeline.extract.clauses import Clause, clauses
from pipeline.extract.dates import find_dates
from pipeline.extract.draft import Draft, of_trigger
from pipeline.extract.kind_of_event import Trigger
from pipeline.extract.marked import Marked
from pipeline.extract.mentions import find_places
from pipeline.extract.name_index import NameFinder
from pipeline.extract.parties import by_gunmen, same_party
from pipeline.extract.place_mention import SOURCE
from pipeline.extract.placing import with_day, with_place
from pipeline.extract.reading import Reading, Story, is_listed, told_places
from pipeline.extract.selection import select
from pipeline.extract.sources import find_sources
from pipeline.extract.strikes import strikes
from pipeline.extract.support import is_title
from pipeline.extract.toll import Toll
from pipeline.geocode.resolve import Resolver
from pipeline.model import Claim, Days
from pipeline.text.tokens import Sentence

_TITLE = 10  # tokens after a title's colon; where there are more, the first item follows it
_LEAST_WORDS = 3  # one word tells no event


def read_drafts(marked: Marked, finder: NameFinder, resolver: Resolver) -> list[Draft]:
    """Every telling of an event in a report, in the order of the text, unmerged."""
    words = islice((token for token in marked.tokens if token.is_word), _LEAST_WORDS)
    if other_domain(marked) or len(list(words)) < _LEAST_WORDS:
        return []
    story = Story()
    for number, sentence in enumerate(marked.document.sentences):
        if marked.has("cues", sentence.first, min(sentence.first + 3, sentence.last), "elsewhere"):
            continue  # "Read also: ..." leads to another report
        reading = _read(marked, finder, resolver, sentence, number, story)
        drafts: list[Draft] = []
        colon = next((at for at in range(sentence.first, sentence.last) if marked.tokens[at].form == ":"), None)
        heads = colon is None or sentence.last - colon <= _TITLE
        if number == 0 and heads and marked.has("cues", sentence.first, sentence.last, "roundup"):
            remember(marked, reading, drafts, story)
            continue  # the title of a round-up counts what its items tell
        for clause in _telling(marked, reading, story):
            told = _clause(marked, reading, clause, story)
            drafts += told
            story.drafts += told
        remember(marked, reading, drafts, story)
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


def _telling(marked: Marked, reading: Reading, story: Story) -> list[Clause]:
    """The clauses of a sentence, or none where it has nothing that could tell an event or lead abroad and back."""
    first, last = reading.sentence.first, reading.sentence.last
    told = marked.has("triggers", first, last) or marked.has("casualties", first, last)
    if not (told or story.abroad or marked.has("abroad", first, last)):
        return []
    return clauses(marked, reading.sentence, reading.dates, told_places(reading))


def _clause(marked: Marked, reading: Reading, clause: Clause, story: Story) -> list[Draft]:
    if story.abroad or is_abroad(marked, clause.first, clause.last):
        story.abroad = not _in_iraq(marked, reading, clause)
    if story.abroad:
        return []
    tolls = [toll for toll in reading.tolls if clause.first <= toll.at < clause.last]
    tolls = without_bodies(marked, reading, clause, tolls, story)
    headed = bool(story.heading) and story.heading_day is not None  # an item below the place and day of its list
    groups = select(marked, reading, clause, tolls, story.drafts, headed=headed)
    if not groups and tolls:
        add_tolls(marked, reading, clause, tolls, story)
    drafts: list[Draft] = []
    for group in groups:
        drafts.append(_draft(marked, reading, clause, group, tolls, story, drafts))
    return drafts


def _in_iraq(marked: Marked, reading: Reading, clause: Clause) -> bool:
    """Whether a clause names Iraq or a place in it."""
    iraqi = [chain for chain in reading.chains if chain.location is not None and chain.head.role != SOURCE]
    named = any(clause.first <= chain.head.first < clause.last for chain in iraqi)
    return named or names_iraq(marked, clause.first, clause.last)


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
    draft = draft._replace(
        triggers=spans,
        definite=draft.definite or any(t.definite for t in group[1:] if t.category == main.category),
        separate=clause.separate,
        toll_only=main.tag.cls == "casualties",
        of_all=_all_of_them(main),
    )
    draft = with_day(marked, reading, clause, draft, story)
    draft = with_place(marked, reading, clause, draft, story, here)
    kinetic = draft.category in ("incident", "airstrike")
    near = [a for a in reading.actors if clause.first <= a.first < clause.last]
    if not near and (kinetic or draft.category == "operation"):
        near = reading.actors
    if kinetic or draft.category == "operation":
        draft = draft._replace(tolls=tuple(tolls))
    if draft.event_type in ("arrest", "weapons_seizure", "security_operation", "armed_clash"):
        if not any(actor.side in ("state", "external") for actor in near):
            speaker = force_speaking(marked, clause.first, clause.last)
            near = [*(speaker or story.forces), *near]
    if draft.event_type == "air_strike" and story.fliers and is_listed(marked, sentence):
        if not any(actor.side == "external" or actor.name == "Iraqi Air Force" for actor in near):
            near = [*story.fliers, *near]
    if by_gunmen(marked, clause, draft, near):
        draft = draft._replace(event_type="attack")
    actor1, actor2 = roles(marked, draft.event_type, near, tolls, main.tag.first)
    if draft.category == "meeting":
        actor1, actor2 = same_party(marked, clause, draft, actor1, actor2, story)
    draft = draft._replace(
        actors=tuple(near), actor1=actor1, actor2=actor2, sources=tuple(find_sources(marked, sentence))
    )
    if draft.category == "airstrike":
        draft = draft._replace(n_strikes=strikes(marked, clause.first, clause.last))
    apart = draft.own_day or draft.own_place or main.event_type in ("attack", "armed_clash", "abduction")
    if apart and _another(marked, main):  # but "a second bomb went off as rescuers arrived" is of one bombing
        draft = draft._replace(separate=True)
    if any(t.plural for t in group) and _several(marked, group):
        draft = draft._replace(summary=True)
    if reading.number == 0 and is_title(marked, reading):
        draft = draft._replace(title=True)
    if marked.has("cues", clause.first, clause.last, "other_side") or marked.tokens[clause.first].form == "اما":
        draft = draft._replace(other_side=marked.has("speech", clause.first, clause.last, "say", "according"))
    if _two_of_them(main) and not any(toll.number.low for toll in tolls):
        draft = draft._replace(summary=True)
    if marked.has("cues", clause.first, main.tag.first, "repeat_count") and main.plural:
        draft = draft._replace(summary=True)
    return draft


def _all_of_them(main: Trigger) -> bool:
    """Whether a trigger is a plural: "الضربات", "the strikes"."""
    base = main.tag.form.base
    return main.plural or base.endswith(("ات", "strikes", "attacks", "raids"))


def _two_of_them(main: Trigger) -> bool:
    """Whether a trigger is a dual noun that counts two attacks told one by one below: "هجومان"."""
    if not main.tag.entry.pos.startswith("n") or main.tag.last - main.tag.first > 1 or main.definite:
        return False
    stem = fold(main.tag.entry.term).removesuffix("ه")
    return main.tag.form.base.removeprefix(stem) in ("ان", "ين", "تان", "تين")


_OTHER = frozenset("اخري اخر ثانيه ثان ثالثه مماثله مماثل السابق السابقه".split())


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


def publication(marked: Marked, draft: Draft) -> Claim[Days] | None:
    """The day of a draft that tells none."""
    return draft.days or when.publication_claim(marked)
