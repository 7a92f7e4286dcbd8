"""A batch of reports is stored as they would be one by one: versions in it, shared addresses, names that are taken."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from pipeline.model import Report
from pipeline.store import Store
from pipeline.store.arrivals import add_reports
from pipeline.store.tables import reports

URL = "https://news.invalid/1"
Batch = Sequence[Report]


def _report(report_id: str, text: str, url: str | None = None) -> Report:
    return Report(report_id, text, url=url)


FIRST = [_report("a", "one", URL), _report("b", "two")]
CASES: list[tuple[str, Batch, list[str]]] = [
    ("the same again", FIRST, ["unchanged", "unchanged"]),
    ("another text of one id, twice in a batch", [_report("b", "2"), _report("b", "3")], ["corrected", "corrected"]),
    ("an old text of one id", [_report("b", "2"), _report("b", "two")], ["corrected", "unchanged"]),
    ("one address, another id and text", [_report("c", "1", URL)], ["corrected"]),
    ("an address that the batch itself shares", [_report("c", "1", "x"), _report("d", "2", "x")], ["new", "new"]),
    ("a name that is taken within the batch", [_report("b.v2", "4"), _report("b", "5")], ["new", "corrected"]),
]


@pytest.mark.parametrize(("why", "batch", "outcomes"), CASES)
@pytest.mark.parametrize("at_once", [True, False])
def test_what_becomes_of_each(store: Store, why: str, batch: Batch, outcomes: list[str], at_once: bool) -> None:
    with store.write() as connection:
        assert add_reports(connection, FIRST, "run 1") == ["new", "new"]
    came = [batch] if at_once else [[report] for report in batch]
    with store.write() as connection:
        assert [each for part in came for each in add_reports(connection, part, "run 2")] == outcomes, why
        columns = (reports.c.report_id, reports.c.thread, reports.c.version, reports.c.superseded_by)
        rows = connection.execute(sa.select(*columns).order_by(reports.c.seq)).all()
    current = [row for row in rows if row.superseded_by is None]
    assert len({row.thread for row in current}) == len(current), "one current version of each thread"
    assert all(row.superseded_by in {later.report_id for later in rows[at + 1 :]} for at, row in enumerate(rows)
               if row.superseded_by)  # fmt: skip
    assert len(rows) == 2 + sum(outcome != "unchanged" for outcome in outcomes)
