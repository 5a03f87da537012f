"""Reading the lexicon files: ours, and the user's merged over them. Errors name file, line and key."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

OURS: Final = Path(__file__).parent / "lexicons"
Table = dict[str, dict[str, Any]]
"""Canonical name to what is said of it."""


class LexiconError(Exception):
    """A lexicon file cannot be used; the message names file, line and key."""


def read_all(folder: Path | None) -> dict[str, Table]:
    """Every lexicon by file name without suffix, the user's files of ``folder`` (which need not exist) merged in."""
    tables = {file.stem: _read(file) for file in sorted(OURS.glob("*.toml"))}
    if folder is not None and folder.is_dir():
        for file in sorted(folder.glob("*.toml")):
            if file.stem not in tables:
                known = ", ".join(sorted(tables))
                raise LexiconError(f"{file}: there is no lexicon of this name; there are {known}")
            _merge(tables[file.stem], _read(file))
    return tables


def _read(file: Path) -> Table:
    try:
        text = file.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise LexiconError(f"{file}: {error}") from error
    for key, value in table.items():
        if not isinstance(value, dict | list):
            raise LexiconError(
                f"{file}, line {_line(text, key)}: {key} must be a table, such as {key} = {{ names = [] }}"
            )
    return table


def _line(text: str, key: str) -> int:
    """The line that sets ``key``, for messages; 1 where it cannot be told."""
    found = re.search(rf"^\s*\[*[\"']?{re.escape(key)}[\"']?", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _merge(base: dict[str, Any], added: dict[str, Any]) -> None:
    """Add to ``base``: lists grow, other values are replaced."""
    for name, value in added.items():
        if isinstance(value, list) or isinstance(base.get(name), list):
            base[name] = [*base.get(name, []), *value]
            continue
        entry = base.setdefault(name, {})
        for key, item in value.items():
            if isinstance(item, list) and isinstance(entry.get(key), list):
                entry[key] = [*entry[key], *item]
            else:
                entry[key] = item
