"""The interface's own words in three languages, from strings.csv."""

import csv
from functools import cache
from pathlib import Path

from pipeline.errors import LexiconError
from pipeline.labels import LANGUAGES

LANGUAGE_NAMES = {"en": "English", "ar": "العربية", "ckb": "کوردی"}


def t(key: str, lang: str, **values: object) -> str:
    """The words of `key` in `lang`, with its {gaps} filled."""
    words = strings()[key][lang]
    return words.format(**values) if values else words


@cache
def strings() -> dict[str, dict[str, str]]:
    """All words by key. LexiconError where a row stands twice or lacks a language."""
    found: dict[str, dict[str, str]] = {}
    with (Path(__file__).parent / "strings.csv").open(encoding="utf-8", newline="") as file:
        for at, row in enumerate(csv.DictReader(file), start=2):
            if row["key"] in found or not all(row.get(lang) for lang in LANGUAGES):
                raise LexiconError(f"strings.csv, line {at}: {row['key']} stands twice or lacks a language.")
            found[row["key"]] = {lang: row[lang] for lang in LANGUAGES}
    return found
