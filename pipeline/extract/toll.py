"""A count of killed or injured, and its summing over the groups of people told."""

from dataclasses import dataclass

from pipeline.extract.english_lists import listed
from pipeline.extract.marked import Marked
from pipeline.extract.people import ATTACKERS, People, is_doer, people_at
from pipeline.model import Range, Span

AMONG = frozenset("بينهم بينها بينهما منهم منهن including لهناويان نيوانياندا كه".split())


CONNECT = frozenset(("و", "and", ",", "او", "+", "&"))
OTHER_SIDE = "other side"
ANOTHER = "another"  # "وجُرح آخر", "وفاة جندي رابع": people besides those counted before
OF_THE_HURT = "of the hurt"  # "توفي أحدهم متأثراً بجراحه": killed, and hurt no more
BESIDES = frozenset((OTHER_SIDE, ANOTHER, OF_THE_HURT))
ONE_OF_THEM = frozenset("احدهم احدهما احداهما احدها".split())
_NEW_CLAUSE = frozenset("وان وانه وانها وانهم فيما بينما لكن ولكن".split())
_WITH_HIM = frozenset("ومعه ومعها ومعهم معه معهم برفقته وبرفقته رفقه برفقه".split())
_JOINS = frozenset(("و", "+", "&", "مع")) | _WITH_HIM
_SUFFER = frozenset(("were", "was"))  # "killing four, and five others were wounded": a clause of its own
_WHOSE = frozenset(("his", "her", "their", "its", "then"))


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of killed or injured. joint: killed and injured together. rule says how it was read."""

    field: str  # killed | injured | both
    number: Range
    span: Span
    at: int
    actors: tuple[str, ...]
    rule: str
    attackers: bool = False  # they are told as those who attacked
    martyrs: bool = False  # a word that no side has for its enemies


def begins_with_and(form: str) -> bool:
    """Whether an Arabic word begins with "and", as "وثلاثة" does and "واحدة" does not."""
    return form[0] == "و" and not form.startswith("واحد")


def group_at(marked: Marked, at: int, limit: int, used: set[int]) -> tuple[People, int] | None:
    while at < limit:
        if at not in used:
            group = people_at(marked, at, limit)
            if group is not None:
                return group, at
        if marked.tokens[at].form in (".", ";"):
            return None
        at += 1
    return None


def groups_at(marked: Marked, at: int, limit: int, used: set[int], skip: int = 22) -> list[People]:
    """The first group of people from `at`, and those joined to it by "and"; parts of them left out."""
    groups: list[People] = []
    start = at
    while at < limit:
        form = marked.tokens[at].form
        if form.lstrip("و") in AMONG or form in AMONG:
            break
        if groups and form in ONE_OF_THEM:  # "اثنين من البيشمركة أحدهما ضابط ... وثلاثة من الحشد"
            further = _further(marked, at, limit, used)
            if further is None:
                break
            at = further
            continue
        if groups and marked.tokens[at - 1].form == "برتبه":
            at += 1
            continue
        group = None if at in used else people_at(marked, at, limit)
        if group is None and groups and not (form in CONNECT or form in _WHOSE or form in ("من", "of")):
            further = _further(marked, at, limit, used)
            if further is None:
                break
            at = further
            continue
        if group is None:
            if not groups and (at - start >= skip or form in (";", ".") or form in _NEW_CLAUSE):
                break
            at += 1
            continue
        if groups:
            joined = begins_with_and(marked.tokens[group.first].form) or marked.tokens[group.first - 1].form in _JOINS
            if not joined or not group.counted:
                break
        elif is_doer(group) and group_at(marked, group.last, limit, used) is not None:
            at = group.last
            continue
        if marked.lang == "en" and not groups:
            groups += [
                each
                for each in listed(marked, group, limit, used)
                if each is group or marked.tokens[min(each.last, limit - 1)].form not in _SUFFER
            ]
            break
        groups.append(group)
        at = max(group.last, at + 1)
    if len(groups) == 1 and is_doer(groups[0]):
        return []
    for group in groups:
        used.update(range(group.first, group.last))
    return groups


def _further(marked: Marked, at: int, limit: int, used: set[int]) -> int | None:
    """Where another group goes on after the force of the first: "عنصر بالجيش العراقي، واثنين من منتسبي الحشد"."""
    for near in range(at, min(limit, at + 16)):
        if (
            marked.tag_at("triggers", near)
            or marked.tag_at("casualties", near)
            or marked.tokens[near].form in (".", ";", ":")
        ):
            return None
        if near < at + 9 and begins_with_and(marked.tokens[near].form) and near not in used:
            group = people_at(marked, near, limit)
            if group is not None and group.counted:
                return near
        if marked.tokens[near].form in _WITH_HIM and near + 1 < limit:  # "مختار القرية ومعه ثلاثة من أبنائه"
            others = people_at(marked, near + 1, limit)
            return near + 1 if others is not None and others.counted else None
        if marked.tokens[near].form == "مع" and near + 1 < limit:  # "اغتيال ضابط ... مع سائقه"
            tag, others = marked.tag_at("persons", near + 1), people_at(marked, near + 1, limit)
            several = others is not None and others.counted and (others.number.best or 0) > 1
            return near + 1 if several or (tag is not None and tag.entry.pos == "kin") else None
    return None


def more_groups(marked: Marked, at: int, limit: int, used: set[int]) -> list[People]:
    """The groups that go on after a counted noun: "ستة قتلى من الشرطة وثلاثة من الحشد ومدنيَّين اثنين"."""
    groups: list[People] = []
    for cut in marked.tags("casualties", at, limit):
        limit = cut.first
        break
    while at < limit:
        further = at if not groups and begins_with_and(marked.tokens[at].form) else _further(marked, at, limit, used)
        if further is None or any(token.form in AMONG or token.form == "بين" for token in marked.tokens[at:further]):
            break
        group = people_at(marked, further, limit)
        if group is None or not group.counted or not begins_with_and(marked.tokens[group.first].form):
            break
        if not group.term and marked.tokens[group.last - 1].form != "من":  # "وأربعة من الحشد"
            break
        groups.append(group)
        used.update(range(group.first, group.last))
        at = group.last
    return groups


def sum_of(
    field: str, groups: list[People], marked: Marked, first: int, at: int, rule: str, end: int | None = None
) -> Toll:
    numbers = [group.number for group in groups]
    low = sum(number.low or 0 for number in numbers)
    certain = all(number.best is not None for number in numbers)
    high = sum(number.high or 0 for number in numbers) if all(number.high is not None for number in numbers) else None
    total = Range(low, sum(number.best or 0 for number in numbers) if certain else None, high)
    last = max(groups[-1].last, end or 0)
    actors = tuple(dict.fromkeys(group.actor for group in groups if group.actor))
    attackers = all(group.term.startswith(ATTACKERS) for group in groups)
    return Toll(field, total, marked.span(min(first, groups[0].first), last), at, actors, rule, attackers)
