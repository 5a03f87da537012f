"""Rebuild indexes from the texts that a library holds, after a change of how texts are cut into words."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from briefing.library.errors import Damaged
from briefing.library.search.matcher import GAP
from briefing.library.store.codec import Places, unpack_extraction, unpack_raw, unpack_text
from briefing.library.store.fact_table import FactTable
from briefing.library.store.tokenizer import OTHER_SCRIPTS, texts
from briefing.library.store.word_index import body_of
from briefing.model.safetext import MAYBE_HIDDEN

_ALL: Final = (
    "SELECT doc, came, title, text, facts FROM source JOIN body USING (kept) JOIN extraction USING (kept) ORDER BY doc"
)
_TOGETHER: Final = 500
"""Sources of which the rows are written at once."""


def index_other_scripts(db: sqlite3.Connection) -> None:
    """Rebuild the indexes if some source is written in Cyrillic, Arabic or Korean letters.

    The index keeps no texts, so that what it holds of one source can only be taken out by whoever knows how it was cut.
    """
    _index_where(db, OTHER_SCRIPTS)


def index_hidden(db: sqlite3.Connection) -> None:
    """Rebuild the indexes if some source has invisible characters: these are shown, and part words, by now."""
    _index_where(db, MAYBE_HIDDEN)


def _index_where(db: sqlite3.Connection, pattern: re.Pattern[str]) -> None:
    stored = db.execute("SELECT title, text FROM source JOIN body USING (kept)")
    if not any(pattern.search(str(title)) or pattern.search(_raw(text)) for title, text in stored):
        return
    index_all(db)
    for entity, name in db.execute("SELECT entity, name FROM entity").fetchall():
        written = [name, *(row[0] for row in db.execute("SELECT text FROM alias WHERE entity = ?", (entity,)))]
        if any(map(pattern.search, written)):
            db.execute("DELETE FROM entity_word WHERE entity = ?", (entity,))
            rows = {(word, entity) for one in written for word in texts(one)}
            db.executemany("INSERT OR IGNORE INTO entity_word VALUES (?, ?)", sorted(rows))


def index_all(db: sqlite3.Connection) -> None:
    """Rebuild the indexes of titles, texts and quotations of every source."""
    for index in ("word_index", "quote_index"):
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    known: set[str] = set()
    for doc, came, title, text, facts in _sources(db):
        heads, body = texts(title), texts(text)
        db.execute(
            "INSERT INTO word_index (rowid, title, body) VALUES (?, ?, ?)", (doc, " ".join(heads), body_of(body, came))
        )
        quotes = f" {GAP} ".join(" ".join(texts(text[start:end])) for _, start, end in Places(facts, text).quotes())
        if quotes:
            db.execute("INSERT INTO quote_index (rowid, text) VALUES (?, ?)", (doc, quotes))
        words = {word for word in (*heads, *body) if len(word) > 2 and not word.isdecimal()} - known
        db.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", sorted((word,) for word in words))
        known |= words


def list_facts(db: sqlite3.Connection) -> None:
    """Write the facts of every source into their table."""
    table = FactTable()
    for number, (doc, _, _, text, facts) in enumerate(_sources(db), 1):
        with suppress(Damaged):
            table.add(db, doc, unpack_extraction(facts, text, "", ""))
        if number % _TOGETHER == 0:
            table.flush(db)
    table.flush(db)


def _raw(packed: bytes) -> str:
    """A text as it was put in; empty where it is damaged."""
    try:
        return unpack_raw(packed)
    except Damaged:
        return ""


def _sources(db: sqlite3.Connection) -> Iterator[tuple[int, int, str, str, bytes]]:
    """Number, arrival, title, text and packed facts of every source but damaged ones, which no index can hold."""
    for doc, came, title, text, facts in db.execute(_ALL):
        try:
            whole = str(unpack_text(text))
            Places(facts, whole).quotes()
        except Damaged:
            continue
        yield doc, int(came), str(title), whole, facts
