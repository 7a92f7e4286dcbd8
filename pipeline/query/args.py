"""The same query on the command line: `export --admin1 Kirkuk --from 2021-12-01`."""

import argparse
from dataclasses import fields
from typing import Any

from pipeline import labels
from pipeline.errors import UsageError
from pipeline.query.params import CLOSED, NAMES, from_params
from pipeline.query.query import Query

HELP = {
    "admin1": "province", "admin2": "district", "place": "place_id", "disputed": "in a disputed area or not",
    "administered_by": "who administers the place", "geo_precision": "1 the place itself, 2 near it, 3 a province",
    "category": "category", "event_type": "type", "since": "first day, YYYY-MM-DD", "until": "last day, YYYY-MM-DD",
    "time_precision": "1 day, 2 week, 3 month or longer", "actor": "actor on either side, canonical name",
    "publisher": "outlet", "language": "language of a report", "review_state": "all but rejected, if not given",
    "min_killed": "killed, at least", "min_toll": "killed and injured, at least",
    "text": "words in any of the three scripts", "missing": "only incidents that lack a place or a day",
    "sample": "sample reports only, or none",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds one option for each field of Query. Options of list fields may be given several times."""
    group = parser.add_argument_group("filters", "several values of one filter are alternatives; filters add up")
    for field in fields(Query):
        several = isinstance(field.default, tuple)
        choices: tuple[str, ...] | None = labels.codes(CLOSED[field.name]) if field.name in CLOSED else None
        if field.name in ("disputed", "sample"):
            choices = ("yes", "no")
        if field.name == "missing":
            choices = ("place", "day")
        group.add_argument(
            "--" + NAMES.get(field.name, field.name).replace("_", "-"),
            dest=f"query_{field.name}",
            action="append",
            choices=choices,
            metavar=None if choices and len(choices) < 6 else "VALUE",
            help=HELP[field.name] + (" (may be repeated)" if several else ""),
        )


def from_args(args: argparse.Namespace) -> Query:
    """The query of parsed arguments. Raises UsageError naming what cannot be understood."""
    given: dict[str, Any] = {
        NAMES.get(field.name, field.name): getattr(args, f"query_{field.name}") or [] for field in fields(Query)
    }
    query, refused = from_params(given)
    if refused:
        raise UsageError("not understood: " + ", ".join(f"--{one.replace('=', ' ', 1)}" for one in refused))
    if query.since and query.until and query.since > query.until:
        raise UsageError(f"--from {query.since} is after --to {query.until}: no day lies between them")
    return query
