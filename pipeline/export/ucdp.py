"""The selection in UCDP GED's columns: a row per place.

UCDP-like, not UCDP: UCDP counts only deadly events of known conflicts; here every incident has its row, and the
conflict and dyad codes, which only UCDP gives, are left out. Death counts stand on the incident's first row alone.
"""

import polars as pl

from pipeline.export.codebook import Column
from pipeline.export.selection import Selection
from pipeline.export.table import Table, own_table

NAMES = (
    "id", "relid", "year", "code_status", "type_of_violence", "side_a", "side_b", "number_of_sources", "source_article",
    "source_office", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "best", "high", "low", "gwnoa",
)  # fmt: skip
_KINDS = {
    "date_start": "date", "date_end": "date", "latitude": "number", "longitude": "number",
    **dict.fromkeys(("year", "type_of_violence", "number_of_sources", "where_prec", "priogrid_gid", "country_id",
                     "event_clarity", "date_prec", "best", "high", "low", "gwnoa"), "whole"),
}  # fmt: skip
_CLAIMS = {
    "year": "event_date", "date_start": "event_date", "date_end": "event_date", "date_prec": "event_date",
    "side_a": "actor1", "side_b": "actor2", "best": "fatalities", "high": "fatalities", "low": "fatalities",
    "where_prec": "locations",
    "where_coordinates": "locations", "latitude": "locations", "longitude": "locations", "adm_1": "locations",
    "adm_2": "locations", "source_original": "quoted_sources", "source_office": "publisher",
}  # fmt: skip
_STATES = "Iraq|Peshmerga|Federal Police|Kurdistan Regional Government|Turkish Armed Forces|Coalition|Iran"


def ucdp_table(selection: Selection) -> Table:
    """A row per incident and place in UCDP GED's column order."""
    rows = own_table(selection, "location").frame
    first = pl.col("incident_id").is_first_distinct()
    rows = rows.with_columns(
        id=pl.col("incident_id"),
        relid=pl.concat_str("incident_id", pl.lit("-"), pl.col("place_no").fill_null(1)),
        year=pl.col("event_date").dt.year(),
        code_status=pl.when(pl.col("review_state").cast(pl.String) == "machine")
        .then(pl.lit("Check"))
        .otherwise(pl.lit("Clear")),
        type_of_violence=_violence(),
        side_a=pl.col("actor1"),
        side_b=pl.col("actor2"),
        number_of_sources=pl.col("n_sources"),
        source_article=pl.col("sentence"),
        source_office=pl.col("publishers"),
        source_original=pl.col("quoted_sources"),
        where_coordinates=pl.col("name"),
        adm_1=pl.col("admin1"),
        adm_2=pl.col("admin2"),
        geom_wkt=pl.when(pl.col("longitude").is_not_null()).then(
            pl.format("POINT ({} {})", pl.col("longitude"), pl.col("latitude"))
        ),
        priogrid_gid=_priogrid(),
        country=pl.lit("Iraq"),
        country_id=pl.lit(645),
        region=pl.lit("Middle East"),
        event_clarity=pl.when(pl.col("time_precision") == 1).then(1).otherwise(2),
        date_prec=_date_prec(),
        date_start=pl.col("event_date"),
        date_end=pl.coalesce("end_date", "event_date"),
        best=pl.when(first).then(pl.col("fatalities_best")),
        high=pl.when(first).then(pl.col("fatalities_high")),
        low=pl.when(first).then(pl.col("fatalities_low")),
        gwnoa=pl.lit(645),
    )
    return Table(
        rows.select(NAMES), tuple(Column(name, _KINDS.get(name, "text"), claim=_CLAIMS.get(name, "")) for name in NAMES)
    )


def _violence() -> pl.Expr:
    """UCDP: 1 state-based, 2 non-state, 3 one-sided; empty where a side is not known or nobody was fought."""
    one, two = pl.col("actor1").cast(pl.String), pl.col("actor2").cast(pl.String)
    fought = pl.col("category").cast(pl.String) != "meeting"
    state = one.str.contains(_STATES) | two.str.contains(_STATES)
    kind = pl.when(two.str.contains("Civilians")).then(3).when(state).then(1).otherwise(2)
    return pl.when(fought & one.is_not_null() & two.is_not_null()).then(kind)


def _date_prec() -> pl.Expr:
    """UCDP: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    length = (pl.coalesce("end_date", "event_date") - pl.col("event_date")).dt.total_days() + 1
    prec = pl.when(length <= 1).then(1).when(length <= 6).then(2).when(length <= 7).then(3)
    return pl.when(length.is_not_null()).then(prec.when(length <= 31).then(4).otherwise(5))


def _priogrid() -> pl.Expr:
    """The cell of PRIO-GRID's half-degree raster, numbered from the south-west corner, 720 to a row."""
    row = ((pl.col("latitude") + 90) * 2).floor().cast(pl.Int32)
    return row * 720 + ((pl.col("longitude") + 180) * 2).floor().cast(pl.Int32) + 1
