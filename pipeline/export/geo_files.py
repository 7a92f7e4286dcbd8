"""GeoJSON, GeoPackage and KML."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import polars as pl
import pyogrio
import shapely
import simplekml  # type: ignore[import-untyped]
from tqdm import tqdm

from pipeline.export.codebook import code_rows, crosswalk
from pipeline.export.table import Table

_NO_WORDS = (None, "")


def write_geojson(table: Table, path: Path, about: dict[str, Any], *, progress: bool = False) -> None:
    """RFC 7946, a feature a row; a row without a place has a null geometry. `metadata` holds filter, run, licences."""
    rows = tqdm(_records(table), total=table.frame.height, disable=not progress, unit=" rows", desc="GeoJSON")
    metadata = about | {"codebook": {column.name: column.explained("en") for column in table.columns}}
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection",\n"metadata":' + json.dumps(metadata, ensure_ascii=False))
        file.write(',\n"features":[')
        for number, row in enumerate(rows):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(_feature(row), ensure_ascii=False, default=str))
        file.write("\n]}\n")


def write_geopackage(
    table: Table, path: Path, about: dict[str, Any], beside: dict[str, pl.DataFrame], lang: str = "en"
) -> None:
    """A point layer `incidents`, and tables without geometry: `beside` (claims, sources), codebook, codes, about."""
    frame = _plain(table.frame)
    points = shapely.points(frame["longitude"].to_numpy(), frame["latitude"].to_numpy())
    empty = (frame["longitude"].isna() | frame["latitude"].isna()).to_numpy()
    points[empty] = None
    layer = gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    pyogrio.write_dataframe(layer, path, layer="incidents", driver="GPKG", geometry_type="Point")
    codebook = pd.DataFrame(
        [(column.name, column.labelled(lang), column.explained(lang), column.hxl) for column in table.columns],
        columns=["column", "label", "meaning", "hxl"],
    )
    codes = pd.DataFrame(code_rows(lang), columns=["column", "code", "label"])
    schemes = pd.DataFrame([(row.event_type, row.acled_sub_event, row.plover) for row in crosswalk()])
    schemes.columns = pd.Index(["event_type", "acled", "plover"])
    facts = [(key, value if isinstance(value, str) else json.dumps(value)) for key, value in about.items()]
    for name, rows in {
        **{name: _plain(rows) for name, rows in beside.items()},
        "codebook": codebook,
        "codes": codes,
        "crosswalk": schemes,
        "about": pd.DataFrame(facts, columns=["key", "value"]),
    }.items():
        pyogrio.write_dataframe(rows, path, layer=name, driver="GPKG", append=True)


def write_kml(table: Table, path: Path, about: dict[str, Any], lang: str = "en", *, progress: bool = False) -> None:
    """KML for Google Earth: a placemark a row, its fields as ExtendedData, its days as a TimeSpan."""
    kml = simplekml.Kml(name=_kml_text(about["title"]))
    licences = "; ".join(f"{one['what']}: {one['licence']} ({one['attribution']})" for one in about["licences"])
    about_it = f"{about['filter']}\n{about['note']}\nRun {about['run_id']}\n{licences}"
    kml.document.description = _kml_text(about_it)
    for row in tqdm(_records(table), total=table.frame.height, disable=not progress, unit=" rows", desc="KML"):
        mark = kml.newpoint(
            name=_kml_text(row.get("name") or row.get("location") or row.get("where_coordinates") or "?")
        )
        if row.get("longitude") is not None:
            mark.coords = [(row["longitude"], row["latitude"])]
        start, end = row.get("event_date", row.get("date_start")), row.get("end_date", row.get("date_end"))
        if start:
            mark.timespan.begin, mark.timespan.end = start, end or start
        mark.description = _kml_text(row.get("sentence") or row.get("notes") or row.get("source_article") or "")
        for column in table.columns:
            value = row[column.name]
            if value not in _NO_WORDS:
                mark.extendeddata.newdata(column.name, _kml_text(str(value)), _kml_text(column.labelled(lang)))
    kml.save(str(path))


def _records(table: Table) -> Iterator[dict[str, Any]]:
    texts = table.frame.with_columns(pl.col(pl.Date).dt.to_string("iso"))
    for part in texts.iter_slices(20_000):
        yield from part.iter_rows(named=True)


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    place = None
    if row["longitude"] is not None and row["latitude"] is not None:
        place = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    properties = {name: value for name, value in row.items() if name not in ("longitude", "latitude")}
    return {"type": "Feature", "id": row.get("incident_id"), "geometry": place, "properties": properties}


def _plain(frame: pl.DataFrame) -> pd.DataFrame:
    """As pandas, with codes as text (GeoPackage has no categories)."""
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String)).to_pandas()


def _kml_text(text: str) -> str:
    """XML 1.0 has no control characters and no noncharacters, and simplekml escapes nothing."""
    kept = "".join(char for char in text if (char >= " " or char in "\n\t") and char not in "\ufffe\uffff")
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
