"""Where it occurred: mentions gathered into chains, resolved, and the chain that belongs to the event chosen.

A chain is a place with the words that locate it: "قرية X التابعة لقضاء Y جنوبي كركوك" is one place told by
three names.
"""

from dataclasses import replace
from typing import NamedTuple

from geodata.fold import fold
from geodata.gazetteer import Place
from pipeline.extract.marked import Marked
from pipeline.extract.place_mention import (
    AT,
    BARE,
    DIRECTION,
    FROM,
    NEAR,
    NOT_WHERE,
    ORGANISATION,
    PARENT,
    SOURCE,
    TO,
    PlaceMention,
)  # fmt: skip
from pipeline.geocode.choose import km_between
from pipeline.geocode.resolve import Resolver
from pipeline.geocode.types import Answer, Context
from pipeline.model import Claim, Location

_WEIGHT = {AT: 4.0, NEAR: 4.0, DIRECTION: 3.0, FROM: 2.2, BARE: 2.0, TO: 1.8, PARENT: 1.5, SOURCE: 1.0}
_FINENESS = {
    "governorate": 0, "district": 1, "area": 2, "plain": 2, "subdistrict": 2, "mountain": 3, "valley": 3, "river": 0,
    "road": 0,
    "lake": 3,
    "city": 3, "town": 3, "village": 4, "quarter": 4,
}  # fmt: skip
_BETWEEN = frozenset(("بين", "between", "نيوان"))
_DIVISIONS = frozenset(("district", "subdistrict", "governorate"))
_TOWNS = frozenset(("city", "town"))
_MAIN = frozenset(("city", "town", "district", "subdistrict"))
_OFTEN_WORDS = frozenset(
    fold(word)
    for word in "الشمال الجنوب الشرق الغرب بلد البلد الدور الرياض السلام الوحدة النصر القائم حديثة العلم".split()
)
_LOCATOR_REACH = 9
_FAR_KM = 70.0


class Chain(NamedTuple):
    """One place as told: its head mention, what locates it, and the place it was resolved to."""

    head: PlaceMention
    locators: tuple[PlaceMention, ...]
    answer: Answer
    location: Location | None
    first: int
    last: int

    @property
    def place(self) -> Place | None:
        return self.answer.place or self.answer.parent


class Surroundings(NamedTuple):
    """What the rest of the report says of where things are: provinces and places named, nearest first."""

    admin1: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def chains(marked: Marked, mentions: list[PlaceMention], resolver: Resolver, around: Surroundings) -> list[Chain]:
    """The places told by the mentions of one sentence, in order. Mentions of no event's place are left out."""
    if not mentions:
        return []
    grouped: list[list[PlaceMention]] = []
    provinces = _provinces(mentions, resolver) + _of_commands(mentions, resolver) + around.admin1
    for mention in _provinces_listed(mentions, resolver):
        if mention.role in NOT_WHERE or (mention.doubtful and not _spoken_of(mention, provinces, resolver)):
            continue
        if grouped and _locates(marked, grouped[-1], mention, resolver):
            grouped[-1].append(mention)
        else:
            grouped.append([mention])
    spoken_of = Surroundings(provinces, around.near)
    return [_resolve(marked, group, resolver, spoken_of) for group in grouped]


def _provinces_listed(mentions: list[PlaceMention], resolver: Resolver) -> list[PlaceMention]:
    """Names of cities and provinces in a list of provinces are provinces: "كركوك ونينوى وصلاح الدين وديالى"."""
    places = resolver.gazetteer.places
    told: list[PlaceMention] = []
    at = 0
    while at < len(mentions):
        end = at + 1
        while end < len(mentions) and mentions[end].joined and mentions[end].first - mentions[end - 1].last <= 1:
            end += 1
        run = mentions[at:end]
        kinds = [{places[i].kind for i in mention.place_ids} for mention in run]
        if sum(kind == {"governorate"} for kind in kinds) >= 2 and all("governorate" in kind for kind in kinds):
            run = [mention if mention.kind else mention._replace(kind="governorate") for mention in run]
        told += run
        at = end
    return told


def _spoken_of(mention: PlaceMention, provinces: tuple[str, ...], resolver: Resolver) -> bool:
    """Whether a name that is also an ordinary word lies in a province that the report speaks of."""
    places = [resolver.gazetteer.places[place_id] for place_id in mention.place_ids]
    if {place.kind for place in places} & _MAIN and fold(mention.name) not in _OFTEN_WORDS:
        return True  # "في مخمور": after "in" no one reads "drunk"
    return any(place.admin1 in provinces for place in places)


