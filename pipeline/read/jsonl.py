"""JSON Lines: a report a line. Its text is kept exactly as given, for others count offsets in it too."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, get_args

from pipeline.errors import InputError
from pipeline.model import Language, Report
from pipeline.read.clean import check_size, content_id, storable
from pipeline.read.days import published_day
from pipeline.read.language import detect_language
from pipeline.read.types import Failure, ReadOptions

_LANGUAGES = get_args(Language)


def read_jsonl(lines: Iterable[str], source: str, options: ReadOptions) -> Iterator[Report | Failure]:
    """The reports of `lines`, {id,text,published,publisher,title,url,lang,sample} each; other keys are ignored.

    A broken line is a Failure that names it by number; an id that comes again with another text is one too.
    """
    empty = True
    with closing(_Given()) as given:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            empty = False
            try:
                report = _report(_record(line), source, options)
                if given.with_another_text(report):
                    raise InputError(f"id {report.report_id!r} was given before, with another text: ids must differ")
            except InputError as error:
                yield Failure(f"{source}:{number}", str(error))
            else:
                yield report
    if empty:
        yield Failure(source, "is empty: there is no report in it")


class _Given:
    """The ids of a file, each with a hash of its text: in a file of SQLite's own once they are many, not in memory."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", check_same_thread=False)
        self._db.execute("create table given (id text primary key, text integer) without rowid")

    def with_another_text(self, report: Report) -> bool:
        """Whether its id was given before with a text that is not the same; it is remembered from now on."""
        told = (report.report_id, hash(report.text))
        if self._db.execute("insert or ignore into given values (?, ?)", told).rowcount:
            return False
        (known,) = self._db.execute("select text from given where id = ?", told[:1]).fetchone()
        return bool(known != told[1])

    def close(self) -> None:
        self._db.close()


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line.removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"is no JSON ({error}): each line must be one whole object") from None
    if not isinstance(record, dict):
        raise InputError(f"is a JSON {type(record).__name__}, not an object")
    return record


def _report(record: dict[str, Any], source: str, options: ReadOptions) -> Report:
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError('has no "text"' if text is None else f'"text" is a {type(text).__name__}, not a string')
    check_size(text, options.max_chars)
    text = storable(text)
    url = _string(record, "url")
    lang = _string(record, "lang")
    return Report(
        report_id=_string(record, "id") or content_id(text, url),
        text=text,
        published=published_day(record.get("published")) or options.published,
        publisher=_string(record, "publisher") or options.publisher,
        title=_string(record, "title"),
        url=url,
        lang=lang if lang in _LANGUAGES else detect_language(text),  # type: ignore[arg-type]
        source=source,
        is_sample=record.get("sample") is True,
    )


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InputError(f'"{key}" is a {type(value).__name__}, not a string')
    return storable(str(value))
