"""Join pieces of a paragraph, some of them raised or lowered, to plain text."""

from collections.abc import Iterable

from briefing.sources.raised import lowered, raised

Piece = tuple[str, int]
"""Words, and whether they are raised (1), lowered (-1), or neither (0)."""


def joined(pieces: Iterable[Piece]) -> str:
    """The text. Neighbours of one kind are one piece: programs part numbers wherever letters differ in anything."""
    merged: list[Piece] = []
    for text, kind in pieces:
        if merged and merged[-1][1] == kind:
            merged[-1] = (merged[-1][0] + text, kind)
        elif text:
            merged.append((text, kind))
    before = ""
    parts: list[str] = []
    for text, kind in merged:
        if kind:
            text = raised(text, before) if kind > 0 else lowered(text, before)
        parts.append(text)
        before = (before + text)[-40:]
    return "".join(parts)
