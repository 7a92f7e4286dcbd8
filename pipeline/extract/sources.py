"""The sources a sentence credits: "بحسب خلية الإعلام الأمني", "مصدر أمني", "a Kurdish security official said"."""

from geodata.fold import fold
from pipeline.extract.marked import Marked
from pipeline.model import Claim
from pipeline.text.tokens import Sentence

_STOPS = frozenset(', . ; : ( ) " \n ان بان انه عن اليوم الذي التي ، في said that إن قوله قولها لـ'.split()) | {
    "\n",
    "ل",
}
_MAX_WORDS = 7


def find_sources(marked: Marked, sentence: Sentence) -> list[Claim[str]]:
    """Each source as told, in the order of the sentence."""
    found: list[Claim[str]] = []
    taken = sentence.first
    for tag in marked.tags("speech", sentence.first, sentence.last):
        if tag.first < taken:
            continue
        if tag.value == "say" and not _near_source(marked, tag.last, sentence.last):
            continue
        start = tag.first if tag.value == "source" and marked.lang != "en" else tag.last
        if tag.value == "source" and marked.lang == "en":
            start, end = _english_source(marked, tag.first, sentence.first), tag.last
        else:
            end = start
            while end < sentence.last and end - start < _MAX_WORDS and marked.tokens[end].form not in _STOPS:
                if end > start and (marked.tag_at("times", end) or marked.tags("speech", end, end + 1, ("say",))):
                    break
                if end > start and (marked.tag_at("casualties", end) or _tells(marked, end)):
                    break
                end += 1
        if end > start and any(marked.tokens[at].is_word for at in range(start, end)):
            span = marked.span(start, end)
            words = marked.words(span)
            words = _bare(words) if marked.lang == "ar" else words
            if marked.lang == "ar" and not _is_source(words):
                continue
            found.append(Claim(words, marked.words(span), (span,), "text", f"speech:{tag.value}"))
            taken = end
    return found


_NO_SOURCE = frozenset("امني محلي رسمي طبي خبر ما ذلك هذا بيان بيانات بيانين".split())
_BODIES = frozenset(
    "خليه الخليه مركز هيءه هيئه هياه جهاز وزاره قياده مديريه شركه شرطه مكتب محافظ محافظه قاءممقام قايممقام رءيس رييس "
    "قاءد قايد ناطق الناطق متحدث المتحدث مدير وكاله منظمه بعثه مجلس داءره دايره العميد اللواء العقيد المقدم "
    "الراءد النقيب الفريق النايب الناءب".split()
)


def _is_source(words: str) -> bool:
    """Not "لما", not an adjective left alone, not what a "ل" that belongs to another word is written onto."""
    first = fold(words).split()[0]
    return first not in _NO_SOURCE and not (first.startswith("ل") and first[1:] not in _BODIES)


def _bare(words: str) -> str:
    """A source without the preposition written onto it: "لخلية الإعلام الأمني"."""
    words = words.removeprefix("لبيان ").removeprefix("بيان ل").removeprefix("لـ")
    if words.startswith("لل"):
        return "ال" + words[2:]
    return words[1:] if words.startswith("ل") and fold(words[1:]).split()[0] in _BODIES else words


def _tells(marked: Marked, at: int) -> bool:
    """Whether what is said begins: a verb that tells an event."""
    tag = marked.tag_at("triggers", at)
    return tag is not None and marked.lang == "ar" and (":strong" in tag.value or tag.entry.pos.startswith("n"))


def _near_source(marked: Marked, at: int, last: int) -> bool:
    if marked.lang == "ar" and at < last and marked.tokens[at].form in _BODIES:
        return True
    return marked.has("speech", at, min(last, at + 2), "source") or marked.has("organisations", at, min(last, at + 1))


def _english_source(marked: Marked, at: int, first: int) -> int:
    while (
        at > first
        and marked.tokens[at - 1].is_word
        and marked.tokens[at - 1].form not in ("said", "to", "by", "in", "on", "told", "that", "and")
    ):
        at -= 1
    return at
