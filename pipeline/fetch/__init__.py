"""Fetching from the web: politely, within limits, and never from inside somebody's network unless told so."""

from pipeline.fetch.get import Fetcher, Page

__all__ = ["Fetcher", "Page"]
