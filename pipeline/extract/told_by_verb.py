"""The people counted around a verb of death or injury.

قُتل جندي, أُصيب ٤ آخرون; ثلاثة قُتلوا; two were killed; دوو پێشمەرگە شەهید بوون.
"""

from dataclasses import replace

from geodata.fold import fold
from pipeline.extract.counted_nouns import TWO, partner_of
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.people import ATTACKERS, MILITANT, People, in_number, people_at
from pipeline.extract.people_after import REACH_RIGHT, another
from pipeline.extract.people_before import people_before
from pipeline.extract.toll import Toll, groups_at, sum_of
from pipeline.model import Range, Span
from pipeline.text.lexicon import Tag


def told_by_verb(marked: Marked, tag: Tag, field: str, how: str, first: int, last: int, used: set[int]) -> Toll | None:
    """قُتل جندي, أُصيب ٤ آخرون; ثلاثة من عناصر الشرطة قُتلوا; two were killed; دوو پێشمەرگە شەهید بوون."""
    within = _within_phrase(marked, tag, field, last, used) if "…" in tag.entry.term else None
    if within is not None:
        return within
    if marked.lang == "ckb":
        return people_before(marked, tag, field, first, used)
    if marked.lang == "en":
        return _english_verb(marked, tag, field, first, last, used)
    more = another(marked, tag, field, last, used) if how != "near" else None
    if more is not None:
        return more
    if how == "near" or tag.form.base.endswith("وا"):
        if tag.last < last and people_at(marked, tag.last, min(last, tag.last + 8)) is not None:
            groups = groups_at(marked, tag.last, min(last, tag.last + 8), used, skip=1)
            if groups:
                return sum_of(field, groups, marked, tag.first, tag.first, "verb")
        if how == "near":
            return None
    if tag.form.base.endswith("وا") or tag.form.base == fold(tag.entry.term) + "ا":  # قتلوا, قتلا: they and the two
        left = people_before(marked, tag, field, first, used)
        dual = tag.form.base.endswith("ا") and not tag.form.base.endswith("وا")
        if tag.form.conj and dual and (left is None or left.number.best != 2):
            return Toll(field, Range(2, 2, 2), marked.span(tag.first, tag.last), tag.first, (), "pronoun")  # "فقُتلا"
        if left is not None:
            return _with_those(marked, tag, left, last, used)
    if tag.entry.term.startswith("أرد"):  # "فأرداه قتيلاً": the noun only completes the verb
        used.update(range(tag.last, min(last, tag.last + 3)) if _as_dead(marked, tag.last) else ())
    if tag.last - tag.first == 1 and tag.form.base.endswith("تهما"):  # "اشتبكت القوة مع قناصين فقتلتهما"
        return Toll(field, Range(2, 2, 2), marked.span(tag.first, tag.last), tag.first, (), "pronoun")
    dies = tag.entry.term.startswith(_DIES)  # takes no object: who died stands next to it
    limit = min(last, tag.last + (4 if dies else REACH_RIGHT))
    for cut in marked.tags("casualties", tag.last, limit):
        limit = cut.first
        break
    if any(_between_dead_and_hurt(marked, cut) for cut in marked.tags("casualties", tag.last, tag.last + 16)):
        return None  # "سقط تسعة أشخاص ... بين قتيل وجريح": a joint sum, counted there
    at = _past_the_killers(marked, tag, limit)
    if tag.entry.gloss.startswith("announce"):  # "تنعى الوزارة كوكبة من منتسبيها: الرائد علاء، والمفوض سالم"
        at = next((near + 1 for near in range(at, min(limit, at + 16)) if marked.tokens[near].form == ":"), at)
    groups = groups_at(marked, at, limit, used)
    if groups:
        he = tag.last < last and marked.tokens[tag.last].form in ("هو", "هي")  # "قتلوه هو وشقيقه"
        if (he or marked.tokens[tag.last].form == "مع") and groups[0].counted:  # "استُشهد مع جنديين": he and the two
            groups = [People(Range(1, 1, 1), tag.first, tag.last, None, True, "he"), *groups]
        return sum_of(field, groups, marked, tag.first, tag.first, "verb")
    number = in_number(marked, tag.last, last)
    if number is not None:
        return Toll(field, number.value, marked.span(tag.first, number.last), tag.first, (), "verb")
    return people_before(marked, tag, field, first, used)


def _within_phrase(marked: Marked, tag: Tag, field: str, last: int, used: set[int]) -> Toll | None:
    """ "لقي جندي حتفه", "leaving four dead": the people stand within the phrase."""
    groups = groups_at(marked, tag.first + 1, tag.last, used)
    if groups and not groups[0].counted:  # "خسرت البيشمركة ستة من أفرادها": who lost them stands first
        groups = groups_at(marked, groups[0].last, tag.last, used) or groups
    if groups:
        return sum_of(field, groups, marked, tag.first, tag.first, "verb", end=tag.last)
    if marked.lang == "ar" and marked.tokens[tag.last - 1].form in TWO:  # "ارتقى شهيدين"
        return Toll(field, Range(2, 2, 2), marked.span(tag.first, tag.last), tag.first, (), "dual")
    bare = count_at(marked, tag.first + 1, tag.last) if tag.first + 1 not in used else None
    if bare is not None and bare.last == tag.last - 1:  # "وتعرض ثلاثة لجروح", "وسقط عشرات القتلى"
        partner = partner_of(marked, tag, field, last)
        used.update(range(tag.first, partner.last if partner else tag.last))
        span = marked.span(tag.first, partner.last if partner else tag.last)
        return Toll("both" if partner else field, bare.value, span, tag.first, (), "verb")
    return None


