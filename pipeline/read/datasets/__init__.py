"""Datasets coded by others: UCDP GED, ACLED, GTD, Airwars, and any CSV with a mapping file."""

from pipeline.read.datasets.coded import SOURCE, coded_by, coded_event, is_coded
from pipeline.read.datasets.mapping import Mapping, load_mapping, mapping_for
from pipeline.read.datasets.rows import read_dataset

__all__ = ["SOURCE", "Mapping", "coded_by", "coded_event", "is_coded", "load_mapping", "mapping_for", "read_dataset"]
