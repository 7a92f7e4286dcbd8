"""Datasets coded by others: UCDP GED, ACLED, GTD, Airwars, and any CSV with a mapping file."""

from pipeline.read.datasets.mapping import Mapping, load_mapping, mapping_for
from pipeline.read.datasets.rows import Coded, read_dataset

__all__ = ["Coded", "Mapping", "load_mapping", "mapping_for", "read_dataset"]
