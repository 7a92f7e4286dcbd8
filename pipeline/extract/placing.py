"""The day and the place of a draft: told in its clause, in its sentence, or taken over from what was told before."""

from pipeline.extract import when, where
from pipeline.extract.clauses import Clause
from pipeline.extract.date_mention import DateMention
from pipeline.extract.draft import Draft
from pipeline.extract.marked import Marked
from pipeline.extract.place_mention import DIRECTION, SOURCE, TO, TOWARDS
from pipeline.extract.reading import Reading, Story, line_of
from pipeline.extract.updates import updated
from pipeline.model import EVENT_TYPES, Claim, Location


def with_day(marked: Marked, reading: Reading, clause: Clause, draft: Draft, story: Story) -> Draft:
    at = draft.at
    if clause.anchor is not None:
        base = next((d.days.value for d in reversed(story.drafts) if d.days is not None), None)
        claim = when.anchored_claim(marked, clause.anchor, base)
        return draft._replace(days=claim, own_day=True)
    mention = when.choose_date(marked, reading.dates, at, clause.first, clause.last)
    if mention is None and not clause.separate:
        mention = when.choose_date(marked, reading.dates, at, reading.sentence.first, clause.first)
    if mention is not None:
        said = when.is_statement(marked, mention, at, clause.first) or _of_the_count(marked, mention, clause)
        said = said or (draft.toll_only and marked.has("cues", clause.first, clause.last, "of_wounds"))
        said = said or when.of_burial(marked, mention, at)
        claim = when.lasting(marked, when.date_claim(marked, mention), clause.first, clause.last)
        return draft._replace(days=claim, own_day=not said)
    if story.item_day is not None and story.item_day[0] == line_of(marked, reading.sentence):
        return draft._replace(days=when.date_claim(marked, story.item_day[1], "heads the item"), own_day=True)
    if story.heading_day is not None:
        return draft._replace(days=when.date_claim(marked, story.heading_day, "heading"))
    return draft


def _of_the_count(marked: Marked, mention: DateMention, clause: Clause) -> bool:
    """ "ارتفعت، اليوم الأربعاء، حصيلة انفجار": the day the toll rose, not the day of the blast."""
    since = updated(marked, clause.first, clause.last)
    return since is not None and since <= mention.first <= since + 4


def with_place(
    marked: Marked, reading: Reading, clause: Clause, draft: Draft, story: Story, here: list[Draft]
) -> Draft:
    told = [chain for chain in reading.chains if chain.head.role != SOURCE and not _yet_to_come(marked, draft, chain)]
    told = [c for c in told if not marked.has("cues", draft.at, c.first, "denial")] if kinetic(draft) else told
    if kinetic(draft) and when.buried(marked, clause.first, draft.at):  # "شيّع أهالٍ في بغداد ضحايا قصف طال زاخو"
        told = [chain for chain in told if chain.first > draft.at] or told
    if draft.toll_only:  # "six were flown to Baghdad for surgery": where the hurt were taken
        told = [chain for chain in told if chain.head.role not in (TO, TOWARDS)]
    if draft.event_type == "shelling" and "طلق" in draft.words:  # "الصواريخ أُطلقت من قرية X": where they came from
        told = [c for c in told if not _from_there(marked, draft.at, c.first)]
    if draft.event_type == "arrest":  # "القبض في يايجي على متورطين بقصف كركوك": not where what they did was
        told = [c for c in told if not _charge_between(marked, draft.at + 4, c.first)] or told
    chosen = where.choose(told, draft.at, draft.event_type, clause.first, clause.last)
    if chosen:
        vague = all(chain.head.role == DIRECTION for chain in chosen)
        return draft._replace(locations=place_claims(marked, chosen, "told"), own_place=True, vague_place=vague)
    if _whole_country(marked, clause):
        return draft._replace(nowhere=True)
    if not clause.separate:
        ends = min((m.first for m in reading.dates if m.kind == "anchor" and m.first > draft.at), default=None)
        chosen = where.choose(told, draft.at, draft.event_type, reading.sentence.first, ends or reading.sentence.last)
        if chosen:
            return draft._replace(locations=place_claims(marked, chosen, "told in the sentence"), own_place=True)
    if here and here[-1].locations:
        return draft._replace(locations=here[-1].locations)
    named = _anaphor(marked, clause, story)
    if named is not None:
        return draft._replace(locations=place_claims(marked, [named], "named before"), own_place=True)
    previous = next((d for d in reversed(story.drafts) if d.locations), None)
    if previous is not None and not clause.separate and not (story.heading and story.heading[-1].first > previous.at):
        return draft._replace(locations=previous.locations)
    fallback = [chain for chain in reading.chains if chain.location is not None] or story.heading or story.seen[:1]
    fallback = fallback or story.dateline
    if fallback and not (clause.separate and not story.heading):
        return draft._replace(locations=place_claims(marked, fallback[:1], "told of the report"))
    return draft


def kinetic(draft: Draft) -> bool:
    return draft.category in ("incident", "airstrike")


def _from_there(marked: Marked, first: int, last: int) -> bool:
    forms = [marked.tokens[at].form for at in range(first, last)]
    return "من" in forms and "علي" not in forms[forms.index("من") :]


def _charge_between(marked: Marked, first: int, last: int) -> bool:
    return any(EVENT_TYPES.get(tag.value.split(":")[0]) == "incident" for tag in marked.tags("triggers", first, last))


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
        named = next((c for c in reversed(story.seen) if c.place is not None and c.head.kind == tag.value), None)
        if named is not None:
            return named  # "القضاء" after "قضاء مخمور", whatever town was named since
        for chain in reversed(story.seen):
            kinds = {chain.head.kind, chain.place.kind if chain.place else None}
            if chain.place is not None and (tag.value in kinds or chain.place.kind in _ALIKE[tag.value]):
                return chain
    return None


def place_claims(marked: Marked, chosen: list[where.Chain], rule: str) -> tuple[Claim[Location], ...]:
    return tuple(where.location_claim(marked, chain, rule) for chain in chosen)


def _whole_country(marked: Marked, clause: Clause) -> bool:
    """ "في عدد من المحافظات", "across the country": told of no place in particular."""
    for tag in marked.tags("kinds", clause.first, clause.last, ("governorate",)):
        word = marked.tokens[tag.first].form
        if word.endswith(("محافظات", "provinces", "governorates")) or word in ("پاريزكاكان",):
            return True
    return False
