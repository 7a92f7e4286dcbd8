"""The store of record: SQLite by default, PostgreSQL by one address."""

from pipeline.store.database import Store, open_store

__all__ = ["Store", "open_store"]
