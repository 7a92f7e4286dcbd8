"""The list of bad input: each is a Failure that says whose fault it is, and everything beside it is still read."""

import json
from pathlib import Path

import pytest

from pipeline.model import Report
from pipeline.read import Failure, ReadOptions, read_source

GOOD = "أعلنت خلية الإعلام الأمني مقتل ثلاثة عناصر من داعش في جبال حمرين"

BAD_FILES = [
    # name, bytes, what the reason says
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("binary.txt", bytes(range(256)) * 8, "binary"),
    ("nulls.txt", b"\x00" * 400, "binary"),
    ("report.txt", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    ("letter.txt", b"PK\x03\x04" + b"\x14\x00" * 40, "Word"),
    ("huge.txt", ("انفجرت عبوة في كركوك. " * 60_000).encode(), "split it"),
    ("page.html", b"<html><head></head><body></body></html>", "no article"),
    ("empty.jsonl", b"\n\n", "empty"),
    ("picture.png", b"\x89PNG\r\n", "kind that is not read"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD_FILES, ids=[row[0] for row in BAD_FILES])
def test_a_bad_file_fails_alone(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz_good.txt").write_text(GOOD, encoding="utf-8")
    failure, report = read_source(str(tmp_path), ReadOptions())
    assert isinstance(failure, Failure)
    assert failure.source.endswith(name)
    assert says in failure.reason
    assert isinstance(report, Report)
    assert report.text == GOOD


BAD_LINES = [
    ("{not json", "no JSON"),
    ("[1, 2]", "not an object"),
    ('"text"', "not an object"),
    ("[" * 100_000, "no JSON"),
    ('{"id": "a"}', 'has no "text"'),
    ('{"id": "a", "text": null}', 'has no "text"'),
    ('{"id": "a", "text": ["x"]}', "is a list"),
    ('{"id": "a", "text": "  "}', "empty"),
    ('{"id": {}, "text": "x y z"}', '"id" is a dict'),
    ('{"id": true, "text": "x y z"}', '"id" is a bool'),
    ('{"text": "x y z", "published": "12/13/2021"}', "12/13/2021"),
    ('{"text": "x y z", "published": "2021-02-30"}', "no day"),
    ('{"text": "x y z", "published": "0021-12-12"}', "is the year right"),
    ('{"text": "x y z", "published": "9999-01-01"}', "is the year right"),
    ('{"text": "x y z", "published": 20211212}', "write the day as text"),
]


@pytest.mark.parametrize(("line", "says"), BAD_LINES)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "reports.jsonl"
    first, last = json.dumps({"id": "1", "text": GOOD}), json.dumps({"id": "3", "text": GOOD})
    path.write_text(f"{first}\n\n{line}\n{last}\n", encoding="utf-8")
    before, failure, after = read_source(str(path), ReadOptions())
    assert isinstance(failure, Failure)
    assert failure.source == f"{path}:3"
    assert says in failure.reason
    assert [before.report_id, after.report_id] == ["1", "3"]  # type: ignore[union-attr]


def test_a_missing_file_is_a_failure() -> None:
    assert list(read_source("no/such/file.txt", ReadOptions())) == [
        Failure("no/such/file.txt", "no such file: is the path right?")
    ]


def test_one_id_for_two_texts_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_text(
        '{"id": "a", "text": "one text"}\n{"id": "a", "text": "another"}\n{"id": "a", "text": "one text"}\n'
    )
    read = list(read_source(str(path), ReadOptions()))
    assert [type(item) for item in read] == [Report, Failure, Report]


def test_one_id_for_two_texts_is_a_failure_however_far_apart(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    ids = [*range(3000), 1, 2]
    texts = [f"Report {number} of the day." for number in range(3000)] + ["Report 1 of the day.", "Another."]
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in zip(ids, texts, strict=True)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = list(read_source(str(path), ReadOptions()))
    failures = [item for item in found if isinstance(item, Failure)]
    assert [(failure.source, "id '2' was given before" in failure.reason) for failure in failures] == [
        (f"{path}:3002", True)
    ]
    assert len(found) == 3002


def test_unstorable_characters_keep_every_offset(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text('{"id": "a", "text": "\\ud800x\\u0000\\r\\ny\\ud83d\\ude00z"}\n')
    (report,) = read_source(str(path), ReadOptions())
    assert isinstance(report, Report)
    assert report.text == "\ufffdx\ufffd\r\ny\U0001f600z"  # JSON's own newlines stay as they were given


def test_a_broken_byte_stays_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    good = json.dumps({"id": "1", "text": GOOD}, ensure_ascii=False).encode()
    path.write_bytes((good + b"\n") * 40 + b'{"id": "2", "text": "ab\xffcd"}\n')
    *_, last = read_source(str(path), ReadOptions())
    assert isinstance(last, Report)
    assert last.text == "ab\ufffdcd"
