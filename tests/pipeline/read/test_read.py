"""Reading what is good: encodings, newlines, tags, ids, languages, what stands in for what is not said."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.model import Report
from pipeline.read import ReadOptions, read_source
from pipeline.read.days import published_day
from pipeline.read.encoding import decode
from pipeline.read.language import detect_language

ARABIC = (
    "قال مصدر أمني في كركوك إن عبوة ناسفة انفجرت على طريق داقوق، من دون وقوع إصابات.\r\nوأضاف أن القوات بدأت التفتيش."
)
SHORT = "انفجار عبوة في داقوق"


def only(source: Path | str, options: ReadOptions | None = None) -> Report:
    (report,) = read_source(str(source), options or ReadOptions())
    assert isinstance(report, Report), report
    return report


@pytest.mark.parametrize("text", [ARABIC, SHORT], ids=["long", "short"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6"]
)
def test_encodings(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))
    assert only(path).text == text.replace("\r\n", "\n")


OTHER_ENCODINGS = [
    (ARABIC.encode().decode("cp1256").encode(), ARABIC),  # read as windows-1256 once and saved again
    ("The café at Altun Kupri was shelled, he said".encode("cp1252"), "The café at Altun Kupri was shelled, he said"),
    (ARABIC.encode()[:-1], ARABIC),  # a whole text, its last letter whole
    (ARABIC.encode() + b"\xd9", ARABIC + "\ufffd"),  # cut off within a letter
]


@pytest.mark.parametrize(("data", "text"), OTHER_ENCODINGS, ids=["mojibake", "latin", "whole", "cut off"])
def test_other_encodings(data: bytes, text: str) -> None:
    assert decode(data).text == text or (text == ARABIC and decode(data).text == ARABIC[:-1])


LANGUAGES = [
    (ARABIC, "ar"),
    (SHORT, "ar"),
    ("هێزەکانی پێشمەرگە لە نزیک مەخموور ڕووبەڕووی چەکدارانی داعش بوونەوە", "ckb"),
    ("بۆمبێک لە داقوق تەقییەوە", "ckb"),
    ("A roadside bomb went off near Daquq on Monday, police said", "en"),
    ("1234 5678", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language


DAYS = [
    (None, None),
    ("", None),
    ("2021-12-12", date(2021, 12, 12)),
    ("2021-12-12T23:59:00", date(2021, 12, 12)),
    ("2021-12-12T22:30:00Z", date(2021, 12, 13)),  # past one in the morning in Baghdad
    ("2021-12-12T22:30:00+03:00", date(2021, 12, 12)),
]


@pytest.mark.parametrize(("value", "day"), DAYS)
def test_published_day(value: object, day: date | None) -> None:
    assert published_day(value) == day


def test_jsonl_is_read_as_given(tmp_path: Path) -> None:
    text = " خبر\r\nفي كركوك <b>عاجل</b> "
    record = {"id": 7, "text": text, "published": "2021-12-12", "publisher": "P", "lang": "ar", "sample": True, "x": 1}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    expected = Report("7", text, date(2021, 12, 12), "P", None, None, "ar", str(path), is_sample=True)
    assert only(path) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1256"])
def test_jsonl_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "one.jsonl"
    path.write_bytes(json.dumps({"id": "a", "text": ARABIC}, ensure_ascii=False).encode(encoding))
    assert only(path).text == ARABIC


def test_the_options_stand_in_for_what_is_not_said(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text('{"id": "a", "text": "x y z", "published": "2020-01-02"}\n{"id": "b", "text": "x y z"}\n')
    options = ReadOptions(published=date(2021, 12, 12), publisher="Outlet")
    read = [report for report in read_source(str(path), options) if isinstance(report, Report)]
    assert [(report.published, report.publisher) for report in read] == [
        (date(2020, 1, 2), "Outlet"),
        (date(2021, 12, 12), "Outlet"),
    ]


def test_an_id_comes_from_the_content(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ARABIC, encoding="utf-8")
    first, second = only(tmp_path / "a.txt"), only(tmp_path / "b.txt")
    assert first.report_id == second.report_id
    assert first.report_id.startswith("r-")
    (tmp_path / "b.txt").write_text(SHORT, encoding="utf-8")
    assert only(tmp_path / "b.txt").report_id != first.report_id


def test_tags_left_in_a_text_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "tags.txt"
    path.write_text("<p>انفجار في <b>كركوك</b>&nbsp;اليوم</p><script>alert(1)</script><p>تفاصيل</p>", encoding="utf-8")
    assert only(path).text == "انفجار في كركوك اليوم\nتفاصيل"


def test_a_text_with_a_sign_that_is_no_tag_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "signs.txt"
    path.write_text("قال 3 < 5 و <غير واضح> & كذا", encoding="utf-8")
    assert only(path).text == "قال 3 < 5 و <غير واضح> & كذا"


PAGE = """<!DOCTYPE html><html lang="ar"><head>{meta}<title>انفجار في داقوق | وكالة</title>
<meta property="article:published_time" content="2021-12-12T09:00:00+03:00">
<meta property="og:site_name" content="وكالة الخبر">
</head><body><nav><a href="/">الرئيسية</a></nav><article><h1>انفجار في داقوق</h1><p>{text}</p><p>{text}</p></article>
<footer>جميع الحقوق محفوظة 2024</footer></body></html>"""


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("windows-1256", '<meta charset="windows-1256">'),
        ("windows-1256", '<meta charset="utf-8">'),  # claims another
        ("utf-8", '<meta charset="windows-1256">'),  # and the other way round
        ("windows-1256", ""),
    ],
)
@pytest.mark.parametrize("suffix", ["html", "txt"])
def test_a_page(tmp_path: Path, encoding: str, meta: str, suffix: str) -> None:
    path = tmp_path / f"page.{suffix}"
    path.write_bytes(PAGE.format(meta=meta, text=ARABIC).encode(encoding))
    report = only(path)
    assert "انفجرت على طريق داقوق" in report.text
    assert "الرئيسية" not in report.text
    assert report.published == date(2021, 12, 12)
    assert (report.publisher, report.lang) == ("وكالة الخبر", "ar")


@pytest.mark.parametrize(
    ("data", "ids"),
    [(b'{"id": "a", "text": "x y z"}\n{"id": "b", "text": "x y z"}\n', ["a", "b"]), (ARABIC.encode(), None)],
    ids=["jsonl", "text"],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str] | None) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    read = list(read_source("-", ReadOptions()))
    assert all(isinstance(report, Report) for report in read)
    if ids:
        assert [report.report_id for report in read] == ids  # type: ignore[union-attr]
    else:
        assert len(read) == 1
