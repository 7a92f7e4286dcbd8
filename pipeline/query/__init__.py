"""One object asks for incidents: it gives the rows, the link and the sentence, alike for map, table and export."""

from pipeline.query.args import add_arguments, from_args
from pipeline.query.frames import Frames
from pipeline.query.params import from_params, to_params
from pipeline.query.query import Query
from pipeline.query.select import Selection, select
from pipeline.query.sentence import sentence

__all__ = [
    "Frames", "Query", "Selection", "add_arguments", "from_args", "from_params", "select", "sentence", "to_params",
]  # fmt: skip
