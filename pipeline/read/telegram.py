"""Telegram Desktop's JSON export (result.json): each message with text is a report."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pipeline.errors import InputError
from pipeline.model import Report
from pipeline.read.clean import as_read, check_size
from pipeline.read.days import baghdad_day, published_day
from pipeline.read.language import detect_language
from pipeline.read.types import Failure, ReadOptions


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
    number = message.get("id")
    try:
        text = as_read(message_text(message.get("text", "")))
        if not text.strip():
            return
        check_size(text, options.max_chars)
        channel, name = chat.get("id"), chat.get("name")
        yield Report(
            report_id=f"tg-{channel}-{number}",
            text=text,
            published=_day(message) or options.published,
            publisher=options.publisher or message.get("forwarded_from") or name or None,
            title=None,
            url=_link(chat, number),
            lang=detect_language(text),
            source=source,
        )
    except InputError as error:
        yield Failure(f"{source}#{number}", str(error))


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


def _day(message: dict[str, Any]) -> Any:
    """By the Unix time where the export has it: `date` is in the time zone of whoever exported."""
    unix = message.get("date_unixtime")
    if unix is not None and str(unix).isdigit():
        return baghdad_day(datetime.fromtimestamp(int(unix), UTC))
    return published_day(message.get("date"))


def _link(chat: dict[str, Any], number: object) -> str | None:
    """A public channel's message by its user name, where the export has it, else by the channel's number."""
    if chat.get("username"):
        return f"https://t.me/{chat['username']}/{number}"
    if chat.get("type") in ("public_channel", "public_supergroup", "private_channel") and chat.get("id"):
        return f"https://t.me/c/{chat['id']}/{number}"
    return None
