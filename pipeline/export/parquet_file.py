"""Parquet, typed, with filter, run, licences and codebook in the file's own key-value metadata."""

import json
from pathlib import Path
from typing import Any

from pipeline.export.table import Table


def write_parquet(table: Table, path: Path, about: dict[str, Any]) -> None:
    """Writes the table; `polars.read_parquet_metadata` or pyarrow give the metadata back."""
    codebook = {column.name: column.about or {} for column in table.columns}
    table.frame.write_parquet(
        path,
        metadata={
            "about": json.dumps(about, ensure_ascii=False),
            "codebook": json.dumps(codebook, ensure_ascii=False),
        },
    )
