"""Read the lexicon files: ours, with the user's merged over them. Errors name file, line and key."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from briefing.extract.lexicon.check import LexiconError, check, line_of
from briefing.model.data_files import MAX_TOML, parse_toml
from briefing.model.regular_files import read_regular

OURS: Final = Path(__file__).parents[1] / "lexicons"
_AT: Final = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
__all__ = ["OURS", "LexiconError", "Table", "read_all"]

Table = dict[str, dict[str, Any]]
"""Canonical name to what is said of it."""


@lru_cache(maxsize=4)
def read_all(folder: Path | None) -> dict[str, Table]:
    """Every lexicon by file name without suffix, the user's files of ``folder`` (which need not exist) merged in.

    Read once per folder and process; the tables are not to be changed. Raises :class:`LexiconError`.
    """
    tables = {file.stem: _read(file)[1] for file in sorted(OURS.glob("*.toml"))}
    if folder is not None and folder.is_dir():
        for file in sorted(folder.glob("*.toml")):
            if file.stem not in tables:
                known = ", ".join(sorted(tables))
                raise LexiconError(f"{file}: there is no lexicon of this name; there are {known}")
            text, added = _read(file)
            check(file, text, added, tables["nations"], tables[file.stem])
            _merge(tables[file.stem], added)
    return tables


def _read(file: Path) -> tuple[str, Table]:
    """The words of a lexicon file and what they say."""
    try:
        text = read_regular(file, MAX_TOML + 1).decode("utf-8-sig").replace("\r\n", "\n")
        table = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = _AT.search(message)
        line = at[1] if at and at[1] else str(text.rstrip().count("\n") + 1)
        raise LexiconError(f"{file}, line {line}: not valid TOML: {_AT.sub('', message).strip()}") from error
    except UnicodeDecodeError as error:
        line = str(error.object[: error.start].count(b"\n") + 1)
        raise LexiconError(f"{file}, line {line}: not UTF-8 text") from error
    except OSError as error:
        raise LexiconError(f"{file}: {error.strerror or error}") from error
    for key, value in table.items():
        if not isinstance(value, dict | list):
            raise LexiconError(
                f"{file}, line {line_of(text, key)}: {key} must be a table, such as {key} = {{ names = [] }}"
            )
    return text, table


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
