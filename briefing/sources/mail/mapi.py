"""Properties of messages in Outlook's own formats: numbered, the same in ``.msg`` and ``winmail.dat``."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from briefing.sources.mail.packed_rtf import unpacked

SUBJECT, HEADERS, BODY, HTML, PACKED_RTF, MESSAGE_ID, IN_REPLY_TO, REFERENCES = (
    0x0037, 0x007D, 0x1000, 0x1013, 0x1009, 0x1035, 0x1042, 0x1039,
)  # fmt: skip
SENT, DELIVERED, SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0039, 0x0E06, 0x0C1A, 0x0C1F, 0x5D01
CODE_PAGE: Final = 0x3FDE
FILE_NAME, SHORT_NAME, FILE_DATA, MIME_TYPE = 0x3707, 0x3704, 0x3701, 0x370E
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_MARKED_UP: Final = re.compile(rb"<(?:su[pb]|del|s|strike)\b|line-through", re.IGNORECASE)
_CODE_PAGES: Final = {65001: "utf-8", 20127: "ascii", 28591: "iso8859-1", 936: "gb18030", 932: "cp932", 949: "cp949"}

Value = bytes | str | int
Properties = Mapping[int, Value]
"""By number; strings are decoded where they were stored in UTF-16, else bytes."""


class Body(NamedTuple):
    """Body of a message, with its kind and encoding."""

    data: bytes
    type: str
    charset: str | None


def text(properties: Properties, number: int) -> str:
    """A string property; empty where there is none.

    Args:
        properties: The message's properties by number.
        number: Number of the property.
    """
    value = properties.get(number)
    if isinstance(value, str):
        return value.rstrip("\0")
    if isinstance(value, bytes):
        try:
            return value.decode(charset(properties) or "cp1252", "replace").rstrip("\0")
        except LookupError:
            return value.decode("cp1252", "replace").rstrip("\0")
    return ""


def charset(properties: Properties) -> str | None:
    """The encoding of strings that are not UTF-16."""
    page = properties.get(CODE_PAGE)
    if not isinstance(page, int) or not page:
        return None
    return _CODE_PAGES.get(page, f"cp{page}")


def body(properties: Properties) -> Body | None:
    """The text; or the page where something in it is struck out or raised, or where there is nothing else.

    Raises :class:`Refused` where there is only rich text and that is damaged.
    """
    plain, page = properties.get(BODY), properties.get(HTML)
    if isinstance(page, str):
        page = page.encode()
    said = text(properties, BODY).strip()
    if isinstance(page, bytes) and page.strip(b"\0 \r\n") and (not said or _MARKED_UP.search(page)):
        return Body(page, "text/html", None if isinstance(properties.get(HTML), bytes) else "utf-8")
    if said:
        return Body(text(properties, BODY).encode(), "text/plain", "utf-8")
    packed = properties.get(PACKED_RTF)
    if isinstance(packed, bytes) and packed:
        return Body(unpacked(packed), "text/rtf", None)
    return Body(b"", "text/plain", "utf-8") if plain is not None else None


def moment(properties: Properties) -> datetime | None:
    """When the message was sent, else when it came."""
    for number in (SENT, DELIVERED):
        value = properties.get(number)
        if isinstance(value, int) and 0 < value < 1 << 62:
            try:
                return _EPOCH + timedelta(microseconds=value // 10)
            except OverflowError:
                continue
    return None


__all__ = ["Body", "Properties", "Value", "body", "charset", "moment", "text"]
