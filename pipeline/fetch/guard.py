"""Which addresses may be connected to, and until when. Checked where the connection is made, so that it holds for every
redirect and for names that resolve to something else the second time.
"""

import ipaddress
import socket
import time
from collections.abc import Iterable
from ssl import SSLContext
from urllib.parse import urlsplit

import httpcore
import httpx

from pipeline.errors import FetchError

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


def check_address(url: str) -> None:
    """Raises FetchError where `url` is none that is fetched: http and https only, with a host, without a password."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url[:200]!r} is no web address ({error})") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise FetchError(f"only http and https are fetched, not {parts.scheme or 'no scheme'}:")
    if not host or any(char.isspace() or char < " " for char in url):
        raise FetchError(f"{url[:200]!r} is no web address")
    if parts.username is not None or parts.password is not None:
        raise FetchError("the address holds a user name or password: leave it out, pages behind a login are not read")


def is_public(address: str) -> bool:
    """Whether an IP address is of the public Internet; IPv4 inside IPv6 counts as what it is."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = (
            ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if _is_nat64(ip) else None)
        )
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _is_nat64(ip: ipaddress.IPv6Address) -> bool:
    return ip in ipaddress.ip_network("64:ff9b::/96")


class _TimedStream(httpcore.NetworkStream):
    """A connection that ends at the guard's deadline, however slowly the other side sends."""

    def __init__(self, stream: httpcore.NetworkStream, guard: "Guard") -> None:
        self._stream, self._guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(
            self._stream.start_tls(ssl_context, server_hostname, self._guard.left(timeout)), self._guard
        )

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class Guard(httpcore.NetworkBackend):
    """Connects to public addresses only, unless `allow_private`; to the very address that was checked."""

    def __init__(self, allow_private: bool) -> None:
        self.allow_private = allow_private
        self.deadline = float("inf")  # time.monotonic()
        self._backend = httpcore.SyncBackend()

    def left(self, timeout: float | None) -> float:
        """Seconds until the deadline, and no more than `timeout`. Raises httpcore.ReadTimeout where none are left."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the time for one page is over")
        return seconds if timeout is None else min(timeout, seconds)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise FetchError(
                f"there is no host {host!r} ({error}): is the address right, and the network up?"
            ) from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        private = [] if self.allow_private else [one for one in addresses if not is_public(one)]
        if private:
            raise FetchError(f"{host} is at {private[0]}, a private address: fetched only with --allow-private")
        last: Exception | None = None
        for address in addresses:
            try:
                stream = self._backend.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _TimedStream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"{host} has no address")


class GuardedTransport(httpx.HTTPTransport):
    """httpx's transport over a Guard. No proxy is used: it would connect to what the guard never sees."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(trust_env=False)
        # httpx has no public way to hand a network backend to its pool; tests/pipeline/fetch hold this to work.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), max_connections=10, keepalive_expiry=5.0, network_backend=guard
        )
