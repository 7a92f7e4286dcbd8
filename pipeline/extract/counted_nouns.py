"""Nouns that are themselves counted: ثلاثة قتلى, 5 جرحى, قتيلين, عشرات القتلى والجرحى, three fatalities."""

from dataclasses import replace

from geodata.fold import fold
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.extract.people import people_at
from pipeline.extract.toll import Toll, groups_at, more_groups, sum_of
from pipeline.model import Range, Span
from pipeline.text.lexicon import Tag


def _between_dead_and_hurt(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    """ "تسعة أشخاص بين قتيل وجريح": a joint sum."""
    if tag.first <= first or marked.tokens[tag.first - 1].form not in ("بين", "ما"):
        return None
    partner = partner_of(marked, tag, field, last)
    if partner is None:
        return None
    for start in range(max(first, tag.first - 14), tag.first):
        group = people_at(marked, start, tag.first)
        if group is not None and group.counted and start not in used:
            used.update(range(start, partner.last))
            return Toll("both", group.number, marked.span(start, partner.last), tag.first, (), "joint")
    return None


_LEAVES = frozenset(
    "وجد وجدت ووجدت جدت عثرت وعثرت عثر خلف وخلف خلفوا خلفت مخلفا مخلفين ترك وترك تركوا تاركا بقيت تركت وتركت "
    "وتركوا تركن تاركين استقبل استقبلت استقبال تسلم تسلمت وتسلم استلم استلمت تسليم احصي احصت سحب سحبت وسحبت "
    "انتشل انتشلت وانتشلت انتشال نقل نقلت وصل وصلت عد عدت رفع رفعت فيها بينها كهوته دوزرايهوه دوزيهوه "
    "دوزرانهوه بهجيماوه بهجيماون بهجيهيشت بهجيهيشتووه "
    "found recovered left received counted collected retrieved pulled dug saw".split()
)


def _bodies(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    """Bodies count as killed where those who fought left them or where they are found afterwards, not by themselves."""
    near = {token.form for token in marked.tokens[max(first, tag.first - 13) : tag.first]}
    near |= {form.lstrip("وف") for form in near} if marked.lang == "ar" else set()
    if marked.lang == "en":
        near |= {token.form for token in marked.tokens[tag.last : min(last, tag.last + 14)]}
    if marked.lang == "ckb":  # its verb comes last
        near = {token.form for token in marked.tokens[tag.last : min(last, tag.last + 10)]}
    if not near & _LEAVES:
        return None
    count = _count_before(marked, tag, first, used)
    if count is not None:
        used.update(range(count[1], tag.last))
        return Toll(field, count[0], marked.span(count[1], tag.last), tag.first, (), BODIES)
    at = tag.last + (tag.last < last and marked.tokens[tag.last].form == "of")
    groups = groups_at(marked, at, min(last, at + 6), used, skip=1)
    if groups and groups[0].counted:
        return sum_of(field, groups, marked, tag.first, tag.first, BODIES)
    of_them = count_at(marked, at, min(last, at + 3))
    if of_them is not None and of_them.last < last and marked.tokens[of_them.last].form == "of":
        used.update(range(at, of_them.last))
        return Toll(field, of_them.value, marked.span(tag.first, of_them.last), tag.first, (), BODIES)
    two = tag.form.base.endswith(("تين", "تان", "تيهما", "تاهما"))
    if two or tag.form.base in ("جثه", "جثته", "جثتها"):
        number = Range(2, 2, 2) if two else Range(1, 1, 1)
        return Toll(field, number, marked.span(tag.first, tag.last), tag.first, (), BODIES)
    return None


BODIES = "bodies"
TWO = frozenset("قتيلين قتيلان شهيدين شهيدان جريحين جريحان اصابتين اصابتان مصابين".split())


_SINGULARS = ("قتيل", "جريح", "شهيد", "مصاب", "جريحا", "قتيلا", "شهيدا", "مصابا", "صريعا", "مقتول", "مقتولا")


def counted_noun(marked: Marked, tag: Tag, field: str, first: int, last: int, used: set[int]) -> Toll | None:
    """ثلاثة قتلى, 5 جرحى, قتيلين, عشرات القتلى والجرحى, three fatalities."""
    if marked.tokens[tag.first - 1].form in ("من", "of") if tag.first > first else False:
        return None  # "two of the wounded": a part
    if tag.entry.term.startswith(("جث", "body", "تەرم")):
        return _bodies(marked, tag, field, first, last, used)
    named = _victims_named(marked, tag, first, last, used)
    if named is not None:
        return named
    between = _between_dead_and_hurt(marked, tag, field, first, last, used)
    if between is not None:
        return between
    count = _count_before(marked, tag, first, used)
    partner = partner_of(marked, tag, field, last)
    if partner is not None and count is not None and _counts_itself(partner, count[0]):
        partner = None
    if count is not None:
        number, start = count
        used.update(range(start, tag.last))
        if partner is not None:
            used.update(range(partner.first, partner.last))
            return Toll("both", number, marked.span(start, partner.last), tag.first, (), "joint")
        toll = Toll(field, number, marked.span(start, tag.last), tag.first, (), "counted noun")
        return _with_more(marked, toll, tag.last, last, used)

    word = tag.form.base
    after = _count_after(marked, tag, first, last, used)
    if after is not None:
        toll = Toll(field, after[0], marked.span(tag.first, after[1]), tag.first, (), "number of")
        return _with_more(marked, toll, after[1], last, used)
    if word in TWO and not (tag.form.definite and word.startswith("مصاب")):
        return Toll(field, Range(2, 2, 2), marked.span(tag.first, tag.last), tag.first, (), "dual")
    if tag.entry.term in _SINGULARS and not tag.form.definite:
        if word in (fold(tag.entry.term), fold(tag.entry.term) + "ا"):
            return Toll(field, Range(1, 1, 1), marked.span(tag.first, tag.last), tag.first, (), "singular")
    if tag.form.definite or field == "both" or marked.lang == "en":
        return None
    if partner is not None and _brings(marked, tag, first):  # "أوقع هجوم قتلى وجرحى"
        used.update(range(partner.first, partner.last))
        return Toll("both", Range(1, None, None), marked.span(tag.first, partner.last), tag.first, (), "joint")
    if tag.entry.term in ("قتلى", "شهداء", "جرحى", "إصابات", "کوژراو") and _brings(marked, tag, first):
        return Toll(field, Range(1, None, None), marked.span(tag.first, tag.last), tag.first, (), "bare plural")
    return None


def _victims_named(marked: Marked, tag: Tag, first: int, last: int, used: set[int]) -> Toll | None:
    """ "ضحايا الهجوم هما شرطيان اثنان", "إن الضحايا أب وابنه واثنان من أقاربهما": who the victims are."""
    if marked.lang != "ar" or tag.entry.term not in ("ضحايا", "قتلى", "شهداء"):
        return None
    at = tag.last if tag.form.definite else None
    for near in range(tag.last, min(last, tag.last + 16)):
        if marked.tokens[near].form in ("هم", "هما"):
            at = near + 1
            break
        if marked.tag_at("casualties", near) is not None:
            break
    if at is None or at >= last or at in used:
        return None
    groups = groups_at(marked, at, min(last, at + 20), used, skip=1)
    if not groups or groups[0].first != at or not all(group.counted and group.term for group in groups):
        return None
    return sum_of("killed", groups, marked, tag.first, tag.first, "number of")


def _with_more(marked: Marked, toll: Toll, at: int, last: int, used: set[int]) -> Toll:
    """A counted noun's toll with the groups that go on after it: "ستة قتلى من الشرطة وثلاثة من الحشد"."""
    groups = more_groups(marked, at, min(last, at + 20), used) if marked.lang == "ar" else []
    if not groups or toll.number.best is None or any(group.number.best is None for group in groups):
        return toll
    best = toll.number.best + sum(group.number.best or 0 for group in groups)
    end = marked.tokens[groups[-1].last - 1].end
    actors = tuple(dict.fromkeys(group.actor for group in groups if group.actor))
    return replace(toll, number=Range(best, best, best), span=Span(toll.span.start, end), actors=toll.actors or actors)


_BRINGS = frozenset(
    "اوقع اوقعت خلف خلفت اسفر اسفرت سقوط وقوع ادي ادت سقط عن الي مخلفا موقعا وجود خلفا موقعه مخلفه تخلف".split()
)


def _brings(marked: Marked, tag: Tag, first: int) -> bool:
    near = {marked.tokens[at].form for at in range(max(first, tag.first - 8), tag.first)}
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


_NUMBER_OF = frozenset(("عدد", "حصيله", "مجموع", "اجمالي", "عديد", "ژمارهي"))


def _count_after(marked: Marked, tag: Tag, first: int, last: int, used: set[int]) -> tuple[Range, int] | None:
    """ "بلغ عدد قتلى داعش خمسة", "عدد الجرحى إلى 12": the count after "the number of"."""
    counts = tag.last < last and (marked.tokens[tag.last].is_number or marked.tag_at("numbers", tag.last) is not None)
    to = tag.last + 1 < last and marked.tokens[tag.last].form == "الي"  # "عدد القتلى إلى سبعة والجرحى إلى 12"
    if tag.form.definite and (counts or to):  # "القتلى 21 والجرحى 52"
        count = count_at(marked, tag.last + to, last)
        named = count is not None and count.last < last and marked.tag_at("casualties", count.last) is not None
        if count is not None and not named:  # "الضحايا 14 قتيلاً": the noun after the count says which
            used.update(range(tag.last, count.last))
            return count.value, count.last
    counting = marked.lang == "en" and tag.entry.term.startswith(("death toll", "number of"))
    if not counting and (tag.first <= first or marked.tokens[tag.first - 1].form.removeprefix("و") not in _NUMBER_OF):
        return None
    risen = tag.last
    if counting:  # "the death toll from Saturday night's assault on a post has climbed to eight"
        rises = marked.tags("cues", tag.last, min(last, tag.last + 18), ("toll_rise",))
        risen = next((rise.last for rise in rises if not marked.has("casualties", tag.last, rise.first)), tag.last)
    for at in range(risen, min(last, risen + (9 if counting else 6))):
        if tag.value.startswith("both") and marked.tag_at("casualties", at + 1) is not None:
            return None  # "عدد ضحايا الهجوم إلى خمسة قتلى": the noun after it says which
        count = None if at in used else count_at(marked, at, last)
        if count is not None:
            used.update(range(at, count.last))
            return count.value, count.last
    return _risen_before(marked, tag, first, used)


def _risen_before(marked: Marked, tag: Tag, first: int, used: set[int]) -> tuple[Range, int] | None:
    """ "ارتفع إلى 3، الجمعة، عدد قتلى": the number stands before what it counts."""
    for rise in marked.tags("cues", max(first, tag.first - 9), tag.first, ("toll_rise",)):
        if rise.last < tag.first and marked.tokens[rise.last].form in ("الي", "to"):
            count = count_at(marked, rise.last + 1, tag.first)
            if count is not None and rise.last + 1 not in used:
                used.update(range(count.first, count.last))
                return count.value, tag.last
    return None


def _counts_itself(partner: Tag, count: Range) -> bool:
    """ "ثلاثة قتلى وجريحين", "ثلاثة قتلى وجريح": a dual, or a singular after a plural, is a count of its own."""
    word = partner.form.base
    if word in TWO:
        return True
    return word.removesuffix("ا") in ("جريح", "قتيل", "شهيد", "مصاب") and (count.low or 0) <= 10


def partner_of(marked: Marked, tag: Tag, field: str, last: int) -> Tag | None:
    """The other noun of "القتلى والجرحى", which share one count."""
    other = "injured" if field == "killed" else "killed"
    at = tag.last
    while at < last and marked.tokens[at].form in ("و", "and", "بين"):
        at += 1
    for follower in marked.tags("casualties", at, at + 1):
        if follower.value == f"{other}:count" and (follower.form.conj or at > tag.last):
            return follower
    return None
