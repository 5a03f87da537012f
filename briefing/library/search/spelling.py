"""Find words of the library within a small edit distance of a misspelt one."""

from typing import Final, Literal

from briefing.library.store.database import Database

_MOST: Final = 50
"""Words a misspelt one may stand for; the nearest are taken."""


def similar(db: Database, table: Literal["vocabulary", "entity_word"], word: str, distance: int) -> list[str]:
    """Words of a table within an edit distance, nearest first.

    A letter left out, put in, changed or swapped with its neighbour counts one (optimal string alignment). At distance
    1 the first letter is either right, which leaves a small range of words to look at, or it is the one mistake, which
    leaves a few words to look up; at distance 2 all words of about that length are looked at.

    Args:
        db: Connection to the library.
        table: Words of texts, or words of names.
        word: The misspelt word, as words are compared.
        distance: Upper bound on the edits.
    """
    from rapidfuzz.distance import OSA  # nobody waits for it who spells well

    if distance == 1 and len(word) > 2:
        candidates = _same_start(db, table, word) | _other_start(db, table, word)
    else:
        rows = db.execute(
            f"SELECT DISTINCT word FROM {table} WHERE length(word) BETWEEN ? AND ?",
            (len(word) - distance, len(word) + distance),
        )
        candidates = {row[0] for row in rows}
    ranked = ((OSA.distance(word, other, score_cutoff=distance), other) for other in candidates)
    return [other for _, other in sorted(pair for pair in ranked if pair[0] <= distance)[:_MOST]]


def _same_start(db: Database, table: str, word: str) -> set[str]:
    rows = db.execute(
        f"SELECT DISTINCT word FROM {table} WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
        (word[0], word[0] + "\U0010ffff", len(word) - 1, len(word) + 1),
    )
    return {row[0] for row in rows}


def _other_start(db: Database, table: str, word: str) -> set[str]:
    """Words that are ``word`` but for the first letter: left out, put in, changed, or swapped with the second."""
    rest = word[1:]
    letters = {row[0] for row in db.execute(_FIRST_LETTERS.format(table))}
    guesses = [rest, word[1] + word[0] + word[2:], *(c + rest for c in letters), *(c + word for c in letters)]
    marks = ",".join("?" * len(guesses))
    rows = db.execute(f"SELECT DISTINCT word FROM {table} WHERE word IN ({marks})", guesses)
    return {row[0] for row in rows}


_FIRST_LETTERS: Final = """
    WITH RECURSIVE letter (c) AS (
        SELECT substr(min(word), 1, 1) FROM {0}
        UNION ALL
        SELECT (SELECT substr(word, 1, 1) FROM {0} WHERE word >= c || char(1114111) ORDER BY word LIMIT 1)
        FROM letter WHERE c IS NOT NULL
    )
    SELECT c FROM letter WHERE c IS NOT NULL
"""
"""The distinct first letters, by leaping from one to the next rather than reading all words."""
