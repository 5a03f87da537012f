"""Connect to a web server: only to an address that was checked, and only until a deadline."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import httpcore
import httpx

_TRIED: Final = 4
"""Addresses of a name."""


def checked_transport(addresses: Callable[[str, int], Sequence[object]], until: float) -> httpx.BaseTransport:
    """A transport for httpx that connects to checked addresses only.

    Args:
        addresses: Given a host and a port, returns the addresses to try; it raises to refuse.
        until: Deadline of all its connections, in seconds of ``time.monotonic()``.
    """
    return _Checked(addresses, until)


class _Checked(httpx.BaseTransport):
    """Puts the checked address in place of the name; the name stays in the header and for the certificate."""

    def __init__(self, addresses: Callable[[str, int], Sequence[object]], until: float) -> None:
        self._addresses = addresses
        self._inner = httpx.HTTPTransport(trust_env=False)
        self._inner._pool = httpcore.ConnectionPool(  # the one part of it that takes a backend
            ssl_context=httpx.create_ssl_context(),
            max_connections=1,
            network_backend=_Timed(until),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        failed: httpx.ConnectError | httpx.ConnectTimeout | None = None
        for found in self._addresses(host, port)[:_TRIED]:
            try:
                return self._inner.handle_request(
                    httpx.Request(
                        request.method,
                        request.url.copy_with(host=str(found)),
                        headers=request.headers,
                        stream=request.stream,
                        extensions={**request.extensions, "sni_hostname": host},
                    )
                )
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
        raise failed or httpx.ConnectError(f"{host} has no address")

    def close(self) -> None:
        self._inner.close()


class _Timed(httpcore.NetworkBackend):
    """Sockets of which nothing takes longer than until the deadline: else a byte a second would never end."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._inner.connect_tcp(host, port, left, local_address, socket_options), self._until)


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, until: float) -> None:
        self._inner = inner
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._until, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._until, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(until: float, timeout: float | None, error: type[Exception]) -> float:
    """Seconds that are left, ``timeout`` at most. Raises ``error`` where none are."""
    left = until - time.monotonic()
    if left <= 0:
        raise error("the deadline has passed")
    return left if timeout is None else min(left, timeout)
