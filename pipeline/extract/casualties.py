"""The killed and the injured of a stretch of text, as ranges with their words.

Vague plurals fill low alone. "القتلى والجرحى" counted together are a joint sum. "بينهم" begins a part of those already
counted. Both sides' dead are summed; a second count of the same people by another speaker is a rival count.
"""

from dataclasses import replace
from itertools import pairwise

from pipeline.extract.counted_nouns import counted_noun
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.of_the_hurt import of_the_hurt
from pipeline.extract.people_after import after_life, after_noun
from pipeline.extract.told_by_verb import told_by_verb
from pipeline.extract.toll import AMONG, ANOTHER, ONE_OF_THEM, OTHER_SIDE, Toll
from pipeline.extract.updates import FINAL, as_updated, bare_total
from pipeline.model import Range
from pipeline.text.lexicon import Tag

_BEYOND_ONE_EVENT = 1000  # thousands of dead are the sum of a war


def find_tolls(marked: Marked, first: int, last: int) -> list[Toll]:
    """The counts of tokens[first:last], in order. Nothing that is denied, and no part of another count."""
    tolls: list[Toll] = []
    used: set[int] = set()
    for found in marked.tags("casualties", first, last):
        tag = _of_the_count(marked, found)
        field, _, how = tag.value.partition(":")
        if any(at in used for at in range(tag.first, tag.last)):
            continue
        if _in_part(marked, tag, first):
            if tolls and tolls[-1].field == "both" and field == "killed":
                tolls += _dead_among(marked, tag, used)
            continue
        if tag.entry.term == "أصاب" and marked.tag_at("objects", tag.last) is not None:
            continue  # "أصاب صاروخ ... مكاتب": what was hit is no person
        if tag.entry.term.startswith("فقد …") and marked.tag_at("speech", tag.first + 1) is not None:
            continue  # "فقد ذكر قيادي أن 25 من مقاتليه": "so", and no loss
        if tag.last < last and marked.tokens[tag.last].form in ("بها", "به"):
            continue  # "متأثراً بجروح أصيب بها": told of him who died
        if any(marked.tokens[at].form in _WHETHER for at in range(max(first, tag.first - 3), tag.first + 1)):
            continue
        if _said_none(marked, tag, first, last):
            tolls += _none(marked, tag, field)
            continue
        toll = _toll(marked, tag, field, how, first, last, used)
        if toll is not None and (toll.number.low or 0) < _BEYOND_ONE_EVENT:
            if any(token.form in _IN_TURN for token in marked.tokens[tag.first : tag.last]):
                toll = replace(toll, rule=OTHER_SIDE)
            if tag.first > first and marked.tokens[tag.first - 1].form in _ALSO and toll.rule != "initial":
                toll = replace(toll, rule=ANOTHER)
            if tag.entry.term.startswith(_MARTYRS):
                toll = replace(toll, martyrs=True)
            first_told = _initial(marked, tag, first) or _in_a_first_count(marked, tag.last, last)
            tolls.append(replace(toll, rule="initial") if first_told else toll)
    tolls = _exact_over_vague(tolls)
    total = bare_total(marked, first, last)
    if total is not None and not any(toll.rule == FINAL for toll in tolls):
        return [*(toll for toll in tolls if toll.field != "killed"), total]
    return as_updated(marked, tolls, first, last)


def _dead_among(marked: Marked, tag: Tag, used: set[int]) -> list[Toll]:
    """ "19 casualties, including five dead": how many of those counted together died."""
    for at in range(max(0, tag.first - 3), tag.first):
        count = count_at(marked, at, tag.first)
        if count is not None and count.last == tag.first and at not in used:
            used.update(range(at, tag.last))
            return [Toll("killed", count.value, marked.span(at, tag.last), tag.first, (), "counted noun")]
    return []


def _exact_over_vague(tolls: list[Toll]) -> list[Toll]:
    """Without bare plurals where the same sentence counts: "ست جثث تعود لمدنيين ... قُتلوا" are six."""
    exact = {toll.field for toll in tolls if toll.number.best}
    return [toll for toll in tolls if toll.field not in exact or toll.number != Range(1, None, None)]


