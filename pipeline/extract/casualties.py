"""The killed and the injured of a stretch of text, as ranges with their words.

Vague plurals fill low alone. "القتلى والجرحى" counted together are a joint sum. "بينهم" begins a part of those already
counted. Both sides' dead are summed; a second count of the same people by another speaker is a rival count.
"""

from dataclasses import replace
from itertools import pairwise

from geodata.fold import fold
from pipeline.extract.counted_nouns import counted_noun, partner_of
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.people import ATTACKERS, MILITANT, People, is_doer, people_at
from pipeline.extract.toll import AMONG, CONNECT, ONE_OF_THEM, OTHER_SIDE, Toll, group_at, groups_at, sum_of
from pipeline.extract.updates import as_updated
from pipeline.model import Range
from pipeline.text.lexicon import Tag

_BEYOND_ONE_EVENT = 1000  # thousands of dead are the sum of a war


_REACH_RIGHT, _REACH_LEFT = 22, 14


def find_tolls(marked: Marked, first: int, last: int) -> list[Toll]:
    """The counts of tokens[first:last], in order. Nothing that is denied, and no part of another count."""
    tolls: list[Toll] = []
    used: set[int] = set()
    for found in marked.tags("casualties", first, last):
        tag = _of_the_count(marked, found)
        field, _, how = tag.value.partition(":")
        if any(at in used for at in range(tag.first, tag.last)) or _in_part(marked, tag, first):
            continue
        if tag.entry.term == "أصاب" and marked.tag_at("objects", tag.last) is not None:
            continue  # "أصاب صاروخ ... مكاتب": what was hit is no person
        if any(marked.tokens[at].form in _WHETHER for at in range(max(first, tag.first - 3), tag.first + 1)):
            continue
        if _said_none(marked, tag, first, last):
            tolls += _none(marked, tag, field)
            continue
        toll = _toll(marked, tag, field, how, first, last, used)
        if toll is not None and (toll.number.low or 0) < _BEYOND_ONE_EVENT:
            if any(token.form in _IN_TURN for token in marked.tokens[tag.first : tag.last]):
                toll = replace(toll, rule=OTHER_SIDE)
            if tag.entry.term.startswith(_MARTYRS):
                toll = replace(toll, martyrs=True)
            tolls.append(replace(toll, rule="initial") if _initial(marked, tag, first) else toll)
    return as_updated(marked, tolls, first, last)


def _of_the_count(marked: Marked, tag: Tag) -> Tag:
    """ "سقطت قذائف ... مخلفة قتيلين": what fell are the shells, and the dead are counted by their own word alone."""
    fell = tag.last - tag.first > 2 and "…" in tag.entry.term and tag.entry.term.startswith("سقط")
    if not fell or not any(t.first == tag.first for t in marked.tags("triggers", tag.first, tag.first + 1)):
        return tag
    count = tag.form._replace(base=marked.tokens[tag.last - 1].form)
    return tag._replace(first=tag.last - 1, value="killed:count", form=count)


_IN_TURN = frozenset(("بدوره", "بدورها", "بدورهم"))  # "فقدت بدورها مقاتلاً"
_MARTYRS = ("استشهد", "استشهاد", "شهيد", "شهداء", "يستشهد", "ارتقى", "ارتقاء", "شەهید")
_WHETHER = frozenset(("اذا", "if", "whether", "ئايا"))  # "لم يتضح ما إذا سقط ضحايا"


_FIRST_COUNT = frozenset("اوليه الاوليه سابقه السابقه initial earlier preliminary previous سهرهتاييهكان".split())


_COUNTS = frozenset("معلومات انباء حصيله احصاييه تقديرات ارقام تقارير".split())


def _initial(marked: Marked, tag: Tag, first: int) -> bool:
    """Whether a count is told as an earlier one, since replaced: "الحصيلة الأولية تشير إلى قتيل واحد"."""
    near = marked.tokens[max(first, tag.first - 9) : tag.first]
    if any(token.form in _FIRST_COUNT for token in near):
        return True
    pairs = pairwise(near)  # "المعلومات الأولى تشير إلى شهيدين"
    return any(b.form == "الاولي" and a.form.removeprefix("ال") in _COUNTS for a, b in pairs)


