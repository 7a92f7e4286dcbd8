"""People as they are counted: "ثلاثة من عناصر الشرطة", "جنديان", "two fighters", "سێ پێشمەرگەی دیکە"."""

from typing import NamedTuple

from geodata.fold import fold
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import Count, count_at
from pipeline.model import Range
from pipeline.text.lexicon import Tag

_OTHERS = frozenset(
    "اخرين اخرون اخر اخرى اخري اخران اخريان منهم منهما غيرهم غيرهما غيره سواهم سواهما "
    "others other more ديكه تر تريش ديكهش".split()
)
# What may follow a count of people that names nobody: "قُتل ثلاثة في ...", "killing two and wounding four".
_AFTER_COUNT = frozenset(
    ", . ) ; : - and in by when more on near at outside during after before from as while since "
    "بجراح جرحوا و على بجروح قرب في killed wounded injured "
    "were dead اثر بينهم بينها كوژران بريندار "
    "شههيد فقط خلال بهجوم جراء".split()
) | {"\n"}
MILITANT = frozenset(("Islamic State", "Unidentified Armed Group"))


class People(NamedTuple):
    """A counted group at tokens[first:last]. `actor` is whom such people stand for, where the word tells."""

    number: Range
    first: int
    last: int
    actor: str | None
    counted: bool  # a number, a dual or a singular, not a bare plural
    term: str = ""


def people_at(marked: Marked, at: int, limit: int) -> People | None:
    """The group of people that begins at token `at`."""
    if marked.lang == "en" and at + 1 < len(marked.tokens):
        form, following = marked.tokens[at].form, marked.tokens[at + 1].form
        if form in ("a", "an") and following in _BANDS and at + 3 < limit and marked.tokens[at + 2].form == "of":
            return people_at(marked, at + 3, limit)  # "a cell of five militants"
        if form == "a" and following in _ONE_MORE:  # "and a third was rushed to hospital"
            return People(Range(1, 1, 1), at, at + 2, None, True, "another")
        if form == "another" and following in ("was", "is", "has", "later"):
            return People(Range(1, 1, 1), at, at + 1, None, True, "another")
        if form in ("him", "her") and following == "and":
            return People(Range(1, 1, 1), at, at + 1, None, True, "he")  # "shot him and his eldest son dead"
        if form == "one" and following == "after":
            return None  # "three car bombs, one after the other"
    every = marked.lang == "en" and marked.tokens[at].form == "all"  # "killing all five fighters inside"
    count = count_at(marked, at + every, limit)
    if count is not None and (_is_age(marked, at, count.last) or _father_of(marked, at)):
        return None
    if count is not None:
        if (
            marked.lang == "en"
            and marked.tokens[at].form in ("a", "an", "some", "both")
            and count.last - count.first == 1
        ):
            aged = marked.tokens[min(count.last + 1, len(marked.tokens) - 1)].form == "-"  # "an eight-year-old girl"
            person = _person(marked, count.last, min(limit, count.last + (8 if aged else 4)))
            return (
                None
                if person is None
                else People(count.value, at, person.last, _actor(person), True, person.entry.term)
            )
        return _counted(marked, at, count.value, count.last, limit)
    if marked.lang == "ar" and marked.tokens[at].form in ("احد", "احدي") and at + 1 < limit:
        following = marked.tokens[at + 1].form
        person = _person(marked, at + 1, min(limit, at + 3))
        if person is not None or (at and marked.tag_at("casualties", at - 1) and not following.startswith("عشر")):
            last = person.last if person else at + 2  # "مقتل أحد أفراد الشرطة": one
            return People(Range(1, 1, 1), at, last, _actor(person), True, person.entry.term if person else "one of")
    if marked.tokens[at].form in _THE_ELDER:
        return People(Range(1, 1, 1), at, at + 1, None, True, "one of them")  # "فأردوا أكبرهما وجرحوا الآخر"
    if marked.tokens[at].form in _BOTH:
        return People(Range(2, 2, 2), at, at + 1, None, True, "both")
    if marked.tokens[at].form.removeprefix("و") in _OTHERS_MANY:
        return People(Range(1, None, None), at, at + 1, None, False, "others")
    return _uncounted(marked, at, limit)


