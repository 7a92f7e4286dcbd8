"""An endpoint that answers badly, slowly or never; and what may be asked at all."""

import time

import pytest

from pipeline.errors import FetchError, InputError, UsageError
from pipeline.llm import LlmSettings, settings_from
from pipeline.llm.answer import schema
from pipeline.model import Report
from tests.pipeline.llm.conftest import Make
from tests.pipeline.llm.endpoint import Endpoint, completion

REPORT = Report("r", "Gunmen attacked a checkpoint near Hawija.", lang="en")

BROKEN = [
    '{"events": [{"event_type": "attack"',
    "I am sorry, I cannot help with that.",
    "[]",
    '{"incidents": []}',
    '{"events": {}}',
    '{"events": ' + "[" * 100_000 + "]" * 100_000 + "}",
    '{"events": [' + ", ".join(["{}"] * 41) + "]}",
]


@pytest.mark.parametrize("content", BROKEN)
def test_an_answer_that_is_no_json_of_the_schema_is_asked_for_again_and_then_refused(
    endpoint: Endpoint, extractor: Make, content: str
) -> None:
    endpoint.says(content)
    with pytest.raises(InputError, match="language model") as caught:
        extractor().read(REPORT)
    assert not isinstance(caught.value, FetchError)
    assert len(endpoint.asked) == 2


def test_a_second_answer_may_be_better(endpoint: Endpoint, extractor: Make) -> None:
    endpoint.answer = lambda number: completion("oops" if number == 1 else '```json\n{"events": []}\n```')
    assert extractor().read(REPORT).events == ()


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}'])
def test_a_body_that_is_no_completion(endpoint: Endpoint, extractor: Make, body: bytes) -> None:
    endpoint.answer = lambda number: body
    with pytest.raises(InputError, match="no JSON"):
        extractor().read(REPORT)


@pytest.mark.parametrize(
    ("status", "told"), [(401, "PIPELINE_LLM_KEY"), (404, "no such address"), (400, "refused"), (302, "refused")]
)
def test_a_refusal_says_what_to_do(endpoint: Endpoint, extractor: Make, status: int, told: str) -> None:
    endpoint.answer = lambda number: status
    with pytest.raises(FetchError, match=told):
        extractor(key="secret-key").read(REPORT)
    assert len(endpoint.asked) == 1


def test_a_busy_endpoint_is_asked_once_more(endpoint: Endpoint, extractor: Make) -> None:
    endpoint.answer = lambda number: 503 if number == 1 else completion('{"events": []}')
    assert extractor().read(REPORT).events == ()
    assert len(endpoint.asked) == 2


def test_an_answer_that_never_comes_or_trickles_is_not_waited_for(endpoint: Endpoint, extractor: Make) -> None:
    endpoint.answer = lambda number: None
    began = time.monotonic()
    with pytest.raises(FetchError, match="did not answer within"):
        extractor(timeout=0.3).read(REPORT)
    endpoint.answer, endpoint.drip = lambda number: completion('{"events": []}'), 0.05
    with pytest.raises(FetchError, match="did not answer within"):
        extractor(timeout=0.3).read(REPORT)
    assert time.monotonic() - began < 5


def test_an_endpoint_that_is_gone_is_given_up_after_three_reports(extractor: Make, endpoint: Endpoint) -> None:
    asked = extractor(url="http://127.0.0.1:1/v1")
    for _ in range(3):
        with pytest.raises(FetchError, match="is it running"):
            asked.read(REPORT)
    with pytest.raises(FetchError, match="not asked"):
        asked.read(REPORT)
    assert asked.given_up


def test_an_answer_without_end_is_cut(endpoint: Endpoint, extractor: Make) -> None:
    endpoint.answer = lambda number: b" " * 3_000_000
    with pytest.raises(InputError, match="longer than"):
        extractor().read(REPORT)


def test_a_long_report_is_not_sent(endpoint: Endpoint, extractor: Make) -> None:
    with pytest.raises(InputError, match="not sent"):
        extractor(max_chars=10).read(REPORT)
    assert endpoint.asked == []


def test_what_is_asked(endpoint: Endpoint, extractor: Make) -> None:
    extractor(key="secret-key").read(REPORT)
    (asked,) = endpoint.asked
    assert asked["path"] == "/v1/chat/completions"
    assert asked["response_format"]["json_schema"]["schema"] == schema()
    assert endpoint.keys == ["Bearer secret-key"]
    assert "secret-key" not in repr(extractor(key="secret-key").settings)


SETTINGS = [
    ({"url": "ftp://x/v1"}, "http"),
    ({"url": "http://user:pw@localhost/v1"}, "PIPELINE_LLM_KEY"),
    ({"url": "http://models.example/v1", "key": "k"}, "unencrypted"),
    ({"model": ""}, "Name the model"),
    ({"timeout": 0}, "more than 0"),
]


@pytest.mark.parametrize(("given", "told"), SETTINGS)
def test_settings_that_cannot_be_used(given: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        LlmSettings(**{"url": "http://localhost/v1", "model": "m", **given})  # type: ignore[arg-type]


def test_it_is_off_unless_an_address_is_given() -> None:
    assert settings_from({}) is None
    assert settings_from({"PIPELINE_LLM_MODEL": "m", "PIPELINE_LLM_KEY": "k"}) is None
    found = settings_from({"PIPELINE_LLM_URL": "https://x/v1/", "PIPELINE_LLM_MODEL": "m", "PIPELINE_LLM_KEY": "k"})
    assert found and (found.url, found.key, found.timeout) == ("https://x/v1", "k", 60.0)
    with pytest.raises(UsageError, match="TIMEOUT"):
        settings_from({"PIPELINE_LLM_URL": "https://x", "PIPELINE_LLM_MODEL": "m", "PIPELINE_LLM_TIMEOUT": "soon"})
