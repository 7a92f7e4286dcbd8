"""A month is read in parts, and is the same however it is cut and whichever way the store is asked."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipeline.errors import StoreError
from pipeline.publish.any_store import asking
from pipeline.publish.folder import write_table
from pipeline.publish.frames import AT_ONCE, CLAIMS_OF, ORDER, read_month
from pipeline.snapshot_schema import FILES
from pipeline.store import Store
from tests.pipeline.conftest import Runner
from tests.pipeline.told_reports import report

MONTH = "2023-04"
LINES = [
    "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7",
    "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |",
    "ied | 2023-04-02 | Hawija | | | |",
]
TABLES = [table for table in FILES if table != "history"]
_READ = """
import sys
from pathlib import Path
from pipeline.publish.frames import read_month
from pipeline.publish.sqlite_months import sqlite_reader
with sqlite_reader(Path(sys.argv[1])) as ask:
    for table, parts in read_month(ask, sys.argv[2], int(sys.argv[4]), int(sys.argv[5])):
        for number, part in enumerate(parts):
            part.write_ipc(Path(sys.argv[3]) / f"{table}-{number:03}")
"""


@pytest.fixture
def month(store: Store, run_with: Runner) -> Store:
    """A store with a month of nine reports, one of them superseded, of three incidents."""
    run_with(*(report(f"r{number}", *LINES[number % 3 :]) for number in range(9)))
    run_with(report("r0", *LINES, publisher="corrected"))
    return store


def _here(store: Store, at_once: int, claims_of: int) -> dict[str, list[pl.DataFrame]]:
    with store.read() as connection:
        return {table: list(parts) for table, parts in read_month(asking(connection), MONTH, at_once, claims_of)}


def _by_adbc(store: Store, folder: Path, at_once: int, claims_of: int) -> dict[str, list[pl.DataFrame]]:
    """In a process of its own: two SQLite libraries in one undo each other's locks."""
    command = [sys.executable, "-c", _READ, str(store.path), MONTH, str(folder), str(at_once), str(claims_of)]
    subprocess.run(command, cwd=Path(__file__).parents[3], check=True)
    return {table: [pl.read_ipc(path) for path in sorted(folder.glob(f"{table}-*"))] for table in TABLES}


@pytest.mark.parametrize(("at_once", "claims_of"), [(AT_ONCE, CLAIMS_OF), (2, 4), (1, 1)])
def test_however_a_month_is_cut_and_asked_for_it_is_the_same(
    month: Store, tmp_path: Path, at_once: int, claims_of: int
) -> None:
    whole = {table: pl.concat(parts) for table, parts in _here(month, AT_ONCE, CLAIMS_OF).items()}
    (tmp_path / "read").mkdir()
    by_adbc = _by_adbc(month, tmp_path / "read", at_once, claims_of)
    for table, here in _here(month, at_once, claims_of).items():
        assert whole[table].height > 0
        assert whole[table].schema == pl.Schema(FILES[table])
        assert whole[table].equals(whole[table].sort(ORDER[table], maintain_order=True), null_equal=True)
        assert pl.concat(here).equals(whole[table], null_equal=True), table
        assert pl.concat(by_adbc[table]).equals(whole[table], null_equal=True), table


def test_no_part_is_larger_than_what_is_read_at_once(month: Store) -> None:
    parts = _here(month, 2, 4)
    claims = parts.pop("claims")
    for table, cut in parts.items():
        assert all(part[ORDER[table][0]].n_unique() <= 2 for part in cut), table
    assert len(parts["reports"]) == 5
    assert [part["event_id"].n_unique() for part in claims] == [4, 4, 4, 4, 2]


def test_a_superseded_report_is_not_in_its_month(month: Store) -> None:
    for at_once in (AT_ONCE, 2):
        reports = pl.concat(_here(month, at_once, CLAIMS_OF)["reports"])
        assert reports["report_id"].is_unique().all()
        assert reports.filter(publisher="corrected").height == 1
        assert reports.height == 9


@pytest.mark.parametrize("table", TABLES)
def test_a_file_has_the_same_bytes_however_its_rows_were_cut(month: Store, tmp_path: Path, table: str) -> None:
    rows = pl.concat(_here(month, AT_ONCE, CLAIMS_OF)[table])
    (tmp_path / table).mkdir()
    cut = [write_table(tmp_path, table, MONTH, rows.iter_slices(size)) for size in (1, 2, rows.height)]
    assert cut[0] == cut[1] == cut[2]
    assert cut[0][f"{table}/{MONTH}.parquet"].rows == rows.height
    assert pl.read_parquet(tmp_path / table / f"{MONTH}.parquet").equals(rows, null_equal=True)


def test_no_rows_make_no_file(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    empty = pl.DataFrame(schema=FILES["claims"])
    assert write_table(tmp_path, "claims", MONTH, [empty, empty]) == {}
    assert write_table(tmp_path, "claims", MONTH, []) == {}
    assert list((tmp_path / "claims").iterdir()) == []


def test_what_fails_while_a_part_is_read_is_told_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "history").mkdir()

    def parts() -> Iterator[pl.DataFrame]:
        yield pl.DataFrame(schema=FILES["history"])
        raise StoreError("the store has gone")

    with pytest.raises(StoreError, match="has gone"):
        write_table(tmp_path, "history", "all", parts())