def _with_those(marked: Marked, tag: Tag, toll: Toll, last: int, used: set[int]) -> Toll:
    """ "ثلاثة إخوة قُتلوا مع أربعة من المقاتلين": those told after the verb, too."""
    if tag.last + 1 >= last or marked.tokens[tag.last].form != "مع" or toll.number.best is None:
        return toll
    group = people_at(marked, tag.last + 1, last)
    if group is None or not group.counted or group.number.best is None:
        return toll
    used.update(range(group.first, group.last))
    best = toll.number.best + group.number.best
    span = marked.span(tag.first, group.last)
    actors = tuple(dict.fromkeys([*toll.actors, *([group.actor] if group.actor else [])]))
    return replace(toll, number=Range(best, best, best), span=Span(toll.span.start, span.end), actors=actors)


def _as_dead(marked: Marked, at: int) -> bool:
    return any(token.form in ("قتيلا", "صريعا", "قتيلين", "قتلي") for token in marked.tokens[at : at + 1])


_KILL_ACTIVELY = ("اغتال", "أعدم", "صفى", "ذبح")  # never said of the victim, as قتل may be


def _past_the_killers(marked: Marked, tag: Tag, limit: int) -> int:
    """ "اغتال مسلحان يستقلان دراجة مديرَ الناحية": those who kill stand first, counted though they are."""
    active = tag.last < limit and tag.entry.term in _KILL_ACTIVELY
    killers = people_at(marked, tag.last, limit) if active else None
    if killers is None or not killers.term.startswith((*ATTACKERS, "مجهول", "عناصر", "شخص")):
        return tag.last
    return killers.last


def _between_dead_and_hurt(marked: Marked, tag: Tag) -> bool:
    return tag.value.endswith(":count") and marked.tokens[tag.first - 1].form in ("بين", "ما")


_DIES = ("فقد", "فارق", "لقي", "توفي", "قضى", "لفظ")


_PUT_AT = ("dead", "killed", "wounded", "injured")


def _english_verb(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    before = marked.tokens[tag.first - 1] if tag.first > first else None
    counted = marked.tag_ending("numbers", tag.first) is not None
    if before is not None and (before.is_number or counted or tag.entry.term in ("dead", "died", "kia", "wia")):
        return people_before(marked, tag, field, first, used)  # "2 killed, 1 injured"
    at_count = (
        tag.entry.term in ("dead", "killed", "wounded", "injured")
        and tag.last < last
        and marked.tokens[tag.last].form == "at"
    )
    count = count_at(marked, tag.last + 1, last) if at_count else None
    if count is not None:  # "a hospital source put the dead at four"
        used.update(range(tag.first, count.last))
        return Toll(field, count.value, marked.span(tag.first, count.last), tag.first, (), "number of")
    at = tag.first - 1 - (tag.first > first + 1 and marked.tokens[tag.first - 1].form.endswith("ly"))
    passive = tag.first > first and marked.tokens[at].form in (
        "were",
        "was",
        "been",
        "being",
        "are",
        "is",
        "get",
        "got",
        "also",
        "left",
    )
    if not passive:
        limit = min(last, tag.last + 20)
        for cut in marked.tags("casualties", tag.last, limit):
            limit = cut.first
            break
        taken = set(used)
        groups = groups_at(marked, tag.last, limit, taken, skip=1)
        left = marked.tag_ending("persons", tag.first)
        doer = marked.tag_ending("actor_aliases", tag.first)
        by_militants = doer is not None and doer.value in MILITANT
        if groups and groups[0].first == tag.last and (left is None or by_militants):
            used |= taken
            return sum_of(field, groups, marked, tag.first, tag.first, "verb")
        count = count_at(marked, tag.last, limit)
        if count is not None and count.number and count.number > 1 and _names_people(marked, count.last, limit):
            used.update(range(tag.last, count.last + 1))
            return Toll(field, count.value, marked.span(tag.first, count.last + 1), tag.first, (), "verb")
    return people_before(marked, tag, field, first, used)


def _names_people(marked: Marked, at: int, limit: int) -> bool:
    """Whether a word that no other class of the lexicon explains follows a count: "injuring three clerks"."""
    if at >= limit or not marked.tokens[at].is_word or not marked.tokens[at].form.endswith("s"):
        return False
    return not any(marked.tag_at(cls, at) for cls in ("times", "kinds", "objects", "numbers", "relations"))
