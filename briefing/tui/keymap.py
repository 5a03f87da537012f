"""The keymap: keys of actions under the user's settings, and how keys are shown."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from textual.keys import Keys, format_key

from briefing.tui.actions import ACTIONS, BY_ID, PANES, SCOPE_TITLES, Scope
from briefing.tui.textual_patches.key_names import key_name

PRESETS: Final[Mapping[str, Mapping[str, str]]] = {
    "classic": {
        "unread": "u", "next_same": "m", "previous_same": "M", "mark": "x", "undo": "ctrl+z", "newer": "n", "note": "N",
    },
}  # fmt: skip
"""Sets of keys that a user can choose by name, as ``preset`` in ``[keys]``: keys by action id; ``classic`` are those of
versions before 0.2."""
_TOLD: Final = 20
"""Problems after which unknown names are no longer told: what is near each takes time to find."""
_NAMED_KEYS: Final = {key.value for key in Keys}
_MODIFIERS: Final = {"ctrl", "shift", "alt", "meta", "super", "hyper"}


class Keymap(NamedTuple):
    """The keys under the user's settings, with the problems of these."""

    keys: dict[str, str]
    """Other keys by action id, in Textual's names."""
    problems: tuple[str, ...]


def resolve(wanted: Mapping[str, str]) -> Keymap:
    """Check a user's ``[keys]``; problems are named in the result.

    Unknown actions and keys are left out; of two settings that want one key in one place the first keeps it; an action
    that loses a default key, or that a setting hides or is hidden by while some pane or list has the focus, is named.
    """
    keys: dict[str, str] = {}
    problems: list[str] = []
    preset = wanted.get("preset", "")
    if preset and preset not in PRESETS:
        problems.append(f"keys.preset: there is no preset {preset!r}; there is {', '.join(PRESETS)}.")
    for name, value in {**PRESETS.get(preset, {}), **wanted}.items():
        if name == "preset":
            continue
        if name not in BY_ID:
            if len(problems) >= _TOLD:
                continue
            near = difflib.get_close_matches(name, BY_ID, n=1)
            problems.append(f"keys.{name}: there is no such action" + (f"; {near[0]} is near." if near else "."))
            continue
        good, bad = split_keys(value)
        problems.extend(f"keys.{name}: there is no key {key!r}." for key in bad)
        taken = {key: other for key in good for other in _holders(key, name, keys)}
        problems.extend(f"keys.{name}: {shown_key(key)} is set for {other} already." for key, other in taken.items())
        if free := [key for key in good if key not in taken]:
            keys[name] = ",".join(free)
    problems.extend(_displaced(keys))
    problems.extend(_hidden(keys))
    return Keymap(keys, tuple(problems))


def split_keys(value: str) -> tuple[list[str], list[str]]:
    """The keys of a comma-separated list in Textual's names, and those of them that do not exist."""
    good: list[str] = []
    bad: list[str] = []
    for written in value.split(","):
        key = written.strip()
        head, plus, last = key.rpartition("+") if key != "+" else ("", "", "+")
        last = key_name(last) if len(last) == 1 else last
        exists = last in _NAMED_KEYS or len(last) == 1 or len(format_key(last)) == 1
        modifiers = set(head.split("+")) if head else set()
        (good if exists and modifiers <= _MODIFIERS else bad).append(f"{head}{plus}{last}")
    return good, bad


def _holders(key: str, name: str, keys: Mapping[str, str]) -> Iterator[str]:
    """Actions of ``keys``, other than ``name``, that hold ``key`` in a place where ``name`` works."""
    for other, held in keys.items():
        if other != name and key in held.split(",") and set(BY_ID[other].scopes) & set(BY_ID[name].scopes):
            yield other


def _displaced(keys: Mapping[str, str]) -> Iterator[str]:
    """Actions that lose a default key to a setting and were not given another."""
    for name, held in keys.items():
        for other in ACTIONS:
            if other.id in keys or not set(other.scopes) & set(BY_ID[name].scopes):
                continue
            for key in sorted(set(held.split(",")) & set(split_keys(other.keys)[0])):
                yield f"keys.{name}: {shown_key(key)} was the key of {other.id}, which needs another."


def _hidden(keys: Mapping[str, str]) -> Iterator[str]:
    """What a key that was set takes from actions of a wider place, or has taken from it by those of a narrower one.

    A default key that does so is meant to.
    """
    for name, held in keys.items():
        mine = set(BY_ID[name].scopes)
        fresh = set(held.split(",")) - set(split_keys(BY_ID[name].keys)[0])
        for other in ACTIONS:
            both = sorted(fresh & set(split_keys(keys.get(other.id, other.keys))[0])) if other.id != name else []
            if both and any(_behind(scope) & set(other.scopes) for scope in mine):
                for key in both:
                    yield f"keys.{name}: {shown_key(key)} is the key of {other.id} as well, which it hides there."
            elif both and other.id not in keys:
                where = ", ".join(SCOPE_TITLES[scope] for scope in other.scopes if _behind(scope) & mine)
                for key in both if where else ():
                    yield f"keys.{name}: {shown_key(key)} is the key of {other.id} as well, which hides it: {where}."


def _behind(scope: Scope) -> set[Scope]:
    """The wider places whose keys work in this one too, unless it has them itself."""
    if scope in PANES:
        return {"main", "app"}
    return set() if scope in {"app", "rows"} else {"app"} if scope in {"main", "dialog"} else {"dialog", "app"}


def shown_keys(name: str, keymap: Mapping[str, str]) -> str:
    """The keys of an action as shown to users: ``j ↓``, ``^p``.

    Args:
        name: Id of the action.
        keymap: Keys by id of the action, comma-separated; others have their default keys.
    """
    return " ".join(shown_key(key) for key in split_keys(keymap.get(name, BY_ID[name].keys))[0])


def shown_key(key: str) -> str:
    """A key as shown to users."""
    head, _, last = key.rpartition("+") if key != "+" else ("", "", key)
    names = {"escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp", "delete": "Del", "enter": "Enter", "space": "Space"}
    word = names.get(last) or format_key(last)
    word = word if len(word) == 1 else word[:1].upper() + word[1:]
    return "".join("^" if modifier == "ctrl" else f"{modifier}-".title() for modifier in head.split("+") if head) + word
