"""A local OpenAI-compatible endpoint that answers as it is told: well, badly, slowly or never."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EMPTY: dict[str, Any] = {
    "event_type": "attack", "trigger": "", "date_words": None, "places": [], "actor1": None, "actor2": None,
    "fatalities": None, "injuries": None, "casualties_low": None, "n_strikes": None, "quoted_sources": [],
}  # fmt: skip


def event(**told: Any) -> dict[str, Any]:
    """An event of an answer, with every key that the schema asks for."""
    return EMPTY | told


def completion(content: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


class Endpoint:
    """What it was asked, and what it answers to request number n: (status, body) or bytes for a 200."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.url = ""
        self.answer: Callable[[int], bytes | int | None] = lambda number: completion('{"events": []}')
        self.drip = 0.0  # seconds between single bytes

    def tells(self, *events: dict[str, Any]) -> None:
        """Every report is answered with these events."""
        self.answer = lambda number: completion(json.dumps({"events": list(events)}))

    def says(self, content: str) -> None:
        """Every report is answered with this text."""
        self.answer = lambda number: completion(content)


class _Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint
    stop: threading.Event

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        here = self.endpoint
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        here.asked.append({"path": self.path, **body})
        here.keys.append(self.headers.get("Authorization"))
        answer = here.answer(len(here.asked))
        if answer is None:  # never
            self.stop.wait(30)
            return
        if isinstance(answer, int):
            answer, status = b"{}", answer
        else:
            status = 200
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        try:
            if here.drip:
                for at in range(len(answer)):
                    self.wfile.write(answer[at : at + 1])
                    self.wfile.flush()
                    time.sleep(here.drip)
            else:
                self.wfile.write(answer)
        except OSError:
            return


@contextmanager
def running() -> Iterator[Endpoint]:
    """An endpoint on a free port of this machine."""
    here, stop = Endpoint(), threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"endpoint": here, "stop": stop}))
    server.daemon_threads = True
    server.block_on_close = False
    here.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield here
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
