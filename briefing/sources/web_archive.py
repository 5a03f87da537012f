"""Archives of web pages (WARC, WACZ): every page and document in one, through warcio, which is an extra."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any, Final

from briefing.sources.document import Bundle, Part, Refused
from briefing.sources.package import Package, is_zip

_MOST: Final = 64 * 1024 * 1024
"""Bytes of one page, unpacked."""
_KINDS: Final = re.compile(
    r"text/(?:html|plain|markdown|csv|vtt)|application/(?:xhtml\+xml|pdf|rss\+xml|atom\+xml|rdf\+xml|feed\+json|msword"
    r"|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument)\.[\w.]+|epub\+zip|rtf)|message/rfc822"
)
"""Media types of what may be a source; scripts, styles and pictures of pages are none."""
_MARKUP: Final = re.compile(r"text/html|application/xhtml\+xml")


def parts(data: Any) -> Iterator[Part]:
    """The answers that are pages or documents, in the order of the archive, each by its address."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise Refused('is an archive of web pages; to read those, run: pip install "briefing[warc]"') from error
    seen: set[str] = set()
    for stream in _streams(data):
        try:
            for record in ArchiveIterator(stream, arc2warc=True):
                if part := _part(record, seen):
                    yield part
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error, KeyError, AttributeError) as error:
            raise Refused("is a damaged archive of web pages; what stands before the damage is kept") from error


def _streams(data: Any) -> Iterator[IO[bytes]]:
    """The archives in a file: one, or in a packed collection (WACZ) those in its folder ``archive``."""
    if not is_zip(data[:4]):
        yield BytesIO(data) if isinstance(data, bytes) else data
        return
    package = Package(data)
    for entry in sorted(package.entries, key=lambda one: one.filename):
        if entry.filename.startswith("archive/") and entry.filename.endswith((".warc", ".warc.gz")):
            yield BytesIO(package.read(entry))


def _part(record: Any, seen: set[str]) -> Part | None:
    """The part of one record; None for requests, errors, redirects, and what is of no kind to read."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in {"response", "resource"} or not address.startswith(("http://", "https://")):
        return None
    headers = record.http_headers
    if record.rec_type == "response" and (headers is None or not (headers.get_statuscode() or "").startswith("2")):
        return None
    stated = (headers.get_header("Content-Type") if headers is not None else None) or record.rec_headers.get_header(
        "Content-Type"
    )
    kind = (stated or "").partition(";")[0].strip().lower()
    if not _KINDS.fullmatch(kind) or address in seen:
        return None
    seen.add(address)
    body = record.content_stream().read(_MOST + 1)
    if len(body) > _MOST:
        return Part(address, b"", refused=f"is larger than {_MOST >> 20} MiB")
    return Part(address, body, "html" if _MARKUP.fullmatch(kind) else None) if body.strip() else None


def looks_like(data: bytes) -> bool:
    """Recognise it by the first record, packed or not, or by the contents that a packed collection names."""
    if data[:5] == b"WARC/":
        return True
    if data[:2] == b"\x1f\x8b":
        try:
            return zlib.decompressobj(31).decompress(bytes(data[:4096]), 5) == b"WARC/"
        except zlib.error:
            return False
    return is_zip(data[:4]) and b"archive/" in data[:4096] and (b".warc" in data[:65536])


READER = Bundle(None, (".warc", ".wacz"), looks_like, parts, large=True, certain=True)
