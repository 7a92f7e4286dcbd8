"""The sample reports: all there, all marked as samples, our own words, and as the README says of them."""

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest

from pipeline.model import EVENT_TYPES, Report
from pipeline.read import ReadOptions, read_source
from pipeline.read.html import marked_sample
from pipeline.read.language import detect_language

SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = Path(__file__).parents[2] / "shared"
FIRST, LAST = date(2021, 10, 1), date(2022, 3, 31)
RUN = 40  # characters in a row that two unrelated texts may not share
FIELDS = {"id", "text", "title", "published", "publisher", "url", "lang", "sample"}
MARKS = {"ar": "(نموذج)", "ckb": "(نموونە)", "en": "(sample)"}


class SamplePage(HTMLParser):
    """What a page of samples/pages tells: its metadata, title and paragraphs."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.lang = self.title = self.url = ""
        self.paragraphs: list[str] = []
        self.inside = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "html":
            self.lang = values["lang"]
        elif tag == "meta" and "content" in values:
            self.meta[values.get("name") or values["property"]] = values["content"]
        elif tag == "link" and values["rel"] == "canonical":
            self.url = values["href"]
        elif tag == "p":
            self.paragraphs.append("")
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.title = data
        elif self.inside == "p":
            self.paragraphs[-1] += data

    def record(self, report_id: str) -> dict[str, object]:
        """The page in the shape of a line of the .jsonl files."""
        return {
            "id": report_id,
            "text": "\n".join(self.paragraphs),
            "title": self.title,
            "published": self.meta["article:published_time"][:10],
            "publisher": self.meta["og:site_name"],
            "url": self.url,
            "lang": self.lang,
            "sample": self.meta.get("sample") == "true",
        }


def read_lines() -> list[dict[str, object]]:
    files = sorted(SAMPLES.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def read_pages() -> list[dict[str, object]]:
    return [SamplePage(file.read_text(encoding="utf-8")).record(file.stem) for file in SAMPLES.glob("pages/*.html")]


LINES, PAGES = read_lines(), read_pages()
REPORTS = {str(record["id"]): record for record in LINES + PAGES}
with (SAMPLES / "expected.csv").open(encoding="utf-8", newline="") as rows:
    EXPECTED = {row["report_id"]: row for row in csv.DictReader(rows)}


def occurrence(report_id: str) -> str:
    """The first report that tells the same occurrence, or the report itself."""
    return EXPECTED[report_id]["same_occurrence_as"] or report_id


def words(text: str) -> str:
    """The text with its spacing made even, so that a line break hides no copy."""
    return " ".join(text.split())


def runs(text: str) -> set[str]:
    plain = words(text)
    return {plain[at : at + RUN] for at in range(len(plain) - RUN + 1)}


@pytest.mark.parametrize(
    ("records", "lang", "count"),
    [(LINES, "ar", 38), (PAGES, "ar", 4), (LINES, "ckb", 10), (LINES, "en", 7), (PAGES, "en", 1)],
)
def test_counts(records, lang, count):
    assert sum(record["lang"] == lang for record in records) == count


def test_ids_and_addresses_are_unique():
    assert len(REPORTS) == len({record["url"] for record in REPORTS.values()}) == 60


@pytest.mark.parametrize("record", REPORTS.values(), ids=REPORTS.keys())
def test_record(record):
    assert set(record) == FIELDS
    assert all(record[field] for field in FIELDS)
    assert record["sample"] is True
    assert str(record["id"]).startswith(f"s-{record['lang']}-")
    assert str(record["publisher"]).endswith(MARKS[str(record["lang"])])
    assert str(record["url"]).startswith("https://example.org/")
    assert FIRST <= date.fromisoformat(str(record["published"])) <= LAST


@pytest.mark.parametrize(
    ("lang", "letters"), [("ar", "[ةيأإؤئ]"), ("ckb", "[ەێۆڕڵ]"), ("en", "[a-z]")], ids=["ar", "ckb", "en"]
)
def test_each_report_is_in_its_language(lang, letters):
    other = {"ar": "[ەێۆڕڵ]", "ckb": "[ةىؤ]", "en": "[\u0600-\u06ff]"}[lang]
    for record in REPORTS.values():
        if record["lang"] == lang:
            assert len(re.findall(letters, str(record["text"]))) > 5, record["id"]
            assert not re.search(other, str(record["text"])), record["id"]


def test_the_reader_takes_every_sample_as_a_sample():
    sources = [*SAMPLES.glob("*.jsonl"), SAMPLES / "pages"]
    read = [report for source in sources for report in read_source(str(source), ReadOptions())]
    assert all(isinstance(report, Report) for report in read)
    by_address = {report.url: report for report in read}
    assert len(by_address) == len(REPORTS)
    for record in REPORTS.values():
        report = by_address[record["url"]]
        assert report.is_sample
        assert (report.title, report.publisher) == (record["title"], record["publisher"])
        assert (str(report.published), report.lang) == (record["published"], record["lang"])
        assert words(str(record["text"])) in words(report.text)
        assert "example.org" not in report.text and "/reports" not in report.text
        assert detect_language(report.text) == record["lang"]


@pytest.mark.parametrize(
    ("page", "sample"),
    [
        ('<head><meta name="sample" content="true"></head><body>', True),
        ('<HEAD><META CONTENT="true" NAME="sample"></HEAD>', True),
        ("<head><meta name=sample content=true></head>", True),
        ('<head><meta name="sample" content="false"></head>', False),
        ('<head><meta name="samples" content="true"></head>', False),
        ('<head></head><body><p><meta name="sample" content="true">', False),
    ],
)
def test_only_a_page_that_says_so_in_its_head_is_a_sample(page, sample):
    assert marked_sample(page) is sample


def test_expected_covers_every_report_and_every_event_type():
    assert EXPECTED.keys() == REPORTS.keys()
    told: Counter[str] = Counter()
    for row in EXPECTED.values():
        types = row["event_types"].split("; ") if row["event_types"] else []
        assert int(row["n_events"]) == len(types), row["report_id"]
        told.update(types)
    assert set(told) == set(EVENT_TYPES)
    assert sum(row["n_events"] == "0" for row in EXPECTED.values()) == 7


def test_two_tellings_name_the_first_and_are_days_apart_at_most():
    later = {report_id: row["same_occurrence_as"] for report_id, row in EXPECTED.items() if row["same_occurrence_as"]}
    assert len(later) == 8  # six by two outlets, one correction, one reprint
    for report_id, first in later.items():
        assert not EXPECTED[first]["same_occurrence_as"], "a telling of a telling"
        assert EXPECTED[report_id]["event_types"] == EXPECTED[first]["event_types"]
        days = [date.fromisoformat(str(REPORTS[one]["published"])) for one in (first, report_id)]
        assert 0 <= (days[1] - days[0]).days <= 3


def test_the_reprint_is_nearly_the_same_text():
    first, reprint = (runs(str(REPORTS[one]["text"])) for one in ("s-ar-024", "s-ar-025"))
    assert len(first & reprint) / len(first | reprint) > 0.6


def test_unrelated_reports_share_no_sentence():
    told_in: dict[str, set[str]] = defaultdict(set)
    for report_id, record in REPORTS.items():
        for sentence in re.split(r"[.!?؟\n]", str(record["text"])):
            if len(words(sentence)) >= RUN:
                told_in[words(sentence)].add(occurrence(report_id))
    assert [sentence for sentence, reports in told_in.items() if len(reports) > 1] == []


def test_unrelated_reports_share_no_long_run():
    by_report = {report_id: runs(str(record["text"])) for report_id, record in REPORTS.items()}
    shared = {
        (one, other): sorted(by_report[one] & by_report[other])[:1]
        for one, other in combinations(by_report, 2)
        if occurrence(one) != occurrence(other) and by_report[one] & by_report[other]
    }
    assert shared == {}


def test_no_text_is_copied_from_the_shared_material():
    gold, reports = SHARED / "gold" / "dev.jsonl", SHARED / "reports"
    if not gold.is_file() or not reports.is_dir():
        pytest.skip("the optional folder ../shared (gold/dev.jsonl, reports/) is not there to compare with")
    lines = gold.read_text(encoding="utf-8").splitlines()
    theirs = {run for line in lines for run in runs(json.loads(line)["text"])}
    theirs |= {run for file in reports.iterdir() for run in runs(file.read_text(encoding="utf-8"))}
    assert len(theirs) > 1000
    copied = {report_id: sorted(runs(str(record["text"])) & theirs)[:1] for report_id, record in REPORTS.items()}
    assert {report_id: run for report_id, run in copied.items() if run} == {}
