"""Lists of links: subscriptions (OPML) and bookmarks of browsers.

They are no sources; how to fetch the links is said.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from briefing.sources.document import Bundle, Part, Refused
from briefing.sources.json_text import parse as parse_json
from briefing.sources.xmltree import local, parse

_OPML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[^>]*-->\s*)*<opml[\s>]", re.IGNORECASE)
_NETSCAPE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<!DOCTYPE\s+NETSCAPE-Bookmark-file", re.IGNORECASE)
_CHROME: Final = re.compile(rb'\s*\{\s*"checksum"\s*:\s*"[0-9a-f]{32}"\s*,\s*"roots"\s*:')
_LINK: Final = re.compile(rb"<a\s[^<>]{0,4000}?href\s*=\s*[\"']?(https?://[^\"'\s<>]{1,2000})", re.IGNORECASE)
_MOST: Final = 100_000
_SHOWN: Final = 20


def addresses(data: bytes) -> list[str]:
    """The web addresses of the list, each once, in its order. Raises :class:`Refused` where it is damaged."""
    return list(dict.fromkeys(_addresses(data)))[:_MOST]


def _addresses(data: bytes) -> Iterator[str]:
    if _OPML.match(data[:4096]):
        for element in parse(data, lenient=True).iter():
            if local(element) == "outline":
                found = element.get("xmlUrl") or element.get("url") or element.get("htmlUrl") or ""
                if found.startswith(("http://", "https://")):
                    yield found
    elif _NETSCAPE.match(data[:4096]):
        yield from (unescape(match[1].decode("utf-8", "replace")) for match in _LINK.finditer(data))
    else:
        pending = [parse_json(data)]
        while pending:
            one = pending.pop()
            if isinstance(one, dict):
                if isinstance(address := one.get("url"), str) and address.startswith(("http://", "https://")):
                    yield address
                pending.extend(reversed(list(one.values())))
            elif isinstance(one, list):
                pending.extend(reversed(one))


def parts(data: bytes) -> Iterator[Part]:
    """No part: raises :class:`Refused` with what is in the list and how to fetch it."""
    found = addresses(data)
    if not found:
        raise Refused("is a list of subscriptions or bookmarks without an address in it")
    some = " ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
    one = len(found) == 1
    what = "1 address, no source; to fetch what it names" if one else f"{len(found):,} addresses, no source; to fetch"
    raise Refused(f"is a list of {what}{'' if one else ' what they name'}: briefing add {some}")


def looks_like(data: bytes) -> bool:
    """Recognise it by its first words."""
    head = bytes(data[:4096])
    return any(pattern.match(head) for pattern in (_OPML, _NETSCAPE, _CHROME))


READER = Bundle(None, (".opml",), looks_like, parts, certain=True)
