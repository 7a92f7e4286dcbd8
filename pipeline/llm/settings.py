"""Which endpoint is asked, and within what limits. Nothing is asked unless an address is given."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipeline.errors import UsageError

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """An OpenAI-compatible endpoint. `url` is the part before /chat/completions, such as http://localhost:11434/v1."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)  # never shown, logged or stored
    timeout: float = 60.0  # seconds one answer may take, all in all
    max_chars: int = 20_000  # of a report: a longer one is not sent
    max_answer: int = 1_000_000  # bytes of an answer
    attempts: int = 2  # for an answer that is no JSON of the schema, or an endpoint that is busy
    give_up_after: int = 3  # reports in a row that the endpoint did not answer at all

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError("The language model's address must begin with http:// or https:// (PIPELINE_LLM_URL).")
        if parts.username or parts.password:
            raise UsageError("Put the key into PIPELINE_LLM_KEY, not into the address: addresses end up in logs.")
        if self.key and parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise UsageError(f"The key would go to {parts.hostname} unencrypted: use https://, or give no key.")
        if not self.model:
            raise UsageError("Name the model: PIPELINE_LLM_MODEL, or --llm-model.")
        if self.timeout <= 0:
            raise UsageError("The time an answer may take must be more than 0 seconds.")


def settings_from(
    environment: Mapping[str, str] = os.environ,
    *,
    url: str | None = None,
    model: str | None = None,
    timeout: float | None = None,
) -> LlmSettings | None:
    """The endpoint named by arguments, or by PIPELINE_LLM_URL, _MODEL, _KEY, _TIMEOUT; None where none is named.

    The key is read from the environment alone: arguments are seen by every user of the machine.
    Raises UsageError where what is given cannot be used.
    """
    address = url or environment.get("PIPELINE_LLM_URL", "")
    if not address:
        return None
    try:
        seconds = timeout if timeout is not None else float(environment.get("PIPELINE_LLM_TIMEOUT") or 60)
    except ValueError:
        raise UsageError("PIPELINE_LLM_TIMEOUT must be a number of seconds.") from None
    return LlmSettings(
        url=address.rstrip("/"),
        model=model or environment.get("PIPELINE_LLM_MODEL", ""),
        key=environment.get("PIPELINE_LLM_KEY") or None,
        timeout=seconds,
    )
