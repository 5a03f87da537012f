"""Which part of a query is being typed: the term at the cursor, its field, and the words before it."""

import re
from dataclasses import dataclass
from typing import Final

from briefing.library.search.query import ALSO, FIELDS, QUOTES

_PIECE: Final = re.compile(
    rf"""
    (?P<blank>\s+)
  | (?P<close>\))
  | (?P<sign>[-+!]*)
    (?: (?P<field>{"|".join((*FIELDS, *ALSO))}) : \s* )?
    (?: (?P<open>\()
      | (?P<quoted>[{QUOTES}][^{QUOTES}]*) (?: (?P<end>[{QUOTES}]) [~\d*]* )?
      | (?P<range>[\[{{][^\]}}]*) [\]}}]?
      | (?P<run>[^\s(){QUOTES}]*)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPERATORS: Final = {"AND", "OR", "NOT", "&&", "||"}
_WORDS_BEFORE: Final = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """The term that ends at the cursor, with its field and place in the query."""

    value: str = ""
    """What was typed of it, without field and quotes."""
    field: str | None = None
    start: int = 0
    """Where the term begins, its field included but for the one of a bracket around it."""
    end: int = 0
    """Where it ends, perhaps behind the cursor."""
    inside: bool = False
    """Whether the field is that of a bracket around it."""
    before: tuple[tuple[int, str], ...] = ()
    """The plain words right before it, with where each begins: they may be part of the name that is being typed."""
    done: bool = False
    """Whether its quote is closed, so that nothing can be added."""


def typed(query: str, cursor: int) -> Typed:
    """Find the term that is being typed.

    Args:
        query: The query.
        cursor: Number of characters before the cursor.
    """
    at, cursor = 0, min(cursor, len(query))
    fields: list[str | None] = []
    before: list[tuple[int, str]] = []
    while at < cursor:
        m = _PIECE.match(query, at)
        if m is None or m.end() == at:  # nothing that means anything
            at, before = at + 1, []
            continue
        around = fields[-1] if fields else None
        field = _field(m) or around
        at = m.end()
        if m["blank"]:
            continue
        if m["close"]:
            fields, before = fields[:-1], []
        elif m["open"]:
            fields, before = [*fields, field], []
        elif at >= cursor:
            return _at_cursor(m, cursor, field, inside=not m["field"] and around is not None, before=before)
        elif m["run"] and not m["sign"] and field is None and m["run"] not in _OPERATORS:
            before = [*before, (m.start(), m["run"])][-_WORDS_BEFORE:]
        else:
            before = []
    around = fields[-1] if fields else None
    return Typed("", around, cursor, cursor, around is not None, tuple(before))


def _field(m: re.Match[str]) -> str | None:
    name = (m["field"] or "").lower()
    return ALSO.get(name, name) or None


def _at_cursor(
    m: re.Match[str], cursor: int, field: str | None, *, inside: bool, before: list[tuple[int, str]]
) -> Typed:
    part = next((name for name in ("quoted", "range", "run") if m[name] is not None), "run")
    begun = m.start(part)
    value = m.string[begun : max(begun, min(cursor, m.end(part)))]
    closed = m["end"] is not None
    end = cursor if part == "quoted" and not closed else m.end()
    if part == "quoted":
        value = value[1:]
    return Typed(value, field, m.end("sign"), end, inside, tuple(before), closed and cursor >= m.end("end"))
