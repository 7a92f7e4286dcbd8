"""The first schema of the store"""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aliases",
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("alias"),
    )
    op.create_index(op.f("ix_aliases_incident_id"), "aliases", ["incident_id"], unique=False)
    op.create_table(
        "changes",
        sa.Column("change_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("diff", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("change_id"),
    )
    op.create_index(op.f("ix_changes_incident_id"), "changes", ["incident_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("old_value", sa.Text(), nullable=True),
        sa.Column("new_value", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id"),
    )
    op.create_index(op.f("ix_decisions_incident_id"), "decisions", ["incident_id"], unique=False)
    op.create_table("dirty", sa.Column("month", sa.String(), nullable=False), sa.PrimaryKeyConstraint("month"))
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("archived_path", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("retrieved_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "incidents",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("event_date", sa.String(), nullable=True),
        sa.Column("end_date", sa.String(), nullable=True),
        sa.Column("time_precision", sa.Integer(), nullable=True),
        sa.Column("date_origin", sa.String(), nullable=True),
        sa.Column("date_phrase", sa.Text(), nullable=True),
        sa.Column("actor1", sa.String(), nullable=True),
        sa.Column("actor2", sa.String(), nullable=True),
        sa.Column("fatalities_low", sa.Integer(), nullable=True),
        sa.Column("fatalities_best", sa.Integer(), nullable=True),
        sa.Column("fatalities_high", sa.Integer(), nullable=True),
        sa.Column("injuries_low", sa.Integer(), nullable=True),
        sa.Column("injuries_best", sa.Integer(), nullable=True),
        sa.Column("injuries_high", sa.Integer(), nullable=True),
        sa.Column("casualties_low", sa.Integer(), nullable=True),
        sa.Column("n_strikes", sa.Integer(), nullable=True),
        sa.Column("n_sources", sa.Integer(), nullable=False),
        sa.Column("n_reports", sa.Integer(), nullable=False),
        sa.Column("n_locations", sa.Integer(), nullable=False),
        sa.Column("publishers", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("quoted_sources", sa.Text(), nullable=False),
        sa.Column("conflicting", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_index("incidents_by_confidence", "incidents", ["confidence"], unique=False)
    op.create_index("incidents_by_month", "incidents", ["month"], unique=False)
    op.create_table(
        "overlaid",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("months", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_table(
        "published",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("n_decisions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run_id"),
    )
    op.create_table(
        "runs",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("finished_at", sa.String(), nullable=True),
        sa.Column("code_version", sa.String(), nullable=False),
        sa.Column("lexicon_hash", sa.String(), nullable=False),
        sa.Column("gazetteer_hash", sa.String(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("run_id"),
    )
    op.create_table(
        "locations",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("place_no", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=True),
        sa.Column("name_ckb", sa.String(), nullable=True),
        sa.Column("admin1", sa.String(), nullable=True),
        sa.Column("admin1_pcode", sa.String(), nullable=True),
        sa.Column("admin2", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(precision=53), nullable=True),
        sa.Column("longitude", sa.Float(precision=53), nullable=True),
        sa.Column("geo_precision", sa.Integer(), nullable=False),
        sa.Column("where_prec", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("administered_by", sa.String(), nullable=True),
        sa.Column("where_description", sa.Text(), nullable=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.incident_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident_id", "place_no"),
    )
    op.create_index("locations_by_month", "locations", ["month"], unique=False)
    op.create_table(
        "reports",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("retrieved_at", sa.String(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("extracted_with", sa.String(), server_default="", nullable=False),
        sa.Column("n_events", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.sha256"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("report_id"),
    )
    op.create_index(op.f("ix_reports_thread"), "reports", ["thread"], unique=False)
    op.create_index(op.f("ix_reports_url"), "reports", ["url"], unique=False)
    op.create_index("reports_by_extraction", "reports", ["extracted_with", "seq"], unique=False)
    op.create_index("reports_by_month", "reports", ["month"], unique=False)
    op.create_index("reports_by_sample", "reports", ["is_sample"], unique=False)
    op.create_table(
        "events",
        sa.Column("event_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("report_no", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("event_date", sa.String(), nullable=True),
        sa.Column("end_date", sa.String(), nullable=True),
        sa.Column("admin1", sa.String(), nullable=False),
        sa.Column("near_duplicate_of", sa.String(), nullable=True),
        sa.Column("fatalities_low", sa.Integer(), nullable=True),
        sa.Column("fatalities_best", sa.Integer(), nullable=True),
        sa.Column("fatalities_high", sa.Integer(), nullable=True),
        sa.Column("injuries_low", sa.Integer(), nullable=True),
        sa.Column("injuries_best", sa.Integer(), nullable=True),
        sa.Column("injuries_high", sa.Integer(), nullable=True),
        sa.Column("actor1", sa.String(), nullable=True),
        sa.Column("actor2", sa.String(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("event_record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports.report_id"],
        ),
        sa.PrimaryKeyConstraint("event_no"),
        sa.UniqueConstraint("event_id"),
    )
    op.create_index("events_by_block", "events", ["category", "admin1", "event_date", "end_date"], unique=False)
    op.create_index("events_by_month", "events", ["month"], unique=False)
    op.create_index(op.f("ix_events_incident_id"), "events", ["incident_id"], unique=False)
    op.create_index(op.f("ix_events_report_id"), "events", ["report_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("event_no", sa.Integer(), nullable=False),
        sa.Column("claim_no", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=True),
        sa.Column("end_offset", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_no"], ["events.event_no"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_no", "claim_no"),
        sqlite_with_rowid=False,
    )
    _keep_decisions()


def _keep_decisions() -> None:
    """The log can be added to, and nothing else: whatever program tries."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(
                f"create trigger decisions_no_{act} before {act} on decisions "
                "begin select raise(abort, 'decisions are never changed: take a new one'); end"
            )
    else:
        op.execute(
            "create function keep_decisions() returns trigger language plpgsql as "
            "$$ begin raise exception 'decisions are never changed: take a new one'; end $$"
        )
        op.execute(
            "create trigger decisions_kept before update or delete on decisions "
            "for each row execute function keep_decisions()"
        )
