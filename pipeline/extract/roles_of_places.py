"""How the words around a place name relate it to what is told: where it was, near where, or no place of it at all."""

from geodata.fold import fold
from pipeline.extract.marked import Marked
from pipeline.extract.place_mention import (
    AT,
    BARE,
    DIRECTION,
    FROM,
    GOVERNMENT,
    NEAR,
    NOT_WHERE,
    ORGANISATION,
    PARENT,
    SOURCE,
    TO,
    TOPIC,
    TOWARDS,
    PlaceMention,
)  # fmt: skip


def with_role(marked: Marked, mention: PlaceMention, first: int, last: int) -> PlaceMention:
    if _dateline(marked, mention, first, last):
        return mention._replace(role=SOURCE)
    role = _role_en(marked, mention, first, last) if marked.lang == "en" else _role(marked, mention, first, last)
    word = marked.tokens[mention.first].form
    joined = marked.lang == "ar" and word[0] in "وف" and _conj(marked, mention)
    relation = marked.tag_ending("relations", mention.first)
    if relation is not None and relation.form.conj:
        joined = True  # "جنوبي كركوك وغربي الموصل"
    if marked.lang == "ar" and mention.first > first and marked.tokens[mention.first - 1].form in ("ثم", "وكذلك"):
        joined = True
    if marked.lang != "ar" and mention.first > first:
        before = mention.first - 1 - (marked.tokens[mention.first - 1].form == "the")
        joined = marked.tokens[before].form in ("و", "and", ",", "&")
    return mention._replace(role=role, joined=joined)


def _conj(marked: Marked, mention: PlaceMention) -> bool:
    """Whether the mention's first word carries و or ف before it."""
    tag = marked.tag_at("kinds", mention.first)
    if tag is not None:
        return bool(tag.form.conj)
    return mention.name[:1] not in "وف"


def _prefix(marked: Marked, mention: PlaceMention) -> str:
    """The preposition written onto the mention's first word: ب, ل or ك."""
    tag = marked.tag_at("kinds", mention.first)
    if tag is not None and mention.name_first > mention.first:
        return tag.form.prep
    word, name = marked.tokens[mention.first].form, mention.name

    bare = fold(name).split()[0]
    lead = word[: -len(bare)] if word.endswith(bare) else word[: -len(bare.removeprefix("ال"))]
    lead = lead.lstrip("وف") if lead[:1] in ("و", "ف") else lead
    return lead[:1] if lead[:1] in ("ب", "ل", "ك") else ""


def _told_an_outlet(marked: Marked, at: int, first: int) -> bool:
    """ "قال ضابط لـ"سهل الخازر" إن ...": the name of who was told."""
    for near in range(at - 1, max(first, at - 5), -1):
        if marked.tokens[near].form in ('"', "«", "“"):
            return marked.tokens[near - 1].form in ("ل", "لـ")
    return False


_NATIVES = frozenset("اهالي اهل ابناء سكان".split())


def _native_to(marked: Marked, at: int, first: int) -> bool:
    """ "المغدورون من أهالي قضاء حديثة": where they come from."""
    near = [token.form for token in marked.tokens[max(first, at - 2) : at]]
    return len(near) == 2 and near[0] == "من" and near[1] in _NATIVES


def _role(marked: Marked, mention: PlaceMention, first: int, last: int) -> str:
    at = mention.first
    if marked.lang == "ckb" and any(
        marked.tokens[near].form.startswith("نهخوشخانه") for near in range(max(first, at - 3), at)
    ):
        return TOWARDS  # "گەیەندرانە نەخۆشخانەی فریاکەوتنی دهۆک"
    if marked.lang == "ckb" and mention.last < last and marked.tag_at("organisations", mention.last, "tail"):
        return ORGANISATION  # "کەرکووک پرێس"
    if marked.lang == "ar" and (_told_an_outlet(marked, at, first) or _native_to(marked, at, first)):
        return ORGANISATION
    prefix = _prefix(marked, mention) if marked.lang == "ar" else ""
    head = marked.tag_ending("organisations", at, "head", reach=5)
    before = marked.tokens[at - 1].form if at > first else ""
    if before in ("في", "in") and at - 2 >= first and marked.tokens[at - 2].form in _HOSPITALS:
        return TOWARDS  # "نُقل المصابون إلى مستشفى في دهوك"
    if before == "من" and marked.tokens[at - 2].form in _SIDES | {"الايمن", "الايسر"}:
        return AT  # "في الجانب الأيمن من الشرقاط"
    if head is not None and not prefix:
        return ORGANISATION
    if marked.tags("relations", max(first, at - 3), at, ("governments",)) and not prefix:
        return GOVERNMENT
    for tag in reversed(marked.tags("relations", max(first, at - 3), at + 1)):
        if tag.last >= at and tag.value == "governments":
            return GOVERNMENT
        if tag.last == at - 1 and before in _LANDS and tag.value in ("towards", "from", "topic") and not prefix:
            return _relation_role(marked, tag.value, tag.first, first, before)
        if tag.last == at and not prefix:
            return _relation_role(marked, tag.value, tag.first, first, before)
    if prefix == "ب":
        return AT
    if prefix == "ل":
        if marked.tag_ending("relations", at, "topic") is not None:
            return TOPIC
        parent = marked.tag_ending("relations", at, "parent")
        return PARENT if parent is not None else TO
    if marked.lang == "ckb" and before in ("بو",):
        return TO
    return BARE


_HOSPITALS = frozenset("مستشفي مستشفيات المستشفي".split())
_SIDES = frozenset("جانب الجانب ضفه الضفه جزء الجزء قسم القسم طرف الطرف".split())
_LANDS = frozenset("اراضي مناطق قري ضواحي عمق جهه حدود اطراف".split())


