"""What the server holds in memory for every browser, and how it answers with it."""

import asyncio
import gzip
import re
import socket
from pathlib import Path
from typing import Any

import pytest

from pages.ui.files import ELEMENTS, STREAMLIT, File, FromMemory, held
from pages.ui.server import send_at_once

PAGE = b"<html><head><title>x</title></head><body></body></html>"
FILES = {"/static/js/a.js": File("text/javascript", b"let a = 1", gzip.compress(b"let a = 1")),
         "/static/b.png": File("image/png", b"png", None)}  # fmt: skip


async def page(scope: Any, receive: Any, send: Any) -> None:
    """What lies behind: a page in two pieces, as a server may send it."""
    del scope, receive
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(PAGE)).encode()), (b"etag", b'"1"')]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE[:20], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[20:]})


def ask(path: str, **headers: str) -> tuple[dict[bytes, bytes], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    asyncio.run(FromMemory(page, FILES, ["<link>"])(scope, None, send))  # type: ignore[arg-type]
    return dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize(
    ("path", "asked", "packed"),
    [
        ("/static/js/a.js", {"accept_encoding": "gzip, br"}, True),
        ("/static/js/a.js", {}, False),
        ("/static/b.png", {"accept_encoding": "gzip"}, False),
    ],
)
def test_files_come_as_the_browser_can_read_them(path: str, asked: dict[str, str], packed: bool) -> None:
    headers, body = ask(path, **asked)
    assert (headers.get(b"content-encoding") == b"gzip") == packed
    assert (gzip.decompress(body) if packed else body) == FILES[path].plain
    assert int(headers[b"content-length"]) == len(body)


def test_the_page_names_the_scripts_in_its_head() -> None:
    headers, body = ask("/Table")
    assert body == PAGE.replace(b"</head>", b"<link></head>")
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers  # it was that of another text


@pytest.mark.parametrize(("path", "asked"), [("/static/js/a.js", {"range": "bytes=0-3"}), ("/static/js/c.js", {})])
def test_the_rest_goes_the_usual_way(path: str, asked: dict[str, str]) -> None:
    assert ask(path, **asked)[1].startswith(b"<html>")


def test_streamlit_has_the_scripts_of_the_first_view(tmp_path: Path) -> None:
    """Streamlit may name its scripts otherwise some day: then ELEMENTS is to be mended, or the first view is slow."""
    files, head = held([], tmp_path)
    for name in ELEMENTS:
        assert any(re.search(rf"/{name}\.[^/]+\.js", line) for line in head), name
    for line in head:
        (address,) = re.findall(r'href="\.(/[^"]+)"', line)
        assert files[address].plain == (STREAMLIT / address.lstrip("/")).read_bytes()
    assert any(path.endswith("index.html") for path in files)


def test_answers_are_not_held_back_for_more() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        send_at_once()
        with socket.create_connection(listening.getsockname()) as _, listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
