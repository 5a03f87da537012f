"""Styles of a Word document: raised letters, and the numbers of lists."""

from collections import defaultdict
from typing import Any, Final

from briefing.sources.office.numbering import written
from briefing.sources.xmltree import local

_MOST_STEPS: Final = 20


def attribute(element: Any, name: str) -> str:
    """The qualified name of an attribute in the namespace of its element.

    Args:
        element: The element.
        name: The attribute's local name.
    """
    space = element.tag.rpartition("}")[0] if isinstance(element.tag, str) else ""
    return f"{space}}}{name}" if space else name


def value(element: Any, name: str = "val") -> str:
    """An attribute of an element; empty where it has none.

    Args:
        element: The element; None gives empty.
        name: Local name of the attribute, ``w:val`` unless given.
    """
    return element.get(attribute(element, name)) or "" if element is not None else ""


def child(element: Any, *path: str) -> Any:
    """Follow a path of local names to a descendant, the first of each name; None where there is none.

    Args:
        element: The element.
        *path: Local names, from child to child.
    """
    for name in path:
        element = next((one for one in element if local(one) == name), None)
        if element is None:
            return None
    return element


def rise(properties: Any) -> int | None:
    """1 for raised, -1 for lowered, 0 for neither, None where the properties of a run do not say."""
    if properties is None:
        return None
    mark = child(properties, "vertAlign")
    if mark is not None:
        return {"superscript": 1, "subscript": -1}.get(value(mark), 0)
    place = value(child(properties, "position"))
    if (
        place.lstrip("-").isdecimal()
        and len(place) < 6
        and abs(int(place)) >= 4
        and child(properties, "sz") is not None
    ):
        return 1 if int(place) > 0 else -1
    return None


class Styles:
    """The styles and lists of one document; ``styles`` and ``numbering`` are the roots of its parts, or None."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        self._styles = {
            value(one, "styleId"): one for one in (() if styles is None else styles) if local(one) == "style"
        }
        self._kinds: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        for one in () if numbering is None else numbering:
            if local(one) == "abstractNum":
                self._kinds[value(one, "abstractNumId")] = one
            elif local(one) == "num":
                self._lists[value(one, "numId")] = one
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        """The last number of every level, by list."""
        self._rises: dict[str, int] = {}

    def rise(self, properties: Any) -> int:
        """Whether the run with these properties is raised (1) or lowered (-1)."""
        own = rise(properties)
        if own is not None or properties is None:
            return own or 0
        name = value(child(properties, "rStyle"))
        if name not in self._rises:
            self._rises[name] = self._style_rise(name)
        return self._rises[name]

    def _style_rise(self, name: str) -> int:
        for _ in range(_MOST_STEPS):
            style = self._styles.get(name)
            if style is None:
                return 0
            found = rise(child(style, "rPr"))
            if found is not None:
                return found
            name = value(child(style, "basedOn"))
        return 0

    def marker(self, properties: Any) -> str:
        """The number or bullet before the paragraph with these properties, with a space after it; empty for none."""
        if properties is None or not self._lists:
            return ""
        key, level = self._place(properties)
        kind = self._level(key, level)
        if kind is None:
            return ""
        numbers = self._counts[self._counted(key)]
        numbers[level] = numbers[level] + 1 if level in numbers else self._first(key, level, kind)
        for deeper in [one for one in numbers if one > level]:
            del numbers[deeper]
        for upper in range(level):
            numbers.setdefault(upper, 1)
        shape = value(child(kind, "numFmt"))
        if shape == "bullet":
            return "- "
        text = value(child(kind, "lvlText"))
        for number in range(level + 1):
            upper = self._level(key, number)
            form = value(child(upper, "numFmt")) if upper is not None else "decimal"
            text = text.replace(f"%{number + 1}", written(numbers[number], form))
        return f"{text} " if text.strip() else ""

    def _place(self, properties: Any) -> tuple[str, int]:
        """The list of a paragraph and its level there, by itself or by its style."""
        depth = ""
        name = value(child(properties, "pStyle"))
        holder = properties
        for _ in range(_MOST_STEPS):
            numbered = child(holder, "numPr")
            if numbered is not None:
                depth = depth or value(child(numbered, "ilvl"))
                if key := value(child(numbered, "numId")):
                    return key, int(depth) if depth.isdecimal() and len(depth) == 1 else 0
            style = self._styles.get(name)
            if style is None:
                break
            holder = child(style, "pPr")
            holder = () if holder is None else holder
            name = value(child(style, "basedOn"))
        return "", 0

    def _counted(self, key: str) -> str:
        """What the numbers of a list are counted by: lists of one kind go on with each other's."""
        one = self._lists[key]
        own = any(local(part) == "lvlOverride" and child(part, "startOverride") is not None for part in one)
        return f"own {key}" if own else value(child(one, "abstractNumId"))

    def _level(self, key: str, level: int) -> Any:
        """The element that says how a level of a list is numbered; None where nothing does."""
        one = self._lists.get(key)
        if one is None:
            return None
        for part in one:
            if local(part) == "lvlOverride" and value(part, "ilvl") == str(level) and child(part, "lvl") is not None:
                return child(part, "lvl")
        kind = self._kinds.get(value(child(one, "abstractNumId")))
        levels = () if kind is None else kind
        return next((part for part in levels if local(part) == "lvl" and value(part, "ilvl") == str(level)), None)

    def _first(self, key: str, level: int, kind: Any) -> int:
        stated = value(child(kind, "start"))
        for part in self._lists[key]:
            if local(part) == "lvlOverride" and value(part, "ilvl") == str(level):
                stated = value(child(part, "startOverride")) or stated
        return int(stated) if stated.isdecimal() and len(stated) < 7 else 1
