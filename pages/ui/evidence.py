"""A report's text with the words of each value marked in the value's colour."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pages.ui.theme import FIELDS
from pages.ui.words import markup
from pipeline import labels

_SENTENCE = re.compile(r"[^\n.!?؟]+(?:[.!?؟](?=\d)[^\n.!?؟]*)*[.!?؟]*")


class Mark(NamedTuple):
    """A stretch of the text, in code points, and the field whose value was read there."""

    start: int
    end: int
    field: str


def marks(claims: Iterable[dict[str, object]], report_id: str, length: int) -> list[Mark]:
    """The marks of one report. Claims without words (a publication day) and offsets beyond the text mark nothing."""
    found = {
        Mark(int(str(row["start"])), int(str(row["end"])), str(row["field"]))
        for row in claims
        if row["report_id"] == report_id and row["start"] is not None and row["end"] is not None
    }
    return sorted(mark for mark in found if 0 <= mark.start < mark.end <= length)


def marked(text: str, found: list[Mark], lang: str, start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` as HTML. Where marks overlap the first of FIELDS gives the colour, and all are named."""
    end = len(text) if end is None else end
    cuts = sorted({start, end, *(cut for mark in found for cut in mark[:2] if start < cut < end)})
    parts = []
    for one, two in pairwise(cuts):
        fields = _ordered(mark.field for mark in found if mark.start <= one and mark.end >= two)
        words = markup(text[one:two])
        if fields:
            names = ", ".join(labels.label("field", field, lang) for field in fields)
            both = " both" if len(fields) > 1 else ""
            words = f'<mark class="f-{markup(fields[0])}{both}" title="{markup(names)}">{words}</mark>'
        parts.append(words)
    return "".join(parts)


def quote(text: str, found: list[Mark], lang: str, main: str | None) -> str:
    """The sentences that carry evidence, with what lies between them left out and shown as left out."""
    parts: list[str] = []
    last = 0
    for one, two in sentences(text):
        carries = any(mark.start < two and mark.end > one for mark in found)
        if carries or (main and not found and text[one:two].strip() in main):
            if text[last:one].strip():
                parts.append(" [&hellip;] ")
            parts.append(marked(text, found, lang, one, two))
            last = two
    if not parts:
        return markup(main or text[:400])
    return "".join(parts) + (" [&hellip;]" if text[last:].strip() else "")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; a line ends one too."""
    for match in _SENTENCE.finditer(text):
        yield match.span()


def keys(found: list[Mark], lang: str) -> str:
    """What the colours mean, for those in use."""
    spans = "".join(
        f'<span class="f-{field}">{markup(labels.label("field", field, lang))}</span>'
        for field in _ordered(mark.field for mark in found)
    )
    return f'<div class="keys" aria-hidden="true">{spans}</div>' if spans else ""


def _ordered(fields: Iterable[str]) -> list[str]:
    present = set(fields)
    return [field for field in FIELDS if field in present] + sorted(present - set(FIELDS))
