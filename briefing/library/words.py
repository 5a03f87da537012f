"""How a text is cut into words for searching: the same cut for the index, the query and the marks in the text."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]+")


class Word(NamedTuple):
    """One word: what it is compared by, and where it stands."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of ``text`` in order."""
    for m in _WORD.finditer(text):
        yield Word(m.group().lower(), m.start(), m.end())
