"""What is exported: the filtered frames of a snapshot, and what they are."""

from dataclasses import asdict, dataclass, field, is_dataclass, replace
from typing import Any, Literal

import polars as pl

from pipeline import labels
from pipeline.errors import UsageError
from pipeline.query import Selection as Answer
from pipeline.query import sentence as in_words
from pipeline.snapshot_schema import LOCATIONS

Shape = Literal["incident", "location"]
Columns = Literal["own", "acled", "ucdp"]
Split = Literal["year", "month", "category", "admin1"]


@dataclass(frozen=True)
class Selection:
    """The filtered set, by pipeline.snapshot_schema. claims, sources and reports are read only by formats that carry
    them, and may hold rows of other incidents.

    sentence says in words which filters were applied, manifest is the snapshot's own, query what was asked.
    """

    incidents: pl.DataFrame
    locations: pl.DataFrame
    claims: pl.LazyFrame
    sources: pl.LazyFrame
    reports: pl.LazyFrame
    sentence: str
    manifest: dict[str, Any] = field(default_factory=dict)
    query: Any = None

    def only(self, incidents: pl.DataFrame, sentence: str) -> "Selection":
        """The part of this selection that is about `incidents`."""
        places = self.locations.join(incidents.select("incident_id"), on="incident_id", how="semi")
        return replace(self, incidents=incidents, locations=places, sentence=sentence)

    def about(self, table: pl.LazyFrame) -> pl.DataFrame:
        """The rows of claims or sources that are about the selected incidents."""
        ids = self.incidents.lazy().select("incident_id")
        return table.join(ids, on="incident_id", how="semi", maintain_order="left").collect()


def chosen(answer: Answer, lang: str) -> Selection:
    """What a query answered, ready to be exported, its sentence in `lang`."""
    frames = answer.frames
    names = {
        str(row["place_id"]): labels.place(row, lang)
        for row in answer.locations.filter(pl.col("place_id").is_in(list(answer.query.place))).iter_rows(named=True)
    }
    manifest = getattr(frames.tables, "manifest", None)
    record = asdict(manifest) if is_dataclass(manifest) and not isinstance(manifest, type) else {}
    record.pop("files", None)
    return Selection(
        incidents=answer.incidents,
        locations=answer.locations.select(list(LOCATIONS)),
        claims=frames.tables.scan("claims"),
        sources=frames.tables.scan("sources"),
        reports=frames.tables.scan("reports"),
        sentence=in_words(answer.query, lang, names),
        manifest={"run_id": frames.tables.run_id} | record,
        query=answer.query,
    )


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a selection is written. Formats ignore what does not concern them only where docs/exports.md says so."""

    shape: Shape = "incident"  # one row per incident, or per place of one
    columns: Columns = "own"
    bom: bool = True  # CSV: without it, Excel takes Arabic for gibberish
    hxl: bool = False  # a row of HXL tags under the header
    split: Split | None = None  # several files rather than one
    progress: bool = False


class TooManyRowsError(UsageError):
    """More rows than the format can hold: the caller's choice of format. Split the export, or choose another."""
