"""What is done to a text once, when it is read, and never after: every offset refers to the result."""

import hashlib
import re

from pipeline.errors import InputError

_NEWLINE = re.compile("\r\n?|\u2028|\u2029|\x85")
# One character for one, so that offsets stay: neither can be stored (a lone surrogate in UTF-8, NUL in PostgreSQL).
_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def storable(text: str) -> str:
    """`text` with each NUL and each lone surrogate replaced by U+FFFD. The length, and so every offset, stays."""
    return _UNSTORABLE.sub("\ufffd", text)


def as_read(text: str) -> str:
    """A file's text, its newlines made one kind, its byte order mark dropped, unstorable characters replaced."""
    if _PAIR.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return storable(_NEWLINE.sub("\n", text).removeprefix("\ufeff"))


def check_size(text: str, max_chars: int) -> None:
    """Raises InputError where there is nothing to read, or more than a report can be."""
    if not text.strip():
        raise InputError("is empty: there is no text to read")
    if len(text) > max_chars:
        raise InputError(
            f"has {len(text):,} characters, a report at most {max_chars:,}: split it into its reports, one a file"
        )


def content_id(text: str, url: str | None = None) -> str:
    """The id of a report that was given none: the same text from the same address has it in every run."""
    digest = hashlib.sha256(f"{url or ''}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"r-{digest[:16]}"
