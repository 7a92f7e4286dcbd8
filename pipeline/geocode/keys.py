"""Spelling keys: two names with one key are one name, spelt differently.

`arabic_key` and `latin_key` bring ordinary variants together (article, spaces, doubled letters, ta marbuta); `skeleton`
keeps the consonants of a Latin name, which is what romanisations agree on.
"""

import re

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN_ARTICLES = frozenset(("al", "el", "as", "ash", "ad", "adh", "ar", "an", "at", "ath", "az", "ul"))
_APOSTROPHES = str.maketrans("", "", "'\"ʿʾ‘’`´.")
_ARABIC_TIGHT = str.maketrans({"ء": "", "پ": "ب", "چ": "ج", "ژ": "ز", "ف": "ف", "ظ": "ض", "ذ": "ز", "ث": "س", " ": ""})
_VOWELS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ai", "ay"), ("ei", "ay"), ("ey", "ay"), ("au", "aw"), ("iy", "i"))
_CONSONANTS = (
    ("sh", "š"), ("ch", "č"), ("tch", "č"), ("kh", "x"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("ck", "k"), ("q", "k"), ("dj", "j"), ("z", "z"),
)  # fmt: skip
_DOUBLED = re.compile(r"(\w)\1+")
_FINAL_A = re.compile(r"(?<=[a-z]{2})(?:ah|eh|a|e)(?= |$)")
_WEAK = re.compile(r"[aeiouwyh]")
_TITLE_TALL = re.compile(r"\b(tall|tell|tel|til)\b")
_TITLE_QARA = re.compile(r"\b(qarah|qere|kara|qarra)\b")


def is_arabic(text: str) -> bool:
    """Whether any letter is of the Arabic script (Arabic, Sorani, Persian)."""
    return _ARABIC.search(text) is not None


def arabic_key(folded: str) -> str:
    """The key of a folded name in Arabic script: no article, no spaces, no hamza, one final a."""
    words = []
    for word in folded.replace("-", " ").split():
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        words.append(bare)
    key = "".join(words).translate(_ARABIC_TIGHT)
    if len(key) > 3 and key[-1] in "اه":
        key = key[:-1] + "ه"
    return key.replace("وو", "و").replace("يي", "ي")


def latin_words(folded: str) -> list[str]:
    """The words of a folded Latin name, without articles, apostrophes and hyphens."""
    words = folded.translate(_APOSTROPHES).replace("-", " ").split()
    kept = [word for word in words if word not in _LATIN_ARTICLES]
    return kept or words


def latin_key(folded: str) -> str:
    """The key of a folded Latin name: one spelling of each vowel, no doubled letters, no final h."""
    text = " ".join(latin_words(folded))
    text = _TITLE_QARA.sub("qara", _TITLE_TALL.sub("tal", text))
    for written, one in _VOWELS:
        text = text.replace(written, one)
    text = _DOUBLED.sub(r"\1", text)
    return _FINAL_A.sub("a", text).replace(" ", "")


def skeleton(key: str) -> str:
    """The consonants of a `latin_key`, with one sign for an opening vowel."""
    for written, one in _CONSONANTS:
        key = key.replace(written, one)
    if not key:
        return ""
    first = "*" if key[0] in "aeiou" else key[0]
    return first + _DOUBLED.sub(r"\1", _WEAK.sub("", key[1:]))
