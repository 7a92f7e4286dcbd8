"""The tables of the store of record.

reports and documents hold what came in, events and claims what was read from it, incidents and locations what linking
made of them (the machine's layer), decisions what reviewers said (an append-only log, never changed by a run).
Days are ISO 8601 texts and times UTC, so that SQLite and PostgreSQL keep the same bytes. Lists are joined by
pipeline.model.SEPARATOR.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("started_at", String, nullable=False),
    Column("finished_at", String),  # null: still at work, or killed
    Column("code_version", String, nullable=False),
    Column("lexicon_hash", String, nullable=False),
    Column("gazetteer_hash", String, nullable=False),
    Column("counts", Text),  # JSON: what the run did
)

documents = Table(  # the bytes of the files that reports were read from
    "documents",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("archived_path", String, nullable=False),  # below the archive folder
    Column("size", Integer, nullable=False),  # bytes
    Column("source", String, nullable=False),
    Column("retrieved_at", String, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),  # order of arrival
    Column("report_id", String, nullable=False, unique=True),
    Column("thread", String, nullable=False, index=True),  # report_id of the first version
    Column("version", Integer, nullable=False),
    Column("superseded_by", String),  # report_id of the next version; null: this is the current one
    Column("content", String, nullable=False),  # hash of all that extraction depends on
    Column("sha256", String, nullable=False),  # of the text
    Column("document", String, ForeignKey("documents.sha256")),
    Column("text", Text, nullable=False),
    Column("published", String),
    Column("month", String, nullable=False),
    Column("publisher", String),
    Column("title", Text),
    Column("url", String, index=True),
    Column("lang", String),
    Column("source", String, nullable=False),
    Column("retrieved_at", String, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("run_id", String, nullable=False),  # the run that brought it
    Column("extracted_with", String, nullable=False, default="", server_default=""),  # "": not yet extracted
    Column("n_events", Integer, nullable=False, default=0),
    Column("problem", Text),  # why extraction failed on it
    Column("signature", LargeBinary),  # MinHash of the text
    Index("reports_by_extraction", "extracted_with", "seq"),
    Index("reports_by_month", "month"),
    Index("reports_by_sample", "is_sample"),
)

events = Table(
    "events",
    metadata,
    Column(
        "event_no", Integer, primary_key=True, autoincrement=False
    ),  # order of arrival: rows of one month lie together
    Column("event_id", String, nullable=False, unique=True),
    Column("report_id", String, ForeignKey("reports.report_id"), nullable=False, index=True),
    Column("report_no", Integer, nullable=False),  # reports.seq
    Column("incident_id", String, nullable=False, index=True),
    Column("month", String, nullable=False),
    Column("category", String, nullable=False),
    Column("event_type", String, nullable=False),
    Column("event_date", String),
    Column("end_date", String),
    Column("admin1", String, nullable=False),  # "": none, or several
    Column("near_duplicate_of", String),
    Column("fatalities_low", Integer),
    Column("fatalities_best", Integer),
    Column("fatalities_high", Integer),
    Column("injuries_low", Integer),
    Column("injuries_best", Integer),
    Column("injuries_high", Integer),
    Column("actor1", String),
    Column("actor2", String),
    Column("sentence", Text, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("event_record", Text, nullable=False),  # the event as the contract's JSON
    Index("events_by_block", "category", "admin1", "event_date", "end_date"),
    Index("events_by_month", "month"),
)

claims = Table(
    "claims",
    metadata,
    Column("event_no", Integer, ForeignKey("events.event_no", ondelete="CASCADE"), primary_key=True),
    Column("claim_no", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("value", Text),
    Column("words", Text, nullable=False),
    Column("start_offset", Integer),
    Column("end_offset", Integer),
    Column("origin", String, nullable=False),
    Column("rule", String, nullable=False),
    sqlite_with_rowid=False,
)

incidents = Table(
    "incidents",
    metadata,
    Column("incident_id", String, primary_key=True),
    Column("month", String, nullable=False),
    Column("category", String, nullable=False),
    Column("event_type", String, nullable=False),
    Column("event_date", String),
    Column("end_date", String),
    Column("time_precision", Integer),
    Column("date_origin", String),
    Column("date_phrase", Text),
    Column("actor1", String),
    Column("actor2", String),
    Column("fatalities_low", Integer),
    Column("fatalities_best", Integer),
    Column("fatalities_high", Integer),
    Column("injuries_low", Integer),
    Column("injuries_best", Integer),
    Column("injuries_high", Integer),
    Column("casualties_low", Integer),
    Column("n_strikes", Integer),
    Column("n_sources", Integer, nullable=False),
    Column("n_reports", Integer, nullable=False),
    Column("n_locations", Integer, nullable=False),
    Column("publishers", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("quoted_sources", Text, nullable=False),
    Column("conflicting", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("report_id", String, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("search_text", Text, nullable=False),
    Index("incidents_by_month", "month"),
    Index("incidents_by_confidence", "confidence"),
)

locations = Table(
    "locations",
    metadata,
    Column("incident_id", String, ForeignKey("incidents.incident_id", ondelete="CASCADE"), primary_key=True),
    Column("place_no", Integer, primary_key=True),
    Column("place_id", String),
    Column("name", String, nullable=False),
    Column("name_ar", String),
    Column("name_ckb", String),
    Column("admin1", String),
    Column("admin1_pcode", String),
    Column("admin2", String),
    Column("latitude", Float(53)),
    Column("longitude", Float(53)),
    Column("geo_precision", Integer, nullable=False),
    Column("where_prec", Integer, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("administered_by", String),
    Column("where_description", Text),
    Column("month", String, nullable=False),  # the incident's
    Index("locations_by_month", "month"),
)

aliases = Table(  # ids that incidents had before they were found to be one
    "aliases",
    metadata,
    Column("alias", String, primary_key=True),
    Column("incident_id", String, nullable=False, index=True),
)

decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", Integer, primary_key=True, autoincrement=True),
    Column("incident_id", String, nullable=False, index=True),
    Column("action", String, nullable=False),
    Column("field", String),
    Column("old_value", Text),
    Column("new_value", Text),
    Column("note", Text),
    Column("reviewer", String, nullable=False),
    Column("decided_at", String, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON: the events it was about, as they were
    Column("is_sample", Boolean, nullable=False),
)

changes = Table(  # what re-running changed in the machine's reading of an incident
    "changes",
    metadata,
    Column("change_id", Integer, primary_key=True, autoincrement=True),
    Column("incident_id", String, nullable=False, index=True),
    Column("run_id", String, nullable=False),
    Column("changed_at", String, nullable=False),
    Column("diff", Text, nullable=False),  # JSON: {field: [old, new]}
)

dirty = Table(  # months whose published files are out of date
    "dirty",
    metadata,
    Column("month", String, primary_key=True),
)

overlaid = Table(  # reviewed incidents as last published, to see which months a decision changes
    "overlaid",
    metadata,
    Column("incident_id", String, primary_key=True),
    Column("months", String, nullable=False),
    Column("digest", String, nullable=False),
)

published = Table(  # one row: the run whose snapshot the months that are not dirty lie in
    "published",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("n_decisions", Integer, nullable=False),  # decisions that are in it
)
