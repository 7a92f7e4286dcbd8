"""The one way out: a selection into a file of any format."""

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from pipeline import labels
from pipeline.errors import StoreError, UsageError
from pipeline.export.acled import acled_table
from pipeline.export.brief import FONT_FACE, brief_html, write_pdf
from pipeline.export.codebook import about
from pipeline.export.csv_file import write_csv, write_metadata
from pipeline.export.geo_files import write_geojson, write_geopackage, write_kml
from pipeline.export.parquet_file import write_parquet
from pipeline.export.selection import ExportOptions, Selection
from pipeline.export.sqlite_file import write_sqlite
from pipeline.export.table import Table, claim_rows, dataset_licences, own_table, source_rows
from pipeline.export.ucdp import ucdp_table
from pipeline.export.xlsx_file import plain_columns, write_xlsx

FORMATS = ("csv", "xlsx", "geojson", "gpkg", "parquet", "kml", "zip", "html", "pdf", "sqlite")


def write(
    format: str, selection: Selection, target: Path, *, lang: str = "en", options: ExportOptions | None = None
) -> list[Path]:
    """Writes `selection` to `target` and returns every file written: one, its codebook beside a CSV, or, with
    options.split, one for each year, month, category or governorate.

    Each file appears whole or not at all. Raises UsageError for what cannot be combined, StoreError where the file
    cannot be written.
    """
    options = options or ExportOptions()
    if format not in FORMATS:
        raise UsageError(f"{format!r} is no export format: choose {', '.join(FORMATS)}")
    if lang not in labels.LANGUAGES:
        raise UsageError(f"{lang!r} is no language of the export: choose {', '.join(labels.LANGUAGES)}")
    written: list[Path] = []
    for path, part in _parts(selection, target, options, lang):
        with _whole(path) as temporary:
            _write_one(format, part, temporary, lang, options)
        written.append(path)
        if format == "csv":
            beside = write_metadata(table_of(part, options), path, _about(part), hxl=options.hxl)
            written.append(beside)
    return written


def to_bytes(format: str, selection: Selection, *, lang: str = "en", options: ExportOptions | None = None) -> bytes:
    """The file as bytes, for a download. What `write` would put beside a CSV is in the zip format instead."""
    options = options or ExportOptions()
    if options.split:
        raise UsageError("a split export is several files: give a target file")
    with tempfile.TemporaryDirectory() as folder:
        (path, *_) = write(format, selection, Path(folder) / f"incidents.{format}", lang=lang, options=options)
        return path.read_bytes()


def table_of(selection: Selection, options: ExportOptions) -> Table:
    """The selection in the column set asked for."""
    if options.columns == "acled":
        return acled_table(selection)
    if options.columns == "ucdp":
        return ucdp_table(selection)
    return own_table(selection, options.shape)


def _write_one(format: str, selection: Selection, path: Path, lang: str, options: ExportOptions) -> None:
    table, facts = table_of(selection, options), _about(selection)
    if options.hxl and (format not in ("csv", "xlsx", "zip") or options.columns != "own"):
        raise UsageError("HXL tags go into csv, xlsx and zip, with the project's own columns")
    if format == "csv":
        write_csv(table, path, bom=options.bom, hxl=options.hxl)
    elif format == "parquet":
        write_parquet(table, path, facts)
    elif format == "geojson":
        write_geojson(table, path, facts, progress=options.progress)
    elif format == "kml":
        write_kml(table, path, facts, lang, progress=options.progress)
    elif format == "gpkg":
        write_geopackage(table, path, facts, _beside(selection, table), lang)
    elif format == "xlsx":
        write_xlsx(table, path, facts, _beside(selection, table), lang, hxl=options.hxl, progress=options.progress)
    elif format == "sqlite":
        beside = {"places": selection.locations} | _beside(selection, table)
        write_sqlite(own_table(selection), path, facts, beside, lang)
    elif format == "html":
        path.write_text(brief_html(selection, facts, lang), encoding="utf-8")
    elif format == "pdf":
        write_pdf(brief_html(selection, facts, lang, FONT_FACE), path)
    else:
        _write_zip(table, selection, path, facts, options)


def _write_zip(table: Table, selection: Selection, path: Path, facts: dict[str, Any], options: ExportOptions) -> None:
    """Everything as CSV: the table, the claims that support it, the sources, the codebook, what it is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryDirectory() as folder:
        incidents = Path(folder) / "incidents.csv"
        write_csv(table, incidents, bom=options.bom, hxl=options.hxl)
        write_metadata(table, incidents, facts, hxl=options.hxl)
        for name, frame in _beside(selection, table).items():
            write_csv(Table(frame, plain_columns(frame)), Path(folder) / f"{name}.csv", bom=options.bom)
        (Path(folder) / "about.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
        for file in sorted(Path(folder).iterdir()):
            archive.write(file, file.name)


def _beside(selection: Selection, table: Table) -> dict[str, pl.DataFrame]:
    return {"sources": source_rows(selection), "claims": claim_rows(selection, table.columns)}


def _about(selection: Selection) -> dict[str, Any]:
    samples = int(selection.incidents["is_sample"].fill_null(False).sum())
    return about(
        selection.manifest, selection.sentence, selection.incidents.height, samples, dataset_licences(selection)
    )


def _parts(selection: Selection, target: Path, options: ExportOptions, lang: str) -> Iterator[tuple[Path, Selection]]:
    if not options.split:
        yield target, selection
        return
    incidents = selection.incidents
    if options.split == "admin1":
        first = selection.locations.sort("place_no").unique("incident_id", keep="first").select("incident_id", "admin1")
        key = incidents.select("incident_id").join(first, on="incident_id", how="left", maintain_order="left")["admin1"]
    elif options.split == "category":
        key = incidents["category"]
    else:
        key = incidents["event_date"].dt.strftime("%Y" if options.split == "year" else "%Y-%m")
    keyed = incidents.with_columns(key.cast(pl.String).fill_null("none").alias("_part"))
    for part in keyed["_part"].unique().sort():
        name = part if part != "none" else f"no-{options.split}"
        path = target.with_name(f"{target.stem}-{name.replace(' ', '-')}{target.suffix}")
        rows = keyed.filter(pl.col("_part") == part).drop("_part")
        shown = labels.label("month" if options.split == "month" else options.split, part, lang)
        yield path, selection.only(rows, f"{selection.sentence} ({options.split}: {shown})")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A name to write to beside `path`, which takes its place once written whole."""
    temporary = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    except StoreError:
        raise
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error.strerror or error}): is there room, and a folder?"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
