"""The text of a mail body as its reader sees it: lines joined again, quoted lines behind ``> ``."""

import re
from typing import Final

from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import html
from briefing.sources.decode import decode
from briefing.sources.document import Refused
from briefing.sources.mail.clients import FIELD, says_who_wrote
from briefing.sources.mail.piece import Piece

_WIDEST: Final = 100
_NARROWEST: Final = 50
_APART: Final = re.compile(r"\s|[>*•|–—-]|\d{1,2}[.)]\s|$")
"""How lines begin that are not joined to the one before."""
_QUOTES: Final = re.compile(r">+")
_ENRICHED_PARAM: Final = re.compile(r"<param>.*?</param>", re.IGNORECASE | re.DOTALL)
_ENRICHED_TAG: Final = re.compile(r"</?[a-z][\w-]{0,58}>", re.IGNORECASE)
_LESS: Final = "\ufdd0"
_ARMOUR: Final = re.compile(
    r"\A\s*-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z-]+:[^\n]*\n)*\n(.*?)\n-----BEGIN PGP SIGNATURE-----.*?"
    r"(?:-----END PGP SIGNATURE-----|\Z)",
    re.DOTALL,
)
_LONGEST_JOINED: Final = 20_000
"""Characters of a paragraph that flowed lines are joined to; a whole book in one is somebody's trick."""


def text_of(piece: Piece) -> str:
    """A part of a body as text; empty where it is none."""
    if piece.type == "text/rtf":
        return _rich(piece.data)
    try:
        text = SafeText(decode(piece.data, "", piece.charset).text)
    except Unreadable:
        return ""
    if piece.type in {"text/html", "application/xhtml+xml", "text/x-html", "text/x-amp-html"}:
        return html.of_mail(text)
    if piece.type in {"text/enriched", "text/richtext"}:
        return _enriched(text)
    if armoured := _ARMOUR.match(text):
        text = SafeText(re.sub(r"(?m)^- ", "", armoured[1]) + text[armoured.end() :])
    return unfolded(text, joined=piece.joined) if piece.flowed else unwrapped(text)


def _rich(data: bytes) -> str:
    from briefing.sources.office import rtf

    try:
        return rtf.READER.read(data).text
    except Refused:
        return ""


def _enriched(text: str) -> str:
    """RFC 1896: one line break is none, more are one fewer; ``<<`` is a sign."""
    bare = _ENRICHED_TAG.sub("", _ENRICHED_PARAM.sub("", text.replace("<<", _LESS))).replace(_LESS, "<")
    return re.sub(r"\n+", lambda breaks: "\n" * len(breaks[0]) if len(breaks[0]) > 1 else " ", bare.strip("\n")).strip()


def unfolded(text: str, *, joined: bool = False) -> str:
    """Join lines that end in a space with the next of the same depth of quotation (RFC 3676).

    A space before ``>``, ``From`` and the like was put there by the sender's program, and goes.

    Args:
        text: The body.
        joined: Whether the space at the end of a line goes too (DelSp), as in languages that put none between words.
    """
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        marks = _QUOTES.match(line)
        depth = len(marks[0]) if marks else 0
        said = line[depth:]
        said = said.removeprefix(" ")
        flows = said.endswith(" ") and said != "-- "
        if flows and joined:
            said = said[:-1]
        if open_depth == depth and said != "-- " and len(out[-1]) < _LONGEST_JOINED:
            out[-1] += said
        else:
            out.append(f"{'>' * depth} {said}" if depth else said)
        open_depth = depth if flows else None
    return "\n".join(line if line == "-- " else line.rstrip() for line in out).strip("\n")


def unwrapped(text: str) -> str:
    """Join the lines of paragraphs that were broken at one width.

    A line was broken there where the next word would not have fitted into the longest line.
    """
    lines = [line if line == "-- " else line.rstrip() for line in text.split("\n")]
    prose = [len(line) for line in lines if not line.startswith(">")]
    width = max(prose, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return "\n".join(lines).strip("\n")
    out: list[str] = []
    last = ""
    for line in lines:
        word = line.split(" ", 1)[0]
        full = len(last) + 1 + len(word) > width
        apart = _APART.match(line) or FIELD.match(line) or last.startswith(">") or says_who_wrote(last)
        joined = last and full and not apart
        out += (" " if joined else "\n", line)
        last = line
    return "".join(out).strip("\n")
