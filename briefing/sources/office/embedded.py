"""Read documents that are embedded in others as a whole (web pages, rich text, plain text)."""

from pathlib import PurePath

from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import html
from briefing.sources.decode import decode
from briefing.sources.document import Refused
from briefing.sources.office import rtf


def read_embedded(name: str, data: bytes) -> str:
    """Read an embedded document as text.

    Args:
        name: Name of its part.
        data: Its bytes.

    Raises:
        Refused: Where it is of another kind, or damaged.
    """
    if rtf.looks_like(data):
        return rtf.read(data).text
    suffix = PurePath(name).suffix.lower()
    if suffix not in {".htm", ".html", ".xhtml", ".txt", ".text"} and not html.READER.looks_like(data):
        raise Refused("is of a kind that is not read there")
    try:
        text = SafeText(decode(data, name, html.declared(data)).text)
    except Unreadable as error:
        raise Refused(error.reason) from error
    return text.strip() if suffix in {".txt", ".text"} else html.whole(text)
