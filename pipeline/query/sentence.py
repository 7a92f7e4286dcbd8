"""A query in words: what stands over map, table and every export."""

from collections.abc import Sequence

from pipeline import labels
from pipeline.query.query import Query

_WORDS = {
    "en": {
        "all": "all incidents, airstrikes, operations and meetings", "in": "in {}", "place": "at {}",
        "disputed": "in disputed areas", "undisputed": "outside disputed areas", "administered": "administered by {}",
        "precision": "place known as: {}", "time_precision": "date known as: {}", "since": "from {} on",
        "until": "up to {}", "days": "{}", "actor": "involving {}", "or": " or ", "publisher": "reported by {}",
        "language": "reported in {}", "review": "review state: {}", "killed": "{} or more killed",
        "toll": "{} or more killed or injured", "text": "with the words “{}”", "no_place": "with no known place",
        "no_day": "with no known day", "sample": "from sample reports", "real": "without sample reports",
        "comma": ", ",
    },
    "ar": {
        "all": "كل الحوادث والضربات الجوية والعمليات واللقاءات", "in": "في {}", "place": "في {}",
        "disputed": "في المناطق المتنازع عليها", "undisputed": "خارج المناطق المتنازع عليها",
        "administered": "تديرها {}", "precision": "دقة المكان: {}", "time_precision": "دقة التاريخ: {}",
        "since": "منذ {}", "until": "حتى {}", "days": "{}", "actor": "بمشاركة {}", "or": " أو ",
        "publisher": "نشرها {}", "language": "بلغة: {}", "review": "حالة المراجعة: {}",
        "killed": "عدد القتلى {} أو أكثر",
        "toll": "عدد القتلى والجرحى {} أو أكثر", "text": "تتضمن «{}»", "no_place": "بلا مكان معروف",
        "no_day": "بلا يوم معروف", "sample": "من تقارير العيّنة", "real": "من دون تقارير العيّنة", "comma": "، ",
    },
    "ckb": {
        "all": "هەموو ڕووداو و هێرشە ئاسمانی و ئۆپەراسیۆن و دیدارەکان", "in": "لە {}", "place": "لە {}",
        "disputed": "لە ناوچە جێناکۆکەکان", "undisputed": "لە دەرەوەی ناوچە جێناکۆکەکان",
        "administered": "لەژێر بەڕێوەبردنی {}", "precision": "وردیی شوێن: {}", "time_precision": "وردیی بەروار: {}",
        "since": "لە {}ەوە", "until": "تا {}", "days": "{}", "actor": "بە بەشداریی {}", "or": " یان ",
        "publisher": "بڵاوکراوەی {}", "language": "بە زمانی {}", "review": "دۆخی پێداچوونەوە: {}",
        "killed": "ژمارەی کوژراوان {} یان زیاتر", "toll": "ژمارەی کوژراو و برینداران {} یان زیاتر",
        "text": "بە وشەکانی «{}»",
        "no_place": "بێ شوێنی زانراو", "no_day": "بێ ڕۆژی زانراو", "sample": "لە هەواڵە نموونەییەکان",
        "real": "بەبێ هەواڵە نموونەییەکان", "comma": "، ",
    },
}  # fmt: skip


def sentence(query: Query, lang: str, place_names: dict[str, str] | None = None) -> str:
    """The whole query in words of `lang`. `place_names` gives the names of the place_ids it asks for."""
    words = _WORDS[lang]
    parts: list[str] = []

    def named(kind: str, given: Sequence[object]) -> list[str]:
        return [labels.label(kind, one, lang) for one in given]

    def say(key: str, names: list[str], either: bool = False) -> None:
        if names:
            parts.append(words[key].format(words["or"].join(names) if either else labels.joined(names, lang)))

    where = named("admin1", query.admin1)
    if query.admin2:
        where = [labels.label("admin2", one, lang) for one in query.admin2] + where
    subject = _subject(query, lang)
    parts.append(f"{subject} {words['in'].format(labels.joined(where, lang))}" if where else subject)
    say("place", [(place_names or {}).get(one, one) for one in query.place])
    if query.disputed is not None:
        parts.append(words["disputed" if query.disputed else "undisputed"])
    say("administered", named("administered_by", query.administered_by), either=True)
    _when(query, lang, parts)
    say("actor", [labels.actor(one, lang) for one in query.actor], either=True)
    say("precision", named("geo_precision", query.geo_precision), either=True)
    say("time_precision", named("time_precision", query.time_precision), either=True)
    if query.min_killed:
        parts.append(words["killed"].format(labels.number(query.min_killed, lang)))
    if query.min_toll:
        parts.append(words["toll"].format(labels.number(query.min_toll, lang)))
    say("publisher", list(query.publisher), either=True)
    say("language", named("language", query.language), either=True)
    say("review", named("review_state", query.review_state), either=True)
    if query.text:
        parts.append(words["text"].format(query.text))
    parts += [words[f"no_{what}"] for what in query.missing]
    if query.sample is not None:
        parts.append(words["sample" if query.sample else "real"])
    return _opening(words["comma"].join(parts), lang)


def _subject(query: Query, lang: str) -> str:
    types = [labels.label("event_type", one, lang) for one in query.event_type]
    if lang == "en":
        types = [one[0].lower() + one[1:] for one in types]
    kinds = [labels.label("categories", one, lang) for one in query.category]
    if types:
        return labels.joined(types, lang)
    return labels.joined(kinds, lang) if kinds else _WORDS[lang]["all"]


def _when(query: Query, lang: str, parts: list[str]) -> None:
    if query.since and query.until:
        parts.append(labels.days(query.since, query.until, lang))
    elif query.since:
        parts.append(_WORDS[lang]["since"].format(labels.day(query.since, lang)))
    elif query.until:
        parts.append(_WORDS[lang]["until"].format(labels.day(query.until, lang)))


def _opening(text: str, lang: str) -> str:
    return text[0].upper() + text[1:] if lang == "en" else text
