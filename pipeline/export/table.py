"""The selection as one flat table, a row per incident or per place, in the project's own columns."""

from typing import NamedTuple

import polars as pl

from pipeline.export.codebook import Column, columns
from pipeline.export.selection import Selection, Shape
from pipeline.read.datasets import SOURCE, coded_by

_LISTS = ("publishers", "languages", "quoted_sources")


class Table(NamedTuple):
    """A frame and what its columns are, in the same order."""

    frame: pl.DataFrame
    columns: tuple[Column, ...]


def own_table(selection: Selection, shape: Shape = "incident") -> Table:
    """The selection in the project's own columns, in the incidents' order.

    A row per incident holds its first place and the names of all; a row per place repeats the incident, and one
    without a place still has its row, so that no incident is lost.
    """
    places = selection.locations.sort("incident_id", "place_no", maintain_order=True)
    rows = selection.incidents.drop("search_text", strict=False)
    if shape == "incident":
        named = places.group_by("incident_id", maintain_order=True).agg(all_places=pl.col("name").str.join("; "))
        places = places.unique("incident_id", keep="first", maintain_order=True)
        rows = rows.join(named, on="incident_id", how="left", maintain_order="left")
    rows = rows.join(places, on="incident_id", how="left", maintain_order="left")
    urls = reports_of(selection, "url")
    rows = rows.join(urls, on="report_id", how="left", maintain_order="left")
    rows = rows.with_columns(
        *(pl.col(name).list.join("; ") for name in _LISTS),
        pl.col("confidence").cast(pl.Float64).round(3),
        pl.lit(str(selection.manifest.get("run_id", ""))).alias("run_id"),
    )
    wanted = tuple(column for column in columns() if column.shape in ("both", shape))
    return Table(rows.select(column.name for column in wanted), wanted)


def claim_rows(selection: Selection, shown: tuple[Column, ...]) -> pl.DataFrame:
    """What ties every cell to its evidence: a row per value and span, with those of the `shown` columns it supports.

    start and end count code points in the text of report_id, `text[start:end]`; null where a value has no words of
    its own (the day of publication, a default).
    """
    supports: dict[str, list[str]] = {}
    for column in shown:
        supports.setdefault(column.claim, []).append(column.name)
    joined = {claim: "; ".join(names) for claim, names in supports.items() if claim}
    reports = reports_of(selection, "publisher", "published", "url")
    rows = selection.about(selection.claims).with_columns(
        pl.col("field").cast(pl.String).replace_strict(joined, default=pl.col("field").cast(pl.String)).alias("columns")
    )
    return rows.join(reports, on="report_id", how="left", maintain_order="left").select(
        "incident_id", "columns", "field", "value", "words", "start", "end", "origin", "rule",
        "report_id", "event_id", "publisher", "published", "url",
    )  # fmt: skip


def reports_of(selection: Selection, *wanted: str) -> pl.DataFrame:
    """Some columns of the reports, by report_id, once each. Never their texts: those are the outlets' own."""
    return selection.reports.select("report_id", *wanted).unique("report_id", keep="first").collect()


def dataset_licences(selection: Selection) -> list[dict[str, str]]:
    """The terms of each dataset that has rows in the selection: they go before the project's own."""
    coded = selection.reports.filter(pl.col("source").str.contains(SOURCE)).select("publisher").unique().collect()
    told = set(selection.incidents["publishers"].explode().drop_nulls())
    found = []
    for name in sorted(told & set(coded["publisher"].drop_nulls())):
        one = selection.reports.filter((pl.col("publisher") == name) & pl.col("source").str.contains(SOURCE)).head(1)
        dataset, licence = coded_by(one.select("text").collect().item()) or (name, "see the dataset's own terms")
        found.append({"what": f"Rows coded by {dataset}", "licence": licence, "attribution": dataset})
    return found


def source_rows(selection: Selection) -> pl.DataFrame:
    """A row per incident and report that tells of it: who says what."""
    return selection.about(selection.sources.drop("event_record", strict=False))
