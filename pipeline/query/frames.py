"""The snapshot in memory, as the query wants it: read once for each version, never changed."""

from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from pipeline.errors import StoreError
from pipeline.snapshot_schema import FILES


class Tables(Protocol):
    """Where the tables are read from: `pipeline.snapshot.Snapshot`, or a test's own."""

    @property
    def run_id(self) -> str: ...

    def scan(self, table: str) -> pl.LazyFrame: ...


@dataclass(frozen=True, slots=True)
class Frames:
    """Incidents in the order of the file; `locations.row` says which incident by its row, so that no join is needed."""

    incidents: pl.DataFrame  # INCIDENTS, but actors as categories: they repeat
    locations: pl.DataFrame  # LOCATIONS plus row, place_key, category
    places: pl.DataFrame  # one row for each place_key: its names and point
    actors: tuple[str, ...]  # every value of actor1 and actor2, joint ones as they stand
    tables: Tables

    @classmethod
    def load(cls, tables: Tables) -> "Frames":
        """Reads incidents and locations into memory and gives each place the key that circles are grouped by.

        StoreError where the snapshot is broken.
        """
        try:
            repeated = pl.col("actor1", "actor2").cast(pl.Categorical)
            incidents = tables.scan("incidents").select(list(FILES["incidents"])).with_columns(repeated).collect()
            locations = tables.scan("locations").select(list(FILES["locations"])).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise StoreError(f"Snapshot {tables.run_id} cannot be read ({error}): publish it again.") from error
        rows = incidents.select("incident_id", "category", row=pl.int_range(pl.len(), dtype=pl.UInt32))
        tied = locations.join(rows, on="incident_id", how="inner", maintain_order="left").with_columns(
            place_key=pl.coalesce(pl.col("place_id"), pl.col("name")).cast(pl.Categorical)
        )
        places = tied.group_by("place_key").agg(pl.col("name", "name_ar", "name_ckb", "latitude", "longitude").first())
        actors = {one for side in ("actor1", "actor2") for one in incidents[side].unique().cast(pl.String) if one}
        return cls(incidents, tied, places, tuple(sorted(actors)), tables)

    def places_of(self, incident_id: str) -> list[dict[str, Any]]:
        """The places of one incident in their order."""
        return self.locations.filter(pl.col("incident_id") == incident_id).sort("place_no").to_dicts()

    def places_of_many(self, incident_ids: list[str]) -> dict[str, list[dict[str, Any]]]:
        """The places of some incidents, by incident_id; those with none have an empty list."""
        found: dict[str, list[dict[str, Any]]] = {incident_id: [] for incident_id in incident_ids}
        rows = self.locations.filter(pl.col("incident_id").is_in(incident_ids)).sort("place_no")
        for row in rows.iter_rows(named=True):
            found[row["incident_id"]].append(row)
        return found

    def of_incident(self, table: str, incident_id: str) -> pl.DataFrame:
        """The rows of one incident in claims, sources or history, read from the file when a card asks for them."""
        return self.tables.scan(table).filter(pl.col("incident_id") == incident_id).collect()

    def reports(self, report_ids: list[str]) -> pl.DataFrame:
        """The reports with these ids, with their texts."""
        return self.tables.scan("reports").filter(pl.col("report_id").is_in(report_ids)).collect()
