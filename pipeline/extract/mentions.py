"""Mentions of places: gazetteer names and unknown ones, with the kind word before or after them."""

from bisect import bisect_left
from collections.abc import Iterator

from pipeline.extract.marked import Marked
from pipeline.extract.name_index import NameFinder, NameHit
from pipeline.extract.place_mention import BARE, PREPOSITIONS_AT, PlaceMention
from pipeline.extract.roles_of_places import inherit_roles, with_role

_UNKNOWN_KINDS = frozenset(("village", "quarter", "camp", "valley", "mountain", "area", "island", "road"))


_QUOTES = frozenset("\"'«»“”(")


_NAME_HEADS = frozenset(
    "تل عين ابو ابي ام بني ال شيخ خربه كهف دار باب كاني كرد تله البو وادي جبل حاوي بير قره كرده بان سيد "
    "خان حوض بئر كور سري"
    "تهل كهن شيخان tell tal ain abu al umm khirbat kani gird bani شارع حسن علي عرب".split()
)


def find_places(marked: Marked, finder: NameFinder, first: int, last: int) -> list[PlaceMention]:
    """The place mentions of tokens[first:last], in order, each with its role."""
    found = [with_role(marked, mention, first, last) for mention in _names(marked, finder, first, last)]
    return inherit_roles(marked, found)


def _names(marked: Marked, finder: NameFinder, first: int, last: int) -> Iterator[PlaceMention]:
    tokens = marked.tokens[first:last]
    begins = finder.beginnings(tokens, first)
    kinds = marked.tags("kinds", first, last)
    if not begins and not kinds:
        return
    offsets = [at for at, token in enumerate(tokens, first) if token.is_word or token.is_number]
    words = [token.form for token in tokens if token.is_word or token.is_number]
    taken = first
    before: PlaceMention | None = None
    for at in sorted({*begins, *(tag.first for tag in kinds)}):
        if at < taken:
            continue
        position = bisect_left(offsets, at)
        mention = _mention(marked, finder, words, offsets, position, first, last)
        if mention is None and before is not None and at - before.last <= 1:
            mention = _listed(marked, finder, words, offsets, position, last, before.kind)
        if mention is not None:
            yield mention
            taken, before = mention.last, mention


def _listed(
    marked: Marked,
    finder: NameFinder,
    words: list[str],
    offsets: list[int],
    position: int,
    last: int,
    kind: str | None,
) -> PlaceMention | None:
    """A doubtful name joined by "and" to a place is a place: "متينا والزاب"."""
    hit = finder.at(words, position, offsets)
    if hit is None or not hit.form.conj or marked.lang != "ar":
        return None
    marked.named.add(hit.name)
    return _mention_of(marked, hit, offsets[position], kind if kind == "quarter" else None, last)


def _mention(
    marked: Marked, finder: NameFinder, words: list[str], offsets: list[int], position: int, first: int, last: int
) -> PlaceMention | None:
    at = offsets[position]
    kind_tag = marked.tag_at("kinds", at)
    if kind_tag is not None and marked.lang != "en" and kind_tag.last < last:
        begin = kind_tag.last
        while begin < last - 1 and marked.tokens[begin].form in _QUOTES:
            begin += 1
        quoted = begin > kind_tag.last
        named = _named(finder, words, offsets, begin)
        if named is not None and _goes_on(marked, named, last):
            return _unknown(marked, at, begin, kind_tag.value, last, quoted=quoted)
        if named is not None and not (named.form.conj and marked.lang == "ar"):
            whole = finder.at(words, position, offsets)
            if whole is None or whole.last < named.last or set(whole.place_ids) <= set(named.place_ids):
                return _mention_of(marked, named, at, kind_tag.value, last)
            return _mention_of(marked, whole, at, kind_tag.value if whole.first != at else None, last)
        whole = finder.at(words, position, offsets)
        if whole is not None and not whole.needs_kind and not marked.tag_at("ordinary", at):
            return _mention_of(marked, whole, at, None, last)
        return _unknown(marked, at, begin, kind_tag.value, last, quoted=quoted)
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
        return mention._replace(doubtful=marked.tag_ending("relations", hit.first, "direction") is None)
    return mention


def _goes_on(marked: Marked, hit: NameHit, last: int) -> bool:
    """ "قرية خربة جبر": a name of one word that begins the names of many, and goes on."""
    if marked.lang != "ar" or hit.last - hit.first > 1 or marked.tokens[hit.first].form not in _NAME_HEADS:
        return False
    return (
        hit.last < last
        and not marked.tokens[hit.last].form.startswith(("و", "في"))
        and _can_be_name(marked, hit.last, first_word=False)
    )


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
    following = marked.tokens[hit.last].form if hit.last < len(marked.tokens) else ""
    if following in _THE_SAME and marked.tag_at("kinds", hit.first) is not None:
        return True  # "في الحي ذاته": the quarter told before, not the town of Hai
    if following in _ANY_SUCH and (hit.needs_kind or marked.tag_at("ordinary", hit.first) is not None):
        return True  # "بلد آخر": another country, not Balad
    if any(tag.last > hit.first + 1 for tag in marked.tags("relations", hit.first, hit.first + 1)):
        return True
    if marked.lang == "ckb" and marked.tokens[hit.first].form.removeprefix(hit.form.base) in _A_CKB:
        return True  # "بنکەیەکی": a base, not the place Banke
    if hit.form.cost and hit.form.base != marked.tokens[hit.first].form:
        # A name got by taking a clitic off a word that the lexicon knows whole is that word.
        for cls in ("triggers", "casualties", "cues", "numbers", "times", "objects"):
            tag = marked.tag_at(cls, hit.first)
            if tag is not None and tag.form.cost < hit.form.cost:
                return True
    return False


_A_CKB = frozenset("يك يكي يهك يهكي يكدا يهكدا".split())
_THE_SAME = frozenset("ذاته ذاتها نفسه نفسها المذكور المذكوره عينه".split())
_ANY_SUCH = frozenset("اخر اخري ما مجاور مجاوره عربي عربيه اجنبي واحد واحده".split())


def _at_place(marked: Marked, hit: NameHit) -> bool:
    before = marked.tokens[hit.first - 1].form if hit.first else ""
    return before in PREPOSITIONS_AT or marked.tag_ending("relations", hit.first) is not None


def _has_context(marked: Marked, hit: NameHit) -> bool:
    """A preposition of place right before a name that is also an ordinary word, and a direction or division after."""
    before = marked.tokens[hit.first - 1].form if hit.first else ""
    near = marked.tag_ending("relations", hit.first) is not None or before in PREPOSITIONS_AT
    limit = len(marked.tokens)
    after = marked.has("relations", hit.last, min(hit.last + 2, limit), "direction", "parent")
    after = after or marked.has("relations", hit.last, min(hit.last + 1, limit), "near")
    return near and after


def _unknown(marked: Marked, at: int, start: int, kind: str, last: int, *, quoted: bool) -> PlaceMention | None:
    """A name that no gazetteer knows, after a kind word: "قرية تل الورد"."""
    if kind not in _UNKNOWN_KINDS or start >= last or (kind in ("area", "road") and not quoted):
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
        if tag is not None and (tag.form.cost == 0 or cls == "kinds" and tag.form.prep):
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
