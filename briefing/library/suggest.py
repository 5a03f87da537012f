"""Ways to go on with a query that is being typed. Each one, taken, gives a query that means what it shows."""

import sqlite3

from briefing.library.searches import past
from briefing.model.listing import Suggestion


def suggest(db: sqlite3.Connection, query: str, cursor: int, limit: int) -> list[Suggestion]:
    """Suggestions for the word that ends at ``cursor``, the likeliest first."""
    begun = query[:cursor]
    return [
        Suggestion(shown=found, kind="past", query=found, cursor=len(found))
        for found in past(db, begun, limit)
        if begun
    ]