def _of_the_count(marked: Marked, tag: Tag) -> Tag:
    """ "سقطت قذائف ... مخلفة قتيلين": what fell are the shells, and the dead are counted by their own word alone."""
    fell = tag.last - tag.first > 2 and "…" in tag.entry.term and tag.entry.term.startswith("سقط")
    if not fell or not any(t.first == tag.first for t in marked.tags("triggers", tag.first, tag.first + 1)):
        return tag
    count = tag.form._replace(base=marked.tokens[tag.last - 1].form)
    return tag._replace(first=tag.last - 1, value="killed:count", form=count)


_IN_TURN = frozenset(("بدوره", "بدورها", "بدورهم"))  # "فقدت بدورها مقاتلاً"
_ALSO = frozenset(("كما", "كذلك", "ايضا", "also", "ههروهها"))  # "كما أصيب جنديان"
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


def _in_a_first_count(marked: Marked, at: int, last: int) -> bool:
    """ "مقتل ثمانية من التنظيم وفق حصيلة أولية", "killing eight, according to an initial count"."""
    near = marked.tokens[at : min(last, at + 9)]
    return any(a.form in ("حصيله", "لحصيله", "كحصيله", "initial", "preliminary") for a in near) and any(
        b.form in _FIRST_COUNT for b in near
    )


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
    if marked.lang == "en" and tag.last < last and marked.tokens[tag.last].form in ("nobody", "none"):
        return True  # "broke windows but hurt nobody"
    for at in range(tag.first - 1, max(first, tag.first - 6) - 1, -1):
        form = marked.tokens[at].form.lstrip("وف") if marked.lang == "ar" else marked.tokens[at].form
        joined = marked.tokens[tag.first - 1].form in ("او", "or", "ولا", "nor")  # "أحداً لم يُقتل أو يُصب"
        if form in (",", ".", ";") or form in _NEWS or (marked.tag_at("casualties", at) and not joined):
            return False
        if form in _NONE_WORDS or marked.tokens[at].form in _NONE_WORDS or (form == "لا" and tag.first - at <= 2):
            return True
        if form == "لم" and any(token.form == "الا" for token in marked.tokens[at : tag.first]):
            return False  # "لم يُعثر إلا على جثة واحدة"
        near = 6 if form == "لم" else 2  # "who would not leave burned to death"
        if form in ("لم", "not") and tag.first - at <= near and tag.value.endswith(("count", "verb", "masdar")):
            return True
    return False


_HARM = frozenset("باذي بسوء لاذي للاذي يتاذ".split())


def _none(marked: Marked, tag: Tag, field: str) -> list[Toll]:
    span = marked.span(max(0, tag.first - 2), tag.last)
    zero = Range(0, 0, 0)
    life = tag.entry.gloss in ("loss of life", "a loss of life", "losses of life")
    nobody = marked.lang == "en" and any(
        marked.tokens[at].form in ("nobody", "no-one", "none")
        for at in range(max(0, tag.first - 4), min(len(marked.tokens), tag.last + 1))
    )
    harm = any(token.form in _HARM for token in marked.tokens[tag.first : min(len(marked.tokens), tag.last + 3)])
    both = field == "both" or nobody or harm  # "nobody was hurt", "لم يُصب أحد بأذى"
    fields = ("killed", "injured") if both and not life else ("killed",) if both else (field,)
    return [Toll(name, zero, span, tag.first, (), "none") for name in fields]


def _toll(marked: Marked, tag: Tag, field: str, how: str, first: int, last: int, used: set[int]) -> Toll | None:
    died_since = of_the_hurt(marked, tag, field, first, last, used)
    if died_since is not None:
        return died_since
    if how == "count":
        return counted_noun(marked, tag, field, first, last, used)
    if how == "masdar":
        return after_noun(marked, tag, field, first, last, used)
    if how == "life":
        return after_life(marked, tag, field, first, last, used)
    return told_by_verb(marked, tag, field, how, first, last, used)
