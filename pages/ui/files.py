"""What a browser loads first: served from memory, and asked for at once.

Streamlit's page consists of some 140 scripts. Streamlit reads each from disk on a thread for every reader, and the
browser learns of half of them only when the first elements arrive, while the server is busy with that very page. Here
they are read and compressed once, before the port opens, and the page names those of the first view in its head.
Whatever is not in memory goes the usual way. Pure ASGI.
"""

import gzip
import mimetypes
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pages.ui.headers import ASGI, Message, Receive, Send

# Elements of the first view, by the names of Streamlit's scripts for them. One that is not there is left out.
ELEMENTS = ("Html", "ButtonGroup", "PageLink", "Button", "Checkbox", "ComponentInstance")
_FOREVER = "public, immutable, max-age=31536000"  # addresses carry a hash of what is there
_IMPORTED = re.compile(r'(?:from|import)\s*"\./([^"]+\.js)"')
_LEAST = 1000  # bytes: smaller files are not compressed


def _folder_of(package: str) -> Path:
    """The folder of a package, which is not loaded."""
    found = find_spec(package)
    assert found is not None and found.origin is not None, package
    return Path(found.origin).parent


STREAMLIT = _folder_of("streamlit") / "static"


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is sent."""

    kind: str
    plain: bytes
    packed: bytes | None  # gzip; None where it would not get smaller
    cache: str = _FOREVER

    def answer(self, accepted: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
        """Headers and body for a browser that accepts these encodings."""
        body = self.packed if self.packed is not None and b"gzip" in accepted else self.plain
        headers = [
            (b"content-type", self.kind.encode()), (b"content-length", str(len(body)).encode()),
            (b"cache-control", self.cache.encode()), (b"vary", b"accept-encoding"),
        ]  # fmt: skip
        return (headers if body is self.plain else [*headers, (b"content-encoding", b"gzip")]), body


class FromMemory:
    """Middleware that answers for the files given, by path, and puts `head` into Streamlit's page."""

    def __init__(self, app: ASGI, files: Mapping[str, File], head: list[str]) -> None:
        self.app, self.files, self.head = app, files, head

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        asked = dict(scope["headers"])
        file = self.files.get(scope["path"])
        if file is not None and b"range" not in asked:
            headers, body = file.answer(asked.get(b"accept-encoding", b""))
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return
        await self.app(scope, receive, self._with_head(send) if "." not in scope["path"] else send)

    def _with_head(self, send: Send) -> Send:
        """Sends on what comes; a page gets `head` at the end of its own."""
        start: Message | None = None
        parts: list[bytes] = []

        async def through(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                if headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers:
                    start = message
                    return
            if start is None:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts).replace(b"</head>", "".join([*self.head, "</head>"]).encode(), 1)
            start["headers"] = [
                (name, str(len(body)).encode() if name == b"content-length" else value)
                for name, value in start["headers"]
                if name != b"etag"
            ]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        return through


def held(addresses: Iterable[str], folder: Path) -> tuple[dict[str, File], list[str]]:
    """The files to hold, and the head that names them. `addresses` are the map's own, their files under `folder`."""
    component = _folder_of("streamlit_folium") / "frontend" / "build"
    scripts = STREAMLIT / "static" / "js"
    page = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    first = set(re.findall(r'(?:href|src)="\./static/([^"]+)"', page))
    later = sorted(_all_imported(scripts, [path.name for one in ELEMENTS for path in scripts.glob(f"{one}.*.js")]))
    later = [name for name in later if f"js/{name}" not in first]
    icons = [f"media/{path.name}" for path in (STREAMLIT / "static" / "media").glob("MaterialSymbols-Rounded.*")]
    files = {
        f"/static/{name}": _file(STREAMLIT / "static" / name)
        for name in (*sorted(first), *(f"js/{name}" for name in later), *icons)
    }
    base = "/component/streamlit_folium.st_folium/"
    files |= {base + path.relative_to(component).as_posix(): _file(path) for path in component.glob("static/js/*.js")}
    files[base + "index.html"] = _file(component / "index.html", cache="no-cache")
    files |= {address.partition("?")[0]: _file(folder / Path(address.partition("?")[0]).name) for address in addresses}
    head = [f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in later]
    head += [f'<link rel="preload" href="./static/{one}" as="font" crossorigin>' for one in icons]
    return files, head


def _all_imported(folder: Path, names: list[str]) -> set[str]:
    """These scripts and all that they import, near and far."""
    found: set[str] = set()
    while names:
        name = names.pop()
        if name not in found and (folder / name).exists():
            found.add(name)
            names += _IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return found


def _file(path: Path, cache: str = _FOREVER) -> File:
    plain = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in ("application/javascript", "application/json")
    packed = gzip.compress(plain, 6) if text and len(plain) >= _LEAST else None
    return File(f"{kind}; charset=utf-8" if text else kind, plain, packed, cache)
