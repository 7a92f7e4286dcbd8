from collections.abc import Callable, Iterator

import pytest

from geodata.gazetteer import Gazetteer
from pipeline.llm import LlmExtractor, LlmSettings
from tests.pipeline.llm.endpoint import Endpoint, running

Make = Callable[..., LlmExtractor]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with running() as here:
        yield here


@pytest.fixture
def extractor(endpoint: Endpoint, gazetteer: Gazetteer) -> Iterator[Make]:
    """Makes an extractor that asks the endpoint, within the limits given."""
    made: list[LlmExtractor] = []

    def make(**limits: object) -> LlmExtractor:
        settings = LlmSettings(**{"url": endpoint.url, "model": "local", "timeout": 5.0, **limits})  # type: ignore[arg-type]
        made.append(LlmExtractor(settings, gazetteer))
        return made[-1]

    yield make
    for one in made:
        one.__exit__(None, None, None)