def _relation_role(marked: Marked, value: str, start: int, first: int, before: str) -> str:
    if value == "near" and start > first and marked.tokens[start - 1].form == "من" and marked.lang == "ar":
        return FROM  # "أُطلقت من أطراف طوزخورماتو"
    if value == "at":
        if before in ("في", "ب", "له", "in") and _after_source(marked, start, first):
            return SOURCE
        if before in ("الي", "بو", "نحو", "صوب"):
            return TO if not marked.tags("relations", max(first, start - 2), start, ("towards",)) else TOWARDS
        return AT
    return {
        "near": NEAR, "direction": DIRECTION, "parent": PARENT, "from": FROM, "towards": TOWARDS,
        "topic": TOPIC, "governments": GOVERNMENT,
    }[value]  # fmt: skip


def _after_source(marked: Marked, at: int, first: int) -> bool:
    """ "مصدر أمني في كركوك": where the speaker is."""
    for tag in marked.tags("speech", max(first, at - 4), at, ("source",)):
        if not marked.pause_between(tag.last, at) and at - tag.last <= 2:
            return True
    return False


def _dateline(marked: Marked, mention: PlaceMention, first: int, last: int) -> bool:
    """ "KIRKUK - Gunmen ...", "وكالة/ كركوك", "بغداد: قتل ...": where a report or an item is headed."""
    if any(marked.tokens[at].is_word for at in range(max(first, mention.first - 2), mention.first)):
        slash = mention.first > first and marked.tokens[mention.first - 1].form in ("/", "|")
        if not slash or mention.first - first > 6:
            return False
        return True
    after = marked.tokens[mention.last].form if mention.last < last else "."
    before = marked.tokens[mention.first - 1].form if mention.first > first else ""
    if after == "\n" and before in ("-", "/", "|", "–") and mention.first <= 4:
        return True  # "K24 – هەولێر" on a line of its own
    start = marked.tokens[mention.first].start
    if marked.lang == "en" and mention.first == first and marked.document.text[start : start + 4].isupper():
        return True  # "ERBIL, Kurdistan Region - ..."
    if mention.first == first and _headed(marked, mention.last, last):
        return True
    return mention.first - first <= 2 and after in ("-", "/", ":", "(", "|", "\n", ".")


_HEAD = 12  # tokens a dateline may take up to its dash


def _headed(marked: Marked, at: int, last: int) -> bool:
    """ "Kirkuk, Iraq (AFP) - ...", "بعقوبة، العراق 15 فبراير 2017 /...": names, days and an agency up to a dash."""
    for near in range(at, min(last, at + _HEAD)):
        token = marked.tokens[near]
        if token.form in ("-", "/") and near > at:
            return True
        if token.form in (",", "(", ")", "\n") or token.is_number:
            continue
        if marked.lang == "en" and not marked.document.text[token.start].isupper():
            return False
        if marked.lang != "en" and not (
            token.form in _COUNTRY or marked.tag_at("times", near) or _in_brackets(marked, near)
        ):
            return False
    return False


_COUNTRY = frozenset("العراق اقليم كردستان كوردستان عيراق ههريمي".split())


def _in_brackets(marked: Marked, at: int) -> bool:
    opened = max((near for near in range(max(0, at - 5), at) if marked.tokens[near].form == "("), default=-1)
    return opened >= 0 and not any(marked.tokens[near].form == ")" for near in range(opened, at))


def _role_en(marked: Marked, mention: PlaceMention, first: int, last: int) -> str:
    tail = marked.tag_at("organisations", mention.last, "tail") if mention.last < last else None
    if tail is not None:
        return ORGANISATION
    if mention.last < last and marked.tokens[mention.last].form == "-" and mention.kind is None:
        return ORGANISATION if mention.last + 1 < last and marked.tokens[mention.last + 1].form == "based" else BARE
    at = mention.first
    if any(
        tag.first < mention.last and tag.last > at
        for tag in marked.tags("relations", max(first, at - 4), mention.last, ("governments",))
    ):
        return GOVERNMENT
    start = at
    while start > first and marked.tokens[start - 1].form in (
        "the",
        "of",
        "town",
        "city",
        "village",
        "district",
        "province",
        "a",
    ):
        start -= 1
    for begin in (at, start):
        for tag in reversed(marked.tags("relations", max(first, begin - 4), begin)):
            if tag.last in (begin, begin + 1, at):
                if tag.value == "governments":
                    return GOVERNMENT
                if tag.value == "at" and marked.tokens[tag.first].form in ("to", "into"):
                    return TO
                if tag.value == "at" and marked.tokens[tag.first].form == "of" and begin == at:
                    break
                return _relation_role(marked, tag.value, tag.first, first, marked.tokens[begin - 1].form)
    head = marked.tag_ending("organisations", at, "head")
    return ORGANISATION if head is not None else BARE


def inherit_roles(marked: Marked, found: list[PlaceMention]) -> list[PlaceMention]:
    """A name joined by "and" to a mention has its role: "قائدي عمليات نينوى وغربي نينوى", "بالقيارة فالموصل"."""
    given: list[PlaceMention] = []
    for each in found:
        mention = each
        before = given[-1] if given else None
        if before is not None and mention.joined and mention.role in (BARE, DIRECTION):
            between = range(before.last, mention.first)
            if all(
                not marked.tokens[at].is_word or marked.tokens[at].form in ("و", "and", "ثم") for at in between
            ) and (mention.role == BARE or before.role in NOT_WHERE):
                mention = mention._replace(role=before.role)
        given.append(mention)
    return given
