"""Bringing a store to the newest schema, by Alembic, inside the caller's transaction.

A change of pipeline/store/tables.py comes with a new file in versions/ and the new HEAD in pipeline/store/database.py;
a test compares the migrated schema with the tables.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from pipeline.errors import StoreError

HERE = Path(__file__).parent


def configuration(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The newest migration."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def upgrade(connection: sa.Connection, shown: str, version: str | None) -> None:
    """Apply what is missing.

    Raises StoreError where the store was made by a newer version of the project.
    """
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise StoreError(
            f"The store {shown} has schema {version}, which this version does not know: update the project ({error})."
        ) from error
