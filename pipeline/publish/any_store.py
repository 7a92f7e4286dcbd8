"""Rows of any store as Polars frames, by SQLAlchemy: for a few months at a time."""

import polars as pl
import sqlalchemy as sa

from pipeline.publish.frames import Ask, Keys, Rows


def asking(connection: sa.Connection) -> Ask:
    """A way to ask the store that `connection` is to."""

    def ask(rows: Rows, column: str, keys: Keys) -> pl.DataFrame:
        query = sa.text(rows.select(f"{column} in :keys")).bindparams(sa.bindparam("keys", expanding=True))
        result = connection.execute(query, {"keys": keys})
        columns = list(zip(*result, strict=True)) or [()] * len(rows.columns)
        return pl.DataFrame(
            [
                pl.Series(name, values, dtype=None if values and _plain(kind) else pl.String())
                for (name, kind), values in zip(rows.columns.items(), columns, strict=True)
            ]
        )

    return ask


def _plain(kind: pl.DataType) -> bool:
    return kind.is_numeric() or kind == pl.Boolean
