"""What the dashboard's server does beside running pages: it reads the snapshot before it answers, holds in memory what
every browser loads, and sends security headers. `dashboard.py` makes the server of it.
"""

import gc
import importlib
import logging
import socket
from asyncio import to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware

from pages.ui.files import File, FromMemory, held
from pages.ui.headers import SecurityHeaders

_files: dict[str, File] = {}
_head: list[str] = []
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(FromMemory, files=_files, head=_head)]
# What a run loads besides. Not the modules that declare a component: Streamlit takes that from a running page alone.
_MODULES = (
    "folium.plugins", "PIL.Image", "streamlit.elements.vega_charts", "streamlit.emojis",
    "streamlit.material_icon_names",
    "streamlit.components.v1.component_arrow", "pages.ui.evidence", "pages.ui.export", "pages.ui.timeline",
)  # fmt: skip


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[dict[str, object]]:
    """Makes everything ready that the first reader would otherwise wait for, and only then opens the port."""
    del app
    send_at_once()
    await to_thread(prepare)
    yield {}


def send_at_once() -> None:
    """Turns off the waiting of TCP for more to send (Nagle), which adds 40 ms to each small answer.

    asyncio does so for sockets made for TCP by name; Streamlit 1.67 makes its listening one without. Connections take
    the setting over from it.
    """
    for one in [one for one in gc.get_objects() if isinstance(one, socket.socket)]:
        if one.fileno() >= 0 and one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def prepare() -> None:
    """Reads the snapshot, and draws what the first view shows. Where nothing is published yet, the page says so."""
    from pages.ui import assets, data
    from pipeline import labels
    from pipeline.errors import PipelineError
    from pipeline.query import Query

    for name in _MODULES:
        importlib.import_module(name)
    try:
        addresses = assets.prepare()
        files, head = held((addresses.script, addresses.style), assets.STATIC / "map")
        _files.update(files)
        _head.extend(head)
        labels.label("admin2", "", "en")
        data.choices()
        data.by_place(Query())
        data.over_time(Query())
        data.latest(Query(), 12)
    except PipelineError as error:
        logging.getLogger(__name__).warning("Not ready: %s", error)
    gc.collect()
    gc.freeze()  # what is there by now stays: no later collection need look through it
