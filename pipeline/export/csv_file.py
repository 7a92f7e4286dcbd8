"""CSV, with its codebook beside it as CSV on the Web (W3C), so that the table itself stays plain."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.export.codebook import LANGS, crosswalk
from pipeline.export.safe import without_formulas
from pipeline.export.table import Table

_DATATYPES = {"date": "date", "whole": "integer", "number": "decimal", "yesno": "boolean", "link": "anyURI"}


def write_csv(table: Table, path: Path, *, bom: bool = True, hxl: bool = False) -> None:
    """Writes the table as UTF-8 CSV. With `hxl` the second row holds HXL tags."""
    frame = without_formulas(table.frame)
    with path.open("wb") as file:
        if hxl:
            tags = [column.hxl or "#meta" for column in table.columns]
            head = pl.DataFrame({name: [tag] for name, tag in zip(frame.columns, tags, strict=True)})
            head.write_csv(file, include_bom=bom)
        frame.write_csv(file, include_bom=bom and not hxl, include_header=not hxl)


def write_metadata(table: Table, path: Path, about: dict[str, Any], *, hxl: bool = False) -> Path:
    """Writes `NAME.csv-metadata.json` beside `path`: filter, run, licences, and what every column holds."""
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": path.name,
        "dc:title": about["title"],
        "dc:description": f"{about['filter']}. {about['note']}",
        "dc:identifier": about["run_id"],
        "dc:date": about["published_at"],
        "dc:license": about["licences"],
        "rows": about["rows"],
        "dialect": {"encoding": "utf-8", "headerRowCount": 2 if hxl else 1},
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": {lang: column.labelled(lang) for lang in LANGS},
                    "dc:description": {lang: column.explained(lang) for lang in LANGS if column.explained(lang)},
                    "datatype": _DATATYPES.get(column.kind, "string"),
                    **({"hxl": column.hxl} if column.hxl else {}),
                }
                for column in table.columns
            ]
        },
        "crosswalk": [
            {"event_type": row.event_type, "acled": row.acled_sub_event, "plover": row.plover} for row in crosswalk()
        ],
    }
    beside = path.with_name(f"{path.name}-metadata.json")
    beside.write_text(json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return beside
