"""The people counted who stand after a noun for death or injury: "مقتل تسعة منهم", "the death of two soldiers"."""

from geodata.fold import fold
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.people import in_number, is_doer, people_at
from pipeline.extract.people_before import REACH_LEFT, people_before
from pipeline.extract.toll import ANOTHER, Toll, group_at, groups_at, sum_of
from pipeline.model import Range
from pipeline.text.lexicon import Tag

REACH_RIGHT = 22  # tokens


_SUFFIX = {"هما": Range(2, 2, 2), "ه": Range(1, 1, 1), "ها": Range(1, 1, 1), "هم": Range(1, None, None)}


_OTHER_ONE = {"اخر": 1, "اخري": 1, "الاخر": 1, "الاخري": 1, "اخران": 2, "اخريان": 2,
              "ثالث": 1, "ثالثا": 1, "رابعا": 1, "خامسا": 1, "ثانيا": 1, "رابع": 1, "خامس": 1, "سادس": 1,
              "الثاني": 1, "الثالث": 1, "الرابع": 1, "الخامس": 1, "الثانيه": 1, "الثالثه": 1}  # fmt: skip


def another(marked: Marked, tag: Tag, field: str, last: int, used: set[int]) -> Toll | None:
    """ "وجُرح آخر", "استشهاد جندي وجرح آخر": one more, or two, right after the word."""
    count = _OTHER_ONE.get(marked.tokens[tag.last].form) if tag.last < last and marked.lang == "ar" else None
    if count is None:
        return None
    used.add(tag.last)
    number = Range(count, count, count)
    return Toll(field, number, marked.span(tag.first, tag.last + 1), tag.first, (), ANOTHER)


def after_noun(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    """مقتل تسعة منهم, مقتلهما, إصابة جندي, مقتل وإصابة خمسة, the death of two soldiers, کوژرانی سێ کەس."""
    if marked.lang == "ar":
        stem = fold(tag.entry.term).split()[0]
        tail = (
            tag.form.base[len(stem) :]
            if tag.form.base.startswith(stem)
            else tag.form.base[len(stem) - 1 :].removeprefix("ت")
        )
        if tail in _SUFFIX and tag.last - tag.first == 1 and not (stem.endswith("ه") and tag.form.base == stem):
            following = group_at(marked, tag.last, min(last, tag.last + 1), used)
            if following is None or not following[0].counted:
                return Toll(field, _SUFFIX[tail], marked.span(tag.first, tag.last), tag.first, (), "pronoun")
    follower = marked.tag_at("casualties", tag.last) if tag.last < last else None
    if follower is not None and follower.form.conj and follower.value.endswith((":masdar", ":verb")):
        groups = groups_at(marked, follower.last, min(last, follower.last + 6), used)
        if groups:
            used.update(range(follower.first, follower.last))
            return sum_of("both", groups, marked, tag.first, tag.first, "joint")
    more = another(marked, tag, field, last, used)
    if more is not None:
        return more
    if marked.lang == "ar" and tag.form.base == fold(tag.entry.term) + "ا":  # "اثنين من المهاجمين قُتلا"
        two = people_before(marked, tag, field, first, used)
        if tag.form.conj and (two is None or two.number.best != 2):  # "اشتبكت مع مسلحَين ... فقُتلا"
            return Toll(field, Range(2, 2, 2), marked.span(tag.first, tag.last), tag.first, (), "pronoun")
        if two is not None:
            return two
        if tag.first - 1 in used:
            return None  # "تسلم جثتي شرطيين قُتلا": counted already
    if marked.lang == "ar" and tag.form.conj and _at_once(marked, tag.last):
        return _the_one_before(marked, tag, field, first)
    limit = min(last, tag.last + REACH_RIGHT)
    for cut in marked.tags("casualties", tag.last, limit):
        limit = cut.first
        break
    groups = groups_at(marked, tag.last, limit, used, skip=8)
    if not groups:
        return _bare_count(marked, tag, field, last, used)
    return sum_of(field, groups, marked, tag.first, tag.first, "masdar")


_THINGS = ("objects", "kinds", "times", "organisations", "triggers", "relations")


def _bare_count(marked: Marked, tag: Tag, field: str, last: int, used: set[int]) -> Toll | None:
    """ "مقتل ستة كانوا على متنهما": people counted right after the word, with no word that names them."""
    count = count_at(marked, tag.last, last) if marked.lang == "ar" and tag.last not in used else None
    count = count or in_number(marked, tag.last, last)  # "فقضت على كل من فيها، وعددهم أحد عشر"
    if count is None or count.last < last and any(marked.tag_at(cls, count.last) for cls in _THINGS):
        return None
    used.update(range(count.first, count.last))
    return Toll(field, count.value, marked.span(tag.first, count.last), tag.first, (), "masdar")


def _at_once(marked: Marked, at: int) -> bool:
    forms = [token.form for token in marked.tokens[at : at + 2]]
    return forms in (["في", "الحال"], ["علي", "الفور"], ["في", "مكانه"]) or forms[:1] == ["فورا"]


def _the_one_before(marked: Marked, tag: Tag, field: str, first: int) -> Toll | None:
    """ "انفجرت على راعٍ كان يمر هناك فقتل في الحال": who was just told of, though words stand between."""
    for at in range(tag.first - 1, max(first, tag.first - REACH_LEFT) - 1, -1):
        if marked.tag_at("places", at) or marked.tag_at("kinds", at - 1):
            continue
        group = people_at(marked, at, tag.first)
        if group is not None and group.number == Range(1, 1, 1) and not is_doer(group):
            return Toll(field, group.number, marked.span(tag.first, tag.last), tag.first, (), "pronoun")
    return None


def after_life(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    before = {marked.tokens[at].form.lstrip("وف") for at in range(max(first, tag.first - 26), tag.first)}
    if not before & {"اودي", "اودت", "حصد", "حصدت", "اودا", "تودي", "يودي", "ازهق", "ازهقت", "فقد", "فقدوا"}:
        return None
    groups = groups_at(marked, tag.last, min(last, tag.last + 6), used)
    return sum_of(field, groups, marked, tag.first, tag.first, "life of") if groups else None
