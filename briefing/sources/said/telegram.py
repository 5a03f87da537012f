"""Telegram's exports (``result.json``, ``messages.html``): the posts of a channel one by one, other chats whole."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

from briefing.sources.document import Bundle, Document, Part, Refused
from briefing.sources.json_text import members, objects, parse, words
from briefing.sources.said import telegram_page
from briefing.sources.said.chat import Message, conversation

_LOOKS: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{(?=[\s\S]{0,2000}"(?:type|about|personal_information)"\s*:)')
_CHANNELS: Final = frozenset({"public_channel", "private_channel"})
_MEDIA: Final = ("photo", "file", "location_information", "poll", "contact_information")


def parts(data: bytes) -> Iterator[Part]:
    """The posts and conversations. Raises :class:`Refused` where there are none."""
    root = telegram_page.chat(data) if telegram_page.looks_like(data) else parse(data)
    chats = objects(members(root["chats"]).get("list")) if isinstance(root, dict) and "chats" in root else [root]
    found = False
    for chat in chats:
        if not (isinstance(chat, dict) and isinstance(chat.get("messages"), list)):
            continue
        found = True
        name = words(chat.get("name")) or "chat"
        if words(chat.get("type")) in _CHANNELS:
            yield from _posts(chat, name)
        else:
            yield _conversation(chat, name, whole=len(chats) == 1, data=data)
    if not found:
        raise Refused("is JSON of a kind that is not read")


def _posts(chat: dict[str, Any], name: str) -> Iterator[Part]:
    for message in objects(chat.get("messages")):
        text = _text(message.get("text"))
        if message.get("type") == "message" and text:
            title = text.partition("\n")[0]
            document = Document(
                _with_origin(message, text),
                title if len(title) <= 120 else None,
                words(message.get("forwarded_from")) or name,
                words(message.get("author")) or None,
                _moment(message),
                published_from="chat",
                lost=_lost([message]),
            )
            key = message.get("id") if isinstance(message.get("id"), int) else "?"
            own = f"{chat.get('id')}\0{key}\0{message.get('date')}\0{text}"
            yield Part(f"message {key}", own.encode("utf-8", "surrogatepass"), "chat", document)


def _conversation(chat: dict[str, Any], name: str, *, whole: bool, data: bytes) -> Part:
    messages = [one for one in objects(chat.get("messages")) if one.get("type") == "message"]
    read = (
        Message(_clock(one), words(one.get("from")), _with_origin(one, text))
        for one in messages
        if (text := _text(one.get("text")))
    )
    own = data if whole else repr(chat).encode("utf-8", "surrogatepass")
    try:
        return Part("" if whole else name, own, "chat", conversation(read, f"Chat with {name}", _lost(messages)))
    except Refused as error:
        return Part("" if whole else name, own, refused=str(error))


def _with_origin(message: dict[str, Any], text: str) -> str:
    """The text below the name of whoever wrote it, where it was passed on: it is not the words of whoever posted it."""
    origin = words(message.get("forwarded_from"))
    return f"Forwarded from {origin}\n{text}" if origin else text


def _text(value: Any) -> str:
    """The words of a message: a text, or pieces with their kinds, of which those struck out are left out."""
    if isinstance(value, str):
        return value.strip()
    pieces = []
    for one in value if isinstance(value, list) else ():
        if isinstance(one, str):
            pieces.append(one)
        elif isinstance(one, dict) and one.get("type") != "strikethrough":
            pieces.append(words(one.get("text")))
    return "".join(pieces).strip()


def _moment(message: dict[str, Any]) -> datetime | date | None:
    """When it was sent; the seconds since 1970 know the zone, of the date beside them only the day is sure."""
    stamp = words(message.get("date_unixtime"))
    if stamp.isdecimal() and len(stamp) < 12:
        return datetime.fromtimestamp(int(stamp), UTC)
    clock = _local(message)
    return clock.date() if clock else None


def _clock(message: dict[str, Any]) -> datetime | None:
    moment = _moment(message)
    return _local(message) or (moment if isinstance(moment, datetime) else None)


def _local(message: dict[str, Any]) -> datetime | None:
    """The time by the clock of who saved it."""
    try:
        return datetime.fromisoformat(words(message.get("date")))
    except ValueError:
        return None


def _lost(messages: "list[dict[str, Any]]") -> tuple[str, ...]:
    media = sum(any(key in message for key in _MEDIA) for message in messages)
    return (f"Pictures, recordings and files of the chat are not read: {media}.",) if media else ()


def looks_like(data: bytes) -> bool:
    """Recognise it by the members that it begins with, or as a page."""
    head = bytes(data[:4096])
    told = b'"messages"' in head or b'"personal_information"' in head
    return (told and _LOOKS.match(head) is not None) or telegram_page.looks_like(data)


READER = Bundle("chat", (), looks_like, parts, nests=False, certain=True)
