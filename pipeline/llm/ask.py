"""One question to an OpenAI-compatible endpoint, within limits of time and size."""

import json
import time
from typing import Any

import httpx

from pipeline.errors import FetchError, InputError
from pipeline.llm.answer import MAX_EVENTS, schema
from pipeline.llm.settings import LlmSettings

_TRY_AGAIN = (408, 409, 425, 429, 500, 502, 503, 504)


def ask(client: httpx.Client, settings: LlmSettings, messages: list[dict[str, str]]) -> list[Any]:
    """The events of the answer, each still to be checked.

    Raises FetchError where the endpoint does not answer in time or refuses, InputError where what it answers is no
    JSON of the schema after `settings.attempts` tries.
    """
    deadline = time.monotonic() + settings.timeout
    for attempt in range(1, settings.attempts + 1):
        last = attempt == settings.attempts
        try:
            status, body = _post(client, settings, messages, deadline)
            if status in _TRY_AGAIN and not last:
                time.sleep(min(1.0, max(0.0, deadline - time.monotonic())))
                continue
            if status != 200:
                raise FetchError(f"The language model's endpoint answered {status}: {_told(status)}.")
            return _events(body)
        except InputError as error:
            if isinstance(error, FetchError) or last:
                raise
    raise AssertionError("the last attempt returns or raises")


def _post(
    client: httpx.Client, settings: LlmSettings, messages: list[dict[str, str]], deadline: float
) -> tuple[int, bytes]:
    body = {
        "model": settings.model,
        "messages": messages,
        "temperature": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "events", "strict": True, "schema": schema()},
        },
    }
    headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(_slow(settings))
    try:
        # A stream, so that an endpoint that sends a byte a second is not waited for; no redirect, it would get the key.
        with client.stream(
            "POST", f"{settings.url}/chat/completions", json=body, headers=headers, timeout=left, follow_redirects=False
        ) as response:
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                size += len(part)
                if time.monotonic() > deadline:
                    raise FetchError(_slow(settings))
                if size > settings.max_answer:
                    raise InputError(f"The language model's answer is longer than {settings.max_answer} bytes.")
                parts.append(part)
            return response.status_code, b"".join(parts)
    except httpx.TimeoutException:
        raise FetchError(_slow(settings)) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        kind = type(error).__name__
        raise FetchError(f"The language model's endpoint cannot be reached ({kind}): is it running?") from None


def _slow(settings: LlmSettings) -> str:
    return f"The language model did not answer within {settings.timeout:g} seconds (PIPELINE_LLM_TIMEOUT)."


def _told(status: int) -> str:
    if status in (401, 403):
        return "the key is missing or wrong (PIPELINE_LLM_KEY)"
    if status == 404:
        return "no such address or model (PIPELINE_LLM_URL, PIPELINE_LLM_MODEL)"
    if status == 429:
        return "too many questions; try later"
    return "it refused" if status < 500 else "it failed; try later"


def _events(body: bytes) -> list[Any]:
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
        answer = json.loads(_unfenced(content))
        events = answer["events"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise InputError("The language model's answer is no JSON of the schema it was given.") from None
    if not isinstance(events, list):
        raise InputError('The language model\'s answer has no list of "events".')
    if len(events) > MAX_EVENTS:
        raise InputError(f"The language model lists {len(events)} events; a report tells {MAX_EVENTS} at most.")
    return events


def _unfenced(content: str) -> str:
    """Without the ``` lines that some models put round their JSON."""
    text = content.strip()
    if text.startswith("```") and text.endswith("```"):
        text = text[3:-3].removeprefix("json")
    return text
