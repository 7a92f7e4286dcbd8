"""Reading: every kind of source becomes reports, and what cannot be read becomes a Failure while the rest goes on."""

from pipeline.read.sources import read_source
from pipeline.read.types import Failure, ReadOptions

__all__ = ["Failure", "ReadOptions", "read_source"]
