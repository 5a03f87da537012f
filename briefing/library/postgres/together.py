"""Put a statement that is run for many sets of values as one over arrays of them: the server is asked once, not often.

``INSERT … VALUES (?, ?)``, ``UPDATE … WHERE key = ?`` and ``DELETE … WHERE a = ? AND b = ?`` are understood.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

_INSERT: Final = re.compile(
    r"\s*(INSERT (?:OR IGNORE )?INTO \w+(?: \([\w, ]+\))?) VALUES \((\?(?:::\w+)?(?:, \?(?:::\w+)?)*)\)(.*)", re.DOTALL
)
_UPDATE: Final = re.compile(r"\s*(UPDATE \w+ SET [^?]*\?.*) (WHERE \w+ = \?)\s*", re.DOTALL)
_DELETE: Final = re.compile(r"\s*(DELETE FROM \w+) (WHERE [^?]*\?.*)", re.DOTALL)
_TYPES: Final[dict[type, str]] = {int: "bigint", str: "text", bytes: "bytea", float: "float8", bool: "boolean"}


class Together(NamedTuple):
    """One statement, and its values."""

    sql: str
    values: list[Any]


def together(sql: str, rows: Sequence[Sequence[Any]]) -> Together | None:
    """The statement over all rows at once; None where it is of another kind, or its order matters.

    Args:
        sql: The statement, with ``?`` for values.
        rows: The values, a row for each time that it is to be run.
    """
    shape = _shape(sql)
    if shape is None:
        return None
    columns = list(zip(*rows, strict=True))
    if shape.once and len(set(columns[-1])) < len(rows):
        return None  # a row that is changed twice is changed once by one statement
    kinds = [_kind(column) for column in columns]
    if None in kinds:
        return None
    places = iter([f"each.v{n}" if kind else "NULL" for n, kind in enumerate(kinds)])
    filled = re.sub(r"\?", lambda _: next(places), shape.sql)
    known = [(n, kind) for n, kind in enumerate(kinds) if kind]
    arrays = ", ".join(f"?::{kind}[]" for _, kind in known)
    names = ", ".join(f"v{n}" for n, _ in known)
    return Together(
        filled.replace(_EACH, f"unnest({arrays}) AS each ({names})"), [array(columns[n], kind) for n, kind in known]
    )


def array(values: Sequence[Any], kind: str) -> Any:
    """Values as the server reads an array of them; numbers and texts are written here, in a third of the time.

    Args:
        values: The values; None for NULL.
        kind: The type of an element, as the server calls it.
    """
    if kind == "bigint":
        return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"
    if kind == "boolean":
        return "{" + ",".join(["NULL" if value is None else "t" if value else "f" for value in values]) + "}"
    if kind == "text":
        return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"
    return list(values)


class _Shape(NamedTuple):
    sql: str
    """The statement, with ``?`` for the columns of ``_EACH``."""
    once: bool
    """Whether each row may be changed once only."""


_EACH: Final = "/*each*/"


@lru_cache(maxsize=256)
def _shape(sql: str) -> _Shape | None:
    if found := _INSERT.fullmatch(sql):
        head, marks, rest = found.groups()
        return _Shape(f"{head} SELECT {marks} FROM {_EACH}{rest}", "DO UPDATE" in rest)
    if found := _UPDATE.fullmatch(sql):
        return _Shape(f"{found[1]} FROM {_EACH} {found[2]}", once=True)
    if found := _DELETE.fullmatch(sql):
        return _Shape(f"{found[1]} USING {_EACH} {found[2]}", once=False)
    return None


def _kind(column: Sequence[Any]) -> str | None:
    """The type of a column's values; empty where all are NULL, None where they are of several types."""
    kinds = {type(value) for value in column if value is not None}
    kinds = {str if issubclass(kind, str) else kind for kind in kinds}
    if not kinds:
        return ""
    return _TYPES.get(kinds.pop()) if len(kinds) == 1 else None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
