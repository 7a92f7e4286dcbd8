"""Telegram Desktop's JSON export (result.json): each message with text is a report."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from pipeline.errors import InputError
from pipeline.model import Report
from pipeline.read.clean import as_read, check_size, storable
from pipeline.read.days import baghdad_day, published_day
from pipeline.read.language import detect_language
from pipeline.read.types import Failure, ReadOptions

_LATEST = 4_102_444_800  # the year 2100, in Unix time


def is_telegram(record: object) -> bool:
    """Whether a parsed JSON file is an export of one chat, or of an account with its chats."""
    return isinstance(record, dict) and ("messages" in record or "chats" in record)


def read_telegram(text: str, source: str, options: ReadOptions) -> Iterator[Report | Failure]:
    """The messages of an export, oldest first. Service messages and those without text hold no report and are passed
    over; a broken one is a Failure that names it.

    Raises InputError where the file is no such export.
    """
    try:
        record = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"is no JSON ({error}): export the chat again") from None
    if not is_telegram(record):
        raise InputError("is JSON, but neither a Telegram export nor JSON Lines (one object a line, named .jsonl)")
    chats = record["chats"].get("list", []) if isinstance(record.get("chats"), dict) else [record]
    for chat in chats:
        if not isinstance(chat, dict) or not isinstance(chat.get("messages"), list):
            yield Failure(source, "a chat of the export has no list of messages: export it again")
            continue
        for message in chat["messages"]:
            if not isinstance(message, dict):
                yield Failure(source, f"a message is a {type(message).__name__}, not an object")
            elif message.get("type", "message") == "message":
                yield from _read(message, chat, source, options)


def _read(
    message: dict[str, Any], chat: dict[str, Any], source: str, options: ReadOptions
) -> Iterator[Report | Failure]:
    try:
        text = as_read(message_text(message.get("text", "")))
        if not text.strip():
            return
        check_size(text, options.max_chars)
        channel, number = _text(chat.get("id")), _text(message.get("id"))
        if number is None:
            raise InputError("a message has no id: export the chat again")
        yield Report(
            report_id=f"tg-{channel}-{number}",
            text=text,
            published=_day(message) or options.published,
            publisher=options.publisher or _text(message.get("forwarded_from")) or _text(chat.get("name")),
            title=None,
            url=_link(chat, number),
            lang=detect_language(text),
            source=source,
        )
    except InputError as error:
        yield Failure(f"{source}#{message.get('id')}", str(error))


def message_text(text: object) -> str:
    """A message's text: one string, or a list of strings and of entities {type, text}.

    Raises InputError for anything else.
    """
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        raise InputError(f"the text of the message is a {type(text).__name__}")
    parts = [part.get("text") if isinstance(part, dict) else part for part in text]
    if not all(isinstance(part, str) for part in parts):
        raise InputError("the text of the message holds something that is no text")
    return "".join(str(part) for part in parts)


def _day(message: dict[str, Any]) -> date | None:
    """By the Unix time where the export has it: `date` is in the time zone of whoever exported."""
    unix = str(message.get("date_unixtime", ""))
    if unix.isascii() and unix.isdigit() and int(unix) < _LATEST:
        return baghdad_day(datetime.fromtimestamp(int(unix), UTC))
    return published_day(message.get("date"))


def _text(value: object) -> str | None:
    """A name as text; None where there is none, or something that is no name."""
    return (
        storable(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None
    )


def _link(chat: dict[str, Any], number: str) -> str | None:
    """A public channel's message by its user name, where the export has it, else by the channel's number."""
    if _text(chat.get("username")):
        return f"https://t.me/{_text(chat['username'])}/{number}"
    if chat.get("type") in ("public_channel", "public_supergroup", "private_channel") and _text(chat.get("id")):
        return f"https://t.me/c/{chat['id']}/{number}"
    return None
