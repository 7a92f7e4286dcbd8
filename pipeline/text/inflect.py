"""Inflected forms of a lexicon term, so that a row holds one term and a reader reviews one line.

Arabic clitics before the word are taken off at the match (tokens.forms); here are the endings. Only forms that news
text uses are made: third persons of verbs, cases and numbers of nouns, pronouns after them.
"""

from collections.abc import Callable, Iterable

from pipeline.errors import LexiconError
from pipeline.text.tokens import read_document

_OBJECTS = ("ه", "ها", "هم", "هما", "هن")


def inflections(term: str, pos: str, lang: str) -> list[frozenset[str]]:
    """For each word of the term, the folded forms it is matched by. `pos` has a letter group a word, or one for all.

    Raises LexiconError where pos is unknown or does not fit the number of words.
    """
    words = [token.form for token in read_document(term).tokens]
    tags = pos.split()
    if len(tags) == 1 and len(words) > 1:
        tags = tags + ["x"] * (len(words) - 1)
    if not words or len(tags) != len(words):
        raise LexiconError(f"lexicon term {term!r}: {len(words)} words but pos {pos!r}")
    return [frozenset(_forms(word, tag, lang)) for word, tag in zip(words, tags, strict=True)]


def _forms(word: str, tag: str, lang: str) -> Iterable[str]:
    maker = _MAKERS.get((lang, tag))
    if maker is None:
        raise LexiconError(f"unknown part of speech {tag!r} for language {lang!r} (word {word!r})")
    return maker(word)


def _same(word: str) -> Iterable[str]:
    return (word,)


def _ar_article_off(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _ar_invariable(word: str) -> Iterable[str]:
    return {word, _ar_article_off(word)}


def _ar_perfect(word: str) -> Iterable[str]:
    if word.endswith("ي"):  # a weak last letter: اجرى, اجرت, اجروا
        stem = word[:-1]
        made = [word, stem + "ت", stem + "وا", word + "ا", stem + "تا", word + "ت"]  # القت, and the passive القيت
        carriers = [stem + "ا", stem + "ت", stem + "و"]
    else:
        made = [word, word + "ت", word + "وا", word + "ا", word + "تا", word + "ن"]
        carriers = [word, word + "ت", word + "و"]
    made += [carrier + pronoun for carrier in carriers for pronoun in _OBJECTS]
    return made


def _ar_imperfect(word: str) -> Iterable[str]:
    made = []
    for prefix in ("ي", "ت"):
        stem = prefix + word[1:]
        if stem.endswith("ي"):
            made += [stem, stem[:-1] + "ان", stem[:-1] + "ون", stem + "ان"]
        else:
            made += [stem, stem + "ون", stem + "ان", stem + "وا", stem + "ن"]
        made += [stem + pronoun for pronoun in _OBJECTS]
    return made


def _ar_noun(word: str) -> Iterable[str]:
    if word.endswith("ه"):  # ta marbuta: غارة, غارتان, غارات, غارتهم
        stem = word[:-1]
        made = [word, stem + "تان", stem + "تين", stem + "تا", stem + "تي", stem + "ات"]
        made += [stem + "ت" + pronoun for pronoun in _OBJECTS] + [stem + "ات" + pronoun for pronoun in _OBJECTS]
        return made
    if word.endswith("ي"):  # لقاء is not of these; محاولي, مسلحي are
        return [word, word + "ا", word + "ان", word + "ين", *(word + p for p in _OBJECTS)]
    made = [word, word + "ا", word + "ان", word + "ين", word + "ات", *(word + pronoun for pronoun in _OBJECTS)]
    if word.endswith("اء"):  # لقاء, لقاءه, لقائه, اعتداءات
        made += [word[:-1] + "ي" + pronoun for pronoun in _OBJECTS]
    return made


def _ar_adjective(word: str) -> Iterable[str]:
    word = _ar_article_off(word)
    stem = word[:-1] if word.endswith("ه") else word
    return [stem, *(stem + end for end in ("ه", "ا", "ان", "ين", "ون", "ات", "تان", "تين", "ي"))]


def _ar_sound_person(word: str) -> Iterable[str]:
    """A person with a sound masculine plural: مسلح, مسلحان, مسلحين, مسلحون, مسلحو, مسلحي."""
    return [word, *(word + end for end in ("ا", "ه", "ان", "ين", "ون", "و", "ي", "ات"))]


def _ar_kin(word: str) -> Iterable[str]:
    """One of two people told by a third: نجل, نجلان, نجله, نجلاه, نجليه, زوجته, زوجتيه."""
    stem = word[:-1] + "ت" if word.endswith("ه") else word
    made = [word, word + "ا", stem + "ان", stem + "ين"]
    made += [stem + two + pronoun for two in ("", "ا", "ي") for pronoun in _OBJECTS]
    return made


def _en_verb(word: str) -> Iterable[str]:
    if word.endswith("e"):
        return [word, word + "s", word + "d", word[:-1] + "ing"]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    ends = ["es"] if word.endswith(("s", "sh", "ch", "x")) else ["s"]
    return [word, *(word + end for end in (*ends, "ed", "ing"))]


def _en_noun(word: str) -> Iterable[str]:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [word, word[:-1] + "ies"]
    return [word, word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")]


_MAKERS: dict[tuple[str, str], Callable[[str], Iterable[str]]] = {
    ("ar", "v"): _ar_perfect,
    ("ar", "vi"): _ar_imperfect,
    ("ar", "n"): _ar_noun,
    ("ar", "adj"): _ar_adjective,
    ("ar", "p"): _ar_sound_person,
    ("ar", "kin"): _ar_kin,
    ("ar", "x"): _ar_invariable,
    ("ckb", "v"): _same,
    ("ckb", "n"): _same,
    ("ckb", "x"): _same,
    ("en", "v"): _en_verb,
    ("en", "n"): _en_noun,
    ("en", "x"): _same,
}
