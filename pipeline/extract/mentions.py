"""Mentions of places: names with the kind word before or after them, and how the words around relate them to events."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geodata.gazetteer import Gazetteer
from pipeline.extract.marked import Marked
from pipeline.extract.name_index import NameFinder, NameHit

# How a mention stands to what happened. The first group can be where it happened, the second cannot.
AT, NEAR, DIRECTION, PARENT, BARE, FROM, SOURCE, TO = (
    "at",
    "near",
    "direction",
    "parent",
    "bare",
    "from",
    "source",
    "to",
)
ORGANISATION, TOPIC, TOWARDS, GOVERNMENT, ABROAD, SURNAME = (
    "organisation", "topic", "towards", "government", "abroad", "surname",
)  # fmt: skip
NOT_WHERE = frozenset((ORGANISATION, TOPIC, TOWARDS, GOVERNMENT, SURNAME))

_PREPOSITIONS_AT = frozenset("في ب داخل وسط ضمن عند على بمركز".split())
_UNKNOWN_KINDS = frozenset(("village", "quarter", "camp", "valley", "mountain", "area", "island", "road"))
_NAME_HEADS = frozenset(
    "تل عين ابو ابي ام بني ال شيخ خربه كهف دار باب كاني كرد تله البو وادي جبل حاوي بير قره كرده بان سيد "
    "خان حوض بئر كور سري"
    "تهل كهن شيخان tell tal ain abu al umm khirbat kani gird bani شارع حسن علي عرب".split()
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named at tokens[first:last], kind word and name; the name alone is tokens[name_first:name_last]."""

    first: int
    last: int
    name_first: int
    name_last: int
    name: str
    place_ids: tuple[str, ...]  # empty for a name that the gazetteer lacks
    kind: str | None
    role: str
    joined: bool = False  # follows another mention by "and"
    doubtful: bool = False  # an ordinary word too: a place only where its province is spoken of


def find_places(marked: Marked, finder: NameFinder, first: int, last: int) -> list[PlaceMention]:
    """The place mentions of tokens[first:last], in order, each with its role."""
    found = [_with_role(marked, mention, first, last) for mention in _names(marked, finder, first, last)]
    return _inherit_roles(marked, found)


def _names(marked: Marked, finder: NameFinder, first: int, last: int) -> Iterator[PlaceMention]:
    offsets = [at for at in range(first, last) if marked.tokens[at].is_word or marked.tokens[at].is_number]
    words = [marked.tokens[at].form for at in offsets]
    position, taken = 0, first
    before: PlaceMention | None = None
    while position < len(words):
        at = offsets[position]
        mention = None
        if at >= taken:
            mention = _mention(marked, finder, words, offsets, position, first, last)
            if mention is None and before is not None and at - before.last <= 1:
                mention = _listed(marked, finder, words, offsets, position, last)
        if mention is not None:
            yield mention
            taken, before = mention.last, mention
        position += 1


def _listed(
    marked: Marked, finder: NameFinder, words: list[str], offsets: list[int], position: int, last: int
) -> PlaceMention | None:
    """A doubtful name joined by "and" to a place is a place: "متينا والزاب"."""
    hit = finder.at(words, position, offsets)
    if hit is None or not hit.form.conj or marked.lang != "ar":
        return None
    marked.named.add(hit.name)
    return _mention_of(marked, hit, offsets[position], None, last)


def _mention(
    marked: Marked, finder: NameFinder, words: list[str], offsets: list[int], position: int, first: int, last: int
) -> PlaceMention | None:
    at = offsets[position]
    kind_tag = marked.tag_at("kinds", at)
    if kind_tag is not None and marked.lang != "en" and kind_tag.last < last:
        named = _named(finder, words, offsets, kind_tag.last)
        if named is not None and not (named.form.conj and marked.lang == "ar"):
            whole = finder.at(words, position, offsets)
            if whole is None or whole.last < named.last or set(whole.place_ids) <= set(named.place_ids):
                return _mention_of(marked, named, at, kind_tag.value, last)
            return _mention_of(marked, whole, at, kind_tag.value if whole.first != at else None, last)
        whole = finder.at(words, position, offsets)
        if whole is not None and not whole.needs_kind and not marked.tag_at("ordinary", at):
            return _mention_of(marked, whole, at, None, last)
        return _unknown(marked, at, kind_tag.last, kind_tag.value, last)
    hit = finder.at(words, position, offsets)
    if hit is None:
        return _unknown_en(marked, at, last) if marked.lang == "en" and kind_tag is not None else None
    if _ordinary(marked, hit):
        return None
    kind = _kind_after(marked, hit.last, last) if marked.lang == "en" else None
    kind = kind or (_kind_before_en(marked, at, first) if marked.lang == "en" else None)
    ordinary = hit.needs_kind or (hit.last - hit.first == 1 and marked.tag_at("ordinary", hit.first) is not None)
    if ordinary and hit.name in marked.named and _at_place(marked, hit):
        ordinary = False
    mention = _mention_of(marked, hit, at, kind, last)
    if ordinary and kind is None and not _has_context(marked, hit):
        if not _at_place(marked, hit):
            return None
        return replace(mention, doubtful=marked.tag_ending("relations", hit.first, "direction") is None)
    return mention


