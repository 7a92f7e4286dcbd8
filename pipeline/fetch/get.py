"""One page from the web, within limits of size, time and redirects."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from pipeline.errors import FetchError
from pipeline.fetch.guard import Guard, GuardedTransport, check_address
from pipeline.fetch.polite import AGENT, Manners

MAX_REDIRECTS = 5
MAX_WAIT = 60.0  # seconds that a Retry-After is waited for; what asks for more is left for a later run
_RETRIES = 2
_LOGIN = ("login", "signin", "sign-in", "log-in", "wp-login.php", "auth")
_READ = ("text/", "application/xhtml", "application/xml", "application/json", "application/rss", "application/atom",
         "application/rdf", "application/x-ndjson", "application/jsonl", "application/octet-stream")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave. status is 200 or, for a conditional request, 304 with an empty body."""

    url: str  # as asked
    address: str  # after redirects
    status: int
    body: bytes  # decompressed
    content_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    retrieved_at: datetime  # UTC


class RetryLaterError(FetchError):
    """The site asks to be left alone for a while: nobody's fault. `seconds` says how long."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class Fetcher:
    """Fetches pages one after another. Use it as a context manager; not for several threads."""

    def __init__(
        self, *, allow_private: bool = False, timeout: float = 30.0, max_bytes: int = 16_000_000, delay: float = 1.0
    ) -> None:
        self._guard = Guard(allow_private)
        self._timeout, self._max_bytes = timeout, max_bytes
        self._client = httpx.Client(
            transport=GuardedTransport(self._guard),
            timeout=httpx.Timeout(timeout, connect=min(10.0, timeout)),
            headers={"User-Agent": f"{AGENT}/0.1 (news reader for research; keeps robots.txt)"},
            trust_env=False,
        )
        self._manners = Manners(self._robots, delay)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
        """The page at `url`; with `etag` or `last_modified` only if it changed since (else status 304).

        Raises FetchError where there is none, it may not be fetched, is too large, too slow, or behind a login;
        RetryLaterError where the site asks to wait longer than this call does.
        """
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        for attempt in range(_RETRIES + 1):
            try:
                return self._follow(url, headers)
            except RetryLaterError as error:
                if error.seconds > MAX_WAIT or attempt == _RETRIES:
                    raise
                time.sleep(error.seconds)
        raise AssertionError("unreachable")

    def _follow(self, url: str, headers: dict[str, str]) -> Page:
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            check_address(address)
            if not self._manners.allows(address):
                raise FetchError(f"the site's robots.txt asks not to read {address}, or could not be read itself")
            self._manners.wait(address)
            answer = self._request(url, address, headers)
            if isinstance(answer, Page):
                return answer
            address = urljoin(address, answer)
            if _is_login(address):
                raise FetchError(f"leads to a login ({address}): pages behind a login are not read")
        raise FetchError(f"redirects more than {MAX_REDIRECTS} times")

    def _request(self, url: str, address: str, headers: dict[str, str]) -> Page | str:
        """The page, or where it has moved to."""
        self._guard.deadline = time.monotonic() + self._timeout
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                if response.has_redirect_location:
                    return response.headers["location"]
                _check_status(response)
                return Page(
                    url=url,
                    address=address,
                    status=response.status_code,
                    body=b"" if response.status_code == 304 else self._body(response),
                    content_type=response.headers.get("content-type", "").split(";")[0].strip().lower(),
                    charset=response.charset_encoding,
                    etag=response.headers.get("etag"),
                    last_modified=response.headers.get("last-modified"),
                    retrieved_at=datetime.now(UTC),
                )
        except (httpx.TimeoutException, httpcore.TimeoutException):
            raise FetchError(f"did not give the page within {self._timeout:g} seconds: try later") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(f"could not be fetched ({error or type(error).__name__}): try later") from None

    def _body(self, response: httpx.Response) -> bytes:
        kind = response.headers.get("content-type", "text/html").lower()
        if not kind.startswith(_READ):
            raise FetchError(f"is {kind.split(';')[0]}, not a page or a feed")
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._max_bytes:
                raise FetchError(f"is larger than {self._max_bytes // 1_000_000} MB, or never ends")
        return bytes(body)

    def _robots(self, url: str) -> str | None:
        """The text of a robots.txt: "" where the site has none (any 4xx), None where it cannot be had."""
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            check_address(address)
            self._guard.deadline = time.monotonic() + self._timeout
            try:
                with self._client.stream("GET", address) as response:
                    if response.has_redirect_location:
                        address = urljoin(address, response.headers["location"])
                        continue
                    if response.status_code >= 500:
                        return None
                    if response.status_code >= 400:
                        return ""
                    return self._start(response)
            except (httpx.TimeoutException, httpcore.TimeoutException):
                raise FetchError(f"did not give robots.txt within {self._timeout:g} seconds: try later") from None
            except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise FetchError(f"could not be reached ({error or type(error).__name__}): try later") from None
        return ""

    @staticmethod
    def _start(response: httpx.Response) -> str:
        text = bytearray()
        for chunk in response.iter_bytes():
            text += chunk
            if len(text) > 500_000:  # RFC 9309 has crawlers read at least so much
                break
        return text.decode("utf-8", errors="replace")


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in (200, 203, 304):
        return
    if status in (429, 503):
        seconds = _retry_after(response.headers.get("retry-after"))
        raise RetryLaterError(f"asks to be left alone for {seconds:.0f} seconds (HTTP {status}): try later", seconds)
    reason = {
        401: "needs a login: pages behind a login are not read",
        403: "refuses this reader",
        404: "is not there: is the address right?",
        410: "has been taken away",
    }.get(status, "did not give the page")
    raise FetchError(f"{reason} (HTTP {status})")


def _retry_after(value: str | None) -> float:
    """Seconds by a Retry-After header, which holds seconds or a date; without one, five minutes."""
    if not value:
        return 300.0
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 300.0


def _is_login(address: str) -> bool:
    return any(part in _LOGIN for part in urlsplit(address).path.lower().split("/"))
