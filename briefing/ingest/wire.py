"""The protocol between ingest engine and worker processes: frames of a kind, a number and bytes.

Pipes with frames rather than ``multiprocessing``: that one breaks where a terminal program has taken over standard
error, and unpickles what it is sent.
"""

import struct
from typing import IO, Final, Literal, NamedTuple

Kind = Literal["ready", "batch", "source", "extraction", "failure", "done", "fatal", "part", "parts", "page"]

_KINDS: Final[tuple[Kind, ...]] = (
    "ready",
    "batch",
    "source",
    "extraction",
    "failure",
    "done",
    "fatal",
    "part",
    "parts",
    "page",
)
_HEAD: Final = struct.Struct("<BII")


class Frame(NamedTuple):
    """One message. ``number`` is that of the task in its batch."""

    kind: Kind
    number: int
    data: bytes


def send(stream: IO[bytes], kind: Kind, number: int = 0, data: bytes = b"") -> None:
    """Write one frame and flush.

    Args:
        stream: The pipe.
        kind: Kind of the message.
        number: Number of the task in its batch.
        data: The message.

    Raises:
        OSError: Where the other side is gone.
    """
    stream.write(_HEAD.pack(_KINDS.index(kind), number, len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Frame | None:
    """The next frame, or None when the other side is gone, be it in the middle of a frame."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, number, length = _HEAD.unpack(head)
    data = stream.read(length)
    return Frame(_KINDS[kind], number, data) if len(data) == length else None
