"""XLSX: right to left for Arabic and Sorani, typed; sources, evidence, codebook and filter on sheets of their own."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from tqdm import tqdm
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline import labels
from pipeline.export.codebook import Column, code_rows, crosswalk
from pipeline.export.selection import TooManyRowsError
from pipeline.export.table import Table

MAX_ROWS = 1_048_576  # of a sheet, its header included
_MAX_TEXT = 32_767  # of a cell
_MAX_LINKS = 65_530  # of a sheet
_MAX_LINK = 2_079
_WIDTHS = {"date": 12, "whole": 9, "number": 11, "yesno": 9, "code": 18, "text": 24, "link": 30}
_SHEETS = {
    "en": ("Incidents", "Sources", "Evidence", "Codebook", "Codes", "About"),
    "ar": ("الحوادث", "المصادر", "الأدلة", "دليل الأعمدة", "الرموز", "عن الملف"),
    "ckb": ("ڕووداوەکان", "سەرچاوەکان", "بەڵگەکان", "ڕێبەری ستوونەکان", "کۆدەکان", "دەربارە"),
}
_CODEBOOK = {
    "en": ("Column", "Heading", "Meaning", "HXL"),
    "ar": ("العمود", "العنوان", "المعنى", "HXL"),
    "ckb": ("ستوون", "ناونیشان", "واتا", "HXL"),
}
_CODES = {"en": ("Column", "Code", "Label"), "ar": ("العمود", "الرمز", "التسمية"), "ckb": ("ستوون", "کۆد", "ناو")}


class _Sheets:
    """One workbook being written: its formats, its direction, its links counted."""

    def __init__(self, path: Path, lang: str, progress: bool) -> None:
        self.book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.right_to_left = lang in labels.RIGHT_TO_LEFT
        order = 2 if self.right_to_left else 1
        self.head = self.book.add_format({"bold": True, "bg_color": "#E8ECF1", "border": 1, "reading_order": order})
        self.tags = self.book.add_format({"italic": True, "font_color": "#666666"})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.degrees = self.book.add_format({"num_format": "0.0000"})
        self.wrap = self.book.add_format({"text_wrap": True, "valign": "top", "reading_order": order})
        self.link = self.book.get_default_url_format()
        self.progress = progress

    def add(self, name: str, frozen_rows: int = 1, frozen_columns: int = 0) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        if self.right_to_left:
            sheet.right_to_left()
        sheet.freeze_panes(frozen_rows, frozen_columns)
        return sheet

    def table(self, name: str, frame: pl.DataFrame, columns: tuple[Column, ...], lang: str, hxl: bool = False) -> None:
        """One sheet of typed rows under a frozen header, with a filter on every column."""
        first = 2 if hxl else 1
        sheet = self.add(name, first, 1)
        formats: list[Format | None] = []
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS[column.kind])
            formats.append({"date": self.day, "number": self.degrees}.get(column.kind))
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.labelled(lang), self.head)
        if hxl:
            for at, column in enumerate(columns):
                sheet.write_string(1, at, column.hxl, self.tags)
        links = 0
        rows = tqdm(frame.iter_rows(), total=frame.height, disable=not self.progress, unit=" rows", desc=f"XLSX {name}")
        for number, row in enumerate(rows, start=first):
            for at, value in enumerate(row):
                if columns[at].kind == "link" and value and links < _MAX_LINKS and _is_link(value):
                    sheet.write_url(number, at, value, self.link, value[:255])
                    links += 1
                elif value is not None:
                    _write(sheet, number, at, value, formats[at])
        sheet.autofilter(first - 1, 0, max(first, frame.height + first - 1), len(columns) - 1)

    def listing(
        self, name: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]
    ) -> None:
        """One sheet of plain text under a header."""
        sheet = self.add(name)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        for number, row in enumerate([head, *rows]):
            for at, value in enumerate(row):
                sheet.write_string(number, at, value[:_MAX_TEXT], self.wrap if number else self.head)


def write_xlsx(
    table: Table, path: Path, about: dict[str, Any], beside: dict[str, pl.DataFrame], lang: str = "en",
    *, hxl: bool = False, progress: bool = False,
) -> None:  # fmt: skip
    """Writes the workbook. `beside` holds the sources and claims frames; evidence that has more rows than a sheet holds
    is left to the claims file, and the sheet About says so.

    Raises TooManyRowsError where the table itself has more rows than a sheet can hold.
    """
    room = MAX_ROWS - (2 if hxl else 1)
    if table.frame.height > room:
        raise TooManyRowsError(
            f"{table.frame.height:,} rows, and a sheet of XLSX holds {room:,}: narrow the filter, split the export "
            f"(--split year, month, category or admin1), or choose csv or parquet, which have no limit"
        )
    names = _SHEETS[lang]
    sheets = _Sheets(path, lang, progress)
    sheets.table(names[0], table.frame, table.columns, lang, hxl)
    left_out = []
    for name, key in ((names[1], "sources"), (names[2], "claims")):
        frame = beside[key]
        if frame.height < MAX_ROWS:
            sheets.table(name, frame, plain_columns(frame), lang)
        else:
            left_out.append(
                (key, f"{frame.height:,} rows, more than a sheet holds: see the zip, gpkg or parquet export")
            )
    codebook = [(one.name, one.labelled(lang), one.explained(lang), one.hxl) for one in table.columns]
    sheets.listing(names[3], _CODEBOOK[lang], codebook, (20, 22, 70, 28))
    schemes = [("ACLED sub-event", row.event_type, row.acled_sub_event) for row in crosswalk()]
    schemes += [("PLOVER", row.event_type, row.plover) for row in crosswalk()]
    sheets.listing(names[4], _CODES[lang], code_rows(lang) + schemes, (22, 26, 40))
    licences = [(one["what"], f"{one['licence']} ({one['attribution']})") for one in about["licences"]]
    facts = [(key, str(value)) for key, value in about.items() if key != "licences"]
    sheets.listing(names[5], ("", ""), [*facts, *licences, *left_out], (26, 110))
    sheets.book.close()


def _write(sheet: Worksheet, row: int, at: int, value: object, cell: Format | None) -> None:
    """Text is always written as text: what begins with "=" is shown, never run."""
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, cell)
    elif isinstance(value, date):
        # The calendar of Excel begins in 1900; an earlier day stays text.
        if value.year >= 1900:
            sheet.write_datetime(row, at, value, cell)
        else:
            sheet.write_string(row, at, value.isoformat())
    else:
        text = str(value)
        sheet.write_string(row, at, text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…")


def _is_link(value: str) -> bool:
    return value.startswith(("http://", "https://")) and len(value) <= _MAX_LINK


def plain_columns(frame: pl.DataFrame) -> tuple[Column, ...]:
    kinds = {"url": "link", "start": "whole", "end": "whole"}
    return tuple(
        Column(name, "date" if kind == pl.Date else kinds.get(name, "whole" if kind.is_integer() else "text"))
        for name, kind in frame.schema.items()
    )
