"""The snapshot as the query wants it: what is filtered and counted in memory, the rest read when it is shown.

Of each incident some sixty bytes are held, of each of its places eight; ids, sentences and whatever else only a list
or a card shows stay in the files, a month a file. Read once for each version, never changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import polars as pl

from pipeline.errors import StoreError
from pipeline.query.held import Part, Tables, grouped, read
from pipeline.snapshot_schema import FILES

JOINT = "; "  # between the actors of one side
_TEXT_IN_MEMORY = 2_000_000  # incidents: with more, a search for words reads the files


@dataclass(frozen=True)
class Frames:
    """Incidents and their places in the order of the files. Places are tied to an incident's row, not to its id."""

    incidents: pl.DataFrame  # held.HELD of INCIDENTS, actors as categories; outlets, tongues, moment (held.py)
    ties: pl.DataFrame  # of each place of each incident: row of the incident, cell, whether it has multiple places
    cells: pl.DataFrame  # every different (place, province, ..., precision, category) there is, with names and point
    places: pl.DataFrame  # one row for each place_key: its names and point
    parts: tuple[Part, ...]  # the files, by month
    joint: dict[str, tuple[str, ...]]  # every value of actor1, actor2, outlets, tongues, joint ones as they stand
    first_day: date | None
    tables: Tables

    @classmethod
    def load(cls, tables: Tables) -> "Frames":
        """Reads what is held in memory. StoreError where the snapshot is broken."""
        try:
            found = read(tables)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise StoreError(f"Snapshot {tables.run_id} cannot be read ({error}): publish it again.") from error
        names = pl.col("name", "name_ar", "name_ckb", "latitude", "longitude").first()
        places = found.cells.group_by("place_key", maintain_order=True).agg(names)
        joint = {
            name: tuple(sorted(found.incidents[name].unique().cast(pl.String).drop_nulls()))
            for name in ("actor1", "actor2", "outlets", "tongues")
        }
        return cls(found.incidents, found.ties, found.cells, places, found.parts, joint, found.first_day, tables)

    @property
    def height(self) -> int:
        """How many incidents there are."""
        return self.incidents.height

    def holding(self, word: str) -> pl.Series:
        """For each incident whether its searched text holds `word`, which is folded."""
        has = pl.col("search_text").str.contains(word, literal=True).fill_null(False)
        if self.height > _TEXT_IN_MEMORY:
            return self.tables.scan("incidents").select(has).collect(engine="streaming")["search_text"]
        return self.texts.select(has)["search_text"]

    @cached_property
    def texts(self) -> pl.DataFrame:
        """The searched text of all incidents: read at the first search for words."""
        return self.tables.scan("incidents").select("search_text").collect()

    @cached_property
    def kept(self) -> Callable[..., Any]:
        """Calls a function with this snapshot and more arguments, and keeps the last answers for all who ask again."""

        @lru_cache(maxsize=128)
        def call(function: Callable[..., Any], *arguments: Any) -> Any:
            return function(self, *arguments)

        return call

    def read(self, table: str, columns: Sequence[str], chosen: pl.Series | None = None) -> pl.DataFrame:
        """Columns of incidents or locations from the files, as the schema has them, of the rows that are `chosen`."""
        found, at = [], 0
        for part in grouped(self.parts):
            rows = sum(one.n if table == "incidents" else one.n_places for one in part)
            asked = None if chosen is None else chosen.slice(at, rows)
            at += rows
            if rows and (asked is None or asked.any()):
                frame = self.tables.scan(table, [one.month for one in part]).select(columns).collect()
                found.append(frame if asked is None else frame.filter(asked))
        return pl.concat(found) if found else pl.DataFrame(schema={name: FILES[table][name] for name in columns})

    def rows(self, numbers: Sequence[int]) -> pl.DataFrame:
        """Some incidents with all columns, in the order of their row numbers given: for a list, not for thousands."""
        return self.kept(_rows, tuple(numbers))  # type: ignore[no-any-return]

    def rows_of(self, incident_ids: Sequence[str]) -> list[int]:
        """Row numbers of the incidents with these ids, ascending; ids that no incident has are left out."""
        known = self.tables.scan("incidents").select("incident_id").with_row_index("row")
        return known.filter(pl.col("incident_id").is_in(incident_ids)).select("row").collect()["row"].to_list()

    def places_of_rows(self, numbers: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
        """The places of some incidents in their order, by row number: `cells` of each."""
        row, wanted = self.ties["row"], pl.Series(numbers, dtype=pl.UInt32)
        if row.flags["SORTED_ASC"]:
            ends = zip(row.search_sorted(wanted, "left"), row.search_sorted(wanted, "right"), strict=True)
            at = [place for start, end in ends for place in range(start, end)]
        else:
            at = row.is_in(wanted.implode()).arg_true().to_list()
        ties = self.ties[at]
        found: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
        for number, cell in zip(ties["row"], self.cells[ties["cell"]].iter_rows(named=True), strict=True):
            found[number].append(cell)
        return found

    def of_incident(self, table: str, row: int, incident_id: str) -> pl.DataFrame:
        """The rows of one incident in locations, claims, sources (in the file of its month) or history (in one)."""
        held = self.tables.months(table)
        months = [month for month in {self.part_of(row).month, "all"} if month in held]
        return self.tables.scan(table, months).filter(pl.col("incident_id") == incident_id).collect()

    def reports(self, report_ids: Sequence[str], near: int | None = None) -> pl.DataFrame:
        """The reports with these ids, with their texts: looked for about the month of row `near` first."""
        months = sorted(self.tables.months("reports"))
        month = None if near is None else self.part_of(near).month
        close = [one for at, one in enumerate(months) if month in months[max(0, at - 1) : at + 2]]
        wanted, found = set(report_ids), []
        for part in (close, [one for one in months if one not in close]):
            if part and wanted:
                asked = pl.col("report_id").is_in(sorted(wanted))
                found.append(self.tables.scan("reports", part).filter(asked).collect())
                wanted -= set(found[-1]["report_id"])
        return pl.concat(found) if found else pl.DataFrame(schema=FILES["reports"])

    def part_of(self, row: int) -> Part:
        """The file that holds an incident."""
        return next(part for part in self.parts if part.first <= row < part.first + part.n)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def _rows(frames: Frames, numbers: tuple[int, ...]) -> pl.DataFrame:
    found = [
        frames.tables.scan("incidents", [part.month])
        .with_row_index("_row", offset=part.first)
        .filter(pl.col("_row").is_in([n for n in numbers if part.first <= n < part.first + part.n]))
        for part in frames.parts
        if any(part.first <= n < part.first + part.n for n in numbers)
    ]
    if not found:
        return pl.DataFrame(schema=FILES["incidents"])
    together = pl.concat(pl.collect_all(found))
    order = pl.DataFrame({"_row": list(numbers)}, schema={"_row": together.schema["_row"]})
    return order.join(together, on="_row", maintain_order="left").drop("_row")
