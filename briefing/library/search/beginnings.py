"""Longer beginnings in place of short ones: those of three letters are what SQLite's index keeps gathered.

Sources with words that begin with two letters are those of all beginnings of three letters that there are, and of the
two letters themselves as a word. To keep the first gathered as well would take a tenth of the library.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from briefing.library.search.conditions import Condition, Words
from briefing.library.store.database import Database

_GATHERED: Final = 3
_MOST: Final = 64
"""Beginnings that are asked for; more are there of no alphabet."""
_LAST: Final = "\U0010ffff"
_LEAPS: Final = f"""
    WITH RECURSIVE one (word) AS (
        SELECT min(word) FROM vocabulary WHERE word > :first AND word < :end
        UNION ALL
        SELECT (
            SELECT min(word) FROM vocabulary WHERE word >= substr(one.word, 1, {_GATHERED}) || :last AND word < :end
        )
        FROM one WHERE word IS NOT NULL
    )
    SELECT substr(word, 1, {_GATHERED}) FROM one WHERE word IS NOT NULL LIMIT {_MOST + 1}
"""
"""By leaping from one to the next rather than reading all words that begin so."""


def longer_beginnings(db: Database) -> Callable[[str], Sequence[str]]:
    """A function that returns the beginnings of three letters for one of two; none for any other, or where too many."""

    @cache
    def longer(word: str) -> tuple[str, ...]:
        if len(word) != _GATHERED - 1:
            return ()
        values = {"first": word, "end": word + _LAST, "last": _LAST}
        found = [row[0] for row in db.execute(_LEAPS, values)]
        if word.isdecimal():  # the vocabulary has no numbers
            found += [word + digit for digit in "0123456789" if word + digit not in found]
        return tuple(found) if len(found) <= _MOST else ()

    return longer


def weighing(conditions: Sequence[Condition]) -> list[int]:
    """Which of the terms of a search tell how well a source matches, by their places; all where none does.

    A beginning of a letter or two tells next to nothing, and to count all words that begin so takes long.
    """
    telling = [n for n, one in enumerate(conditions) if not (isinstance(one, Words) and _is_short(one))]
    return telling or [*range(len(conditions))]


def _is_short(term: Words) -> bool:
    return term.prefix and not term.begun and all(len(words[-1]) < _GATHERED for words in term.sequences)
