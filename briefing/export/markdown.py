"""Escape foreign text for Markdown: any CommonMark parser shows it as it was."""

import re
from typing import Final

from briefing.model.safetext import SafeText

# Characters with a meaning anywhere in a line, in CommonMark or in the extensions of GitHub and pandoc:
# code, emphasis, links, HTML, tables, strike-through, maths, superscript, attributes, headings, mentions.
_ANYWHERE: Final = re.compile(r"[\\`*_\[\]<|~$^{}#@]")
# Only what looks like an entity, so that "AT&T" stays readable.
_ENTITY: Final = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
# What parsers with automatic links take for an address: "://", "//", and a dot before letters ("example.org").
_LINK: Final = re.compile(r":(?=//)|(?<=/)/|\.(?=[^\W\d_]{2})")
# Block structure at the start of a line: quotes, lists, rules, underlined headings, definitions; numbered lists.
_OPENING: Final = re.compile(r"^(?=[>+\-=:%])")
_NUMBERED: Final = re.compile(r"^([0-9]{1,9})(?=[.)])")


class Markdown(str):
    """Text that is Markdown already and is put into a document unescaped."""

    __slots__ = ()


def escape(value: object) -> Markdown:
    """``value`` as one line of Markdown that shows exactly its text: no markup, link, HTML or block in it takes effect.

    White space around it goes, and line breaks in it become single spaces. ``None`` is nothing at all.
    """
    if isinstance(value, Markdown):
        return value
    if value is None:
        return Markdown("")
    line: str = SafeText(str(value)).line()
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _ENTITY.sub(r"\\&", line)
    line = _LINK.sub(r"\\\g<0>", line)
    line = _OPENING.sub(r"\\", line)
    line = _NUMBERED.sub(r"\1\\", line)
    # A "!" at the end would make an image of a link or footnote that follows.
    return Markdown(line[:-1] + r"\!" if line.endswith("!") else line)
