"""Write SQLite's full-text index of a library file."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol

from briefing.library.search.arrivals import mark
from briefing.library.search.matcher import texts_of_quotes
from briefing.library.store.database import Database
from briefing.library.store.fts.cutting import cut_out
from briefing.library.store.fts.states import ONCE, REPLACED, TO_MERGE, TO_SETTLE
from briefing.library.store.tokenizer import texts
from briefing.model.facts import Extraction
from briefing.model.source import Source

_REMEMBERED: Final = 50_000
"""Words that are remembered so as not to be written again."""


_TOKENS: Final = re.compile("[0-9A-Za-z\\x80-\U0010ffff]+")
"""What SQLite cuts a column into (``tokenize = 'ascii'``)."""


class Indexed(NamedTuple):
    """A source's share in the indexes. A source of which only the facts are new has words of neither."""

    doc: int
    title: Sequence[str] = ()
    body: Sequence[str] = ()
    quotes: str = ""
    """The words of its quotes, parted by gaps; empty where there are none."""
    text: bool = True
    """Whether title and body are to be put in."""
    came: int = 0
    """When the source came, see :mod:`briefing.library.search.arrivals`."""


class IndexWriter(Protocol):
    """The interface by which the writer updates an index."""

    def put(self, db: Database, batch: Sequence[Indexed]) -> None:
        """Add sources, in the order of their numbers.

        Args:
            db: Connection in a transaction.
            batch: The sources' words.
        """

    def take(
        self, db: Database, doc: int, source: Source, found: Extraction, *, text: bool, wholly: bool = False
    ) -> set[str]:
        """Remove a source; returns the words that were removed.

        Args:
            db: Connection in a transaction.
            doc: Row number of the source.
            source: The source.
            found: Its extraction.
            text: Whether to remove title and text as well, not only quotes.
            wholly: Whether the source goes, and nothing of it is to stay in any file.
        """

    def forget(self, db: Database, words: Iterable[str]) -> None:
        """Delete those of the words from the vocabulary that occur in no source any more.

        Args:
            db: Connection in a transaction.
            words: The words, as they are compared.
        """

    def clear(self, db: Database) -> None:
        """Empty it."""

    def look_again(self) -> None:
        """Forget what was remembered: others have taken something out."""


def indexed(doc: int, source: Source, found: Extraction, *, text: bool) -> Indexed:
    """A source's share in the indexes.

    Args:
        doc: Row number of the source.
        source: The source.
        found: Its extraction.
        text: Whether title and text are indexed as well, not only quotes.
    """
    quotes = texts_of_quotes(source, found) if found.quotes else ""
    if not text:
        return Indexed(doc, quotes=quotes, text=False)
    return Indexed(doc, texts(source.title), texts(source.text), quotes)


def body_of(words: Iterable[str], came: int) -> str:
    """What the index of words is given as the body of a source.

    Args:
        words: The words of its text.
        came: When it came.
    """
    return " ".join((*words, mark(came)))


def _tokens(columns: Iterable[str]) -> set[str]:
    """The words that SQLite's index has of what it was given."""
    return {token for column in columns for token in _TOKENS.findall(column)}


class WordIndex:
    """SQLite's own full-text index, which keeps no texts: what is taken out must be what was put in."""

    def __init__(self) -> None:
        self._words: set[str] = set()

    def put(self, db: Database, batch: Sequence[Indexed]) -> None:
        """Add sources, in the order of their numbers; else the index would begin a new part with each.

        Args:
            db: Connection in a transaction.
            batch: The sources' words.
        """
        whole = sorted(one for one in batch if one.text)
        db.executemany(
            "INSERT INTO word_index (rowid, title, body) VALUES (?, ?, ?)",
            [(one.doc, " ".join(one.title), body_of(one.body, one.came)) for one in whole],
        )
        quoted = sorted((one.doc, one.quotes) for one in batch if one.quotes)
        db.executemany("INSERT INTO quote_index (rowid, text) VALUES (?, ?)", quoted)
        words = {word for one in whole for word in (*one.title, *one.body) if len(word) > 2} - self._words
        db.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", sorted((w,) for w in words if not w.isdecimal()))
        if len(self._words) < _REMEMBERED:
            self._words |= words

    def take(
        self, db: Database, doc: int, source: Source, found: Extraction, *, text: bool, wholly: bool = False
    ) -> set[str]:
        """Remove a source; returns the words that were removed.

        Args:
            db: Connection in a transaction.
            doc: Row number of the source.
            source: The source as it was indexed.
            found: The extraction as it was indexed.
            text: Whether to remove title and text as well, not only quotes.
            wholly: Whether the source goes, and nothing of it is to stay in any file.
        """
        one = indexed(doc, source, found, text=text)
        given = [("quote_index", {"text": one.quotes})] if found.quotes else []
        if text:
            (came,) = db.execute("SELECT came FROM source WHERE doc = ?", (doc,)).fetchone()
            given.append(("word_index", {"title": " ".join(one.title), "body": body_of(one.body, came)}))
        for index, columns in given:
            (state,) = db.execute("SELECT overwritten FROM removal").fetchone()
            if wholly and state in {ONCE, TO_SETTLE} and cut_out(db, index, doc, _tokens(columns.values())):
                continue
            names, marks = ", ".join(columns), ", ?" * len(columns)
            taken = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', ?{marks})"
            db.execute(taken, (doc, *columns.values()))
            if state:
                db.execute("UPDATE removal SET overwritten = ?", (TO_MERGE if wholly else REPLACED.get(state, state),))
        return {*one.title, *one.body}

    def forget(self, db: Database, words: Iterable[str]) -> None:
        """Delete those of the words from the vocabulary that occur in no source any more.

        Args:
            db: Connection in a transaction.
            words: The words, as they are compared.
        """
        there = "SELECT 1 FROM word_index WHERE word_index MATCH ? LIMIT 1"
        gone = [(word,) for word in words if not db.execute(there, (f'"{word}"',)).fetchone()]
        db.executemany("DELETE FROM vocabulary WHERE word = ?", gone)

    def clear(self, db: Database) -> None:
        """Empty it."""
        db.execute("DELETE FROM vocabulary")
        for index in ("word_index", "quote_index"):
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")

    def look_again(self) -> None:
        """Forget which words are known to be in the vocabulary."""
        self._words = set()