def _in_part(marked: Marked, tag: Tag, first: int) -> bool:
    """Whether the tag stands in "among them ...", a part of those counted before it."""
    if _among_the_counted(marked, tag, first):
        return True
    if tag.first > first and marked.tokens[tag.first - 1].form in ONE_OF_THEM and tag.value.endswith(":masdar"):
        return True  # "أحدهما إصابته بليغة"
    for at in range(max(first, tag.first - 3), tag.first):
        if marked.tokens[at].form in AMONG and marked.tokens[at].form != "كه":
            return not any(marked.tokens[near].form == "," for near in range(at, tag.first))
    return False


def _among_the_counted(marked: Marked, tag: Tag, first: int) -> bool:
    """ "three policemen were among the dead", "بين القتلى امرأة": a part of those counted."""
    if marked.lang != "en" and not tag.value.endswith(":count"):
        return False
    if marked.lang == "en":
        before = [token.form for token in marked.tokens[max(first, tag.first - 2) : tag.first]]
        return "among" in before or before == ["of", "the"]  # "two of the wounded succumbed"
    return tag.form.definite and tag.first > first and marked.tokens[tag.first - 1].form in ("بين", "وبين", "ضمن")


_THAT = frozenset(("ان", "بان", "وان"))
_NEWS = frozenset(
    "information word details reports report معلومات تفاصيل انباء تقارير التحقق حصيله تعرف تتضح".split()
)  # "no information on casualties"
_NONE_WORDS = frozenset("دون بلا بدون غير no nobody without هيچ بي بهبي خاليه عدم zero nil neither".split())


def _not_after(marked: Marked, tag: Tag, last: int) -> bool:
    """ "زیانی گیانی نەبووە": Sorani denies after the noun."""
    return any(
        marked.tokens[at].form.startswith(("نهبوو", "نييه", "نهكهوت"))
        for at in range(tag.last, min(last, tag.last + 3))
    )


def _said_none(marked: Marked, tag: Tag, first: int, last: int) -> bool:
    """دون خسائر بشرية, لم تقع إصابات, no casualties, هیچ زیانێکی گیانی."""
    if tag.value.endswith(":zero"):
        return True
    if marked.lang == "ckb" and _not_after(marked, tag, last):
        return True
    for at in range(tag.first - 1, max(first, tag.first - 6) - 1, -1):
        form = marked.tokens[at].form.lstrip("وف") if marked.lang == "ar" else marked.tokens[at].form
        if form in (",", ".", ";") or marked.tag_at("casualties", at) or form in _NEWS:
            return False
        if form in _NONE_WORDS or marked.tokens[at].form in _NONE_WORDS or (form == "لا" and tag.first - at <= 2):
            return True
        if form in ("لم", "not") and tag.value.endswith(("count", "verb", "masdar")):
            return True
    return False


def _none(marked: Marked, tag: Tag, field: str) -> list[Toll]:
    span = marked.span(max(0, tag.first - 2), tag.last)
    zero = Range(0, 0, 0)
    life = tag.entry.term in ("زیانی گیانی", "زیان گیانی", "خسائر بالأرواح", "خسائر في الأرواح")
    nobody = marked.lang == "en" and any(
        marked.tokens[at].form in ("nobody", "no-one", "none") for at in range(max(0, tag.first - 4), tag.first)
    )
    both = field == "both" or nobody  # "nobody was hurt"
    fields = ("killed", "injured") if both and not life else ("killed",) if both else (field,)
    return [Toll(name, zero, span, tag.first, (), "none") for name in fields]


def _toll(marked: Marked, tag: Tag, field: str, how: str, first: int, last: int, used: set[int]) -> Toll | None:
    if how == "count":
        return counted_noun(marked, tag, field, first, last, used)
    if how == "masdar":
        return _after_masdar(marked, tag, field, first, last, used)
    if how == "life":
        return _after_life(marked, tag, field, first, last, used)
    return _around_verb(marked, tag, field, how, first, last, used)


_SUFFIX = {"هما": Range(2, 2, 2), "ه": Range(1, 1, 1), "ها": Range(1, 1, 1), "هم": Range(1, None, None)}


_OTHER_ONE = {"اخر": 1, "اخري": 1, "الاخر": 1, "الاخري": 1, "اخران": 2, "اخريان": 2,
              "ثالث": 1, "رابع": 1, "خامس": 1, "سادس": 1,
              "الثاني": 1, "الثالث": 1, "الرابع": 1, "الخامس": 1, "الثانيه": 1, "الثالثه": 1}  # fmt: skip


