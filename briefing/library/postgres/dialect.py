"""Translate statements to PostgreSQL: those of the other rooms are written for SQLite as well."""

import re
from functools import lru_cache
from typing import Final

_EXACTLY: Final = (
    ("(SELECT group_concat(name, char(10)) FROM tag WHERE tag.id = source.id)", "tags_of(source.id)"),
    ("substr(published, 1, 10) DESC", "substr(published, 1, 10) DESC NULLS LAST"),
    ("(publisher IS NULL) = 1", "publisher IS NULL"),
    ("(publisher IS NULL) = 0", "publisher IS NOT NULL"),
    ("publisher = ? COLLATE NOCASE", "lower(publisher) = lower(?)"),
    ("CROSS JOIN source USING (id)", "JOIN source USING (id)"),
    ("SELECT seq FROM sqlite_sequence WHERE name = 'body'", "SELECT last_value FROM body_kept_seq"),
    ("ON CONFLICT (entity, text)", "ON CONFLICT (entity, md5(text))"),
    ("ON CONFLICT (query)", "ON CONFLICT (who, md5(query))"),
    ("ON CONFLICT (name)", "ON CONFLICT (who, name)"),
    ("char(1114111)", "chr(1114111)"),
    ("SELECT value FROM json_each(?)", "SELECT value::bigint FROM json_array_elements_text(?::json)"),
)
"""What the two call differently, and what is kept under another key: names of any length, and who keeps a search."""
_NOCASE: Final = re.compile(r"(\w+) COLLATE NOCASE")
_HINT: Final = re.compile(r"(?<![\w)'?])\+(?=[a-z(])")
"""A plus before a column keeps SQLite from using an index; this planner needs no such hints."""
_OR_IGNORE: Final = re.compile(r"^\s*INSERT OR IGNORE INTO\b")
_READ: Final = re.compile(r"(?<![\w.])read(?![\w(])")
_NAMED: Final = re.compile(r":([a-z]+)\b")
_PIECES: Final = re.compile(r"('(?:[^']|'')*')")
_MINE: Final = "read_by_me(source.id)"
"""Whether the one who asks has read the source: a column in a file, which one person reads."""


@lru_cache(maxsize=1024)
def translated(sql: str, named: bool = False) -> str:
    """Translate a statement for :mod:`psycopg`, with ``%s`` for values, or ``%(name)s``.

    Args:
        sql: The statement, with ``?`` or ``:name`` for values.
        named: Whether its values are by name.
    """
    sql = sql.replace("%", "%%")
    for ours, theirs in _EXACTLY:
        sql = sql.replace(ours, theirs)
    ignore = _OR_IGNORE.match(sql)
    if ignore:
        sql = f"INSERT INTO{sql[ignore.end() :]} ON CONFLICT DO NOTHING"
    puts = sql.lstrip().startswith("INSERT")
    pieces = _PIECES.split(sql)
    pieces[::2] = [_outside(piece if puts else _READ.sub(_MINE, piece), named) for piece in pieces[::2]]
    return "".join(pieces)


def _outside(piece: str, named: bool) -> str:
    """A part of a statement that is no string."""
    piece = _NOCASE.sub(r"lower(\1)", piece)
    piece = _HINT.sub("", piece)
    piece = piece.replace(" LIKE ", " ILIKE ").replace("IN ()", "= ANY ('{}')")
    return _NAMED.sub(r"%(\1)s", piece) if named else piece.replace("?", "%s")
