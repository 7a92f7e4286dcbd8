"""The people counted who stand before the word for their death or injury: "ثلاثة من عناصر الشرطة قُتلوا"."""

from pipeline.extract.english_lists import listed
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.people import People, is_doer, people_at
from pipeline.extract.toll import AMONG, CONNECT, ONE_OF_THEM, Toll, begins_with_and, sum_of
from pipeline.text.lexicon import Tag

REACH_LEFT = 14  # tokens
_REACH_LEFT_LONG = 24  # past a list, and the parts told of it; Sorani has its verb last
_THAT = frozenset(("ان", "بان", "وان"))


def people_before(marked: Marked, tag: Tag, field: str, first: int, used: set[int]) -> Toll | None:
    """The group of people nearest before a verb."""
    best: list[People] = []
    at = max(first, tag.first - (REACH_LEFT if marked.lang == "ar" else _REACH_LEFT_LONG))
    for cut in marked.tags("casualties", at, tag.first):
        at = max(at, cut.last)
    if marked.lang == "ar":  # "وقال خبير إن ... قتلت": who says it is not who died
        at = max((near + 1 for near in range(at, tag.first) if marked.tokens[near].form in _THAT), default=at)
    while at < tag.first:
        if _begins_a_part(marked, at):  # "including a commander", "among them a lieutenant", "أحدهما ضابط"
            at = _after_the_part(marked, at + 1, tag.first)
            continue
        group = None if at in used else people_at(marked, at, tag.first)
        if group is not None and best and marked.tokens[at - 1].form in ("من", "of"):
            group = None  # "أربعة أشخاص من عائلة واحدة أصيبوا": four, not one
        if group is not None and marked.lang == "ar" and not group.term and group.last != tag.first:
            group = None  # "أن حارساً في الثامنة والأربعين أصيب": a bare number is of something else
        if group is None or (marked.tokens[at - 1].form in AMONG if at else False):
            at += 1
            continue
        if best and group.term == "others" and not group.counted and group.first == best[-1].last:
            at = group.last  # "تلميذين آخرين"
            continue
        near = group.first - best[-1].last <= 2 if best else False
        joined = marked.tokens[group.first - 1].form in CONNECT
        joined = joined or (marked.lang == "ar" and begins_with_and(marked.tokens[group.first].form))
        if best and not (near and joined) and not _and_his_men(marked, best[-1], group):
            best = []
        best += listed(marked, group, tag.first, used) if marked.lang == "en" else [group]
        at = max(best[-1].last, at + 1)
    best = [group for group in best if group.counted] or best[-1:]
    if marked.lang == "ckb" and not best:
        best = _counted_alone(marked, tag, first, used)
    if marked.lang == "ar":
        plural = tag.form.base.endswith("وا")  # "إن ستة قتلوا"; other bare numbers before a verb are of something else
        best = [group for group in best if group.term or (plural and group.last == tag.first)]
    if not best or any(is_doer(group) for group in best):
        return None
    for group in best:
        used.update(range(group.first, group.last))
    return sum_of(field, best, marked, best[0].first, tag.first, "subject before verb", end=tag.last)


def _after_the_part(marked: Marked, at: int, limit: int) -> int:
    """Where a part of a count ends: at a comma, or where "and" counts others."""
    while at < limit and marked.tokens[at].form not in (",", "و"):
        if begins_with_and(marked.tokens[at].form) and count_at(marked, at, limit) is not None:
            break
        at += 1
    return at


_AMONG_AR = frozenset("بين بينهم بينها بينهما منهم منهن وبينهم وبينها ومنهم".split())


def _begins_a_part(marked: Marked, at: int) -> bool:
    form = marked.tokens[at].form
    if marked.lang == "en":
        following = [token.form for token in marked.tokens[at + 1 : at + 3]]
        return form in ("including", "among") or following in (["of", "them"], ["of", "whom"])
    return marked.lang == "ar" and (form in ONE_OF_THEM or form in _AMONG_AR)


def _and_his_men(marked: Marked, one: People, other: People) -> bool:
    """ "العقيد سيروان كريم وسبعة من مقاتليه استشهدوا": a man's name stands between him and those with him."""
    if marked.lang != "ar" or not other.counted or one.number.best != 1 or not 0 < other.first - one.last <= 4:
        return False
    if not begins_with_and(marked.tokens[other.first].form):
        return False
    between = range(one.last, other.first)
    known = ("triggers", "casualties", "speech", "relations", "times", "cues")
    return all(marked.tokens[at].is_word and not any(marked.tag_at(cls, at) for cls in known) for at in between)


def _counted_alone(marked: Marked, tag: Tag, first: int, used: set[int]) -> list[People]:
    """ "دوو پاسەوانی بریندار بوون": a count and one word that the lexicon lacks, right before a Sorani verb."""
    for at in range(max(first, tag.first - 4), tag.first):
        count = None if at in used else count_at(marked, at, tag.first)
        if count is not None and tag.first - count.last <= 2:
            return [People(count.value, at, count.last, None, True, "people")]
    return []
