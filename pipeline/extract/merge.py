"""Tellings of one occurrence within a report become one event; counts of what is told elsewhere are dropped.

Two drafts are one when their kinds agree, their days and places do not contradict each other, and nothing says
"another". The first telling leads; a later one adds what the first lacks and what is finer.
"""

from geodata.gazetteer import Gazetteer, Place
from pipeline.extract.actors import UNKNOWN
from pipeline.extract.draft import Draft
from pipeline.extract.marked import Marked
from pipeline.extract.strikes import SINGLE
from pipeline.extract.toll import BESIDES, Toll
from pipeline.extract.updates import FINAL
from pipeline.model import Claim, Days, Location

_LONG = 14  # days between news and what is told as having been before it
_LOOSE = frozenset(("attack", "armed_clash"))
_WITH_ATTACK = frozenset(
    ("ied", "suicide_bombing", "shelling", "abduction", "property_destruction", "armed_clash", "attack")
)


def merge(marked: Marked, drafts: list[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """The events of a report, in the order they are first told."""
    events: list[Draft] = []
    waiting: Draft | None = None  # people told as killed before it is told where and how
    for draft in drafts:
        at = _same_as(draft, events, gazetteer)
        if at is None:
            if not _follow_up(draft, events):
                ours = waiting if draft.category == "incident" else None
                events.append(_tolls(draft, ours) if ours is not None else draft)
                waiting = None if ours is not None else waiting
            elif draft.toll_only and not events:
                waiting = draft
        else:
            events[at] = _one(marked, events[at], draft, gazetteer)
    return _without_totals(_without_summaries(_inherit_days(_told_of_all(drafts, events)), gazetteer))


def _told_of_all(drafts: list[Draft], events: list[Draft]) -> list[Draft]:
    """ "وأوضحت أن الضربات كلها نُفذت أمس": a day told of "the strikes" is the day of each that has none of its own."""
    of_all = [d for d in drafts if d.definite and d.of_all and d.own_day and not d.own_place]
    for told in of_all:
        events = [
            event._replace(days=told.days, own_day=True)
            if event.category == told.category and not event.own_day and event.sentence_no < told.sentence_no
            else event
            for event in events
        ]
    return events


def _same_as(draft: Draft, events: list[Draft], gazetteer: Gazetteer) -> int | None:
    for at in range(len(events) - 1, -1, -1):
        another = draft.separate and at == len(events) - 1  # "in another incident": other than the one just told
        if not another and _kinds_agree(events[at], draft, gazetteer) and not _apart(events[at], draft, gazetteer):
            return at
    return None


def _kinds_agree(one: Draft, other: Draft, gazetteer: Gazetteer) -> bool:
    kinds = {one.event_type, other.event_type}
    if len(kinds) == 1:
        return True
    if one.category != other.category and one.toll_only and one.title and other.category == "airstrike":
        here = not one.own_place or _places_touch(one.locations, other.locations, gazetteer)
        return here and other.sentence_no <= 2  # "هلاك سبعة بأربع ضربات", then the strikes
    if one.category != other.category:
        anaphoric = other.toll_only or other.definite
        if other.definite and {one.event_type, other.event_type} in (
            {"air_strike", "shelling"},
            {"drone_strike", "shelling"},
        ):
            return True  # "القصف" after an air strike
        return (
            anaphoric
            and {one.category, other.category} == {"airstrike", "incident"}
            and (not other.own_place or (other.toll_only and one.place_ids() == other.place_ids()))
        )
    if one.category == "operation":
        told_apart = other.own_place and other.own_day and not other.definite
        return not told_apart or bool(one.place_ids() & other.place_ids())
    if one.category == "airstrike":
        return True
    if one.sentence_no == other.sentence_no and kinds == {"armed_clash", "suicide_bombing"}:
        return True  # "in the fight three were killed and a fourth blew himself up"
    if other.toll_only and one.place_ids() == other.place_ids():
        return True
    if one.sentence_no == other.sentence_no and "property_destruction" in kinds and not other.separate:
        return one.event_type in ("attack", "abduction") and one.place_ids() == other.place_ids()  # "ثم أحرقوا المركبة"
    if kinds == {"attack", "ied"} and _upon_others(one, other):
        return False
    if kinds <= _LOOSE or (other.toll_only and not other.own_place):
        return True
    if one.own_place and one.strong and other.own_place and other.strong and not other.definite:
        return False  # two occurrences told side by side
    if "attack" in kinds and kinds <= _WITH_ATTACK:
        if not one.strong and _places_touch(one.locations, other.locations, gazetteer):
            return True  # told first in general, then by what it was
        return other.definite or other.event_type == "attack" or not (other.own_place or other.own_day)
    if kinds == {"ied", "suicide_bombing"}:
        return True
    return other.definite and one.category == "incident" and not other.own_place


_SINCE = 10  # days


def _died_since(one: Draft, other: Draft) -> bool:
    """ "توفيت صباح اليوم متأثرة بجراحها": who was hurt two days ago died today; no other event is told."""
    if not other.toll_only or one.place_ids() != other.place_ids() or other.sentence_no - one.sentence_no > 3:
        return False
    if one.days is None or other.days is None or not one.days.value.start or not other.days.value.start:
        return False
    words = other.words
    since = (other.days.value.start - one.days.value.start).days
    return 0 < since <= _SINCE and any(word in words for word in _DYING)


_DYING = ("توف", "وفاة", "وفيات", "died", "succumb", "فارق", "گیان")


def _upon_others(one: Draft, other: Draft) -> bool:
    """ "shot dead a headman ... A bomb then struck the patrol that answered, killing two policemen": another event."""
    if not one.strong or other.definite or one.sentence_no == other.sentence_no:
        return False
    unhurt = all(toll.rule == "none" for toll in other.tolls) and bool(other.tolls)
    if other.strong and unhurt and any(toll.number.low for toll in one.tolls):
        return True  # "استُشهد أحد عشر ... واستهدفت عبوة إحدى العجلات دون إصابات"
    hurt = [{actor for toll in each.tolls if toll.number.low for actor in toll.actors} for each in (one, other)]
    return bool(hurt[0] and hurt[1]) and hurt[0].isdisjoint(hurt[1])


def _apart(one: Draft, other: Draft, gazetteer: Gazetteer) -> bool:
    if other.separate and not (other.own_place and any(c.value.geo_precision == 3 for c in one.locations)):
        return True
    if one.summary != other.summary and one.category == "incident" and not other.definite:
        return True
    refers = other.definite and not other.own_place
    if other.toll_only and one.place_ids() == other.place_ids() and any(t.rule == FINAL for t in other.tolls):
        refers = True  # "ثم أعلنت الوزارة اليوم أن الحصيلة استقرت على خمسة": the day of the count
    if _died_since(one, other):
        refers = True
    if one.own_day and other.own_day and not refers and not _days_touch(one.days, other.days):
        return True
    if _long_before(one, other) or _counted_apart(one, other) or _part_of_a_total(one, other):
        return True
    if other.own_place and one.locations and not _near_enough(one, other, gazetteer):
        return True
    if other.own_place and not one.locations and one.nowhere:
        return True
    if one.category == "meeting" and one.actor1 and other.actor1 and one.actor1.value != other.actor1.value:
        parties = {one.actor1.value, one.actor2.value if one.actor2 else ""}
        return other.actor1.value not in parties and not other.definite
    if (
        other.own_place
        and not other.definite
        and one.sentence_no == other.sentence_no
        and other.place_ids() != one.place_ids()
    ):
        return True
    return False


def _part_of_a_total(one: Draft, other: Draft) -> bool:
    """ "14 غارة في العراق ... قرب سنجار، دمرت خمس غارات": a total without a place, and one of the places it sums."""
    total, part = one.n_strikes, other.n_strikes
    if total is None or part is None or one.locations or not other.own_place or other.definite:
        return False
    return one.category == other.category == "airstrike" and part.value < total.value


def _days_touch(one: Claim[Days] | None, other: Claim[Days] | None) -> bool:
    if one is None or other is None:
        return True
    a, b = one.value, other.value
    if a.start is None or b.start is None:
        return a.start is None and b.start is None
    return a.start <= (b.end or b.start) and b.start <= (a.end or a.start)


def _places_touch(one: tuple[Claim[Location], ...], other: tuple[Claim[Location], ...], gazetteer: Gazetteer) -> bool:
    return any(_same_or_within(a.value, b.value, gazetteer) for a in one for b in other)


def _near_enough(one: Draft, other: Draft, gazetteer: Gazetteer) -> bool:
    counted = one.n_strikes is not None and other.n_strikes is not None
    if (counted or (one.event_type == other.event_type == "visit")) and _capital_and_another(one, other, gazetteer):
        return False  # "Near Mosul, five strikes ... Near Sinjar, one strike": a capital's point is its province's too
    if _places_touch(one.locations, other.locations, gazetteer):
        return True
    if _headed(one, other):
        return True
    if _taken_up(one, other) and other.sentence_no - one.sentence_no == 1 and one.event_type == other.event_type:
        return True  # "القصف تركز قرب قرى منطقة X": the shelling told in the sentence before
    if not (one.vague_place or other.vague_place or _taken_up(one, other)):
        return False
    admin1 = {claim.value.admin1 for claim in one.locations}
    return bool(admin1 & {claim.value.admin1 for claim in other.locations})


def _headed(one: Draft, other: Draft) -> bool:
    """Whether a title's event is told again by the report's first sentences, whatever place the title names."""
    return one.title and not one.own_day and one.event_type == other.event_type and other.sentence_no <= 2


def _long_before(one: Draft, other: Draft) -> bool:
    """News that tells no day is not what a later sentence dates to a month: "في شباط الماضي هجوم بـ14 صاروخاً"."""
    if other.days is None or not other.own_day or one.own_day or one.summary or other.definite:
        return False
    if one.days is None:
        return other.days.value.precision == 3
    told, said = other.days.value, one.days.value
    return bool(told.start and said.start and (said.start - (told.end or told.start)).days > _LONG)


def _counted_apart(one: Draft, other: Draft) -> bool:
    """ "killed one, he said on Monday. In a Saturday attack six died": another day and another toll."""
    if one.own_day or not other.own_day or other.definite or one.days is None or _days_touch(one.days, other.days):
        return False
    if any(toll.rule in (FINAL, "initial") for toll in (*one.tolls, *other.tolls)):
        return False  # an earlier and a later count of one event
    killed = [{toll.number.best for toll in each.tolls if toll.field == "killed"} for each in (one, other)]
    return all(killed) and None not in killed[0] | killed[1] and killed[0].isdisjoint(killed[1])


def _taken_up(one: Draft, other: Draft) -> bool:
    """ "القصف استهدف قرية X": what was told of a district is taken up, and told of a finer place."""
    return other.definite and not other.separate and one.sentence_no != other.sentence_no and not other.summary


def _same_or_within(one: Location, other: Location, gazetteer: Gazetteer) -> bool:
    if one.place_id is None or other.place_id is None:
        return one.name == other.name
    if one.place_id == other.place_id:
        return not (_unknown_name(one) and _unknown_name(other) and one.where_description != other.where_description)
    if one.geo_precision == 3 or other.geo_precision == 3:
        return one.admin1 == other.admin1
    places = gazetteer.places
    a, b = places[one.place_id], places[other.place_id]
    if _over(b, gazetteer) & _itself(a, gazetteer) or _over(a, gazetteer) & _itself(b, gazetteer):
        return True
    return (a.latitude, a.longitude) == (b.latitude, b.longitude)


def _capital_and_another(one: Draft, other: Draft, gazetteer: Gazetteer) -> bool:
    """Whether one telling names the capital of a province, and the other a place elsewhere in it."""
    places = [
        {gazetteer.places[c.value.place_id].admin2 for c in draft.locations if c.value.place_id in gazetteer.places}
        for draft in (one, other)
        if all(c.value.geo_precision < 3 for c in draft.locations)
    ]
    return len(places) == 2 and all(places) and places[0].isdisjoint(places[1]) and not other.definite


def _over(place: Place, gazetteer: Gazetteer) -> set[str]:
    return {over.place_id for over in gazetteer.ancestors(place)}


def _itself(place: Place, gazetteer: Gazetteer) -> set[str]:
    """A place, and the district or sub-district of which it is the centre."""
    point = (place.latitude, place.longitude)
    held = gazetteer.ancestors(place)
    return {place.place_id} | {over.place_id for over in held if (over.latitude, over.longitude) == point}


def _unknown_name(place: Location) -> bool:
    return bool(place.where_description) and place.geo_precision == 2 and place.where_prec != 2


def _follow_up(draft: Draft, events: list[Draft]) -> bool:
    """The sweep after an attack, told as part of it, is no event of its own; nor is a toll with nothing to carry it."""
    if draft.event_type == "weapons_seizure" and not draft.own_place and not draft.own_day:
        return any(event.category == "incident" for event in events[-1:])
    if draft.event_type == "security_operation" and not draft.own_place:
        return any(event.category in ("incident", "airstrike", "operation") for event in events)
    return draft.toll_only and not draft.own_place and not draft.own_day and not draft.locations


def _one(marked: Marked, first: Draft, later: Draft, gazetteer: Gazetteer) -> Draft:
    """The first telling with what the later one adds."""
    event = first
    if later.own_day and (not first.own_day or _finer_day(later, first)):
        event = event._replace(days=later.days, own_day=True)
    if later.days and not first.days:
        event = event._replace(days=later.days)
    if later.locations and not first.locations and not first.nowhere:
        event = event._replace(locations=later.locations, own_place=later.own_place)
    if later.own_place and (not first.own_place or _finer_place(later, first, gazetteer)):
        event = event._replace(locations=later.locations, own_place=True, nowhere=False)
    event = event._replace(triggers=tuple(dict.fromkeys((*event.triggers, *later.triggers)))[:4])
    if (
        first.event_type == "attack"
        and later.event_type not in ("attack", "armed_clash")
        and first.category == later.category
        and not (later.event_type in ("abduction", "property_destruction") and _killed(first))
    ):
        event = event._replace(event_type=later.event_type)
    elif first.event_type == "ied" and later.event_type == "suicide_bombing":
        event = event._replace(event_type="suicide_bombing")
    elif first.event_type == "air_strike" and later.event_type == "drone_strike":
        event = event._replace(event_type="drone_strike")
    elif first.toll_only and not later.toll_only:
        event = event._replace(event_type=later.event_type, toll_only=False)
    event = _tolls(event, later)
    return event._replace(
        actor1=_doer(event, later),
        actor2=event.actor2 or (later.actor1 if _dead_of(first, later) else None) or later.actor2,
        n_strikes=_strikes(event, later),
        sources=_sources(event, later),
    )


def _doer(event: Draft, later: Draft) -> Claim[str] | None:
    """Who did it; gunmen nobody knows give way to who claims it later."""
    claimed = later.actor1 is not None and later.actor1.rule == "claims it"
    if event.actor1 is not None and event.actor1.value == UNKNOWN and claimed:
        return later.actor1
    return event.actor1 or later.actor1


def _killed(draft: Draft) -> bool:
    return any(toll.field == "killed" and toll.number.low for toll in draft.tolls)


def _strikes(event: Draft, later: Draft) -> Claim[int] | None:
    """A count of strikes before a strike told in the singular."""
    if event.n_strikes is not None and event.n_strikes.rule == SINGLE and later.n_strikes is not None:
        return later.n_strikes
    return event.n_strikes or later.n_strikes


def _dead_of(first: Draft, later: Draft) -> bool:
    """After a strike, those whose dead are counted were struck: "at least three Islamic State members were killed"."""
    struck = later.actor1 is not None and (first.actor1 is None or first.actor1.value != later.actor1.value)
    return first.category == "airstrike" and later.toll_only and struck


def _sources(event: Draft, later: Draft) -> tuple[Claim[str], ...]:
    known = {claim.value for claim in event.sources}
    return event.sources + tuple(claim for claim in later.sources if claim.value not in known)


def _tolls(event: Draft, later: Draft) -> Draft:
    """A later count fills what is missing or vague; one told anew replaces; the dead of another side are added."""
    if not later.tolls:
        return event
    if not event.tolls:
        return event._replace(tolls=later.tolls, rivals=later.rivals)
    anew = {toll.field for toll in later.tolls if toll.rule == FINAL}
    before = tuple(toll for toll in event.tolls if toll.field not in anew)
    settled = {toll.field for toll in event.tolls if toll.rule == FINAL} - anew
    if later.other_side and later.toll_only and any(_rivals(toll, event.tolls) for toll in later.tolls):
        return event._replace(tolls=event.tolls + later.tolls, rivals=True)
    exact = {toll.field: toll.number.best for toll in later.tolls if toll.number.best}
    vague = {
        toll.field
        for toll in before
        if toll.number.best is None and toll.field in exact and exact[toll.field] >= (toll.number.low or 0)
    }
    kept = tuple(toll for toll in before if toll.field not in vague)  # "سقوط قتلى ... مقتل ثلاثة": three
    fresh = [toll for toll in later.tolls if toll.field not in settled and _adds(toll, kept)]
    return event._replace(tolls=kept + tuple(fresh))


def _rivals(toll: Toll, have: tuple[Toll, ...]) -> bool:
    """Whether a count is another speaker's count of the same people."""
    same = [other.number.best for other in have if other.field == toll.field and other.number.best]
    return bool(same and toll.number.best and toll.number.best not in same) and not _adds(toll, have)


def _adds(toll: Toll, have: tuple[Toll, ...]) -> bool:
    """Whether a count is of people not counted yet: of a field told by none, or of another side than those told."""
    same = [other for other in have if other.field == toll.field and other.number.low]
    if not same:
        return True
    if toll.attackers and not any(other.attackers for other in same):
        return bool(toll.number.best)
    if toll.rule in BESIDES:
        return True
    if toll.martyrs and all(other.attackers or _beside(other, toll) for other in same):
        return bool(toll.number.best)
    classes = {actor for other in same for actor in other.actors}
    known = all(other.actors for other in same) and toll.actors
    return bool(known and toll.number.best and classes.isdisjoint(toll.actors))


def _beside(one: Toll, other: Toll) -> bool:
    """ "تكبدوا 17 قتيلاً، في حين استشهد ثلاثة": the dead of one side, then the martyrs of the other."""
    return not one.martyrs and abs(other.at - one.at) <= _SIDE_BY_SIDE and one.number.best != other.number.best


_SIDE_BY_SIDE = 20  # tokens


def _finer_day(later: Draft, first: Draft) -> bool:
    a, b = first.days, later.days
    return bool(a and b and a.value.precision and b.value.precision and b.value.precision < a.value.precision)


def _finer_place(later: Draft, first: Draft, gazetteer: Gazetteer) -> bool:
    if _headed(first, later) and len(first.locations) > 1 and later.own_place and not later.vague_place:
        return True
    if len(first.locations) != 1 or not later.locations:
        return False
    a, b = first.locations[0].value, later.locations[0].value
    if a.geo_precision == 3 and b.geo_precision < 3:
        return True
    if _headed(first, later) and not _same_or_within(a, b, gazetteer):
        return True
    if first.vague_place and not later.vague_place and b.geo_precision < 3:
        return True
    if a.place_id and b.place_id and a.place_id != b.place_id:
        if _taken_up(first, later):
            return a.admin1 == b.admin1 and b.geo_precision <= a.geo_precision
        places = gazetteer.places
        return bool(_over(places[b.place_id], gazetteer) & _itself(places[a.place_id], gazetteer))
    return False


def _inherit_days(events: list[Draft]) -> list[Draft]:
    """An event that tells no day has the day of the one before it in the report, where the report goes on from it."""
    given: list[Draft] = []
    for each in events:
        event = each
        if event.days is None and not event.own_day:
            before = next((e for e in reversed(given) if e.days is not None and not e.summary), None)
            if before is not None:
                event = event._replace(days=before.days)
        given.append(event)
    return given


def _without_summaries(events: list[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """A count that repeats events told one by one is no event of its own."""
    single = [event for event in events if event.category == "incident" and not event.summary]
    return [event for event in events if not (event.summary and event.category == "incident" and len(single) >= 2)]


def _without_totals(events: list[Draft]) -> list[Draft]:
    """A total of strikes whose places are told one by one gives them who flew and against whom, and goes."""
    for at, total in enumerate(events):
        parts = [after for after in events[at + 1 :] if _part_of_a_total(total, after)]
        if len(parts) < 2:
            continue
        known = [
            event._replace(actor1=event.actor1 or total.actor1, actor2=event.actor2 or total.actor2)
            if any(event is part for part in parts)
            else event
            for event in events
        ]
        return known[:at] + known[at + 1 :]
    return events


def rival_tolls(draft: Draft, marked: Marked) -> bool:
    """Whether two counts of the killed are two speakers' counts of the same people."""
    killed: list[Toll] = [toll for toll in draft.tolls if toll.field == "killed" and toll.number.low]
    if len(killed) < 2 or _adds(killed[-1], tuple(killed[:-1])):
        return False
    tokens = range(killed[0].at, killed[-1].at)
    says = marked.tags("speech", tokens.start, tokens.stop, ("say", "according"))
    return bool(says) and any(tag.entry.term in _RIVAL for tag in says)


_RIVAL = frozenset(
    "أقر زعم ادعى قال أكد ذكر أعلن تحدث بحسب وفق claimed said admitted reported گوتی وتی ڕایگەیاند".split()
)
