"""Cells that a spreadsheet would run as formulas are made text."""

import polars as pl

# OWASP's list for CSV injection, with the full-width signs that some locales take for the same.
_RUNS = "^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"


def without_formulas(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with an apostrophe before each text that begins like a formula. Numbers and dates are not touched."""
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    return frame.with_columns(_neutral(frame, name) for name in texts)


def _neutral(frame: pl.DataFrame, name: str) -> pl.Expr:
    text = pl.col(name).cast(pl.String)
    return pl.when(text.str.contains(_RUNS)).then("'" + text).otherwise(text).alias(name)