_AGED = frozenset("aged ages اعمارهم اعمارهما اعمارهن وأعمارهم واعمارهم واعمارهما عمره عمرها بعمر العمر سن".split())
_YEARS = frozenset("عاما عام اعوام سنه سنوات سنين years year سالان سال".split())
_BETWEEN_AGES = frozenset(("and", ",", "to", "-", "between", "بين", "و"))


def _is_age(marked: Marked, at: int, last: int) -> bool:
    """ "two brothers, aged 16 and 20", "وأعمارهم 17 و22 و31 عاماً": how old, not how many."""
    if last < len(marked.tokens) and marked.tokens[last].form in _YEARS:
        return True
    near = at - 1
    while near >= 0 and (marked.tokens[near].form in _BETWEEN_AGES or count_at(marked, near, near + 1) is not None):
        near -= 1
    return near >= 0 and marked.tokens[near].form in _AGED


def _father_of(marked: Marked, at: int) -> bool:
    """ "استشهد كاوه أبو ٣ أطفال", "a father of four": whose children they are, not how many died."""
    before = [token.form for token in marked.tokens[max(0, at - 2) : at]]
    return before[-1:] in (["ابو"], ["والد"], ["اب"]) or before in (["father", "of"], ["mother", "of"])


_ONE_MORE = frozenset("third fourth fifth sixth".split())
_THE_ELDER = frozenset("اكبرهما اصغرهما اكبرهم اصغرهم اكبرهن".split())
_BOTH = frozenset("ههردووكيان ههردوكيان كلاهما كليهما".split())
_OTHERS_MANY = frozenset(("اخرين", "اخرون", "others"))


_WHEN = ("weekday:", "day:", "part:")
_BANDS = frozenset("cell group team squad band family unit patrol crew gang".split())


def _counted(marked: Marked, first: int, number: Range, at: int, limit: int) -> People | None:
    if at < limit and marked.lang == "en" and marked.tokens[at].form == "x":  # "2 x ISF KIA"
        at += 1
    if at < limit and marked.tokens[at].form in ("من", "of"):
        if marked.tag_at("times", at + 1) is not None:
            return None  # "11 من الشهر الماضي"
        person = _person(marked, at + 1, min(limit, at + 7))
        return People(
            number, first, person.last if person else at + 1, _actor(person), True, person.entry.term if person else ""
        )
    person = _person(marked, at, min(limit, at + (3 if marked.lang == "ar" else 5)))
    if person is not None:
        least = marked.tag_at("numbers", person.last, "more") if person.last < limit else None
        if least is not None:  # "تسعة مقاتلين على الأقل"
            return People(Range(number.low, None, None), first, least.last, _actor(person), True, person.entry.term)
        return People(number, first, person.last, _actor(person), True, person.entry.term)
    if at < limit and marked.tokens[at].form in _OTHERS:
        return People(number, first, at + 1, None, True, "others")
    if at < limit and any(tag.value.startswith(_WHEN) for tag in marked.tags("times", at, at + 1)):
        return People(number, first, at, None, True)  # "وأصيب عشرة الاثنين"
    after = marked.tokens[at].form if at < limit else "."
    if after in _AFTER_COUNT or after.startswith("و"):
        return People(number, first, at, None, True)
    reach = range(at, min(at + 3, len(marked.tokens))) if marked.lang == "en" else range(at, at + 1)
    casualty = next((tag for near in reach if (tag := marked.tag_at("casualties", near))), None)
    if casualty is not None:
        return People(number, first, at, None, True)
    return None


