"""What an export promises beside being readable: safe cells, other column sets, splitting, clear refusals."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pytest

from pipeline import labels
from pipeline.errors import StoreError, UsageError
from pipeline.export import FORMATS, ExportOptions, Selection, TooManyRowsError, to_bytes, write
from pipeline.export import xlsx_file as xlsx_module
from pipeline.export.codebook import columns, crosswalk
from pipeline.export.safe import without_formulas
from pipeline.model import EVENT_TYPES
from pipeline.snapshot_schema import INCIDENTS, LOCATIONS
from tests.pipeline.export.conftest import needs_pango

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]


@pytest.mark.parametrize("text", HOSTILE)
def test_formulas_become_text(text: str) -> None:
    assert without_formulas(pl.DataFrame({"a": [text]}))["a"][0] == "'" + text


@pytest.mark.parametrize("text", ["a=1", "'=1", "", " خبر", "12", None])
def test_what_is_no_formula_is_left_alone(text: str | None) -> None:
    assert without_formulas(pl.DataFrame({"a": [text]}, schema={"a": pl.String}))["a"][0] == text


def test_numbers_keep_their_sign() -> None:
    frame = pl.DataFrame({"a": [-1.5], "b": [-2]})
    assert without_formulas(frame).equals(frame)


def test_no_cell_of_a_csv_runs(selection: Selection) -> None:
    frame = pd.read_csv(io.BytesIO(to_bytes("csv", selection)), dtype=str, keep_default_na=False)
    assert not [cell for row in frame.to_numpy() for cell in row if cell[:1] in "=+@\t\r\n" and cell]


def test_no_cell_of_an_xlsx_runs(selection: Selection) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_bytes("xlsx", selection)))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    shown = {cell.value for cell in book.worksheets[0][3]}
    assert '=HYPERLINK("http://evil.example","click")' in shown


def test_acled_columns(selection: Selection) -> None:
    frame = pd.read_csv(io.BytesIO(to_bytes("csv", selection, options=ExportOptions(columns="acled"))))
    assert frame["event_id_cnty"].tolist() == ["i1", "i2-1", "i2-2", "i3"]
    assert frame["sub_event_type"].tolist() == ["Remote explosive/landmine/IED", "Attack", "Attack", "Other"]
    assert frame["event_type"][1] == "Violence against civilians"
    assert frame["civilian_targeting"][1] == "Civilian targeting"
    assert (frame["actor1"][1], frame["assoc_actor_1"][1]) == ("Islamic State", "Unidentified Armed Group")
    assert frame["fatalities"].sum() == 22  # each incident's figure once
    assert frame["year"][0] == 2021


def test_ucdp_columns(selection: Selection) -> None:
    frame = pd.read_csv(io.BytesIO(to_bytes("csv", selection, options=ExportOptions(columns="ucdp"))))
    assert frame["type_of_violence"].tolist()[:3] == [1, 3, 3]
    assert frame["date_prec"].tolist()[:3] == [2, 1, 1]
    assert frame["low"].sum() == 22
    assert frame["priogrid_gid"][0] == 180449  # 35.137 N 44.448 E: row 250 of 360, column 448 of 720
    assert frame["geom_wkt"][0] == "POINT (44.448 35.137)"


@pytest.mark.parametrize(
    ("split", "names"),
    [
        ("year", ["o-2021.csv", "o-2022.csv", "o-no-year.csv"]),
        ("month", ["o-2021-12.csv", "o-2022-01.csv", "o-no-month.csv"]),
        ("category", ["o-incident.csv", "o-meeting.csv"]),
        ("admin1", ["o-Kirkuk.csv", "o-no-admin1.csv"]),
    ],
)
def test_a_split_export_holds_each_incident_once(
    selection: Selection, tmp_path: Path, split: Any, names: list[str]
) -> None:
    paths = write("csv", selection, tmp_path / "o.csv", options=ExportOptions(split=split))
    tables = [path for path in paths if path.suffix == ".csv"]
    assert [path.name for path in tables] == names
    assert sorted(id for path in tables for id in pd.read_csv(path)["incident_id"]) == ["i1", "i2", "i3"]


def test_more_rows_than_a_sheet_holds(selection: Selection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_module, "MAX_ROWS", 3)
    with pytest.raises(TooManyRowsError, match="--split year"):
        to_bytes("xlsx", selection)


def test_a_failed_export_leaves_the_old_file(
    selection: Selection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "o.xlsx"
    path.write_bytes(b"before")
    monkeypatch.setattr(xlsx_module, "MAX_ROWS", 3)
    with pytest.raises(TooManyRowsError):
        write("xlsx", selection, path)
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["o.xlsx"]


@pytest.mark.parametrize("format", [pytest.param(one, marks=needs_pango) if one == "pdf" else one for one in FORMATS])
def test_a_selection_of_nothing(selection: Selection, format: str) -> None:
    empty = replace(selection.only(selection.incidents.clear(), "Nothing"), reports=selection.reports.clear())
    assert to_bytes(format, empty)


@pytest.mark.parametrize("format", ["csv", "xlsx", "geojson", "gpkg", "parquet", "kml", "zip"])
@pytest.mark.parametrize("columns", ["own", "acled", "ucdp"])
@pytest.mark.parametrize("shape", ["incident", "location"])
def test_every_format_takes_every_column_set(selection: Selection, format: str, columns: Any, shape: Any) -> None:
    assert to_bytes(format, selection, options=ExportOptions(columns=columns, shape=shape))


def test_a_datasets_own_terms_go_with_its_rows(selection: Selection, tmp_path: Path) -> None:
    text = "A bomb.\n\n[coded by ACLED]\nlicence: not to be redistributed\nkind [event_type=ied]: x\n"
    coded = selection.reports.with_columns(
        source=pl.when(report_id="r3").then(pl.lit("in/acled.csv:7")),
        publisher=pl.when(report_id="r3").then(pl.lit("ACLED")).otherwise("publisher"),
        text=pl.when(report_id="r3").then(pl.lit(text)).otherwise("text"),
    )
    own = replace(selection, reports=coded)
    assert b"redistributed" not in to_bytes("geojson", own)  # none of its rows are selected
    told = own.incidents.with_columns(publishers=pl.lit(["ACLED"], dtype=pl.List(pl.String)))
    licences = json.loads(to_bytes("geojson", replace(own, incidents=told)))["metadata"]["licences"]
    assert licences[-1] == {"what": "Rows coded by ACLED", "licence": "not to be redistributed", "attribution": "ACLED"}


REFUSED = [
    ("doc", "en", ExportOptions(), "no export format"),
    ("csv", "fr", ExportOptions(), "no language"),
    ("csv", "en", ExportOptions(split="year"), "several files"),
    ("geojson", "en", ExportOptions(hxl=True), "HXL"),
]


@pytest.mark.parametrize(("format", "lang", "options", "says"), REFUSED)
def test_refusals(selection: Selection, format: str, lang: str, options: ExportOptions, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        to_bytes(format, selection, lang=lang, options=options)


def test_a_folder_that_is_not_there(selection: Selection, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="a folder"):
        write("csv", selection, tmp_path / "none" / "o.csv")


def test_every_column_of_the_snapshot_is_exported_or_left_out_on_purpose() -> None:
    left_out = {"search_text", "place_no"}
    assert {*INCIDENTS, *LOCATIONS} - {column.name for column in columns()} <= left_out
    assert [row.event_type for row in crosswalk()] == list(EVENT_TYPES)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_column_is_explained(lang: str) -> None:
    assert [column.name for column in columns() if not (column.labelled(lang) and column.explained(lang))] == []