def _provinces(mentions: list[PlaceMention], resolver: Resolver) -> tuple[str, ...]:
    places = resolver.gazetteer.places
    found = []
    for mention in mentions:
        kinds = {places[i].kind for i in mention.place_ids}
        if "governorate" in kinds and (
            mention.kind == "governorate" or kinds == {"governorate"} or mention.role in (DIRECTION, PARENT, AT)
        ):
            found += [places[i].admin1 for i in mention.place_ids if places[i].kind == "governorate"]
    return tuple(dict.fromkeys(found))


def _of_commands(mentions: list[PlaceMention], resolver: Resolver) -> tuple[str, ...]:
    """Provinces that bodies are named for: "ضمن قاطع عمليات صلاح الدين" tells which part of a range is meant."""
    places = resolver.gazetteer.places
    named = [places[i] for m in mentions if m.role == ORGANISATION for i in m.place_ids]
    return tuple(dict.fromkeys(place.admin1 for place in named if place.kind == "governorate" and place.admin1))


def _locates(marked: Marked, group: list[PlaceMention], mention: PlaceMention, resolver: Resolver) -> bool:
    """Whether a mention tells where the place before it lies, rather than another place."""
    before = group[-1]
    gap = mention.first - before.last
    if mention.joined and marked.lang == "en" and gap == 1 and marked.tokens[before.last].form == ",":
        return _lies_in(group[0], mention, resolver)  # "Chamchamal, Sulaymaniyah"
    if mention.joined and gap <= 1 and len(group) > 1 and before.role == NEAR and _between(marked, before):
        return True  # "جبال حمرين بين ديالى وكركوك"
    if mention.joined or gap > _LOCATOR_REACH + (6 if mention.role == PARENT else 0):
        return False
    if mention.role == PARENT:
        return True
    if (
        gap <= 1
        and group[0].kind in ("village", "quarter")
        and mention.kind in _DIVISIONS
        and mention.role in (AT, BARE)
    ):
        return True  # "قرية الخالدية بقضاء المقدادية", whatever other village of that name is known
    if any(marked.tokens[at].form in (".", ";", "\n") for at in range(before.last, mention.first)):
        return False
    if marked.tags("triggers", before.last, mention.first) or marked.tags("casualties", before.last, mention.first):
        return False
    head, places = group[0], resolver.gazetteer.places
    head_places = [places[i] for i in head.place_ids]
    wider = [places[i] for i in mention.place_ids]
    if not wider:
        return False
    if mention.role == DIRECTION and gap <= (6 if marked.lang == "en" else 4):
        return not (head_places and all(p.kind == "governorate" for p in head_places))
    if not head_places:
        return gap <= 4
    ancestors = {place.place_id for h in head_places for place in resolver.gazetteer.ancestors(h)}
    same_admin1 = any(w.kind == "governorate" and w.admin1 == h.admin1 for w in wider for h in head_places)
    inside = any(w.place_id in ancestors for w in wider) or same_admin1
    if inside and gap <= 6 and mention.role in (AT, BARE, SOURCE, NEAR):
        return True
    return (
        gap <= 2
        and mention.role in (AT, BARE, NEAR)
        and any(w.kind in ("plain", "area", "district") for w in wider)
        and gap > 0
    )


def _between(marked: Marked, mention: PlaceMention) -> bool:
    near = marked.tokens[max(0, mention.first - 2) : mention.first]
    return any(token.form in _BETWEEN for token in near)


def _lies_in(head: PlaceMention, mention: PlaceMention, resolver: Resolver) -> bool:
    """Whether the place of one name may lie in that of another."""
    places = resolver.gazetteer.places
    inner = [places[i] for i in head.place_ids]
    over = {place.place_id for p in inner for place in resolver.gazetteer.ancestors(p)}
    return bool(over & set(mention.place_ids)) or not inner


