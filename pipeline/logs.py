"""Messages for people, or for a log collector: PIPELINE_LOG=json makes each line on standard error one JSON object.

{"time", "level", "verb", "process", "message"}, the time in UTC. Passwords in addresses and the values of secret
environment variables are masked in either form.
"""

import io
import json
import os
import re
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

_LEVELS = {"error": "error", "usage": "error", "warning": "warning", "note": "info"}
_PASSWORD = re.compile(r"(\w[\w+.-]*://[^\s/:@]*):[^\s/@]+@")
_SECRET = re.compile(r"(_KEY|_SECRET|_TOKEN|_PASSWORD)$")
_LEAST = 6  # letters of a secret: masking a shorter one would mask ordinary words


class Masked(io.TextIOBase):
    """A stream that writes to another, line by line, with secrets masked; as JSON where `as_json`."""

    def __init__(self, to: TextIO, verb: str, environment: Mapping[str, str], *, as_json: bool) -> None:
        self._to = to
        self._verb = verb
        self._as_json = as_json
        self._rest = ""
        found = {value for name, value in environment.items() if _SECRET.search(name) and len(value) >= _LEAST}
        self._secrets = sorted(found, key=len, reverse=True)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return not self._as_json and self._to.isatty()

    def fileno(self) -> int:
        return self._to.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._to.encoding

    def write(self, text: str) -> int:
        if not self._as_json:
            self._to.write(self._mask(text))
            return len(text)
        *lines, self._rest = (self._rest + text.replace("\r", "\n")).split("\n")
        for line in lines:
            self._line(line)
        return len(text)

    def flush(self) -> None:
        self._to.flush()

    def finish(self) -> None:
        """Write what no newline has ended."""
        if self._rest:
            self._line(self._rest)
            self._rest = ""
        self.flush()

    def failed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """sys.excepthook: a failure nobody foresaw is one entry, not twenty lines."""
        text = "".join(traceback.format_exception(kind, error, trace))
        if self._as_json:
            self._entry(f"{kind.__name__}: {error}", "critical", trace=text)
        else:
            self._to.write(self._mask(text))
        self.flush()

    def _line(self, line: str) -> None:
        if not line.strip():
            return
        head = line.split(":", 1)[0].strip()
        self._entry(line, _LEVELS.get(head, "info"))

    def _entry(self, message: str, level: str, **more: str) -> None:
        entry = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level, "verb": self._verb}
        told = {**entry, "process": os.getpid(), "message": self._mask(message)}
        told |= {name: self._mask(value) for name, value in more.items()}
        self._to.write(json.dumps(told, ensure_ascii=False) + "\n")

    def _mask(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return _PASSWORD.sub(r"\1:***@", text)


def audit(who: str, action: str, subject: str, **more: object) -> None:
    """One JSON line on standard error for a write, or for one that was refused; in either form of log."""
    entry = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": "info", "verb": "write"}
    told = {**entry, "process": os.getpid(), "who": who, "action": action, "subject": subject, **more}
    sys.stderr.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stderr.flush()


def set_up(verb: str, environment: Mapping[str, str] = os.environ) -> None:
    """Put standard error behind the mask. Called once, by the command line."""
    as_json = environment.get("PIPELINE_LOG", "").lower() == "json"
    if as_json:
        os.environ["TQDM_DISABLE"] = "1"  # bars are for people
    masked = Masked(sys.stderr, verb, environment, as_json=as_json)
    sys.stderr = masked
    sys.excepthook = masked.failed
