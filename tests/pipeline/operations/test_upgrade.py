"""From the first schema to the newest: first_store.sql is a store as the first version left it, and stays as it is.

A change of the schema comes as a migration after it; the first one is not edited, since stores have been made with it.
"""

import shutil
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pipeline.review import Decision, decide
from pipeline.run import RunOptions, run
from pipeline.store import database, migrations, open_store
from pipeline.store.database import HEAD
from pipeline.store.tables import metadata
from pipeline.versions import Versions
from tests.pipeline.told_reports import Source, load, report

HERE = Path(__file__).parent
NEXT = '''"""A column more, for the test"""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None


def upgrade() -> None:
    op.execute("create table extra (n integer)")
    op.execute("insert into extra select count(*) from reports")
    op.execute("{then}")
'''


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript((HERE / "first_store.sql").read_text(encoding="utf-8"))
    return path


def test_a_store_of_the_first_version_is_brought_to_the_newest_and_keeps_everything(
    first: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(first) as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == ("1",)
    store = open_store(first)
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.scalar(sa.text("select version_num from alembic_version")) == HEAD
        assert connection.scalar(sa.text("select count(*) from reports")) == 3
        assert connection.scalar(sa.text("select count(*) from decisions")) == 1
    # and it goes on working: what was known stays known, what is new is linked to it
    later = report("d", "attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 5 | 5", publisher="D")
    known = report(
        "a", "attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7", publisher="A"
    )
    options = RunOptions(
        tmp_path / "snapshot", load=load, read_source=Source(known, later), versions=Versions("code", "1", "places")
    )
    outcome = run(store, ["here"], options)
    assert (outcome.counts["reports_unchanged"], outcome.counts["reports_new"]) == (1, 1)
    incidents = outcome.snapshot.read("incidents").sort("n_sources")
    assert incidents["n_sources"].to_list() == [1, 3]
    assert "accepted" in incidents["review_state"].to_list()
    decide(store, Decision(incidents["incident_id"][0], "note", "Rezan", note="still here"))
    store.close()


@pytest.fixture
def a_later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project with one migration more. Returns that migration's file."""
    here = tmp_path / "migrations"
    shutil.copytree(migrations.HERE, here, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrations, "HERE", here)
    monkeypatch.setattr(database, "HEAD", "9999")
    return here / "versions" / "9999_next.py"


def test_a_migration_sees_the_rows_and_is_applied_once(first: Path, a_later_version: Path) -> None:
    a_later_version.write_text(NEXT.format(head=HEAD, then="update extra set n = n + 1"))
    for _ in range(2):
        store = open_store(first)
        with store.read() as connection:
            assert connection.scalar(sa.text("select n from extra")) == 4
            assert connection.scalar(sa.text("select version_num from alembic_version")) == "9999"
        store.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(first: Path, a_later_version: Path) -> None:
    with sqlite3.connect(first) as connection:
        before = list(connection.iterdump())
    a_later_version.write_text(NEXT.format(head=HEAD, then="update nowhere set n = 1"))
    with pytest.raises(Exception, match="nowhere"):
        open_store(first)
    with sqlite3.connect(first) as connection:
        assert list(connection.iterdump()) == before
