"""Saved pages (MHTML): the page itself, as its web address gave it; pictures and styles are left out."""

import re
from typing import Final

from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import html
from briefing.sources.decode import decode
from briefing.sources.document import BytesReader, Document, Refused

_SAVED: Final = re.compile(rb"(?mi)^(?:from:\s*<?saved by|snapshot-content-location:|x-mimeole:)")


def read(data: bytes) -> Document:
    """The page's main text. Raises :class:`Refused` where there is no page."""
    from briefing.sources.mail import mime  # the modules for mail take a moment to import

    try:
        message = mime.parse(data)
    except Refused as error:
        raise Refused("is no saved page (MHTML), or a damaged one") from error
    pages = [piece for piece in mime.pieces(message) if piece.type in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise Refused("is no saved page (MHTML), or a damaged one: no page is in it")
    page = pages[0]
    try:
        decoded = decode(page.data, "", page.charset or html.declared(page.data))
    except Unreadable as error:
        raise Refused(error.reason) from error
    found = html.read(SafeText(decoded.text))
    return Document(
        found.text,
        found.title or mime.header(message, "Subject"),
        found.publisher,
        found.author,
        found.published,
        found.language,
        encoding=decoded.encoding,
        published_from=found.published_from,
        published_inferred=found.published_inferred,
        lost=(*found.lost, *_frames(len(pages) - 1)),
    )


def _frames(number: int) -> tuple[str, ...]:
    """A sentence on the pages that the page shows in frames."""
    if number < 1:
        return ()
    return (f"{'1 page' if number == 1 else f'{number} pages'} shown in frames of this page: not read.",)


def looks_like(data: bytes) -> bool:
    """A message of several related parts that a browser wrote."""
    head = data[:4096]
    return b"multipart/related" in head.lower() and _SAVED.search(head) is not None


READER = BytesReader("mhtml", (".mhtml", ".mht"), looks_like, read)
