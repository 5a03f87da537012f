"""Telegram's export as pages (``messages.html``), told as its other export (``result.json``) would tell it."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from briefing.sources.document import Refused
from briefing.sources.html import all_text, parsed

_TIME: Final = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d(?::\d\d)?)(?: UTC([+-]\d\d:\d\d))?")
_KEY: Final = re.compile(r"message(\d{1,18})")


def looks_like(data: bytes) -> bool:
    """Recognise it by the classes of its page."""
    head = bytes(data[:16384])
    return b'class="page_wrap"' in head and b"chat_page" in head and b'class="history"' in head


def chat(data: bytes) -> dict[str, Any]:
    """The chat as an object of the other export. Raises :class:`Refused` where the page cannot be parsed."""
    tree = parsed(bytes(data).decode("utf-8", "replace"))
    if tree is None:
        raise Refused("is a damaged page of a chat")
    header = next((one for one in tree.iter("div") if _has(one, "page_header")), None)
    name = next((all_text(one) for one in header.iter("div") if _has(one, "text")), "") if header is not None else ""
    messages = list(_messages(tree))
    channel = {message["from"] for message in messages} == {name}
    return {"name": name, "type": "public_channel" if channel else "personal_chat", "messages": messages}


def _messages(tree: Any) -> Iterator[dict[str, Any]]:
    """The messages in their order; one that is joined to the one before is of who wrote that."""
    who = ""
    for element in tree.iter("div"):
        if not (_has(element, "message") and _has(element, "default")):
            continue
        body = _child(element, "body")
        if body is None:
            continue
        who = _words(_child(body, "from_name")) or who
        passed_on = next((one for one in body if _has(one, "forwarded")), None)
        told = passed_on if passed_on is not None else body
        message: dict[str, Any] = {"type": "message", "from": who, "text": _words(_child(told, "text"))}
        if key := _KEY.fullmatch(element.get("id") or ""):
            message["id"] = int(key[1])
        if passed_on is not None:
            message["forwarded_from"] = _writer(passed_on)
        if any(_has(one, "media_wrap") for one in told):
            message["file"] = True
        date = next((one for one in body if _has(one, "date")), None)
        yield message | _times(date.get("title") or "" if date is not None else "")


def _writer(passed_on: Any) -> str:
    """Who wrote what is passed on, without the time behind the name."""
    name = _child(passed_on, "from_name")
    return " ".join((name.text or "").split()) if name is not None else ""


def _times(title: str) -> dict[str, str]:
    """When it was sent, by the clock of who saved it, and for sure where the zone is stated."""
    match = _TIME.fullmatch(title.strip())
    if match is None:
        return {}
    day, month, year, clock, zone = match.groups()
    try:
        local = datetime.fromisoformat(f"{year}-{month}-{day}T{clock}")
        sure = {"date_unixtime": f"{datetime.fromisoformat(f'{local}{zone}').timestamp():.0f}"} if zone else {}
    except ValueError:
        return {}
    return {"date": local.isoformat(), **sure}


def _has(element: Any, name: str) -> bool:
    return name in (element.get("class") or "").split() if isinstance(element.tag, str) else False


def _child(element: Any, name: str) -> Any:
    """The first element right within another that has a class; None where none has."""
    return next((one for one in element if _has(one, name)), None)


def _words(element: Any) -> str:
    return all_text(element) if element is not None else ""
