"""Extraction: a report in, its events out, each value with the words it was read from."""

from pipeline.extract.events import extract_events

__all__ = ["extract_events"]
