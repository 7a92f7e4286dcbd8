"""The selection in ACLED's columns: a row per place, as ACLED has it.

ACLED-like, not ACLED: the events are read by this project, only the columns and names are ACLED's. A figure that no
source tells is empty here, where ACLED writes 0. The figure stands on the incident's first row alone, so that sums
are right.
"""

import polars as pl

from pipeline.export.codebook import Column, crosswalk
from pipeline.export.selection import Selection
from pipeline.export.table import Table, own_table

_KINDS = {
    "event_date": "date", "year": "whole", "time_precision": "whole", "latitude": "number", "longitude": "number",
    "geo_precision": "whole", "fatalities": "whole", "iso": "whole", "timestamp": "text",
}  # fmt: skip
_CLAIMS = {
    "event_date": "event_date", "time_precision": "event_date", "year": "event_date", "disorder_type": "event_type",
    "event_type": "event_type", "sub_event_type": "event_type", "actor1": "actor1", "actor2": "actor2",
    "admin1": "locations", "admin2": "locations", "location": "locations", "latitude": "locations",
    "longitude": "locations", "geo_precision": "locations", "fatalities": "fatalities", "source": "publisher",
}  # fmt: skip
NAMES = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "actor2", "assoc_actor_2", "civilian_targeting", "iso", "region", "country", "admin1", "admin2",
    "location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip


def acled_table(selection: Selection) -> Table:
    """A row per incident and place in ACLED's column order."""
    rows = own_table(selection, "location").frame
    kind = pl.col("event_type").cast(pl.String)
    rows = rows.with_columns(
        event_id_cnty=pl.when(pl.col("place_no").is_null() | (pl.col("n_locations") <= 1))
        .then(pl.col("incident_id"))
        .otherwise(pl.concat_str("incident_id", pl.lit("-"), pl.col("place_no"))),
        year=pl.col("event_date").dt.year(),
        disorder_type=kind.replace_strict({row.event_type: row.acled_disorder for row in crosswalk()}, default=None),
        sub_event_type=_sub_event(kind),
        event_type=_event(kind),
        actor1=_first("actor1"),
        assoc_actor_1=_others("actor1"),
        actor2=_first("actor2"),
        assoc_actor_2=_others("actor2"),
        civilian_targeting=pl.when(_civilians()).then(pl.lit("Civilian targeting")),
        iso=pl.lit(368),
        region=pl.lit("Middle East"),
        country=pl.lit("Iraq"),
        location=pl.col("name"),
        source=pl.col("publishers"),
        notes=pl.col("sentence"),
        fatalities=pl.when(pl.col("incident_id").is_first_distinct()).then(
            pl.coalesce("fatalities_best", "fatalities_low")
        ),
        tags=pl.when(pl.col("is_sample")).then(pl.lit("sample")),
        timestamp=pl.lit(str(selection.manifest.get("created", ""))),
    )
    return Table(
        rows.select(NAMES), tuple(Column(name, _KINDS.get(name, "text"), claim=_CLAIMS.get(name, "")) for name in NAMES)
    )


def _civilians() -> pl.Expr:
    return pl.col("actor2").cast(pl.String).str.contains("Civilians").fill_null(False)


def _event(kind: pl.Expr) -> pl.Expr:
    """ACLED counts an attack on people without arms as violence against civilians, on armed ones as a battle."""
    named = kind.replace_strict({row.event_type: row.acled_event for row in crosswalk()}, default=None)
    return pl.when((kind == "attack") & ~_civilians()).then(pl.lit("Battles")).otherwise(named)


def _sub_event(kind: pl.Expr) -> pl.Expr:
    named = kind.replace_strict({row.event_type: row.acled_sub_event for row in crosswalk()}, default=None)
    return pl.when((kind == "attack") & ~_civilians()).then(pl.lit("Armed clash")).otherwise(named)


def _first(side: str) -> pl.Expr:
    return pl.col(side).cast(pl.String).str.split("; ").list.first()


def _others(side: str) -> pl.Expr:
    others = pl.col(side).cast(pl.String).str.split("; ").list.slice(1).list.join("; ")
    return pl.when(others != "").then(others)
