"""Serving: a read-only HTTP API of the current snapshot, by Datasette (docs/decisions/serve.md says why)."""

from pipeline.serve.api import api, database_of

__all__ = ["api", "database_of"]
