"""A brief of what is filtered, for print or for the screen: figures, map, chart, table, in three languages."""

from pipeline.export.brief.page import brief_html
from pipeline.export.brief.pdf import FONT_FACE, write_pdf

__all__ = ["FONT_FACE", "brief_html", "write_pdf"]