def _resolve(marked: Marked, group: list[PlaceMention], resolver: Resolver, around: Surroundings) -> Chain:
    head, locators = group[0], tuple(group[1:])
    finer = _finer(group, resolver)
    if finer is not None:
        locators = tuple(m for m in group if m is not finer)
        head = finer
    places = resolver.gazetteer.places
    own = tuple(
        places[i].admin1
        for m in locators
        for i in m.place_ids
        if places[i].kind == "governorate" or len({places[j].admin1 for j in m.place_ids}) == 1
    )
    parent = None
    near: tuple[str, ...] = ()
    for locator in locators:
        answer = resolver.resolve(locator.name, Context(kind=locator.kind, admin1=own))
        if answer.place is None:
            continue
        if parent is None and (locator.role == PARENT or (not head.place_ids and answer.place.kind != "governorate")):
            parent = answer.place.place_id
        elif answer.place.kind != "governorate":
            near += (answer.place.place_id,)
    context = Context(
        admin1=tuple(dict.fromkeys(own + around.admin1))[:4],
        near=(near + around.near)[:4],
        kind=head.kind,
        parent=parent,
        relation="near" if head.role in (NEAR, DIRECTION) else None,
    )
    answer = resolver.resolve(head.name, context)
    if head.kind == "river" and answer.place is not None and answer.place.kind in (*_MAIN, "village"):
        return Chain(head, locators, replace(answer, place=None, parent=None), None, head.first, head.last)
    if own and len(head.place_ids) > 1:
        within = resolver.resolve(head.name, replace(context, admin1=own, strict=True))
        answer = within if within.place is not None else answer
    if answer.place is None and head.place_ids and not answer.parent and len(head.place_ids) <= 2:
        answer = resolver.resolve(head.name, replace(context, kind=None))
    told = resolver.gazetteer.places.get(near[0]) if near else None
    if answer.place is not None and own and _elsewhere(answer.place, own) and told is not None:
        answer = replace(answer, place=None, parent=told)  # the report puts it in another province
    if answer.place and told and locators and locators[0].role in (DIRECTION, NEAR, PARENT, AT):
        village = answer.place.kind == "village" or head.kind in ("village", "quarter")
        if village and km_between(answer.place, told) > _FAR_KM:
            answer = replace(answer, place=None, parent=told)  # another village of that name, far from what is told
    first, last = min(m.first for m in group), max(m.last for m in group)
    words = (
        marked.words(marked.span(head.first, last))
        if len(group) > 1 or head.role in (NEAR, DIRECTION) or not head.place_ids
        else None
    )
    if answer.place is None and head.place_ids:
        town = next((resolver.gazetteer.places[i] for i in near if resolver.gazetteer.places[i].kind in _TOWNS), None)
        answer = replace(answer, parent=town) if town else answer  # a quarter of a name known elsewhere alone
    if answer.place is None and not head.place_ids and parent is None and around.near:
        # An unknown village with nothing said of where: near what the report spoke of last.
        answer = replace(answer, parent=resolver.gazetteer.places[around.near[0]])
    location = resolver.locate(answer, words)
    if location is not None and head.role in (NEAR, DIRECTION) and location.geo_precision == 1:
        location = replace(location, geo_precision=2, where_prec=2)
    if location is not None and head.role == DIRECTION and location.geo_precision == 3 and answer.place is not None:
        location = replace(location, where_description=words)
    return Chain(head, locators, answer, location, first, last)


_BOTH_HOLD = frozenset(("Erbil", "Nineveh"))  # Makhmour and its villages are put in either


def _elsewhere(place: Place, own: tuple[str, ...]) -> bool:
    """Whether a village lies in another province than the ones told for it."""
    if place.kind not in ("village", "quarter", "camp") or place.admin1 in own:
        return False
    return not (place.admin1 in _BOTH_HOLD and _BOTH_HOLD & set(own))


def _finer(group: list[PlaceMention], resolver: Resolver) -> PlaceMention | None:
    """In "محافظة كركوك قرب داقوق" the second name is the place and the first what it lies in."""
    places = resolver.gazetteer.places
    head = group[0]
    if head.place_ids and {places[i].kind for i in head.place_ids} <= {"river", "road"}:
        towns = [m for m in group[1:] if {places[i].kind for i in m.place_ids} & {"town", "city", "village"}]
        if towns:
            return towns[0]
    if not head.place_ids or not (
        head.kind in ("governorate", "district")
        or {places[i].kind for i in head.place_ids} <= {"governorate", "district"}
    ):
        return None
    for mention in group[1:]:
        kinds = {places[i].kind for i in mention.place_ids}
        if mention.role in (NEAR, AT, BARE) and kinds and not kinds & {"governorate"} and kinds != {"district"}:
            return mention
    return None


