"""Many months read by ADBC are the very frames that SQLAlchemy gives."""

import subprocess
import sys
from pathlib import Path

import polars as pl

from pipeline.publish.frames import read_month
from pipeline.snapshot_schema import FILES
from pipeline.store import Store
from tests.pipeline.conftest import Runner
from tests.pipeline.told_reports import report

LINES = [
    "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7",
    "visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |",
    "ied | 2023-04-02 | Hawija | | | |",
]
_READ = """
import sys
from pathlib import Path
from pipeline.publish.sqlite_months import sqlite_reader
with sqlite_reader(Path(sys.argv[1])) as read:
    for table, rows in read("2023-04"):
        rows.write_ipc(Path(sys.argv[2]) / table)
"""


def test_both_ways_of_reading_a_month_give_the_same(store: Store, run_with: Runner, tmp_path: Path) -> None:
    run_with(*(report(f"r{number}", *LINES[number % 3 :]) for number in range(9)))
    tables = [table for table in FILES if table != "history"]
    # In a process of its own: two SQLite libraries in one undo each other's locks.
    command = [sys.executable, "-c", _READ, str(store.path), str(tmp_path)]
    subprocess.run(command, cwd=Path(__file__).parents[3], check=True)
    with store.read() as connection:
        for table in tables:
            here = read_month(connection, table, "2023-04")
            assert here.height > 0
            assert here.schema == pl.Schema(FILES[table])
            assert pl.read_ipc(tmp_path / table).equals(here, null_equal=True), table