def _another(marked: Marked, tag: Tag, field: str, last: int, used: set[int], rule: str) -> Toll | None:
    """ "وجُرح آخر", "استشهاد جندي وجرح آخر": one more, or two, right after the word."""
    count = _OTHER_ONE.get(marked.tokens[tag.last].form) if tag.last < last and marked.lang == "ar" else None
    if count is None:
        return None
    used.add(tag.last)
    return Toll(field, Range(count, count, count), marked.span(tag.first, tag.last + 1), tag.first, (), rule)


def _after_masdar(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
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
    another = _another(marked, tag, field, last, used, "masdar")
    if another is not None:
        return another
    if marked.lang == "ar" and tag.form.base == fold(tag.entry.term) + "ا":  # "اثنين من المهاجمين قُتلا"
        two = _left(marked, tag, field, first, used)
        if two is not None:
            return two
    if marked.lang == "ar" and tag.form.conj and _at_once(marked, tag.last):
        return _the_one_before(marked, tag, field, first)
    limit = min(last, tag.last + _REACH_RIGHT)
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
    if count is None or count.last < last and any(marked.tag_at(cls, count.last) for cls in _THINGS):
        return None
    used.update(range(count.first, count.last))
    return Toll(field, count.value, marked.span(tag.first, count.last), tag.first, (), "masdar")


def _at_once(marked: Marked, at: int) -> bool:
    forms = [token.form for token in marked.tokens[at : at + 2]]
    return forms in (["في", "الحال"], ["علي", "الفور"], ["في", "مكانه"]) or forms[:1] == ["فورا"]


def _the_one_before(marked: Marked, tag: Tag, field: str, first: int) -> Toll | None:
    """ "انفجرت على راعٍ كان يمر هناك فقتل في الحال": who was just told of, though words stand between."""
    for at in range(tag.first - 1, max(first, tag.first - _REACH_LEFT) - 1, -1):
        if marked.tag_at("places", at) or marked.tag_at("kinds", at - 1):
            continue
        group = people_at(marked, at, tag.first)
        if group is not None and group.number == Range(1, 1, 1) and not is_doer(group):
            return Toll(field, group.number, marked.span(tag.first, tag.last), tag.first, (), "pronoun")
    return None


def _after_life(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    before = {marked.tokens[at].form.lstrip("وف") for at in range(max(first, tag.first - 12), tag.first)}
    if not before & {"اودي", "اودت", "حصد", "حصدت", "اودا", "تودي", "يودي", "ازهق", "ازهقت", "فقد", "فقدوا"}:
        return None
    groups = groups_at(marked, tag.last, min(last, tag.last + 6), used)
    return sum_of(field, groups, marked, tag.first, tag.first, "life of") if groups else None


def _around_verb(marked: Marked, tag: Tag, field: str, how: str, first: int, last: int, used: set[int]) -> Toll | None:
    """قُتل جندي, أُصيب ٤ آخرون; ثلاثة من عناصر الشرطة قُتلوا; two were killed; دوو پێشمەرگە شەهید بوون."""
    if "…" in tag.entry.term:  # "لقي جندي حتفه", "leaving four dead": the people stand within the phrase
        groups = groups_at(marked, tag.first + 1, tag.last, used)
        if groups:
            return sum_of(field, groups, marked, tag.first, tag.first, "verb", end=tag.last)
        bare = count_at(marked, tag.first + 1, tag.last) if tag.first + 1 not in used else None
        if bare is not None and bare.last == tag.last - 1:  # "وتعرض ثلاثة لجروح", "وسقط عشرات القتلى"
            partner = partner_of(marked, tag, field, last)
            used.update(range(tag.first, partner.last if partner else tag.last))
            span = marked.span(tag.first, partner.last if partner else tag.last)
            return Toll("both" if partner else field, bare.value, span, tag.first, (), "verb")
    if marked.lang == "ckb":
        return _left(marked, tag, field, first, used)
    if marked.lang == "en":
        return _english_verb(marked, tag, field, first, last, used)
    another = _another(marked, tag, field, last, used, "verb") if how != "near" else None
    if another is not None:
        return another
    if how == "near" or tag.form.base.endswith("وا"):
        if tag.last < last and people_at(marked, tag.last, min(last, tag.last + 8)) is not None:
            groups = groups_at(marked, tag.last, min(last, tag.last + 8), used, skip=1)
            if groups:
                return sum_of(field, groups, marked, tag.first, tag.first, "verb")
        if how == "near":
            return None
    if tag.form.base.endswith("وا") or tag.form.base == fold(tag.entry.term) + "ا":  # قتلوا, قتلا: they and the two
        left = _left(marked, tag, field, first, used)
        if left is not None:
            return left
    if tag.entry.term.startswith("أرد"):  # "فأرداه قتيلاً": the noun only completes the verb
        used.update(range(tag.last, min(last, tag.last + 3)) if _as_dead(marked, tag.last) else ())
    if tag.last - tag.first == 1 and tag.form.base.endswith("تهما"):  # "اشتبكت القوة مع قناصين فقتلتهما"
        return Toll(field, Range(2, 2, 2), marked.span(tag.first, tag.last), tag.first, (), "pronoun")
    dies = tag.entry.term.startswith(_DIES)  # takes no object: who died stands next to it
    limit = min(last, tag.last + (4 if dies else _REACH_RIGHT))
    for cut in marked.tags("casualties", tag.last, limit):
        limit = cut.first
        break
    if any(_between_dead_and_hurt(marked, cut) for cut in marked.tags("casualties", tag.last, tag.last + 16)):
        return None  # "سقط تسعة أشخاص ... بين قتيل وجريح": a joint sum, counted there
    at = _past_the_killers(marked, tag, limit)
    groups = groups_at(marked, at, limit, used)
    if groups:
        he = tag.last < last and marked.tokens[tag.last].form in ("هو", "هي")  # "قتلوه هو وشقيقه"
        if (he or marked.tokens[tag.last].form == "مع") and groups[0].counted:  # "استُشهد مع جنديين": he and the two
            groups = [People(Range(1, 1, 1), tag.first, tag.last, None, True, "he"), *groups]
        return sum_of(field, groups, marked, tag.first, tag.first, "verb")
    return _left(marked, tag, field, first, used)


def _as_dead(marked: Marked, at: int) -> bool:
    return any(token.form in ("قتيلا", "صريعا", "قتيلين", "قتلي") for token in marked.tokens[at : at + 1])


_KILL_ACTIVELY = ("اغتال", "أعدم", "صفى", "ذبح")  # never said of the victim, as قتل may be


def _past_the_killers(marked: Marked, tag: Tag, limit: int) -> int:
    """ "اغتال مسلحان يستقلان دراجة مديرَ الناحية": those who kill stand first, counted though they are."""
    killers = people_at(marked, tag.last, limit) if tag.entry.term in _KILL_ACTIVELY else None
    if killers is None or not killers.term.startswith((*ATTACKERS, "مجهول", "عناصر", "شخص")):
        return tag.last
    return killers.last


def _between_dead_and_hurt(marked: Marked, tag: Tag) -> bool:
    return tag.value.endswith(":count") and marked.tokens[tag.first - 1].form in ("بين", "ما")


_DIES = ("فقد", "فارق", "لقي", "توفي", "قضى", "لفظ")


def _english_verb(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    before = marked.tokens[tag.first - 1] if tag.first > first else None
    counted = marked.tag_ending("numbers", tag.first) is not None
    if before is not None and (before.is_number or counted or tag.entry.term in ("dead", "died", "kia", "wia")):
        return _left(marked, tag, field, first, used)  # "2 killed, 1 injured"
    at_count = tag.entry.term in ("dead", "killed") and tag.last < last and marked.tokens[tag.last].form == "at"
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
        limit = min(last, tag.last + 7)
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
    return _left(marked, tag, field, first, used)


def _names_people(marked: Marked, at: int, limit: int) -> bool:
    """Whether a word that no other class of the lexicon explains follows a count: "injuring three clerks"."""
    if at >= limit or not marked.tokens[at].is_word or not marked.tokens[at].form.endswith("s"):
        return False
    return not any(marked.tag_at(cls, at) for cls in ("times", "kinds", "objects", "numbers", "relations"))


def _left(marked: Marked, tag: Tag, field: str, first: int, used: set[int]) -> Toll | None:
    """The group of people nearest before a verb."""
    best: list[People] = []
    at = max(first, tag.first - _REACH_LEFT)
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
        if group is None or (marked.tokens[at - 1].form in AMONG if at else False):
            at += 1
            continue
        near = group.first - best[-1].last <= 2 if best else False
        joined = marked.tokens[group.first - 1].form in CONNECT
        if best and not (near and joined) and not _and_his_men(marked, best[-1], group):
            best = []
        best.append(group)
        at = max(group.last, at + 1)
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
        if marked.tokens[at].form[0] == "و" and count_at(marked, at, limit) is not None:
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
    if marked.tokens[other.first].form[0] != "و":
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