def choose(found: list[Chain], at: int, event_type: str, first: int, last: int) -> list[Chain]:
    """The chains of tokens[first:last] that are where an event occurred whose trigger is token `at`."""
    usable = [c for c in found if c.location is not None and first <= c.head.first < last]
    if event_type not in ("abduction", "arrest"):
        usable = [c for c in usable if c.head.role != FROM]
    if event_type not in ("visit", "meeting", "agreement"):  # "أبراج تغذي كركوك", "the line to Kirkuk"
        usable = [c for c in usable if c.head.role != TO] or usable
    if event_type == "meeting":
        usable = [c for c in usable if c.first - at <= 14]
    if event_type == "agreement":  # what is agreed on names places too
        near = [c for c in usable if c.first - at <= 6]
        usable = [c for c in usable if c in near or _held_in(c, near)]
    if not usable:
        return []
    ranked = sorted(usable, key=lambda c: -_rank(c, at, event_type))
    best = ranked[0]
    chosen = [best] + [c for c in _list_of(found, best) if c in usable]
    firm = [c for c in chosen if c.place is None or c.place.kind not in ("river", "road")]
    chosen = firm or chosen
    chosen = [c for c in chosen if not _holds_another(c, chosen)]
    return sorted(chosen, key=lambda c: c.first)


def _held_in(chain: Chain, near: list[Chain]) -> bool:
    """Whether a later place lies in the province told behind the verb: "وقّعت في كركوك ... في ناحية العباسي"."""
    place = chain.place
    return (
        chain.head.role == AT
        and place is not None
        and any(c.place is not None and c.place.kind == "governorate" and c.place.admin1 == place.admin1 for c in near)
    )


def _rank(chain: Chain, at: int, event_type: str) -> float:
    weight = _WEIGHT.get(chain.head.role, 0.5)
    if chain.head.role == BARE and chain.head.kind == "village" and chain.first > at:
        weight = 4.2  # "أمطر مجهولون قرية X بقذائف": the village itself is what was hit
    if event_type in ("visit", "meeting") and chain.head.role == TO:
        weight = 4.2
    if event_type == "abduction" and chain.head.role == FROM:
        weight = 3.8
    kind = chain.place.kind if chain.place else "village"
    fine = _FINENESS.get(kind, 3)
    distance = abs(chain.first - at)
    return weight + 0.45 * fine - 0.03 * min(distance, 40) + (0.2 if chain.first > at else 0.0)


def _list_of(found: list[Chain], best: Chain) -> list[Chain]:
    """The chains joined to the best one by "and", on both sides."""
    at = found.index(best)
    joined: list[Chain] = []
    locator = best.locators[-1] if best.locators else None
    for chain in found[at + 1 :]:
        if not chain.head.joined or chain.first - (joined[-1] if joined else best).last > 4:
            break
        if locator is not None and locator.role == NEAR and 0 <= chain.first - locator.last <= 3:
            break  # "on the border between X and Y": the second is joined to what locates the first
        joined.append(chain)
    before = at
    while before > 0 and found[before].head.joined and found[before].first - found[before - 1].last <= 4:
        before -= 1
        joined.insert(0, found[before])
    return joined


def _holds_another(chain: Chain, chosen: list[Chain]) -> bool:
    """Whether a province or district of the list is there only to hold a finer place of the list."""
    place = chain.place
    if place is None or place.kind not in ("governorate", "district"):
        return False
    for other in chosen:
        finer = other.place
        if finer is None or other is chain or finer.kind == "governorate":
            continue
        if place.kind == "governorate" and finer.admin1 == place.admin1:
            return True
        if (
            place.kind == "district"
            and not other.head.joined
            and finer.place_id != place.place_id
            and finer.admin2 == place.admin2
            and finer.kind != "district"
        ):
            return True
    return False


def location_claim(marked: Marked, chain: Chain, rule: str = "told") -> Claim[Location]:
    """A chain's location as a claim with the words that tell it."""
    if chain.location is None:
        raise ValueError("a chain without a location makes no claim")
    spans = tuple(marked.span(m.first, m.last) for m in (chain.head, *chain.locators))
    words = " … ".join(marked.words(span) for span in spans)
    return Claim(chain.location, words, spans, "text", rule)
