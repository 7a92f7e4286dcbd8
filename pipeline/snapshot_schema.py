"""The columns of the published snapshot, file by file.

publish writes them, query and the dashboard read them, export names its columns after them. A snapshot is a folder
with these Parquet files and a manifest.json; it is replaced whole, never changed in place.

incidents   one row per linked incident (what the map counts and the table lists)
locations   one row per place of an incident; an incident with no place has none
claims      one row per value and span: what ties every cell to report, words and offsets
reports     one row per report, with its text
sources     one row per incident and event of a report: who says what
history     one row per decision of a reviewer
"""

import polars as pl

CODE = pl.Categorical()

INCIDENTS: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "category": CODE,
    "event_type": CODE,
    "event_date": pl.Date(),  # null where no day could be resolved
    "end_date": pl.Date(),
    "time_precision": pl.Int8(),
    "date_origin": CODE,  # text | publication | reviewed | null
    "date_phrase": pl.String(),
    "actor1": pl.String(),  # canonical English names, joint actors joined by "; "
    "actor2": pl.String(),
    "fatalities_low": pl.Int32(),
    "fatalities_best": pl.Int32(),
    "fatalities_high": pl.Int32(),
    "injuries_low": pl.Int32(),
    "injuries_best": pl.Int32(),
    "injuries_high": pl.Int32(),
    "casualties_low": pl.Int32(),
    "n_strikes": pl.Int32(),
    "n_sources": pl.Int16(),  # reports that tell of it, near-duplicates counted once
    "n_reports": pl.Int16(),
    "n_locations": pl.Int16(),
    "publishers": pl.List(pl.String()),
    "languages": pl.List(pl.String()),
    "quoted_sources": pl.List(pl.String()),
    "review_state": CODE,  # machine | accepted | corrected | rejected
    "conflicting": pl.Boolean(),  # sources give different values for some field
    "confidence": pl.Float32(),
    "sentence": pl.String(),  # the sentence it is mainly told in, in the report's script
    "report_id": pl.String(),  # the report that sentence is from
    "is_sample": pl.Boolean(),
    "search_text": pl.String(),  # folded (geodata.fold) names, actors, sentence, in three scripts
}

LOCATIONS: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "place_no": pl.Int16(),
    "place_id": pl.String(),
    "name": pl.String(),
    "name_ar": pl.String(),
    "name_ckb": pl.String(),
    "admin1": CODE,
    "admin1_pcode": CODE,
    "admin2": pl.String(),
    "latitude": pl.Float64(),
    "longitude": pl.Float64(),
    "geo_precision": pl.Int8(),
    "where_prec": pl.Int8(),
    "disputed": pl.Boolean(),
    "administered_by": CODE,
    "where_description": pl.String(),
}

CLAIMS: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "event_id": pl.String(),
    "report_id": pl.String(),
    "field": CODE,
    "value": pl.String(),
    "words": pl.String(),
    "start": pl.Int32(),  # null where the value has no words (publication day, default)
    "end": pl.Int32(),
    "origin": CODE,
    "rule": pl.String(),
}

REPORTS: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "publisher": pl.String(),
    "published": pl.Date(),
    "title": pl.String(),
    "url": pl.String(),
    "lang": CODE,
    "text": pl.String(),
    "source": pl.String(),
    "sha256": pl.String(),
    "archived_path": pl.String(),
    "retrieved_at": pl.Datetime("us", "UTC"),
    "is_sample": pl.Boolean(),
    "n_events": pl.Int16(),  # 0: read, and nothing found
}

SOURCES: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "event_id": pl.String(),
    "report_id": pl.String(),
    "publisher": pl.String(),
    "published": pl.Date(),
    "url": pl.String(),
    "lang": CODE,
    "near_duplicate_of": pl.String(),  # report_id of the first report with nearly this text, or null
    "event_date": pl.Date(),
    "end_date": pl.Date(),
    "fatalities_low": pl.Int32(),
    "fatalities_best": pl.Int32(),
    "fatalities_high": pl.Int32(),
    "injuries_low": pl.Int32(),
    "injuries_best": pl.Int32(),
    "injuries_high": pl.Int32(),
    "actor1": pl.String(),
    "actor2": pl.String(),
    "event_record": pl.String(),  # the extracted event as the contract's JSON
}

HISTORY: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "decided_at": pl.Datetime("us", "UTC"),
    "reviewer": pl.String(),
    "action": CODE,
    "field": pl.String(),
    "old_value": pl.String(),
    "new_value": pl.String(),
    "note": pl.String(),
    "state": CODE,  # applied | orphaned (what it was about has gone)
}

FILES: dict[str, dict[str, pl.DataType]] = {
    "incidents": INCIDENTS,
    "locations": LOCATIONS,
    "claims": CLAIMS,
    "reports": REPORTS,
    "sources": SOURCES,
    "history": HISTORY,
}
