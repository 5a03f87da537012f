"""Write conversations as text: messages by day, each cited by its time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from briefing.sources.document import Document, Refused

MOST_MESSAGES: Final = 500_000


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who wrote what, and when, by the clock of who saved it."""

    when: datetime | None
    who: str
    text: str


def conversation(messages: Iterable[Message], title: str | None, lost: tuple[str, ...] = ()) -> Document:
    """Make the document of a conversation: days on lines of their own, the writer's name before each message.

    Args:
        messages: The messages, in order.
        title: Name of the conversation; None for none.
        lost: Sentences about what was left out.

    Raises:
        Refused: Where there is no message, or too many.
    """
    parts: list[str] = [title] if title else []
    first: date | None = None
    pages: list[tuple[int, str]] = []
    length = len(title) + 2 if title else 0
    day = ""
    count = 0
    for count, message in enumerate(messages, start=1):
        if count > MOST_MESSAGES:
            raise Refused(f"holds more than {MOST_MESSAGES:,} messages; split it")
        if message.when is not None and (today := f"{message.when.day} {message.when:%B %Y}") != day:
            day = today
            parts.append(day)
            length += len(day) + 2
        text = f"{message.who}: {message.text}" if message.who else message.text
        if message.when is not None:
            pages.append((length, f"{message.when:%Y-%m-%d %H:%M}"))
            first = first or message.when.date()
        parts.append(text)
        length += len(text) + 2
    if not count:
        raise Refused(" ".join(["holds no messages with text.", *lost]).rstrip("."))
    return Document(
        "\n\n".join(parts),
        title,
        published=first,
        published_from="first message",
        pages=tuple(pages),
        page_kind="time",
        lost=lost,
    )
