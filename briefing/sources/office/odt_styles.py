"""Styles of an OpenDocument text: raised letters, and the numbers of lists."""

from typing import Any, Final

from briefing.sources.office.numbering import written
from briefing.sources.xmltree import local

_MOST_STEPS: Final = 20
_SHAPES: Final = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def stated(element: Any, name: str) -> str:
    """An attribute by its name without the namespace; empty where there is none.

    Args:
        element: The element.
        name: Local name of the attribute.
    """
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


class Styles:
    """The styles of one document, from the roots of its parts; the later part may be None."""

    def __init__(self, *roots: Any) -> None:
        self._rises: dict[str, tuple[int | None, str]] = {}
        """Of every style, whether it raises letters, and the style that it is made from."""
        self._struck: set[str] = set()
        self._lists: dict[str, dict[int, Any]] = {}
        for root in roots:
            for one in () if root is None else root.iter():
                if (name := local(one)) == "style":
                    self._rises.setdefault(stated(one, "name"), (_rise(one), stated(one, "parent-style-name")))
                    if _struck(one):
                        self._struck.add(stated(one, "name"))
                elif name == "list-style":
                    levels = {stated(level, "level"): level for level in one}
                    known = {int(key): level for key, level in levels.items() if key.isdecimal() and len(key) < 3}
                    self._lists.setdefault(stated(one, "name"), known)

    def rise(self, name: str) -> int | None:
        """Whether a style raises letters (1), lowers them (-1), sets them level (0), or says nothing (None)."""
        for _ in range(_MOST_STEPS):
            rise, parent = self._rises.get(name, (None, ""))
            if rise is not None or not parent:
                return rise
            name = parent
        return None

    def struck(self, name: str) -> bool:
        """Whether a style strikes letters out."""
        return name in self._struck

    def first(self, style: str, level: int) -> int:
        """The first number of a list.

        Args:
            style: Name of the list's style.
            level: Level of the list, from 1.
        """
        start = stated(self._lists.get(style, {})[level], "start-value") if level in self._lists.get(style, {}) else ""
        return int(start) if start.isdecimal() and len(start) < 7 else 1

    def marker(self, style: str, counts: "list[int]") -> str:
        """The number or bullet before a list item, with a space after it; empty for none.

        Args:
            style: Name of the list's style.
            counts: Current numbers of all open lists, the outermost first.
        """
        levels = self._lists.get(style, {})
        own = levels.get(len(counts))
        if own is None:
            return ""
        if local(own) != "list-level-style-number":
            return "- "
        shown = stated(own, "display-levels")
        upper = min(int(shown), len(counts)) if shown.isdecimal() and len(shown) < 3 else 1
        numbers = []
        for level in range(len(counts) - upper + 1, len(counts) + 1):
            shape = stated(levels[level], "num-format") if level in levels else "1"
            numbers.append(written(counts[level - 1], _SHAPES.get(shape, "none")))
        inner = ".".join(filter(None, numbers))
        return f"{stated(own, 'num-prefix')}{inner}{stated(own, 'num-suffix')} " if inner else ""


def _struck(style: Any) -> bool:
    for properties in style:
        if local(properties) == "text-properties":
            how = stated(properties, "text-line-through-style") or stated(properties, "text-line-through-type")
            return how not in {"", "none"}
    return False


def _rise(style: Any) -> int | None:
    """By ``super 58%``, ``sub 58%``, or how many per cent of the height letters are moved: ``33% 58%``."""
    for properties in style:
        if local(properties) == "text-properties" and (place := stated(properties, "text-position").split()):
            if place[0] in {"super", "sub"}:
                return 1 if place[0] == "super" else -1
            moved = place[0].rstrip("%")
            if moved.lstrip("-").isdecimal() and len(moved) < 6:
                return (int(moved) > 0) - (int(moved) < 0)
    return None
