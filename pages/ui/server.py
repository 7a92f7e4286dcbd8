"""What the dashboard's server does beside running pages: it reads the snapshot before it answers, and sends security
headers. `dashboard.py` makes the server of it.
"""

import gc
import importlib
import logging
from asyncio import to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware

from pages.ui.headers import SecurityHeaders

MIDDLEWARE = [Middleware(SecurityHeaders)]
# What a run loads besides. Not the modules that declare a component: Streamlit takes that from a running page alone.
_MODULES = (
    "folium.plugins", "PIL.Image", "streamlit.elements.vega_charts", "streamlit.emojis",
    "streamlit.material_icon_names",
    "streamlit.components.v1.component_arrow", "pages.ui.card", "pages.ui.export", "pages.ui.timeline",
)  # fmt: skip


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[dict[str, object]]:
    """Makes everything ready that the first reader would otherwise wait for, and only then opens the port."""
    del app
    await to_thread(prepare)
    yield {}


def prepare() -> None:
    """Reads the snapshot, and draws what the first view shows. Where nothing is published yet, the page says so."""
    from pages.ui import assets, data
    from pipeline import labels
    from pipeline.errors import PipelineError
    from pipeline.query import Query

    for name in _MODULES:
        importlib.import_module(name)
    try:
        assets.prepare()
        labels.label("admin2", "", "en")
        data.choices()
        data.by_place(Query())
        data.over_time(Query())
        data.latest(Query(), 12)
    except PipelineError as error:
        logging.getLogger(__name__).warning("Not ready: %s", error)
    gc.collect()
    gc.freeze()  # what is there by now stays: no later collection need look through it
