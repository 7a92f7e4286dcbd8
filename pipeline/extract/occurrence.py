"""Whether two tellings of a report are of one occurrence: their kinds, days and places, and what tells them apart."""

from geodata.gazetteer import Gazetteer, Place
from pipeline.extract.draft import Draft
from pipeline.extract.updates import FINAL
from pipeline.model import Claim, Days, Location

_LONG = 14  # days between news and what is told as having been before it
_LOOSE = frozenset(("attack", "armed_clash"))
_WITH_ATTACK = frozenset(
    ("ied", "suicide_bombing", "shelling", "abduction", "property_destruction", "armed_clash", "attack")
)


def same_as(draft: Draft, events: list[Draft], gazetteer: Gazetteer) -> int | None:
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
    if _long_before(one, other) or _counted_apart(one, other) or part_of_a_total(one, other):
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


def part_of_a_total(one: Draft, other: Draft) -> bool:
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
    return any(same_or_within(a.value, b.value, gazetteer) for a in one for b in other)


def _near_enough(one: Draft, other: Draft, gazetteer: Gazetteer) -> bool:
    counted = one.n_strikes is not None and other.n_strikes is not None
    if (counted or (one.event_type == other.event_type == "visit")) and _capital_and_another(one, other, gazetteer):
        return False  # "Near Mosul, five strikes ... Near Sinjar, one strike": a capital's point is its province's too
    if _places_touch(one.locations, other.locations, gazetteer):
        return True
    if headed(one, other):
        return True
    if taken_up(one, other) and other.sentence_no - one.sentence_no == 1 and one.event_type == other.event_type:
        return True  # "القصف تركز قرب قرى منطقة X": the shelling told in the sentence before
    if not (one.vague_place or other.vague_place or taken_up(one, other)):
        return False
    admin1 = {claim.value.admin1 for claim in one.locations}
    return bool(admin1 & {claim.value.admin1 for claim in other.locations})


def headed(one: Draft, other: Draft) -> bool:
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


def taken_up(one: Draft, other: Draft) -> bool:
    """ "القصف استهدف قرية X": what was told of a district is taken up, and told of a finer place."""
    return other.definite and not other.separate and one.sentence_no != other.sentence_no and not other.summary


def same_or_within(one: Location, other: Location, gazetteer: Gazetteer) -> bool:
    if one.place_id is None or other.place_id is None:
        return one.name == other.name
    if one.place_id == other.place_id:
        return not (_unknown_name(one) and _unknown_name(other) and one.where_description != other.where_description)
    if one.geo_precision == 3 or other.geo_precision == 3:
        return one.admin1 == other.admin1
    places = gazetteer.places
    a, b = places[one.place_id], places[other.place_id]
    if over(b, gazetteer) & itself(a, gazetteer) or over(a, gazetteer) & itself(b, gazetteer):
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


def over(place: Place, gazetteer: Gazetteer) -> set[str]:
    return {over.place_id for over in gazetteer.ancestors(place)}


def itself(place: Place, gazetteer: Gazetteer) -> set[str]:
    """A place, and the district or sub-district of which it is the centre."""
    point = (place.latitude, place.longitude)
    held = gazetteer.ancestors(place)
    return {place.place_id} | {over.place_id for over in held if (over.latitude, over.longitude) == point}


def _unknown_name(place: Location) -> bool:
    return bool(place.where_description) and place.geo_precision == 2 and place.where_prec != 2
