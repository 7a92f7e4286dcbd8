"""Marks: the right words in the right colour, whatever overlaps and whatever is broken."""

import pytest

from pages.ui.evidence import Mark, marked, marks, quote

TEXT = "قتل ثلاثة في داقوق. لا شيء هنا. وأصيب خمسة <b>."


def test_overlaps_are_cut_and_both_named() -> None:
    shown = marked("abcdef", [Mark(0, 4, "fatalities"), Mark(2, 6, "injuries")], "en")
    assert shown == (
        '<mark class="f-fatalities" title="Killed">ab</mark>'
        '<mark class="f-fatalities both" title="Killed, Injured">cd</mark>'
        '<mark class="f-injuries" title="Injured">ef</mark>'
    )


def test_nothing_is_lost_or_live() -> None:
    shown = marked("a<b>c", [Mark(1, 4, "actor1")], "en")
    assert shown == 'a<mark class="f-actor1" title="Who acted">&lt;b&gt;</mark>c'


def test_only_sentences_with_evidence_are_quoted() -> None:
    at = TEXT.index("خمسة")
    found = [Mark(4, 9, "fatalities"), Mark(at, at + 4, "injuries")]
    shown = quote(TEXT, found, "en", None)
    assert "ثلاثة" in shown
    assert "خمسة" in shown
    assert "لا شيء هنا" not in shown
    assert "[&hellip;]" in shown


@pytest.mark.parametrize(
    ("start", "end", "report", "kept"),
    [(0, 3, "r", 1), (0, 3, "other", 0), (None, None, "r", 0), (5, 3, "r", 0), (0, 99, "r", 0), (-1, 3, "r", 0)],
)
def test_broken_offsets_mark_nothing(start: int | None, end: int | None, report: str, kept: int) -> None:
    claims = [{"report_id": report, "start": start, "end": end, "field": "actor1"}]
    assert len(marks(claims, "r", 10)) == kept


def test_hostile_field_name_stays_a_class() -> None:
    assert "<script" not in marked("ab", [Mark(0, 1, '"><script>')], "en")
