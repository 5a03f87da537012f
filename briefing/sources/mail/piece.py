"""A part of a message, before it becomes text or a source of its own."""

from typing import NamedTuple


class Piece(NamedTuple):
    """A part of a message: its bytes, its name where it has one, and its media type."""

    data: bytes
    name: str
    type: str
    charset: str | None = None
    attached: bool = False
    flowed: bool = False
    joined: bool = False
    """Of flowed text: whether the space that a line ends in is not part of it (DelSp)."""
    inline: bool = False
    """Whether it is shown within the text, as a logo is."""
    refused: str | None = None
    """Why it cannot be read."""
