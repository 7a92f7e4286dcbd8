"""Whatever a source holds: reports and failures come out, never an exception; and texts can be stored."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model import Report
from pipeline.read import Failure, ReadOptions, read_source
from pipeline.read.files import read_bytes

OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ARABIC = st.text(alphabet="ابتدسفقكلمنهوي \n،.0123", min_size=1, max_size=80)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["id", "text", "published", "publisher", "title", "url", "lang", "sample"])
SUFFIXES = ["", ".txt", ".html", ".jsonl", ".json", ".csv", ".warc", ".warc.gz"]


def check(items: list[Report | Failure]) -> None:
    for item in items:
        assert isinstance(item, Report | Failure)
        if isinstance(item, Report):
            assert item.text.strip() and item.report_id
            for text in (item.text, item.title or "", item.url or "", item.publisher or "", item.report_id):
                text.encode("utf-8")
                assert "\0" not in text
        else:
            assert item.reason


@pytest.mark.parametrize("suffix", SUFFIXES)
@OFTEN
@given(data=st.binary(max_size=400) | ARABIC.map(lambda text: text.encode("windows-1256", "ignore")))
def test_any_bytes(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(data)
    items = list(read_source(str(path), ReadOptions()))
    assert items or suffix == ".json"  # a chat without texts holds no report
    check(items)


@OFTEN
@given(record=st.dictionaries(KEYS, JSON | ARABIC, max_size=8))
def test_any_json_line(record: dict[str, object]) -> None:
    line = json.dumps(record).encode()
    items = list(read_bytes(line, "x", ".jsonl", ReadOptions()))
    assert len(items) == 1
    check(items)
    if isinstance(items[0], Report):
        assert len(items[0].text) == len(str(record["text"]))  # offsets stay


@OFTEN
@given(
    messages=st.lists(
        JSON | st.dictionaries(st.sampled_from(["id", "type", "date", "date_unixtime", "text"]), JSON | ARABIC)
    )
)
def test_any_telegram_export(messages: list[object]) -> None:
    check(list(read_bytes(json.dumps({"id": 1, "messages": messages}).encode(), "x", ".json", ReadOptions())))


@OFTEN
@given(
    html=st.lists(
        st.sampled_from(["<p>", "</p>", "<html>", "<a href='", "'>", "<!--", "<script>", "&#0;", "&amp", "نص "])
    )
)
def test_any_html(html: list[str]) -> None:
    for suffix in (".html", ".txt"):
        items = list(read_bytes("".join(html).encode(), "x", suffix, ReadOptions()))
        assert len(items) == 1
        check(items)


@OFTEN
@given(
    cells=st.dictionaries(
        st.sampled_from(
            ["id", "date_start", "date_end", "latitude", "best", "date_prec", "where_prec", "source_article"]
        ),
        st.text(max_size=12) | st.sampled_from(["2021-12-11", "1", "35.1", "-1", "1e999", "2021-13-01"]),
    )
)
def test_any_row_of_a_dataset(tmp_path: Path, cells: dict[str, str]) -> None:
    from pipeline.read.datasets import coded_event
    from tests.pipeline.read.test_datasets import UCDP, write

    for item in read_source(str(write(tmp_path / "rows.csv", UCDP | cells)), ReadOptions()):
        check([item])
        if isinstance(item, Report):
            event = coded_event(item)
            claims = [event.event_type, event.days, event.fatalities, *event.locations]
            assert all(claim.spans for claim in claims if claim)