def _named(finder: NameFinder, words: list[str], offsets: list[int], token: int) -> NameHit | None:
    """The gazetteer name that begins at a token."""
    for position, offset in enumerate(offsets):
        if offset == token:
            return finder.at(words, position, offsets)
        if offset > token:
            break
    return None


def _mention_of(marked: Marked, hit: NameHit, at: int, kind: str | None, last: int) -> PlaceMention:
    end = hit.last
    if marked.lang == "en" and kind is not None:
        tag = marked.tag_at("kinds", hit.last)
        if tag is not None:
            end = tag.last
    return PlaceMention(min(at, hit.first), min(end, last), hit.first, hit.last, hit.name, hit.place_ids, kind, BARE)


def _ordinary(marked: Marked, hit: NameHit) -> bool:
    """Whether what looks like a name is here an ordinary word or a person: another class of the lexicon explains it."""
    if hit.last - hit.first > 1 or not hit.form.base:
        return False
    if any(tag.last > hit.first + 1 for tag in marked.tags("relations", hit.first, hit.first + 1)):
        return True
    if hit.form.cost and hit.form.base != marked.tokens[hit.first].form:
        # A name got by taking a clitic off a word that the lexicon knows whole is that word.
        for cls in ("triggers", "casualties", "cues", "numbers", "times", "objects"):
            tag = marked.tag_at(cls, hit.first)
            if tag is not None and tag.form.cost < hit.form.cost:
                return True
    return False


def _at_place(marked: Marked, hit: NameHit) -> bool:
    before = marked.tokens[hit.first - 1].form if hit.first else ""
    return before in _PREPOSITIONS_AT or marked.tag_ending("relations", hit.first) is not None


def _has_context(marked: Marked, hit: NameHit) -> bool:
    """A preposition of place right before a name that is also an ordinary word, and a direction or division after."""
    before = marked.tokens[hit.first - 1].form if hit.first else ""
    near = marked.tag_ending("relations", hit.first) is not None or before in _PREPOSITIONS_AT
    after = marked.has("relations", hit.last, min(hit.last + 3, len(marked.tokens)), "direction", "parent", "near")
    return near and after


def _unknown(marked: Marked, at: int, start: int, kind: str, last: int) -> PlaceMention | None:
    """A name that no gazetteer knows, after a kind word: "قرية تل الورد"."""
    if kind not in _UNKNOWN_KINDS or start >= last or kind in ("area", "road"):
        return None
    tag = marked.tag_at("kinds", at)
    if marked.lang == "ar" and tag is not None and tag.entry.pos == "x":
        return None  # "أحياء سكنية": a plural is followed by an adjective, not by a name
    end = start
    while end < last and end - start < 3 and _can_be_name(marked, end, first_word=end == start):
        end += 1
        if end - start == 1 and marked.tokens[start].form not in _NAME_HEADS:
            if not (
                end < last and _can_be_name(marked, end, first_word=False) and marked.tokens[end].form.startswith("ال")
            ):
                break
            definite_first = marked.tokens[start].form.startswith("ال")
            if definite_first and not _proper(marked, end):
                break
    if end == start:
        return None
    name = marked.words(marked.span(start, end))
    return PlaceMention(at, end, start, end, name, (), kind, BARE)


def _proper(marked: Marked, at: int) -> bool:
    return not marked.has("relations", at, at + 1)


def _can_be_name(marked: Marked, at: int, *, first_word: bool) -> bool:
    token = marked.tokens[at]
    if not token.is_word or len(token.form) < 2:
        return False
    if token.form == "علي" and marked.document.text[token.end - 1] == "ي":
        return True  # the name Ali, which folding makes one with "on"
    if any(tag.form.cost == 0 or not first_word for tag in marked.tags("relations", at, at + 1)):
        return False
    for cls in ("speech", "times", "organisations", "kinds", "cues", "casualties"):
        tag = marked.tag_at(cls, at)
        if tag is not None and tag.form.cost == 0:
            return False
    trigger = marked.tag_at("triggers", at)
    if trigger is not None and (trigger.form.cost == 0 or ":weak" not in trigger.value):
        return False
    if token.form in (
        "التي",
        "الذي",
        "الذين",
        "ان",
        "من",
        "الي",
        "علي",
        "عن",
        "مع",
        "و",
        "او",
        "هذه",
        "هذا",
        "تم",
        "كانت",
        "كان",
    ):
        return False
    return not (first_word and token.form.startswith(("وال", "بال")))


