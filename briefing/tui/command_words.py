"""Commands as they are typed: which one is meant, what may follow it, and how it is completed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from briefing.tui.actions import ACTIONS, Action, only_moves

TAKES: Final[Mapping[str, str]] = {
    "search": "a query",
    "themes": "the name of a theme",
    "add": "a file, folder or address",
    "goto": "a paragraph, page or part",
    "record": "a file",
    "run": "a file",
    "workspaces": "the name of a workspace",
    "names": "a CSV file of names",
}
"""Actions that may be given something, and what."""
_PLACE: Final = re.compile(r"(?:¶\s*)?\d+|\d+\s*%|p(?:age)?\.?\s*\d\w*|p(?:age)?\.?\s+\S+", re.IGNORECASE)
_ALSO: Final = {
    "theme": "themes",
    "workspace": "workspaces",
    "go": "goto",
    "open": "add",
    "q": "quit",
    "help": "help",
    "w": "export",
}
_SPLIT: Final = re.compile(r"[\s_-]+")


class Command(NamedTuple):
    """An action by its id, and what was typed after it."""

    name: str
    rest: str = ""


class NotUnderstood(ValueError):
    """No command; the message says what would be."""


def commands() -> list[Action]:
    """All that can be typed: every action that does more than move a cursor."""
    return [action for action in ACTIONS if not only_moves(action) and action.id not in {"command", "interrupt"}]


def understand(words: str) -> Command:
    """The command that is meant: by its id, its title or the beginning of one of these, or a place of the text.

    Raises :class:`NotUnderstood`.
    """
    words = words.strip().removeprefix(":").strip()
    if _PLACE.fullmatch(words):
        return Command("goto", words)
    first, _, rest = words.partition(" ")
    if (name := _ALSO.get(first, first)) in TAKES and (rest or name == first or first in _ALSO):
        return Command(name, rest.strip())
    found = matching(words)
    if not found:
        raise NotUnderstood(f"There is no command “{words}”. Tab completes; ? lists all keys.")
    exact = [action for action in found if _plain(words) in (_plain(action.id), _plain(action.title))]
    if exact or len(found) == 1:
        return Command((exact or found)[0].id)
    near = ", ".join(action.id for action in found[:6])
    raise NotUnderstood(f"“{words}” may be {near}. Type more, or choose one.")


def matching(words: str) -> Sequence[Action]:
    """The actions whose id or title begins so, then those that hold these words."""
    wanted = _plain(words.strip().removeprefix(":"))
    if not wanted:
        return commands()
    known = commands()
    begin = [one for one in known if _plain(one.id).startswith(wanted) or _plain(one.title).startswith(wanted)]
    inside = [one for one in known if one not in begin and wanted in f"{_plain(one.id)} {_plain(one.title)}"]
    return [*begin, *inside]


def _plain(words: str) -> str:
    return _SPLIT.sub(" ", words.strip().casefold())
