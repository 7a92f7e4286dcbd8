"""A large snapshot of many copies of a small one: `python -m benchmarks.multiply SNAPSHOT TIMES -o FOLDER`.

Each copy has ids of its own and its days moved within the month, so that months stay the files they are in. What
repeats compresses better than news does: sizes on disk and searches for words are kinder than those of real reports.
"""

import argparse
from pathlib import Path

import polars as pl

from pipeline.link.merge import month_of
from pipeline.publish.folder import Provenance, SnapshotWriter
from pipeline.snapshot import Snapshot, open_current
from pipeline.snapshot_schema import FILES

IDS = ("incident_id", "report_id", "event_id")
ORDER = {"reports": ["report_id"], "incidents": ["incident_id"], "locations": ["incident_id", "place_no"]}


def multiplied(source: Snapshot, times: int, root: Path) -> Snapshot:
    """Writes the copies to `root`, a month a file, and makes them its current snapshot."""
    whole = {table: source.read(table) for table in FILES}
    incidents = whole["incidents"]
    months = incidents.select(
        "incident_id", month=pl.col("event_date").map_elements(month_of, pl.String, skip_nulls=False)
    )
    of_report = whole["sources"].join(months, on="incident_id").select("report_id", "month").unique("report_id")
    writer = SnapshotWriter(root, Provenance(f"multiplied-{times}", "generated", "generated", "generated"))
    copies = pl.DataFrame({"copy": range(times)})
    for month in months["month"].unique().sort():
        for table, rows in whole.items():
            keyed = of_report if table == "reports" else months
            key = "report_id" if table == "reports" else "incident_id"
            here = rows.join(keyed.filter(month=month), on=key, how="semi").join(copies, how="cross")
            named = [pl.format("{}-{}", name, pl.col("copy").cast(pl.String).str.zfill(5)).alias(name)
                     for name in IDS if name in rows.columns]  # fmt: skip
            here = here.with_columns(named)
            if table == "incidents":
                here = here.with_columns(_moved("event_date"), _moved("end_date"))
            order = ORDER.get(table, ["incident_id"])
            writer.write(table, month, [here.sort(order, maintain_order=True).select(list(FILES[table]))])
    return writer.publish(contains_samples=True, orphaned_decisions=0)


def _moved(column: str) -> pl.Expr:
    """The day moved on by the number of the copy, round about the first four weeks of its month."""
    day = pl.col("event_date").dt.day().cast(pl.Int32)
    by = (day - 1 + pl.col("copy").cast(pl.Int32) % 13) % 28 + 1 - day
    return (pl.col(column) + pl.duration(days=by)).cast(pl.Date).alias(column)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.multiply", description=__doc__)
    parser.add_argument("snapshot", type=Path, help="a folder of snapshots")
    parser.add_argument("times", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    print(multiplied(open_current(args.snapshot), args.times, args.output).manifest.counts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
