"""Events of reports by a language model: asked report by report, checked value by value."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx
from pydantic import ValidationError

from geodata.gazetteer import Gazetteer
from pipeline.errors import FetchError, InputError
from pipeline.extract.marked import mark
from pipeline.geocode.resolve import Resolver
from pipeline.llm.answer import ToldEvent
from pipeline.llm.ask import ask
from pipeline.llm.ground import Grounding
from pipeline.llm.prompt import messages
from pipeline.llm.settings import LlmSettings
from pipeline.model import Event, Report
from pipeline.read.language import detect_language
from pipeline.text.lexicon import load
from pipeline.text.tokens import read_document


@dataclass(frozen=True, slots=True)
class Reading:
    """What was taken of one answer, and what was refused: "fatalities '50 killed': these words are not ..."."""

    events: tuple[Event, ...]
    refused: tuple[str, ...]


class LlmExtractor:
    """Asks one endpoint for one report after another. A context manager: it holds connections open."""

    def __init__(self, settings: LlmSettings, gazetteer: Gazetteer | None = None) -> None:
        self.settings = settings
        self._resolver = Resolver(gazetteer or Gazetteer.load())
        self._client = httpx.Client(trust_env=False)
        self._unanswered = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    @property
    def given_up(self) -> bool:
        """Whether so many reports in a row went unanswered that asking on is of no use."""
        return self._unanswered >= self.settings.give_up_after

    def read(self, report: Report) -> Reading:
        """The events of one report, in the order of the text.

        Raises FetchError where the endpoint does not answer, InputError where its answer or the report is unusable.
        """
        if len(report.text) > self.settings.max_chars:
            raise InputError(f"longer than {self.settings.max_chars} characters: not sent to the language model")
        if self.given_up:
            raise FetchError("not asked: the language model did not answer the reports before it")
        try:
            answer = ask(self._client, self.settings, messages(report))
        except FetchError:
            self._unanswered += 1
            raise
        self._unanswered = 0
        return self._checked(report, answer)

    def _checked(self, report: Report, answer: list[object]) -> Reading:
        lang = report.lang or detect_language(report.text) or "ar"
        marked = mark(report, lang, read_document(report.text), load(lang))
        grounding = Grounding(marked, self._resolver, f"language model {self.settings.model}")
        events: dict[str, Event] = {}
        for number, item in enumerate(answer, start=1):
            try:
                told = ToldEvent.model_validate(item)
            except ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                place = ".".join(map(str, first["loc"])) or "event"
                grounding.refused.append(f"event {number}, {place}: {first['msg']}")
                continue
            event = grounding.event(told)
            if event is not None:
                events.setdefault(event.event_id, event)
        ordered = sorted(events.values(), key=lambda event: event.event_type.spans[0])
        return Reading(tuple(ordered), tuple(grounding.refused))
