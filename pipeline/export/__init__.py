"""Export: the filtered set as files that other tools read, each with its filter, run, licences and codebook."""

from pipeline.export.selection import ExportOptions, Selection, TooManyRowsError, chosen
from pipeline.export.write import FORMATS, to_bytes, write

__all__ = ["FORMATS", "ExportOptions", "Selection", "TooManyRowsError", "chosen", "to_bytes", "write"]
