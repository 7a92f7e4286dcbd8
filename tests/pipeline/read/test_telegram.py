"""Telegram Desktop's export: messages as reports, entities joined, days by Baghdad's calendar."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Report
from pipeline.read import Failure, ReadOptions, read_source

MESSAGES: list[dict[str, Any]] = [
    {"id": 1, "type": "service", "date": "2021-12-11T20:00:00", "action": "create_channel", "text": ""},
    {
        "id": 2, "type": "message", "date": "2021-12-11T22:30:00", "date_unixtime": "1639261800",
        "text": [
            {"type": "bold", "text": "خلية الإعلام الأمني"},
            "\nانفجار عبوة في ",
            {"type": "hashtag", "text": "#كركوك"},
        ],
    },
    {"id": 3, "type": "message", "date": "2021-12-12T10:00:00", "text": "", "photo": "photo.jpg"},
    {"id": 4, "type": "message", "date": "2021-12-13T10:00:00", "text": "خبر آخر من داقوق", "forwarded_from": "وكالة"},
    {"id": 5, "type": "message", "date": "12/13/2021", "text": "خبر بتاريخ مكسور"},
    {"id": 6, "type": "message", "date": "2021-12-13T10:00:00", "text": [{"type": "bold"}]},
]  # fmt: skip
CHAT = {"name": "قناة", "type": "public_channel", "id": 77, "messages": MESSAGES}


@pytest.mark.parametrize("export", [CHAT, {"chats": {"list": [CHAT]}}], ids=["one chat", "an account"])
def test_messages_are_reports(tmp_path: Path, export: dict[str, Any]) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(export, ensure_ascii=False), encoding="utf-8")
    first, second, third, fourth = read_source(str(path), ReadOptions())
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.report_id, first.publisher, first.url) == ("tg-77-2", "قناة", "https://t.me/c/77/2")
    assert first.text == "خلية الإعلام الأمني\nانفجار عبوة في #كركوك"
    assert first.published == date(2021, 12, 12)  # 22:30 UTC
    assert second.publisher == "وكالة"
    assert [type(item) for item in (third, fourth)] == [Failure, Failure]
    assert third.source == f"{path}#5" and "12/13/2021" in third.reason  # type: ignore[union-attr]


ODD = [
    ({"id": 1, "text": "x y", "date_unixtime": "999999999999999999", "date": "2021-12-12"}, date(2021, 12, 12), "قناة"),
    ({"id": 1, "text": "x y", "date_unixtime": "²"}, None, "قناة"),
    ({"id": 1, "text": "x y", "forwarded_from": ["a"]}, None, "قناة"),
    ({"id": "7", "text": "x y", "forwarded_from": "b"}, None, "b"),
]


@pytest.mark.parametrize(("message", "day", "publisher"), ODD)
def test_odd_messages(tmp_path: Path, message: dict[str, Any], day: date | None, publisher: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(CHAT | {"messages": [message]}))
    (report,) = read_source(str(path), ReadOptions())
    assert isinstance(report, Report) and (report.published, report.publisher) == (day, publisher)


@pytest.mark.parametrize(
    ("text", "says"),
    [('{"a": 1}', "neither"), ("[1]", "neither"), ("{", "no JSON"), ('{"messages": 3}', "list of messages")],
)
def test_what_is_no_export(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(text)
    (failure,) = read_source(str(path), ReadOptions())
    assert isinstance(failure, Failure) and says in failure.reason
