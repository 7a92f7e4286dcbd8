"""Bytes to text that gets deep: pieces of the lexicons and of the gazetteer, numbers, marks, and whatever else.

One decoder for atheris (which mutates bytes), for hypothesis (which shrinks them) and for the files of findings.
"""

import csv
from functools import cache
from pathlib import Path

from geodata.gazetteer import Gazetteer
from pipeline.text.lexicon import FILES, HERE

MAX_TEXT = 4000
_ODD = (
    "\u202e", "\u2066", "\u200f", "\u200c", "\u0640", "\u064b", "\ufdfa", "\ufb01", "\u00a0", "\ufeff", "\x00", "\x07",
    "\ud800", "\U0001f4a3", "\u0660", "\u06f5", "\u066b", "\u2028", "\r", "\t", "é", "ß", "İ", "ŉ", "𐞁", "½", "²", "①",
)  # fmt: skip
_MARKS = (*" .,;:!?()[]\"'«»،؛؟-–—…/\\|<>&=+@#%*_~`{}$^\n", "\n\n", " و", " ال", "...", "»،")
_NUMBERS = ("0", "1", "2", "3", "7", "12", "13", "29", "31", "32", "99", "1443", "2014", "2021", "2999", "10000000")


@cache
def fragments() -> tuple[str, ...]:
    """Every lexicon term in three languages, every thousandth-part of the gazetteer's names, numbers and marks."""
    found: list[str] = []
    for name in FILES:
        with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            found += [row[1] for row in csv.reader(line for line in lines if not line.startswith("#")) if len(row) > 1]
    with (Path(HERE.parent.parent) / "geodata" / "names.csv").open(encoding="utf-8", newline="") as lines:
        found += [row["name"] for row in csv.DictReader(lines)]
    return tuple(dict.fromkeys(text.replace("…", " ") for text in found))


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def text_of(data: bytes) -> str:
    """Text of at most MAX_TEXT characters. The first bytes matter most; any bytes will do."""
    terms, parts, length, at = fragments(), [], 0, 0
    while at < len(data) and length < MAX_TEXT:
        kind, at = data[at], at + 1
        if kind < 150:  # a term, by two bytes
            number = int.from_bytes(data[at : at + 2], "big")
            at += 2
            piece = terms[number % len(terms)] + (" " if kind < 110 else "")
        elif kind < 180:
            piece = _NUMBERS[kind % len(_NUMBERS)] + (" " if kind < 165 else "")
        elif kind < 215:
            piece = _MARKS[kind % len(_MARKS)]
        elif kind < 235:
            piece = _ODD[kind % len(_ODD)]
        elif kind < 245:  # any character of the basic plane
            piece, at = chr(int.from_bytes(data[at : at + 2].ljust(2, b"\0"), "big")), at + 2
        else:  # the last pieces again: repetition finds what is slow
            piece = "".join(parts[-4:])
        parts.append(piece)
        length += len(piece)
    return "".join(parts)[:MAX_TEXT]
