"""Each format, read back by the library its users use."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pyogrio
import pytest
from lxml import etree

from pipeline.export import ExportOptions, Selection, to_bytes, write
from tests.pipeline.export.conftest import ARABIC


def test_csv_by_pandas(selection: Selection, tmp_path: Path) -> None:
    path, beside = write("csv", selection, tmp_path / "out.csv")
    frame = pd.read_csv(path, dtype_backend="pyarrow")
    assert frame["incident_id"].tolist() == ["i1", "i2", "i3"]
    assert frame["sentence"][0] == ARABIC
    assert frame["publishers"][0] == "شفق نيوز; Rudaw"
    assert frame["all_places"][1] == "Hawija; Makhmur"
    assert frame["latitude"][0] == 35.137
    assert frame["event_date"][0] == "2021-12-11"
    assert pd.isna(frame["fatalities_best"][1]) and frame["fatalities_low"][1] == 20
    assert set(frame["run_id"]) == {"run-7"}
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    metadata = json.loads(beside.read_text(encoding="utf-8"))
    assert metadata["url"] == "out.csv"
    assert metadata["dc:description"].startswith("All incidents in Kirkuk and Erbil")
    assert "1 of the incidents are samples" in metadata["dc:description"]
    assert metadata["dc:identifier"] == "run-7"
    assert {one["licence"] for one in metadata["dc:license"]} >= {"CC BY 4.0"}
    assert [one["name"] for one in metadata["tableSchema"]["columns"]] == frame.columns.tolist()
    assert all(set(one["dc:description"]) == {"en", "ar", "ckb"} for one in metadata["tableSchema"]["columns"])


def test_csv_without_mark(selection: Selection) -> None:
    assert to_bytes("csv", selection, options=ExportOptions(bom=False)).startswith(b"incident_id,")


def test_csv_with_hxl_tags(selection: Selection) -> None:
    data = to_bytes("csv", selection, options=ExportOptions(hxl=True)).decode("utf-8-sig")
    header, tags, first, *_ = csv.reader(io.StringIO(data))
    tagged = dict(zip(tags, first, strict=True))
    assert all(tag.startswith("#") for tag in tags)
    assert len(set(tags)) == len(tags)
    assert tagged["#adm1+code"] == "IQG13"
    assert header[0] == "incident_id"


@pytest.mark.parametrize("shape", ["incident", "location"])
def test_no_incident_is_lost(selection: Selection, shape: str) -> None:
    data = to_bytes("csv", selection, options=ExportOptions(shape=shape))  # type: ignore[arg-type]
    ids = pd.read_csv(io.BytesIO(data))["incident_id"].tolist()
    assert ids == (["i1", "i2", "i3"] if shape == "incident" else ["i1", "i2", "i2", "i3"])


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_xlsx_by_openpyxl(selection: Selection, tmp_path: Path, lang: str) -> None:
    (path,) = write("xlsx", selection, tmp_path / "out.xlsx", lang=lang)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    names = [str(cell.value) for cell in next(book.worksheets[3].iter_cols(max_col=1))][1:]
    first = dict(zip(names, rows[1], strict=True))
    assert first["event_date"] == datetime(2021, 12, 11)
    assert sheet.cell(2, names.index("event_date") + 1).number_format == "yyyy-mm-dd"
    assert first["fatalities_best"] == 2
    assert first["disputed"] is True
    assert first["sentence"] == ARABIC
    assert sheet.freeze_panes == "B2"
    assert all(bool(one.sheet_view.rightToLeft) == (lang != "en") for one in book.worksheets)
    assert sheet.cell(2, names.index("url") + 1).hyperlink.target == "https://example.org/1"
    assert sheet.cell(3, names.index("url") + 1).hyperlink is None  # javascript: is no link
    assert len(rows) == 4
    evidence = list(book.worksheets[2].iter_rows(values_only=True))
    assert evidence[1][:5] == (
        "i1",
        "fatalities_low; fatalities_best; fatalities_high",
        "fatalities",
        "2",
        "وقُتل شرطيان",
    )
    facts = {row[0]: row[1] for row in book.worksheets[5].iter_rows(values_only=True)}
    assert facts["filter"] == "All incidents in Kirkuk and Erbil"
    assert facts["run_id"] == "run-7"
    assert "CC BY 4.0" in facts["Place names and coordinates"]
    heading = rows[0][names.index("admin1")]
    assert heading == {"en": "Governorate", "ar": "المحافظة", "ckb": "پارێزگا"}[lang]


def test_geojson_by_geopandas(selection: Selection, tmp_path: Path) -> None:
    (path,) = write("geojson", selection, tmp_path / "out.geojson", options=ExportOptions(shape="location"))
    frame = gpd.read_file(path)
    assert frame["incident_id"].tolist() == ["i1", "i2", "i2", "i3"]
    assert (frame.geometry[0].x, frame.geometry[0].y) == (44.448, 35.137)
    assert frame.geometry[3] is None
    assert frame.crs.to_epsg() == 4326
    assert frame["fatalities_low"][1] == 20
    assert json.loads(path.read_text(encoding="utf-8"))["metadata"]["filter"] == "All incidents in Kirkuk and Erbil"


def test_geopackage_by_pyogrio(selection: Selection, tmp_path: Path) -> None:
    (path,) = write("gpkg", selection, tmp_path / "out.gpkg", lang="ar")
    layers = {str(name) for name, _ in pyogrio.list_layers(path)}
    assert layers == {"incidents", "sources", "claims", "codebook", "codes", "crosswalk", "about"}
    frame = pyogrio.read_dataframe(path, layer="incidents")
    assert frame["incident_id"].tolist() == ["i1", "i2", "i3"]
    assert frame["event_date"][0] in (date(2021, 12, 11), pd.Timestamp(2021, 12, 11))
    assert frame.geometry[0].x == 44.448 and frame.geometry[2] is None
    about = pyogrio.read_dataframe(path, layer="about").set_index("key")["value"]
    assert about["filter"] == "All incidents in Kirkuk and Erbil" and about["run_id"] == "run-7"


def test_kml_by_pyogrio(selection: Selection, tmp_path: Path) -> None:
    (path,) = write("kml", selection, tmp_path / "out.kml")
    frame = pyogrio.read_dataframe(path)
    assert frame["Name"].tolist() == ["Daquq", "Hawija", "?"]
    assert frame["incident_id"].tolist() == ["i1", "i2", "i3"]
    assert frame["sentence"][1] == '=HYPERLINK("http://evil.example","click")'
    tree = etree.parse(path)
    space = {"k": "http://www.opengis.net/kml/2.2"}
    assert tree.xpath("string(//k:Placemark[1]/k:TimeSpan/k:end)", namespaces=space) == "2021-12-12"
    assert "All incidents in Kirkuk" in tree.xpath("string(/k:kml/k:Document/k:description)", namespaces=space)


def test_parquet_by_pandas_and_pyarrow(selection: Selection, tmp_path: Path) -> None:
    (path,) = write("parquet", selection, tmp_path / "out.parquet")
    frame = pd.read_parquet(path)
    assert frame["event_date"][0] == date(2021, 12, 11)
    assert frame["category"].tolist() == ["incident", "incident", "meeting"]
    metadata = pq.read_metadata(path).metadata
    assert json.loads(metadata[b"about"])["run_id"] == "run-7"
    assert pl.read_parquet(path)["fatalities_low"].to_list() == [2, 20, None]


def test_zip_ties_each_cell_to_its_words(selection: Selection) -> None:
    with zipfile.ZipFile(io.BytesIO(to_bytes("zip", selection))) as archive:
        names = sorted(archive.namelist())
        claims = pd.read_csv(archive.open("claims.csv"))
    assert names == ["about.json", "claims.csv", "incidents.csv", "incidents.csv-metadata.json", "sources.csv"]
    row = claims.iloc[0]
    assert ARABIC[int(row["start"]) : int(row["end"])] == row["words"]
    assert row["columns"] == "fatalities_low; fatalities_best; fatalities_high"
    assert row["url"] == "https://example.org/1"
    assert pd.isna(claims.iloc[1]["start"]) and claims.iloc[1]["origin"] == "publication"
    assert claims.iloc[1]["columns"] == "event_date; end_date; time_precision; date_origin; date_phrase"


def test_sqlite_by_pandas(selection: Selection, tmp_path: Path) -> None:
    (path,) = write("sqlite", selection, tmp_path / "out.sqlite")
    with closing(sqlite3.connect(path)) as database:
        frame = pd.read_sql("SELECT * FROM incidents", database, parse_dates=["event_date"])
        words = database.execute("SELECT words FROM claims WHERE incident_id = 'i1' AND start IS NOT NULL").fetchall()
        points = database.execute("SELECT geometry FROM map ORDER BY incident_id").fetchall()
        found = database.execute("SELECT count(*) FROM incidents_fts WHERE incidents_fts MATCH 'داقوق'").fetchone()
    assert frame["incident_id"].tolist() == ["i1", "i2", "i3"]
    assert frame["event_date"][0] == pd.Timestamp(2021, 12, 11)
    assert words == [("وقُتل شرطيان",)]
    assert json.loads(points[0][0])["coordinates"] == [44.448, 35.137] and len(points) == 3
    assert found == (1,)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_xlsx_by_libreoffice(selection: Selection, tmp_path: Path) -> None:
    (path,) = write("xlsx", selection, tmp_path / "out.xlsx", lang="ar")
    command = ["soffice", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", "."]
    subprocess.run([*command, path.name], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    rows = list(csv.reader((tmp_path / "out.csv").open(encoding="utf-8")))
    assert len(rows) == 4 + rows.count([])
    assert ARABIC in rows[1]
    assert '=HYPERLINK("http://evil.example","click")' in rows[2]  # shown, not run
