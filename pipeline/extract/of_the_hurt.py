"""Those told as hurt who died since: "توفي أحدهم", "توفي منهم ثلاثة", "one of the wounded died"."""

from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.people import People
from pipeline.extract.toll import OF_THE_HURT, ONE_OF_THEM, Toll
from pipeline.model import Range
from pipeline.text.lexicon import Tag

_DIES = ("توفي", "وفاة", "مات", "فارق", "يفارق", "قضى", "استشهاد", "استشهد", "died", "succumbed", "گیان", "مرد")
_OF_THEM = frozenset("منهم منهن منهما".split())
_ONE_OF_THEM = frozenset("يهكيكيان يهكيكي لهوان".split())


def of_the_hurt(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    """The people of tokens[first:last] who were told as hurt and died, where `tag` tells their death."""
    if field != "killed" or not tag.entry.term.startswith(_DIES):
        return None
    people = _people(marked, tag, first, last)
    if people is None or any(at in used for at in range(people.first, people.last)):
        return None
    used.update(range(people.first, people.last))
    span = marked.span(min(tag.first, people.first), max(tag.last, people.last))
    return Toll(field, people.number, span, tag.first, (), OF_THE_HURT)


def _people(marked: Marked, tag: Tag, first: int, last: int) -> People | None:
    if marked.lang == "ar":
        return _after(marked, tag.last, last) or _one_of_the_hurt(marked, tag, first)
    return _before(marked, tag, first)


def _after(marked: Marked, at: int, last: int) -> People | None:
    """ "توفي أحدهم", "توفي منهم ثلاثة", "وفاة أحد الجرحى", "وفاة اثنين من المصابين"."""
    if at >= last:
        return None
    form = marked.tokens[at].form
    if form in ONE_OF_THEM:
        return _some(Range(1, 1, 1), at, at + 1)
    if form in _OF_THEM:
        count = count_at(marked, at + 1, last)
        return _some(count.value, at, count.last) if count else None
    if form in ("احد", "احدي"):
        return _some(Range(1, 1, 1), at, at + 2) if _the_hurt(marked, at + 1) else None
    count = count_at(marked, at, last)
    if count is None or count.last + 1 >= last:
        return None
    of_them = marked.tokens[count.last].form in _OF_THEM
    if of_them or (marked.tokens[count.last].form == "من" and _the_hurt(marked, count.last + 1)):
        return _some(count.value, at, count.last + 1 + (not of_them))
    return None


def _one_of_the_hurt(marked: Marked, tag: Tag, first: int) -> People | None:
    """ "واحد من الجرحى ... مات في الطريق"."""
    for at in range(max(first, tag.first - 7), tag.first - 2):
        if marked.tokens[at].form in ("واحد", "واحده", "احد") and marked.tokens[at + 1].form == "من":
            return _some(Range(1, 1, 1), at, at + 3) if _the_hurt(marked, at + 2) else None
    return None


def _the_hurt(marked: Marked, at: int) -> bool:
    tag = marked.tag_at("casualties", at)
    return tag is not None and tag.value == "injured:count" and tag.form.definite


def _before(marked: Marked, tag: Tag, first: int) -> People | None:
    """ "one of the wounded later died", "two of whom died", "یەکێکیان گیانی لەدەستدا"."""
    for at in range(max(first, tag.first - 9), tag.first):
        if marked.lang == "ckb":
            if marked.tokens[at].form in _ONE_OF_THEM:
                return _some(Range(1, 1, 1), at, at + 1)
            continue
        count = count_at(marked, at, tag.first)
        following = [token.form for token in marked.tokens[count.last : count.last + 3]] if count else []
        if count and following[:1] == ["of"] and (following[1:2] in (["them"], ["whom"]) or _hurt(following)):
            return _some(count.value, at, count.last + 2)
    return None


def _hurt(words: list[str]) -> bool:
    return words[1:2] == ["the"] and words[2:3] in (["wounded"], ["injured"])


def _some(number: Range, first: int, last: int) -> People:
    return People(number, first, last, None, True, "of them")
