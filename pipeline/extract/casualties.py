"""The killed and the injured of a stretch of text, as ranges with their words.

Vague plurals fill low alone. "القتلى والجرحى" counted together are a joint sum. "بينهم" begins a part of those already
counted. Both sides' dead are summed; a second count of the same people by another speaker is a rival count.
"""

from dataclasses import dataclass, replace

from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.people import People, is_doer, people_at
from pipeline.model import Range, Span
from pipeline.text.lexicon import Tag

_AMONG = frozenset("بينهم بينها بينهما منهم منهن including لهناويان نيوانياندا كه".split())
_BEYOND_ONE_EVENT = 1000  # thousands of dead are the sum of a war
_REACH_RIGHT, _REACH_LEFT = 22, 14
_CONNECT = frozenset(("و", "and", ",", "او"))


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of killed or injured. joint: killed and injured together. rule says how it was read."""

    field: str  # killed | injured | both
    number: Range
    span: Span
    at: int
    actors: tuple[str, ...]
    rule: str


def find_tolls(marked: Marked, first: int, last: int) -> list[Toll]:
    """The counts of tokens[first:last], in order. Nothing that is denied, and no part of another count."""
    tolls: list[Toll] = []
    used: set[int] = set()
    for tag in marked.tags("casualties", first, last):
        field, _, how = tag.value.partition(":")
        if any(at in used for at in range(tag.first, tag.last)) or _in_part(marked, tag, first):
            continue
        if _said_none(marked, tag, first, last):
            tolls += _none(marked, tag, field)
            continue
        toll = _toll(marked, tag, field, how, first, last, used)
        if toll is not None and (toll.number.low or 0) < _BEYOND_ONE_EVENT:
            tolls.append(replace(toll, rule="initial") if _initial(marked, tag, first) else toll)
    return tolls


_FIRST_COUNT = frozenset("اوليه الاوليه سابقه السابقه initial earlier preliminary previous سهرهتاييهكان".split())


def _initial(marked: Marked, tag: Tag, first: int) -> bool:
    """Whether a count is told as an earlier one, since replaced: "الحصيلة الأولية تشير إلى قتيل واحد"."""
    return any(marked.tokens[at].form in _FIRST_COUNT for at in range(max(first, tag.first - 9), tag.first))


def _in_part(marked: Marked, tag: Tag, first: int) -> bool:
    """Whether the tag stands in "among them ...", a part of those counted before it."""
    for at in range(max(first, tag.first - 3), tag.first):
        if marked.tokens[at].form in _AMONG and marked.tokens[at].form != "كه":
            return not any(marked.tokens[near].form == "," for near in range(at, tag.first))
    return False


_NONE_WORDS = frozenset("دون بلا بدون no nobody without هيچ بي بهبي خاليه عدم zero".split())


def _not_after(marked: Marked, tag: Tag, last: int) -> bool:
    """ "زیانی گیانی نەبووە": Sorani denies after the noun."""
    return any(
        marked.tokens[at].form.startswith(("نهبوو", "نييه", "نهكهوت"))
        for at in range(tag.last, min(last, tag.last + 3))
    )


def _said_none(marked: Marked, tag: Tag, first: int, last: int) -> bool:
    """دون خسائر بشرية, لم تقع إصابات, no casualties, هیچ زیانێکی گیانی."""
    for at in range(tag.first - 1, max(first, tag.first - 6) - 1, -1):
        form = marked.tokens[at].form.lstrip("وف") if marked.lang == "ar" else marked.tokens[at].form
        if form in (",", ".", ";") or marked.tag_at("casualties", at):
            return False
        if form in _NONE_WORDS or marked.tokens[at].form in _NONE_WORDS or (form == "لا" and tag.first - at <= 2):
            return True
        if marked.lang == "ckb" and _not_after(marked, tag, last):
            return True
        if form in ("لم", "not") and tag.value.endswith(("count", "verb", "masdar")):
            return True
    return False


def _none(marked: Marked, tag: Tag, field: str) -> list[Toll]:
    span = marked.span(max(0, tag.first - 2), tag.last)
    zero = Range(0, 0, 0)
    life = tag.entry.term in ("زیانی گیانی", "زیان گیانی")
    fields = ("killed", "injured") if field == "both" and not life else ("killed",) if field == "both" else (field,)
    return [Toll(name, zero, span, tag.first, (), "none") for name in fields]


def _toll(marked: Marked, tag: Tag, field: str, how: str, first: int, last: int, used: set[int]) -> Toll | None:
    if how == "count":
        return _counted_noun(marked, tag, field, first, last, used)
    if how == "masdar":
        return _after_masdar(marked, tag, field, last, used)
    if how == "life":
        return _after_life(marked, tag, field, first, last, used)
    return _around_verb(marked, tag, field, first, last, used)


# --- nouns that are themselves counted ------------------------------------------------------------------------------


def _between_dead_and_hurt(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    """ "تسعة أشخاص بين قتيل وجريح": a joint sum."""
    if tag.first <= first or marked.tokens[tag.first - 1].form not in ("بين", "ما"):
        return None
    partner = _partner(marked, tag, field, last)
    if partner is None:
        return None
    for start in range(max(first, tag.first - 6), tag.first):
        group = people_at(marked, start, tag.first)
        if group is not None and group.counted:
            used.update(range(start, partner.last))
            return Toll("both", group.number, marked.span(start, partner.last), tag.first, (), "joint")
    return None


_LEAVES = frozenset("وجد وجدت ووجدت عثرت وعثرت خلف خلفوا خلفت مخلفا مخلفين ترك تركوا تاركا بقيت وخلف وترك عثر".split())
_DUALS = frozenset("قتيلين قتيلان شهيدين شهيدان جريحين جريحان اصابتين اصابتان مصابين".split())


def _counted_noun(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    """ثلاثة قتلى, 5 جرحى, قتيلين, عشرات القتلى والجرحى, three fatalities."""
    if marked.tokens[tag.first - 1].form in ("من", "of") if tag.first > first else False:
        return None  # "two of the wounded": a part
    if tag.entry.term.startswith("جث"):  # bodies count as killed only where the attackers left them behind
        near = {token.form for token in marked.tokens[max(first, tag.first - 7) : tag.first]}
        if not near & _LEAVES:
            return None
    between = _between_dead_and_hurt(marked, tag, field, first, last, used)
    if between is not None:
        return between
    count = _count_before(marked, tag, first, used)
    partner = _partner(marked, tag, field, last)
    if count is not None:
        number, start = count
        used.update(range(start, tag.last))
        if partner is not None:
            used.update(range(partner.first, partner.last))
            return Toll("both", number, marked.span(start, partner.last), tag.first, (), "joint")
        return Toll(field, number, marked.span(start, tag.last), tag.first, (), "counted noun")
    from geodata.fold import fold

    word = tag.form.base
    after = _count_after(marked, tag, first, last, used)
    if after is not None:
        return Toll(field, after[0], marked.span(tag.first, after[1]), tag.first, (), "number of")
    if word in _DUALS:
        return Toll(field, Range(2, 2, 2), marked.span(tag.first, tag.last), tag.first, (), "dual")
    if tag.entry.term in ("قتيل", "جريح", "شهيد", "مصاب", "جريحا", "قتيلا", "شهيدا", "مصابا") and not tag.form.definite:
        if word in (fold(tag.entry.term), fold(tag.entry.term) + "ا"):
            return Toll(field, Range(1, 1, 1), marked.span(tag.first, tag.last), tag.first, (), "singular")
    if tag.form.definite or field == "both" or marked.lang == "en":
        return None
    if tag.entry.term in ("قتلى", "شهداء", "جرحى", "إصابات", "کوژراو") and _brings(marked, tag, first):
        return Toll(field, Range(1, None, None), marked.span(tag.first, tag.last), tag.first, (), "bare plural")
    return None


_BRINGS = frozenset(
    "اوقع اوقعت خلف خلفت اسفر اسفرت سقوط وقوع ادي ادت سقط عن الي مخلفا موقعا وجود خلفا موقعه مخلفه تخلف".split()
)


def _brings(marked: Marked, tag: Tag, first: int) -> bool:
    near = {marked.tokens[at].form for at in range(max(first, tag.first - 4), tag.first)}
    return any(form in _BRINGS or form.removeprefix("و") in _BRINGS for form in near)


def _count_before(marked: Marked, tag: Tag, first: int, used: set[int]) -> tuple[Range, int] | None:
    """The count right before a noun, up to three words back."""
    for start in range(max(first, tag.first - 5), tag.first):
        if start in used:
            continue
        count = count_at(marked, start, tag.first)
        if count is not None and tag.first - count.last <= (2 if marked.lang == "en" else 1):
            if count.first == start and not (
                marked.lang == "en" and marked.tokens[start].form in ("a", "an") and tag.first - count.last > 1
            ):
                return count.value, start
    return None


def _count_after(marked: Marked, tag: Tag, first: int, last: int, used: set[int]) -> tuple[Range, int] | None:
    """ "بلغ عدد قتلى داعش خمسة", "عدد الجرحى إلى 12": the count after "the number of"."""
    if tag.form.definite and tag.last < last and marked.tokens[tag.last].is_number:  # "القتلى 21 والجرحى 52"
        count = count_at(marked, tag.last, last)
        if count is not None:
            used.update(range(tag.last, count.last))
            return count.value, count.last
    if tag.first <= first or marked.tokens[tag.first - 1].form.removeprefix("و") not in ("عدد", "حصيله", "ژمارهي"):
        return None
    for at in range(tag.last, min(last, tag.last + 6)):
        count = None if at in used else count_at(marked, at, last)
        if count is not None:
            used.update(range(at, count.last))
            return count.value, count.last
    return None


def _partner(marked: Marked, tag: Tag, field: str, last: int) -> Tag | None:
    """The other noun of "القتلى والجرحى", which share one count."""
    other = "injured" if field == "killed" else "killed"
    at = tag.last
    while at < last and marked.tokens[at].form in ("و", "and", "بين"):
        at += 1
    for follower in marked.tags("casualties", at, at + 1):
        if follower.value == f"{other}:count" and (follower.form.conj or at > tag.last):
            return follower
    return None


# --- verbal nouns and verbs with people ------------------------------------------------------------------------------

_SUFFIX = {"هما": Range(2, 2, 2), "ه": Range(1, 1, 1), "ها": Range(1, 1, 1), "هم": Range(1, None, None)}


def _after_masdar(marked: Marked, tag: Tag, field: str, last: int, used: set[int]) -> Toll | None:
    """مقتل تسعة منهم, مقتلهما, إصابة جندي, مقتل وإصابة خمسة, the death of two soldiers, کوژرانی سێ کەس."""
    if marked.lang == "ar":
        from geodata.fold import fold

        stem = fold(tag.entry.term).split()[0]
        tail = (
            tag.form.base[len(stem) :]
            if tag.form.base.startswith(stem)
            else tag.form.base[len(stem) - 1 :].removeprefix("ت")
        )
        if tail in _SUFFIX and tag.last - tag.first == 1 and not (stem.endswith("ه") and tag.form.base == stem):
            following = _group(marked, tag.last, min(last, tag.last + 2), used)
            if following is None or not following[0].counted:
                return Toll(field, _SUFFIX[tail], marked.span(tag.first, tag.last), tag.first, (), "pronoun")
    follower = marked.tag_at("casualties", tag.last) if tag.last < last else None
    if follower is not None and follower.form.conj and follower.value.endswith((":masdar", ":verb")):
        groups = _groups(marked, follower.last, min(last, follower.last + 6), used)
        if groups:
            used.update(range(follower.first, follower.last))
            return _sum("both", groups, marked, tag.first, tag.first, "joint")
    groups = _groups(marked, tag.last, min(last, tag.last + 8), used)
    if not groups:
        return None
    return _sum(field, groups, marked, tag.first, tag.first, "masdar")


def _after_life(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    before = {marked.tokens[at].form.lstrip("وف") for at in range(max(first, tag.first - 6), tag.first)}
    if not before & {"اودي", "اودت", "حصد", "حصدت", "اودا", "تودي", "يودي", "ازهق", "ازهقت", "فقد", "فقدوا"}:
        return None
    groups = _groups(marked, tag.last, min(last, tag.last + 6), used)
    return _sum(field, groups, marked, tag.first, tag.first, "life of") if groups else None


def _around_verb(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    """قُتل جندي, أُصيب ٤ آخرون; ثلاثة من عناصر الشرطة قُتلوا; two were killed; دوو پێشمەرگە شەهید بوون."""
    if "…" in tag.entry.term:  # "لقي جندي حتفه", "leaving four dead": the people stand within the phrase
        groups = _groups(marked, tag.first + 1, tag.last, used)
        if groups:
            return _sum(field, groups, marked, tag.first, tag.first, "verb", end=tag.last)
    if marked.lang == "ckb":
        return _left(marked, tag, field, first, used)
    if marked.lang == "en":
        return _english_verb(marked, tag, field, first, last, used)
    plural = tag.form.base.endswith(("وا", "ا")) and tag.form.base not in ("اصيب", "قتل")
    if tag.form.base.endswith("وا"):
        left = _left(marked, tag, field, first, used)
        if left is not None:
            return left
    limit = min(last, tag.last + _REACH_RIGHT)
    for cut in marked.tags("casualties", tag.last, limit):
        limit = cut.first
        break
    groups = _groups(marked, tag.last, limit, used)
    if groups:
        return _sum(field, groups, marked, tag.first, tag.first, "verb")
    del plural
    return _left(marked, tag, field, first, used)


def _english_verb(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    before = marked.tokens[tag.first - 1] if tag.first > first else None
    counted = marked.tag_ending("numbers", tag.first) is not None
    if before is not None and (before.is_number or counted or tag.entry.term in ("dead", "died", "kia", "wia")):
        return _left(marked, tag, field, first, used)  # "2 killed, 1 injured"
    passive = tag.first > first and marked.tokens[tag.first - 1].form in (
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
        groups = _groups(marked, tag.last, limit, used, skip=1)
        if groups and groups[0].first == tag.last and marked.tag_ending("persons", tag.first) is None:
            return _sum(field, groups, marked, tag.first, tag.first, "verb")
    return _left(marked, tag, field, first, used)


def _left(marked: Marked, tag: Tag, field: str, first: int, used: set[int]) -> Toll | None:
    """The group of people nearest before a verb."""
    best: list[People] = []
    at = max(first, tag.first - _REACH_LEFT)
    for cut in marked.tags("casualties", at, tag.first):
        at = max(at, cut.last)
    while at < tag.first:
        if marked.tokens[at].form in _AMONG and marked.lang == "en":  # "including a commander": a part
            at += 1
            while at < tag.first and marked.tokens[at].form != ",":
                at += 1
            continue
        group = None if at in used else people_at(marked, at, tag.first)
        if group is None or (marked.tokens[at - 1].form in _AMONG if at else False):
            at += 1
            continue
        if best and not (group.first - best[-1].last <= 2 and marked.tokens[group.first - 1].form in _CONNECT):
            best = []
        best.append(group)
        at = max(group.last, at + 1)
    best = [group for group in best if group.counted] or best[-1:]
    if marked.lang == "ckb" and not best:
        best = _counted_alone(marked, tag, first, used)
    if marked.lang == "ar":
        best = [group for group in best if group.term]  # a bare number before an Arabic verb is of something else
    if not best or any(is_doer(group) for group in best):
        return None
    for group in best:
        used.update(range(group.first, group.last))
    return _sum(field, best, marked, best[0].first, tag.first, "subject before verb", end=tag.last)


def _counted_alone(marked: Marked, tag: Tag, first: int, used: set[int]) -> list[People]:
    """ "دوو پاسەوانی بریندار بوون": a count and one word that the lexicon lacks, right before a Sorani verb."""
    for at in range(max(first, tag.first - 4), tag.first):
        count = None if at in used else count_at(marked, at, tag.first)
        if count is not None and tag.first - count.last <= 2:
            return [People(count.value, at, count.last, None, True, "people")]
    return []


def _group(marked: Marked, at: int, limit: int, used: set[int]) -> tuple[People, int] | None:
    while at < limit:
        if at not in used:
            group = people_at(marked, at, limit)
            if group is not None:
                return group, at
        if marked.tokens[at].form in (".", ";"):
            return None
        at += 1
    return None


def _groups(marked: Marked, at: int, limit: int, used: set[int], skip: int = 22) -> list[People]:
    """The first group of people from `at`, and those joined to it by "and"; parts of them left out."""
    groups: list[People] = []
    start = at
    while at < limit:
        form = marked.tokens[at].form
        if form.lstrip("و") in _AMONG or form in _AMONG:
            break
        group = None if at in used else people_at(marked, at, limit)
        if group is None and groups and not (form in _CONNECT or form in ("من", "of")):
            further = _further(marked, at, limit, used)
            if further is None:
                break
            at = further
            continue
        if group is None:
            if not groups and (at - start >= skip or form in (";", ".")):
                break
            at += 1
            continue
        if groups:
            joined = marked.tokens[group.first].form[0] == "و" or marked.tokens[group.first - 1].form in ("و", "and")
            if not joined or not group.counted:
                break
        elif is_doer(group) and _group(marked, group.last, limit, used) is not None:
            at = group.last
            continue
        groups.append(group)
        at = max(group.last, at + 1)
    if len(groups) == 1 and is_doer(groups[0]):
        return []
    for group in groups:
        used.update(range(group.first, group.last))
    return groups


def _further(marked: Marked, at: int, limit: int, used: set[int]) -> int | None:
    """Where another group goes on after the force of the first: "عنصر بالجيش العراقي، واثنين من منتسبي الحشد"."""
    for near in range(at, min(limit, at + 6)):
        if (
            marked.tag_at("triggers", near)
            or marked.tag_at("casualties", near)
            or marked.tokens[near].form in (".", ";", ":")
        ):
            return None
        if marked.tokens[near].form[0] == "و" and near not in used:
            group = people_at(marked, near, limit)
            if group is not None and group.counted:
                return near
    return None


def _sum(
    field: str, groups: list[People], marked: Marked, first: int, at: int, rule: str, end: int | None = None
) -> Toll:
    numbers = [group.number for group in groups]
    low = sum(number.low or 0 for number in numbers)
    certain = all(number.best is not None for number in numbers)
    high = sum(number.high or 0 for number in numbers) if all(number.high is not None for number in numbers) else None
    total = Range(low, sum(number.best or 0 for number in numbers) if certain else None, high)
    last = max(groups[-1].last, end or 0)
    actors = tuple(dict.fromkeys(group.actor for group in groups if group.actor))
    return Toll(field, total, marked.span(min(first, groups[0].first), last), at, actors, rule)
