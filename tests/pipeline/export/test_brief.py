"""The brief: its figures, its languages, nothing of a report run or fetched, the PDF read back."""

import builtins
import ctypes
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pypdfium2
import pytest
from lxml import html

from pipeline.errors import StoreError
from pipeline.export import Selection, to_bytes
from pipeline.export.brief import figures, pdf
from tests.pipeline.export.conftest import ARABIC, needs_pango


def page(selection: Selection, lang: str) -> html.HtmlElement:
    return html.document_fromstring(to_bytes("html", selection, lang=lang).decode())


@pytest.mark.parametrize(
    ("lang", "direction", "title", "figures"),
    [
        ("en", "ltr", "Incident brief", ["3", "3", "22", "0"]),
        ("ar", "rtl", "موجز الحوادث", ["٣", "٣", "٢٢", "٠"]),
        ("ckb", "rtl", "کورتەی ڕووداوەکان", ["٣", "٣", "٢٢", "٠"]),
    ],
)
def test_a_brief_in_each_language(
    selection: Selection, lang: str, direction: str, title: str, figures: list[str]
) -> None:
    tree = page(selection, lang)
    assert (tree.get("lang"), tree.get("dir")) == (lang, direction)
    assert tree.findtext(".//h1") == title
    assert [one.text for one in tree.xpath("//ul[@class='totals']//b")] == figures
    text = tree.text_content()
    assert "All incidents in Kirkuk and Erbil" in text and "run-7" in text and "CC BY 4.0" in text
    assert len(tree.xpath("//svg//circle")) == 3
    assert tree.xpath("//p[@class='samples']")
    assert ARABIC in text


def test_nothing_of_a_report_is_run_or_fetched(selection: Selection) -> None:
    hostile = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>{{ 7*7 }}"
    incidents = selection.incidents.with_columns(
        sentence=pl.lit(hostile), actor1=pl.lit(hostile), publishers=pl.lit([hostile], dtype=pl.List(pl.String))
    )
    tree = page(replace(selection, incidents=incidents, sentence=hostile), "en")
    assert not tree.xpath("//script") and not tree.xpath("//img") and not tree.xpath("//@onerror")
    assert "49" not in tree.xpath("string(//td[@class='told'])")
    assert set(tree.xpath("//@href | //@src")) == {"https://example.org/1"}  # no javascript: link


def test_a_sentence_has_its_own_direction(selection: Selection) -> None:
    cells = page(selection, "ar").xpath("//td[@class='told']")
    assert {cell.text: cell.get("dir") for cell in cells if cell.text}[ARABIC] == "rtl"
    assert figures.direction("… 12 “Daquq”") == "ltr"


@pytest.mark.parametrize(("days", "bars"), [(0, 1), (10, 11), (100, 15), (400, 14), (3000, 9)])
def test_the_chart_has_a_readable_number_of_bars(selection: Selection, days: int, bars: int) -> None:
    ends = [date(2014, 6, 9), date(2014, 6, 9) + timedelta(days=days), None]
    found = figures.bars(
        replace(selection, incidents=selection.incidents.with_columns(event_date=pl.Series(ends))), "en"
    )
    assert len(found) == bars
    assert sum(sum(bar.counts.values()) for bar in found) == 2


def test_a_long_selection_says_how_much_is_left_out(selection: Selection) -> None:
    many = pl.concat([selection.incidents] * 60)
    text = page(replace(selection, incidents=many), "en").text_content()
    assert f"{180 - figures.SHOWN} more events" in text


def fonts(document: pypdfium2.PdfDocument) -> set[str]:
    """The fonts of the first page's texts."""
    found = set()
    for item in document[0].get_objects():
        if item.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT:
            name = ctypes.create_string_buffer(100)
            pypdfium2.raw.FPDFFont_GetBaseFontName(pypdfium2.raw.FPDFTextObj_GetFont(item.raw), name, 100)
            found.add(name.value.decode())
    return found


def test_a_machine_without_pango_says_what_to_do(selection: Selection, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pango(name: str, *args: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args)

    pdf.fetcher.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(StoreError, match=r"^a PDF needs Pango"):
        to_bytes("pdf", selection)


@needs_pango
@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_pdf_read_back(selection: Selection, lang: str) -> None:
    document = pypdfium2.PdfDocument(to_bytes("pdf", selection, lang=lang))
    text = "".join(one.get_textpage().get_text_bounded() for one in document)
    assert "7" in text and "CC BY 4.0" in text
    assert "Brief" in "".join(fonts(document))  # the pinned font, not one of this machine
    assert {"en": "Incident brief", "ar": "موجز", "ckb": "کورتەی"}[lang] in text


@needs_pango
def test_the_pdf_fetches_nothing_but_its_font() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        pdf.fetcher()("http://evil.example/x")
    with pytest.raises(ValueError, match="fetches nothing"):
        pdf.fetcher()(Path("/etc/passwd").as_uri())
