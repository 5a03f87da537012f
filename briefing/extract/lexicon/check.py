"""Check a user's lexicon file; errors name file, line and key."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any, Final

from briefing.model.facts import Category

_LIST: Final = "a list of names"
_TEXT: Final = "a text"
_BOOL: Final = "true or false"
_SHARED: Final = {"kind": _TEXT, "names": _LIST, "nicknames": _LIST, "nations": _LIST, "alike": _LIST, "form": _TEXT}
_PLATFORM: Final = {**_SHARED, "maker": _TEXT, "variants": _LIST, "category": _TEXT}
_BODY: Final = {**_SHARED, "abbreviations": _LIST, "parent": _TEXT}
_SHIP: Final = {"kind": _TEXT, "nations": _LIST, "parent": _TEXT, "names": _LIST, "weak": _BOOL}
_NATION: Final = {
    "demonyms": _LIST, "names": _LIST, "abbreviations": _LIST, "capital": _TEXT, "seats": _LIST, "former": _BOOL,
}  # fmt: skip
_ENTRIES: Final[dict[str, dict[str, str]]] = {
    "aircraft": _PLATFORM, "vehicles": _PLATFORM, "weapons": _PLATFORM, "organisations": _BODY, "events": _BODY,
    "nations": _NATION, "peoples": {"names": _LIST, "form": _TEXT},
}  # fmt: skip
"""Lexicons whose tables are entries, and what an entry may say."""
_GROUPS: Final[dict[str, dict[str, str]]] = {
    "services": {"name": _TEXT, "names": _LIST, "abbreviations": _LIST, "nicknames": _LIST}, "ships": _SHIP,
}  # fmt: skip
"""Lexicons whose tables are groups of entries."""
_LONGEST: Final = 80
"""Characters of a key that are shown."""
_BY_NATION: Final = frozenset({"services", "places", "cities", "bases"})


class LexiconError(Exception):
    """A lexicon file cannot be used; the message names file, line and key."""


def check(file: Path, text: str, table: Mapping[str, Any], nations: Mapping[str, Any], ours: Mapping[str, Any]) -> None:
    """Raise :class:`LexiconError` where the file says something that its lexicon has no use for.

    Args:
        file: The user's file; its name without suffix is the lexicon's.
        text: The words of the file, for the line of a fault.
        table: What it says.
        nations: The known ones by name: entries may name no others.
        ours: Our own table of this lexicon: where that is plain lists, the file may add to these lists only.

    """
    for where, key, message in chain(_faults(file.stem, table, nations), _list_faults(table, ours)):
        raise LexiconError(f"{file}, line {line_of(text, where, key)}: {key[:_LONGEST]}: {message}")


def _faults(name: str, table: Mapping[str, Any], nations: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Table, key and message of each fault."""
    for nation in table if name in _BY_NATION else ():
        if nation and nation not in nations:
            yield nation, nation, f"there is no such nation{_near(nation, nations)}"
    if name in _ENTRIES:
        for entry, value in table.items():
            yield from _entry(entry, value, _ENTRIES[name], nations)
    if name in _GROUPS:
        for entry, value in (item for group in table.values() for item in group.items()):
            yield from _entry(entry, value, _GROUPS[name], nations)
    for nation, branches in table.items() if name == "services" else ():
        for branch in branches:
            if "name" not in branches[branch]:
                yield nation, branch, "a service needs a name"


def _list_faults(table: Mapping[str, Any], ours: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Faults of a file of plain lists: a list that nobody asks for, or what is no list of names."""
    if all(isinstance(value, list) for value in ours.values()):
        for key, value in table.items():
            if key not in ours:
                yield key, key, f"there is no such list{_near(key, ours)}"
            elif not _fits(value, _LIST):
                yield key, key, f"must be {_LIST}"


def _entry(
    entry: str, value: Any, allowed: Mapping[str, str], nations: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    if not isinstance(value, dict):
        yield entry, entry, f"must be a table, such as {entry} = {{ names = [] }}"
        return
    for key, said in value.items():
        kind = allowed.get(key)
        if kind is None:
            yield entry, key, f"unknown here{_near(key, allowed)}"
        elif not _fits(said, kind):
            yield entry, key, f"must be {kind}"
        elif key == "nations":
            for nation in said:
                if nation not in nations:
                    yield entry, nation, f"there is no such nation{_near(nation, nations)}"
        elif key == "category" and said not in _CATEGORIES:
            yield entry, key, f"must be one of {', '.join(_CATEGORIES)}"


_CATEGORIES: Final[tuple[Category, ...]] = ("aircraft", "ship", "personnel", "munition", "vehicle", "other")


def _fits(value: Any, kind: str) -> bool:
    if kind == _LIST:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, bool) if kind == _BOOL else isinstance(value, str)


def _near(key: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(key, list(known), 1)
    return (
        f"; did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(known))}" if len(known) < 12 else ""
    )


def line_of(text: str, table: str, key: str = "") -> int:
    """The line that sets a key, at or after the one that sets its table; 1 where it cannot be told.

    Args:
        text: The TOML text.
        table: Name of the table.
        key: Name of the key; empty for the table itself.
    """
    found = re.search(rf"^[ \t]*\[*[\"']?{re.escape(table)}[\"']?\s*(?:=|\])", text, re.MULTILINE)
    start = found.start() if found else 0
    if key and key != table and (inner := re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text[start:])):
        start += inner.start()
    return text.count("\n", 0, start) + 1
