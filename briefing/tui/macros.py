"""Record keys to a file and press them again: a line for each key, or for words that are typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from textual.events import Key
from textual.keys import Keys

from briefing.tui.textual_patches.key_names import key_name

_HEAD: Final = "# Keys of briefing, one a line; “type words” types them. Run with: briefing --run FILE\n"
_NAMED: Final = {key.value for key in Keys}
_LONGEST: Final = 100_000
_CONTROL: Final = {"\r": "enter", "\n": "enter", "\t": "tab", "\x1b": "escape", "\x7f": "backspace"}


class BadMacro(ValueError):
    """A file that is none; the message names the line."""


def as_lines(keys: Sequence[tuple[str, str | None]]) -> list[str]:
    """Keys with their characters as lines: characters one after the other are typed words."""
    lines: list[str] = []
    typed = ""
    for key, character in keys:
        if character is not None and character.isprintable():
            typed += character
            continue
        lines += _typed(typed)
        typed = ""
        lines.append(key)
    return lines + _typed(typed)


def _typed(words: str) -> list[str]:
    return [f"type {words}"] if words else []


def write_macro(path: Path, keys: Sequence[tuple[str, str | None]]) -> None:
    """Write keys to a new file.

    Args:
        path: The file.
        keys: Textual's name of each key, with the character it types, None for none.

    Raises:
        FileExistsError: Where there is such a file.
        OSError: Where it cannot be written.
    """
    from briefing.export.files import write_file

    write_file(path, _HEAD + "".join(f"{line}\n" for line in as_lines(keys)))


def typed_keys(typed: str) -> list[Key]:
    """Characters as the keys that make them; those that no key makes are left out."""
    return [Key(_CONTROL.get(one) or key_name(one), one) for one in typed if one.isprintable() or one in _CONTROL]


def read_macro(path: Path) -> list[Key]:
    """The keys of a file. Raises :class:`BadMacro` and OSError."""
    from briefing.model.regular_files import read_regular

    try:
        text = read_regular(path, _LONGEST + 1).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadMacro(f"{path} is no UTF-8 text") from error
    if len(text) > _LONGEST:
        raise BadMacro(f"{path} is too long for a file of keys")
    return list(_keys(path, text.splitlines()))


def _keys(path: Path, lines: Iterable[str]) -> Iterable[Key]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("type "):
            yield from (Key(key_name(character), character) for character in line.removeprefix("type "))
            continue
        name = line.strip()
        last = name.rpartition("+")[2] if name != "+" else name
        if last not in _NAMED and len(last) != 1:
            raise BadMacro(f"{path}:{number}: there is no key {name!r}; a line is a key, or “type” and words")
        yield Key(name if len(name) > 1 else key_name(name), name if len(name) == 1 else None)
