"""How long exports take, against Polars writing the same table plainly: `python -m benchmarks.export [--rows 1000000]`.

The promise is CSV of a million incidents in 10 seconds. Rows are 20,000 generated incidents, repeated with new ids.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from benchmarks import generate
from pipeline.export import ExportOptions, Selection, chosen, write
from pipeline.export.table import own_table
from pipeline.query import Frames, Query, select
from pipeline.snapshot import open_current

T = TypeVar("T")
_GENERATED = 20_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument(
        "--formats", default="csv,parquet", help="csv,parquet,geojson,xlsx,kml,gpkg; the last four slow"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generate.main(["--incidents", str(min(_GENERATED, args.rows)), "-o", folder])
        selection = repeated(chosen(select(Frames.load(open_current(folder)), Query()), "en"), args.rows)
        table, flat = timed(lambda: own_table(selection).frame)
        _, raw = timed(lambda: table.write_csv(Path(folder) / "raw.csv"))
        print(f"{args.rows:,} incidents; one flat table {flat:.2f} s; Polars write_csv {raw:.2f} s (the baseline)")
        for format in args.formats.split(","):
            target = Path(folder) / f"out.{format}"
            _, took = timed(lambda name=format, path=target: write(name, selection, path, options=ExportOptions()))
            print(f"{format:8} {took:6.2f} s  {took / raw:5.1f} x the baseline  {target.stat().st_size / 1e6:,.0f} MB")
    return 0


def repeated(selection: Selection, rows: int) -> Selection:
    """The selection with its incidents repeated up to `rows`, each time with other ids."""
    times = -(-rows // selection.incidents.height)

    def again(frame: pl.DataFrame) -> pl.DataFrame:
        ids = pl.col("incident_id")
        return pl.concat(
            [frame.with_columns(pl.format("{}-{}", ids, copy).alias("incident_id")) for copy in range(times)]
        )

    incidents = again(selection.incidents).head(rows)
    return selection.only(incidents, selection.sentence) if times == 1 else Selection(
        incidents, again(selection.locations), selection.claims, selection.sources, selection.reports,
        selection.sentence, selection.manifest,
    )  # fmt: skip


def timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


if __name__ == "__main__":
    raise SystemExit(main())
