"""Order of the whole run: what drives a browser comes last."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quick tests fail first; and Playwright keeps an event loop running, in which asyncio.run() is refused."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