def _person(marked: Marked, at: int, limit: int) -> Tag | None:
    """The first word for a person from token `at`, past adjectives and names of forces."""
    acronym = _acronym(marked, at, limit)
    limit += len(acronym)
    for near in range(at, limit):
        tag = marked.tag_at("persons", near)
        while tag is not None and tag.last < limit and marked.lang == "en":
            further = marked.tag_at("persons", tag.last)  # "local tribesmen": the last word names them
            if further is None:
                break
            tag = further
        if tag is not None and tag.form.conj and near > at:
            return None  # "وثلاثة من الحشد الشعبي ومدنيان": the two are others
        if tag is not None:
            return tag
        if marked.tokens[near].form == "." and len(marked.tokens[near - 1].form) == 1:
            continue  # "U.S. personnel"
        if near in acronym:
            continue
        if marked.lang == "en" and marked.tag_at("triggers", near) and marked.tag_at("persons", near + 1):
            continue  # "a campaign worker", "a bomb expert"
        if (
            marked.tokens[near].form in (",", ".", ";", ":", "(", ")", "and", "و")
            or marked.tag_at("casualties", near)
            or marked.tag_at("triggers", near)
        ):
            return None
        if marked.lang == "ar" and near > at + 1:
            return None
        if marked.lang == "en" and marked.tag_at("numbers", near) and not _hyphen(marked, near + 1):
            return None  # "a vehicle carrying two fighters", not "a four-year-old girl"
    return None


def _hyphen(marked: Marked, at: int) -> bool:
    return at < len(marked.tokens) and marked.tokens[at].form == "-"


def _acronym(marked: Marked, at: int, limit: int) -> range:
    """The tokens of "(IS)" in "five Islamic State (IS) militants"."""
    opens = next(
        (near for near in range(at, min(limit, len(marked.tokens) - 2)) if marked.tokens[near].form == "("), None
    )
    if marked.lang != "en" or opens is None or marked.tokens[opens + 2].form != ")":
        return range(0)
    return range(opens, opens + 3)


def _actor(tag: Tag | None) -> str | None:
    return (tag.value.split("|")[0] or None) if tag else None


def _uncounted(marked: Marked, at: int, limit: int) -> People | None:
    tag = marked.tag_at("persons", at)
    if tag is None or tag.last > limit:
        return None
    number, counted = _number_of(marked, tag)
    last = tag.last
    following = count_at(marked, last, limit) if last < limit else None
    if following is not None and following.last < limit and marked.tag_at("persons", following.last) is not None:
        following = None  # "اغتال مسلحون ثلاثة أفراد": the count of who comes next
    if (
        following is not None
        and following.value.best is not None
        and marked.lang == "ar"
        and following.value.best <= 10
    ):
        if not counted and marked.tokens[last].form.startswith("ال"):
            return People(following.value, at, following.last, _actor(tag), True, tag.entry.term)  # "الأشقاء الثلاثة"
        if (
            marked.tokens[last].form in ("اثنين", "اثنان", "واحد", "واحده", "ثلاثه", "اربعه", "خمسه")
            and not counted
            or number.best == following.number
        ):
            return People(following.value, at, following.last, _actor(tag), True, tag.entry.term)
    said = None if counted else in_number(marked, last, limit)
    if said is not None:
        return People(said.value, at, said.last, _actor(tag), True, tag.entry.term)
    if not counted and marked.lang == "ar" and last < limit and marked.tokens[last].form == "اخر":
        return People(Range(1, 1, 1), at, last + 1, _actor(tag), True, tag.entry.term)  # "أصيب بيشمركة آخر"
    return People(number, at, last, _actor(tag), counted, tag.entry.term)


_THEIR_NUMBER = frozenset("وعددهم عددهم وعددهن عددهن".split())


def in_number(marked: Marked, at: int, limit: int) -> Count | None:
    """ "ركاب السيارة، وعددهم أربعة": how many a plural told before is."""
    for near in range(at, min(limit, at + 7)):
        if marked.tokens[near].form in _THEIR_NUMBER:
            return count_at(marked, near + 1, limit)
        if any(marked.tag_at(cls, near) for cls in ("casualties", "persons", "numbers")):
            return None
    return None


