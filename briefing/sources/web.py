"""Web addresses: fetched once, within limits, and never from the reader's own network unless that is asked for.

A page may redirect to an address, or have a name that leads to one, behind the reader's own firewall. So the name is
looked up here, every address that it has is checked, and the connection is made to the very address that was checked.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing import __version__
from briefing.model.safetext import SafeText
from briefing.model.source import Format, Source, Unreadable
from briefing.sources.document import Refused
from briefing.sources.formats import can_be_told
from briefing.sources.reading import MAX_BYTES, read_parts

if TYPE_CHECKING:
    import httpx

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_REDIRECTS: Final = 5
_SECONDS: Final = 60.0
"""For an address with all its redirects; a single answer may be silent for a third of that."""
_TYPES: Final[dict[str, Format]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
    "message/rfc822": "mail",
    "application/pdf": "pdf",
    "text/rtf": "rtf",
    "application/rtf": "rtf",
}
_TRANSLATED: Final = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
"""IPv6 addresses that stand for IPv4 ones (RFC 6052, RFC 8215)."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Fetched(NamedTuple):
    """What an address answered: the bytes, their media type and encoding as the server states them."""

    data: bytes
    type: str
    charset: str | None
    host: str


def is_address(ref: str) -> bool:
    """Whether ``ref`` is an address rather than a path; other schemes are addresses too, refused later."""
    return _SCHEME.match(ref) is not None


def read_address(address: str, *, allow_private: bool = False) -> Iterator[Source | Unreadable]:
    """Every source that the address answers with: a page, a document, the entries of a feed. Raises nothing."""
    try:
        found = fetch(address, allow_private=allow_private)
    except Refused as error:
        yield Unreadable(address, str(error))
        return
    told = can_be_told(found.data)
    form = None if told else _TYPES.get(found.type)
    for one in read_parts(found.data, address, form, charset=found.charset):
        if isinstance(one, Source) and one.publisher is None:
            yield one.model_copy(update={"publisher": SafeText(found.host.removeprefix("www."))})
        else:
            yield one


def fetch(address: str, *, allow_private: bool = False) -> Fetched:
    """Get what stands at ``address``. Raises :class:`Refused` with the reason where that cannot be done."""
    import httpx  # takes a moment to import, and few sources are fetched

    until = time.monotonic() + _SECONDS
    try:
        with httpx.Client(
            transport=_transport(allow_private),
            timeout=httpx.Timeout(_SECONDS / 3, connect=_SECONDS / 6),
            headers={"User-Agent": f"briefing/{__version__}", "Accept": "*/*"},
        ) as client:
            place = httpx.URL(address)
            for _ in range(_REDIRECTS + 1):
                _check(place)
                with client.stream("GET", place) as answer:
                    if not answer.has_redirect_location:
                        return _taken(answer, place.host, until)
                    place = place.join(answer.headers["location"])
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        raise Refused(f"cannot be fetched: {_why(error)}") from error
    raise Refused(f"cannot be fetched: it leads on to another address more than {_REDIRECTS} times")


def _check(place: "httpx.URL") -> None:
    """Raise :class:`Refused` unless the address is one of the web's, without a password in it."""
    if place.scheme not in {"http", "https"} or not place.host:
        raise Refused(f"cannot be fetched: {place.scheme or 'this'} is no address on the web (http or https)")
    if place.userinfo:
        raise Refused(
            "cannot be fetched: it has a user's name or password in it, which would be stored with the source"
        )


def _taken(answer: "httpx.Response", host: str, until: float) -> Fetched:
    """The body of an answer. Raises :class:`Refused` where it is an error, too large or too slow."""
    if answer.status_code != 200:
        raise Refused(f"cannot be fetched: the server answers {answer.status_code} {answer.reason_phrase}".strip())
    stated = answer.headers.get("content-length", "")
    too_large = f"is larger than {MAX_BYTES >> 20} MiB; save the part of it that you need and add that"
    if stated.isdecimal() and int(stated[:20]) > MAX_BYTES:
        raise Refused(too_large)
    data = bytearray()
    for chunk in answer.iter_bytes(65536):
        data += chunk
        if len(data) > MAX_BYTES:
            raise Refused(too_large)
        if time.monotonic() > until:
            raise Refused(f"cannot be fetched: the server takes more than {_SECONDS:.0f} seconds")
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(bytes(data), media, answer.charset_encoding, host)


def _transport(allow_private: bool) -> "httpx.BaseTransport":
    """A transport that looks names up itself and connects to what was checked."""
    import httpx

    class Checked(httpx.BaseTransport):
        """Puts the checked address in place of the name; the name stays in the header and for the certificate."""

        def __init__(self) -> None:
            self.inner = httpx.HTTPTransport()

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            host = request.url.host
            port = request.url.port or (443 if request.url.scheme == "https" else 80)
            failed: httpx.ConnectError | httpx.ConnectTimeout | None = None
            for found in addresses(host, port, allow_private=allow_private)[:4]:
                try:
                    return self.inner.handle_request(
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
            self.inner.close()

    return Checked()


def addresses(host: str, port: int, *, allow_private: bool = False) -> list[Address]:
    """The addresses that a name has and that may be connected to. Raises :class:`Refused` where there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"cannot be fetched: no address is known for {host}") from error
    every = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    allowed = [one for one in dict.fromkeys(every) if allow_private or is_public(one)]
    if not allowed:
        raise Refused(
            f"is not fetched: {host} is on this machine or a private network; --allow-private fetches it all the same"
        )
    return allowed


def is_public(address: Address) -> bool:
    """Whether it is one of the open internet, also where it stands for another one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and any(address in network for network in _TRANSLATED):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _why(error: Exception) -> str:
    """What went wrong, in words."""
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return "the server does not answer in time"
    if isinstance(error, httpx.DecodingError):
        return "the server's answer is damaged"
    return " ".join(str(error).split())[:200] or type(error).__name__
