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

    incidents: pl.DataFrame
    locations: pl.DataFrame  # LOCATIONS plus row, place_key, category
    tables: Tables

    @classmethod
    def load(cls, tables: Tables) -> "Frames":
        """Reads incidents and locations into memory and gives each place the key that circles are grouped by.

        StoreError where the snapshot is broken.
        """
        try:
            incidents = tables.scan("incidents").select(list(FILES["incidents"])).collect()
            locations = tables.scan("locations").select(list(FILES["locations"])).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise StoreError(f"Snapshot {tables.run_id} cannot be read ({error}): publish it again.") from error
        rows = incidents.select("incident_id", "category", row=pl.int_range(pl.len(), dtype=pl.UInt32))
        tied = locations.join(rows, on="incident_id", how="inner", maintain_order="left").with_columns(
            place_key=pl.coalesce(pl.col("place_id"), pl.col("name")).cast(pl.Categorical)
        )
        return cls(incidents, tied, tables)

    def places_of(self, incident_id: str) -> list[dict[str, Any]]:
        """The places of one incident in their order."""
        return self.locations.filter(pl.col("incident_id") == incident_id).sort("place_no").to_dicts()

    def of_incident(self, table: str, incident_id: str) -> pl.DataFrame:
        """The rows of one incident in claims, sources or history, read from the file when a card asks for them."""
        return self.tables.scan(table).filter(pl.col("incident_id") == incident_id).collect()

    def reports(self, report_ids: list[str]) -> pl.DataFrame:
        """The reports with these ids, with their texts."""
        return self.tables.scan("reports").filter(pl.col("report_id").is_in(report_ids)).collect()
