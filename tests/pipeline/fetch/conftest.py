"""A site on localhost that behaves, and misbehaves, as sites do."""

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

TEXT = (
    "قال مصدر أمني في كركوك إن عبوة ناسفة انفجرت على طريق داقوق مساء السبت، من دون وقوع إصابات في صفوف القوات الأمنية."
)
PAGE = f"""<!DOCTYPE html><html lang="ar"><head><title>انفجار في داقوق</title>
<meta property="article:published_time" content="2021-12-12T09:00:00+03:00">
<meta property="og:site_name" content="وكالة الخبر"></head>
<body><article><h1>انفجار في داقوق</h1><p>{TEXT}</p>
<p>وأضاف المصدر أن قوة من الشرطة الاتحادية فتحت تحقيقاً في الحادث.</p>
</article></body></html>"""
LOGIN = '<html><body><form><input name="user"><input type="password" name="p"></form></body></html>'
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>وكالة التغذية</title>
<item><title>الأول</title><link>{base}/page</link><guid>1</guid><pubDate>Sat, 11 Dec 2021 22:30:00 GMT</pubDate></item>
<item><title>الثاني</title><link>{base}/missing</link><guid>2</guid></item>
<item><title>الثالث</title><guid>3</guid><pubDate>Mon, 13 Dec 2021 10:00:00 GMT</pubDate>
<description>&lt;p&gt;انفجار عبوة في &lt;b&gt;الحويجة&lt;/b&gt; يوقع جريحين&lt;/p&gt;</description></item>
</channel></rss>"""


class Site:
    """What the handler knows: its address, how often each path was asked, and what it is told to do."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.base = ""
        self.robots = "User-agent: *\nDisallow: /private/\n"
        self.robots_status = 200
        self.down = False


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, format: str, *args: object) -> None:
        pass

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        headers.setdefault("Content-Type", "text/html; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        site, path = self.site, self.path
        site.asked[path] += 1
        if path == "/robots.txt":
            self.answer(site.robots.encode(), site.robots_status)
        elif site.down:
            self.answer(b"", 500)
        elif path in ("/page", "/private/page"):
            self.answer(PAGE.encode())
        elif path == "/gzip":
            self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")
        elif path == "/bomb":
            self.answer(gzip.compress(b"\0" * 40_000_000), Content_Encoding="gzip")
        elif path == "/wrong-charset":
            self.answer(PAGE.encode("windows-1256", "ignore"))
        elif path == "/moved":
            self.answer(b"", 302, Location="/page")
        elif path == "/round":
            self.answer(b"", 302, Location="/round")
        elif path == "/to-file":
            self.answer(b"", 302, Location="file:///etc/passwd")
        elif path == "/to-login":
            self.answer(b"", 302, Location="/login?next=/page")
        elif path == "/inwards":
            self.answer(b"", 302, Location=f"http://localhost:{self.server.server_port}/page")
        elif path == "/login-page":
            self.answer(LOGIN.encode())
        elif path == "/forbidden":
            self.answer(b"no", 403)
        elif path == "/needs-login":
            self.answer(b"no", 401)
        elif path == "/busy-once" and site.asked[path] == 1:
            self.answer(b"", 429, Retry_After="0")
        elif path == "/busy-once":
            self.answer(PAGE.encode())
        elif path == "/busy":
            self.answer(b"", 429, Retry_After="7200")
        elif path == "/picture":
            self.answer(b"\x89PNG", Content_Type="image/png")
        elif path == "/empty":
            self.answer(b"")
        elif path == "/feed":
            self.feed(FEED.format(base=site.base))
        elif path == "/no-feed":
            self.answer(b"<rss broken", Content_Type="application/rss+xml")
        elif path in ("/slow", "/endless", "/drip"):
            self.misbehave(path)
        else:
            self.answer(b"gone", 404)

    def feed(self, text: str) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.answer(b"", 304)
        else:
            self.answer(text.encode(), Content_Type="application/rss+xml", ETag='"v1"')

    def misbehave(self, path: str) -> None:
        """Sends nothing; or for ever, fast; or for ever, a byte at a time."""
        if path == "/slow":
            time.sleep(3)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"<p>x</p>" * 10_000 if path == "/endless" else b"x")
                if path == "/drip":
                    time.sleep(0.1)
        except OSError:
            return


@pytest.fixture
def site() -> Iterator[Site]:
    state = Site()
    handler = type("Handler", (_Handler,), {"site": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()
