"""Fetch web addresses: once, within limits, and never from the user's own network unless that is asked for.

A page may redirect to an address, or have a name that leads to one, behind the reader's own firewall. So the name is
looked up here, every address that it has is checked, and the connection is made to the very address that was checked.
"""

import ipaddress
import re
import socket
import time
import zlib
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
SECONDS: Final = 60.0
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
_TUNNELS: Final = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")
"""In the middle of IPv6 addresses that are tunnels to an IPv4 one within a network (RFC 5214)."""

_WINDOWS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 47}
"""What zlib has to be told of each way of packing that is unpacked."""
_LONGEST: Final = 253
"""Characters of a name in the web."""
_GZIP: Final = b"\x1f\x8b"
_PARTS: Final = 1000
"""An answer may be packed in several, one behind the other."""
PIECE: Final = 1 << 20

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Fetched(NamedTuple):
    """The answer of an address: the bytes, their media type and encoding as the server states them."""

    data: bytes
    type: str
    charset: str | None
    host: str


def is_address(ref: str) -> bool:
    """Whether ``ref`` is an address rather than a path; other schemes are addresses too, refused later."""
    return _SCHEME.match(ref) is not None


def read_address(address: str, *, allow_private: bool = False) -> Iterator[Source | Unreadable]:
    """Read every source that an address answers with: a page, a document, the entries of a feed. Raises nothing.

    Args:
        address: The web address.
        allow_private: Whether the address may be on this machine or a private network.
    """
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
    """Fetch a web address.

    Args:
        address: The web address.
        allow_private: Whether its own host and port, not others that it redirects to, may be on a private network.

    Raises:
        Refused: With the reason, where it cannot be fetched.
    """
    import httpx  # takes a moment to import, and few sources are fetched

    from briefing.sources.web_transport import checked_transport

    until = time.monotonic() + SECONDS
    try:
        place = httpx.URL(address)
        private = _ends(place) if allow_private else frozenset()
        with httpx.Client(
            transport=checked_transport(lambda host, port: addresses(host, port, (host, port) in private), until),
            timeout=httpx.Timeout(SECONDS / 3, connect=SECONDS / 6),
            headers={"User-Agent": f"briefing/{__version__}", "Accept": "*/*", "Accept-Encoding": "gzip"},
            trust_env=False,
        ) as client:
            for _ in range(_REDIRECTS + 1):
                _check(place)
                with client.stream("GET", place) as answer:
                    if not answer.has_redirect_location:
                        return _taken(answer, place.host, until)
                    place = place.join(answer.headers["location"])
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        raise Refused(f"cannot be fetched: {_why(error)}") from error
    raise Refused(f"cannot be fetched: it leads on to another address more than {_REDIRECTS} times")


def _ends(place: "httpx.URL") -> frozenset[tuple[str, int]]:
    """Host and port of an address; for one without TLS also those of the same site with it."""
    ends = {(place.host, place.port or (443 if place.scheme == "https" else 80))}
    return frozenset(ends | {(host, 443) for host, port in ends if port == 80})


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
    for chunk in _unpacked(answer.iter_raw(65536), answer.headers.get("content-encoding", "")):
        data += chunk
        if len(data) > MAX_BYTES:
            raise Refused(too_large)
        if time.monotonic() > until:
            raise Refused(f"cannot be fetched: the server takes more than {SECONDS:.0f} seconds")
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(bytes(data), media, answer.charset_encoding, host)


def _unpacked(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The body piece by piece, of which none is large. Raises :class:`Refused` where it is packed more than once.

    Only what was asked for is unpacked: a few kilobytes packed twice are gigabytes, before anyone could count them.
    """
    layers = [layer for each in encoding.lower().split(",") if (layer := each.strip()) not in {"", "identity"}]
    if not layers:
        yield from chunks
        return
    if len(layers) > 1 or layers[0] not in _WINDOWS:
        raise Refused(f"cannot be fetched: the server packs its answer in a way not asked for ({encoding[:40]})")
    unpacking = zlib.decompressobj(_WINDOWS[layers[0]])
    parts = 1
    try:
        for chunk in chunks:
            while chunk and (not unpacking.eof or (chunk.startswith(_GZIP) and parts < _PARTS)):
                if unpacking.eof:
                    unpacking, parts = zlib.decompressobj(_WINDOWS[layers[0]]), parts + 1
                yield unpacking.decompress(chunk, PIECE)
                chunk = unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail
    except zlib.error as error:
        raise Refused("cannot be fetched: the server's answer is damaged") from error
    if not unpacking.eof:
        raise Refused("cannot be fetched: the server's answer is incomplete")


def addresses(host: str, port: int, allow_private: bool = False) -> list[Address]:
    """The IP addresses of a host that may be connected to.

    Args:
        host: Name of the host.
        port: The port.
        allow_private: Whether addresses of this machine and of private networks are allowed.

    Raises:
        Refused: Where none is known, or none is allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"cannot be fetched: no address is known for {host[:_LONGEST]}") from error
    every = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    allowed = [one for one in dict.fromkeys(every) if allow_private or is_public(one)]
    if not allowed:
        raise Refused(
            f"is not fetched: {host[:_LONGEST]} is on this machine or a private network; --allow-private fetches it all"
            " the same"
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
        if address.is_site_local or address.packed[8:12] in _TUNNELS:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _why(error: Exception) -> str:
    """The cause of an error, in words."""
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return "the server does not answer in time"
    if isinstance(error, httpx.DecodingError):
        return "the server's answer is damaged"
    return " ".join(str(error).split())[:200] or type(error).__name__
