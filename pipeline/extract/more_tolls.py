"""Counts of one occurrence told more than once: those that add, those that replace, those of two speakers."""

from pipeline.extract.draft import Draft
from pipeline.extract.marked import Marked
from pipeline.extract.toll import BESIDES, Toll
from pipeline.extract.updates import FINAL


def more_tolls(event: Draft, later: Draft) -> Draft:
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
