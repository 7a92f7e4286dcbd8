"""A WARC as a crawler writes it."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.model import Report
from pipeline.read import Failure, ReadOptions, read_source
from tests.pipeline.fetch.conftest import PAGE, TEXT

ANSWERS = [
    ("https://news.example/1", "200 OK", "text/html; charset=windows-1256", PAGE.encode()),  # a wrong charset
    ("https://news.example/a.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://news.example/2", "404 Not Found", "text/html", PAGE.encode()),
    ("https://news.example/3", "200 OK", "text/html", b"<html><body><a href='/'>home</a></body></html>"),
]


def _archive(path: Path, gzip: bool) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzip)
        for url, status, kind, body in ANSWERS:
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers,
                warc_headers_dict={"WARC-Date": "2021-12-12T10:00:00Z"},
            )  # fmt: skip
            writer.write_record(record)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_articles_of_an_archive(tmp_path: Path, name: str) -> None:
    _archive(tmp_path / name, gzip=name.endswith(".gz"))
    (report,) = read_source(str(tmp_path), ReadOptions(archive=tmp_path / ".raw"))
    assert isinstance(report, Report)
    assert TEXT in report.text
    assert (report.url, report.published) == ("https://news.example/1", date(2021, 12, 12))
    assert report.retrieved_at == datetime(2021, 12, 12, 10, tzinfo=UTC)
    assert report.archived_path and (tmp_path / ".raw" / report.archived_path).read_bytes() == PAGE.encode()


@pytest.mark.parametrize("data", [b"", b"no warc at all", b"\x1f\x8b\x08\x00broken"])
def test_what_is_no_archive(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.warc.gz"
    path.write_bytes(data)
    (failure,) = read_source(str(path), ReadOptions())
    assert isinstance(failure, Failure)


def test_a_torn_archive_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "torn.warc"
    _archive(path, gzip=False)
    path.write_bytes(path.read_bytes()[:-700])
    report, *_ = read_source(str(path), ReadOptions())
    assert isinstance(report, Report)