def _unknown_en(marked: Marked, at: int, last: int) -> PlaceMention | None:
    """ "the village of Tal al-Ward", "Tal al-Ward village": capitals in the text as read are the name."""
    tag = marked.tag_at("kinds", at)
    if tag is None or tag.value not in _UNKNOWN_KINDS or tag.value in ("area", "road"):
        return None
    text = marked.document.text
    start = tag.last + 1 if tag.last < last and marked.tokens[tag.last].form == "of" else None
    if start is not None:
        end = start
        while end < last and end - start < 5 and _capital(text, marked, end):
            end += 1
        if end > start:
            return PlaceMention(at, end, start, end, marked.words(marked.span(start, end)), (), tag.value, BARE)
    begin = at
    while begin > 0 and at - begin < 5 and _capital(text, marked, begin - 1):
        begin -= 1
    if begin < at and marked.tokens[begin].is_word:
        return PlaceMention(begin, tag.last, begin, at, marked.words(marked.span(begin, at)), (), tag.value, BARE)
    return None


def _capital(text: str, marked: Marked, at: int) -> bool:
    token = marked.tokens[at]
    if token.form in ("-", "'"):
        return True
    return token.is_word and (text[token.start].isupper() or token.form in ("al", "el", "ul"))


def _kind_after(marked: Marked, at: int, last: int) -> str | None:
    if at < last:
        tag = marked.tag_at("kinds", at)
        if tag is not None:
            return tag.value
    return None


def _kind_before_en(marked: Marked, at: int, first: int) -> str | None:
    """ "the town of Dibis", "Mount Qarachogh", "Lake Hamrin"."""
    if at - 1 >= first:
        if marked.tokens[at - 1].form == "of":
            tag = marked.tag_ending("kinds", at - 1)
            return tag.value if tag else None
        tag = marked.tag_ending("kinds", at)
        if tag is not None and tag.value in ("mountain", "lake", "valley", "camp"):
            return tag.value
    return None


# --- roles -----------------------------------------------------------------------------------------------------------


def _with_role(marked: Marked, mention: PlaceMention, first: int, last: int) -> PlaceMention:
    if _dateline(marked, mention, first, last):
        return replace(mention, role=SOURCE)
    role = _role_en(marked, mention, first, last) if marked.lang == "en" else _role(marked, mention, first, last)
    word = marked.tokens[mention.first].form
    joined = marked.lang == "ar" and word[0] in "وف" and _conj(marked, mention)
    relation = marked.tag_ending("relations", mention.first)
    if relation is not None and relation.form.conj:
        joined = True  # "جنوبي كركوك وغربي الموصل"
    if marked.lang != "ar" and mention.first > first:
        joined = marked.tokens[mention.first - 1].form in ("و", "and", ",", "&")
    return replace(mention, role=role, joined=joined)


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
    from geodata.fold import fold

    bare = fold(name).split()[0]
    lead = word[: -len(bare)] if word.endswith(bare) else word[: -len(bare.removeprefix("ال"))]
    lead = lead.lstrip("وف") if lead[:1] in ("و", "ف") else lead
    return lead[:1] if lead[:1] in ("ب", "ل", "ك") else ""


def _role(marked: Marked, mention: PlaceMention, first: int, last: int) -> str:
    at = mention.first
    prefix = _prefix(marked, mention) if marked.lang == "ar" else ""
    head = marked.tag_ending("organisations", at, "head", reach=5)
    before = marked.tokens[at - 1].form if at > first else ""
    if head is not None and not prefix:
        return ORGANISATION
    if marked.tags("relations", max(first, at - 3), at, ("governments",)) and not prefix:
        return GOVERNMENT
    for tag in reversed(marked.tags("relations", max(first, at - 3), at + 1)):
        if tag.last >= at and tag.value == "governments":
            return GOVERNMENT
        if tag.last == at and not prefix:
            return _relation_role(marked, tag.value, tag.first, first, before)
    if prefix == "ب":
        return AT
    if prefix == "ل":
        parent = marked.tag_ending("relations", at, "parent")
        return PARENT if parent is not None else TO
    if marked.lang == "ckb" and before in ("بو",):
        return TO
    return BARE


def _relation_role(marked: Marked, value: str, start: int, first: int, before: str) -> str:
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
    start = marked.tokens[mention.first].start
    if marked.lang == "en" and mention.first == first and marked.document.text[start : start + 4].isupper():
        return True  # "ERBIL, Kurdistan Region - ..."
    return mention.first - first <= 2 and after in ("-", "/", ":", "(", "|", "\n", ".")


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


def _inherit_roles(marked: Marked, found: list[PlaceMention]) -> list[PlaceMention]:
    """A name joined by "and" to a mention has its role: "قائدي عمليات نينوى وغربي نينوى", "بالقيارة فالموصل"."""
    given: list[PlaceMention] = []
    for each in found:
        mention = each
        before = given[-1] if given else None
        if before is not None and mention.joined and mention.role in (BARE, DIRECTION):
            between = range(before.last, mention.first)
            if all(not marked.tokens[at].is_word or marked.tokens[at].form in ("و", "and") for at in between) and (
                mention.role == BARE or before.role in NOT_WHERE
            ):
                mention = replace(mention, role=before.role)
        given.append(mention)
    return given


def gazetteer_kinds(gazetteer: Gazetteer, mention: PlaceMention) -> frozenset[str]:
    """The kinds of the places that a mention may name."""
    return frozenset(gazetteer.places[place_id].kind for place_id in mention.place_ids)
