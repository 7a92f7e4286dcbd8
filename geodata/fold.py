"""Folding of spelling for matching, one character to one or none.

Arabic and Sorani news spell one name in many ways: with and without hamza, ta marbuta or heh, Arabic or Persian
kaf and yeh, with vowel marks, tatweel or invisible joiners. `fold` brings them together. It never turns one
character into several, so that a folded text can keep a map back to the text as read (`fold_with_map`): NFKC would
turn one ligature into up to eighteen letters, and offsets into it would be wrong.
"""

import unicodedata

# Letters that writers interchange. The right-hand side is the form used in folded text only; it is never shown.
_SAME = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ئ": "ي", "ۍ": "ي", "ے": "ي",
    "ؤ": "و", "ۆ": "و", "ۇ": "و", "ۋ": "و", "ۊ": "و",
    "ة": "ه", "ە": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه",
    "ک": "ك", "ڪ": "ك", "ڵ": "ل", "ڕ": "ر", "ڒ": "ر", "گ": "ك", "ڤ": "ف", "ڨ": "ق",
    "٠": "0", "١": "1", "٢": "2", "٣": "3", "٤": "4", "٥": "5", "٦": "6", "٧": "7", "٨": "8", "٩": "9",
    "۰": "0", "۱": "1", "۲": "2", "۳": "3", "۴": "4", "۵": "5", "۶": "6", "۷": "7", "۸": "8", "۹": "9",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "ـ": "",
    "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "،": ",", "؛": ";", "٫": ".", "٬": ",",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
}  # fmt: skip


def fold_char(char: str) -> str:
    """The folded form of one character: one character, or none where it is a mark that spelling may leave out."""
    same = _SAME.get(char)
    if same is not None:
        return same
    if char < "\x80":
        return char.lower()
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category == "Cs":
        return "\ufffd"
    base = unicodedata.normalize("NFKD", char)
    if len(base) > 1 and not unicodedata.combining(base[-1]):
        return char  # a ligature: taken as it is, rather than as several letters
    first = base[0] if base else char
    lowered = _SAME.get(first, first).lower()
    return lowered if len(lowered) == 1 else first


class _Table(dict[int, str]):
    """Folds each character once and remembers it: str.translate calls __missing__ for those not yet seen."""

    def __missing__(self, code: int) -> str:
        folded = fold_char(chr(code))
        self[code] = folded
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """`text` with interchangeable spellings brought together. Equal results mean: the same name, spelt differently."""
    return text.translate(_TABLE)


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset in `text` it came from, plus one past the end.

    `text[map[i]:map[j]]` is what `folded[i:j]` was read from.
    """
    folded = text.translate(_TABLE)
    if len(folded) == len(text):
        return folded, list(range(len(text) + 1))
    offsets = [at for at, char in enumerate(text) if _TABLE[ord(char)]]
    offsets.append(len(text))
    return folded, offsets
