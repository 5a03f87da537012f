"""What a reader wrote on a source, in words of their own.

It is kept beside the verdicts, as one on a kind of fact that no source has: what moves, copies, rescues or drops
verdicts takes notes along. Notes on facts are the reasons of verdicts, or stand there without one.
"""

from datetime import datetime
from typing import Final

from briefing.library.store.database import Database
from briefing.model.data_files import parse_json
from briefing.model.listing import Note
from briefing.model.safetext import SafeText

KIND: Final = "source"
"""Stands for a kind of fact in the rows of notes on sources."""
KEY: Final = "note"
NO_FACT: Final = "null"
OF_SOURCE: Final = f"(SELECT edited FROM review WHERE review.id = source.id AND kind = '{KIND}' AND key = '{KEY}')"
"""The note on a source as it is kept, in the SQL of its row."""


def note_from(kept: str | None) -> SafeText | None:
    """The words of a note as they are kept; None for none, and for a damaged one."""
    try:
        words = parse_json(kept).get("@note") if kept else None
    except (ValueError, AttributeError):
        return None
    return SafeText(words).line() if isinstance(words, str) else None


def note_on(db: Database, key: bytes) -> Note | None:
    """The note on a source.

    Args:
        db: Connection to the library.
        key: Id of the source, as 32 bytes.
    """
    sql = "SELECT edited, at FROM review WHERE id = ? AND kind = ? AND key = ?"
    found = db.execute(sql, (key, KIND, KEY)).fetchone()
    words = note_from(found[0]) if found else None
    if words is None:
        return None
    by = parse_json(found[0]).get("@by")
    try:
        at = datetime.fromisoformat(found[1]) if found[1] else None
    except (ValueError, TypeError):
        at = None
    return Note(words, SafeText(by).line() if isinstance(by, str) else None, at)


def noted(db: Database) -> list[tuple[bytes, SafeText]]:
    """Every note, on sources and on facts, with the id of its source."""
    rows = db.execute("SELECT id, edited FROM review WHERE edited LIKE ?", ('%"@note"%',))
    return [(bytes(key), words) for key, kept in rows if (words := note_from(kept)) is not None]