def _number_of(marked: Marked, tag: Tag) -> tuple[Range, bool]:
    """How many people a bare word stands for: one, two, or an untold number of at least one."""
    _, _, how = tag.value.partition("|")
    if tag.entry.pos == "kin" and _of_somebody(tag) in ("ا", "ي"):
        return Range(2, 2, 2), True  # "ونجليه": and his two sons
    if how == "any":
        return _number_by_language(marked, tag)
    if how == "pl":
        return Range(1, None, None), False
    base, word = fold(tag.entry.term.split()[0]), tag.form.base
    construct = (base + "ي", base + "ا") if tag.entry.pos.startswith("p") else (base + "ي",)
    if tag.last - tag.first > 1 and word in construct:
        return Range(2, 2, 2), True  # "راعيا أغنام", "رجلي إطفاء": two, their ending dropped before what follows
    if word.endswith("ان") and not base.endswith("ان"):
        return Range(2, 2, 2), True
    if word.endswith(("ين", "ون")) and not base.endswith(("ين", "ون")):
        named = _named(marked, tag)
        if named:
            return Range(named, named, named), True
    if word.endswith("ين") and not base.endswith("ين"):
        dual = (how == "broken" and not (tag.form.definite and not tag.form.prep)) or _reads_dual(marked, tag)
        return (Range(2, 2, 2), True) if dual else (Range(1, None, None), False)
    if word.endswith(("ون", "وا", "ات")) and not base.endswith(("ون", "ات")):
        return Range(1, None, None), False
    return Range(1, 1, 1), True


_CLASSES = ("triggers", "casualties", "speech", "relations", "times", "cues", "persons", "numbers", "objects", "kinds")


def _named(marked: Marked, tag: Tag) -> int:
    """How many a plural names right after it: "والمنتسبين أحمد كريم وسعد جبار" are two. 0 where it names nobody."""
    if not tag.form.definite or marked.lang != "ar":
        return 0
    names, at = 1, tag.last
    while at < min(len(marked.tokens), tag.last + 14) and marked.tokens[at].is_word:
        if (
            any(marked.tag_at(cls, at) for cls in _CLASSES)
            or marked.tokens[at].form.startswith("ال")
            and at == tag.last
        ):
            break
        names += marked.tokens[at].form.startswith("و") and at > tag.last
        at += 1
    return names if names > 1 and at - tag.last >= 3 else 0


def _of_somebody(tag: Tag) -> str:
    """What stands between a word for kin and the pronoun after it: nothing, or the dual's letter."""
    stem = fold(tag.entry.term)
    rest = tag.form.base.removeprefix(stem[:-1] if stem.endswith("ه") else stem)
    for pronoun in ("هما", "هم", "ها", "هن", "ه"):
        if rest.endswith(pronoun) and rest != pronoun:
            return rest.removesuffix(pronoun).removeprefix("ت" if stem.endswith("ه") else "")
    return ""


def _reads_dual(marked: Marked, tag: Tag) -> bool:
    """A written dual: its vowel mark in the text as read (مزارعَين), or a dual adjective after it (آخرَين)."""
    start, end = marked.tokens[tag.first].start, marked.tokens[tag.last - 1].end
    return "\u064eين" in marked.document.text[start:end]


def _number_by_language(marked: Marked, tag: Tag) -> tuple[Range, bool]:
    word = marked.tokens[tag.last - 1].form
    if marked.lang == "en":
        plural = word.endswith(("s", "men")) or word in (
            "women",
            "people",
            "children",
            "personnel",
            "troops",
            "gunmen",
            "policemen",
            "fishermen",
        )
        before = marked.tokens[tag.first - 1].form if tag.first else ""
        if plural or word == "peshmerga" or before in ("the", "no"):
            return Range(1, None, None), False
        return Range(1, 1, 1), before in ("a", "an", "one") or bool(before)
    if "يك" in word[-6:] and word.endswith(("يكيان", "يكيشيان")) and not tag.entry.term.endswith("ێک"):
        return Range(1, 1, 1), True  # "پۆلیسێکیان کوشت": they killed a policeman
    if "ان" in word[-5:] and not tag.entry.term.endswith("ان"):
        return Range(1, None, None), False
    if word.endswith(("يك", "يكيان", "يكيشيان", "يكي", "هكه", "هكهي", "يكه")):
        return Range(1, 1, 1), True
    return Range(1, 1, 1), False


ATTACKERS = ("مسلح", "إرهابي", "مهاجم", "داعشي", "انتحاري", "چەکدار", "هێرشبەر", "تیرۆریست", "gunm", "militant",
             "attacker", "assailant", "terrorist", "insurgent", "jihadist")  # fmt: skip


def is_doer(people: People) -> bool:
    """Whether a group reads as those who act (a bare plural of gunmen) rather than those acted upon."""
    return not people.counted and people.term.startswith((*ATTACKERS, "مجهول", "عناصر"))
