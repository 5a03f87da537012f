"""The full-text index of a library file, as it is written."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol

from briefing.library.search.matcher import texts_of_quotes
from briefing.library.store.database import Database
from briefing.library.store.tokenizer import texts
from briefing.model.facts import Extraction
from briefing.model.source import Source

_REMEMBERED: Final = 50_000
"""Words that are remembered so as not to be written again."""


class Indexed(NamedTuple):
    """What a source adds to the indexes. A source of which only the facts are new has words of neither."""

    doc: int
    title: Sequence[str] = ()
    body: Sequence[str] = ()
    quotes: str = ""
    """The words of its quotes, parted by gaps; empty where there are none."""
    text: bool = True
    """Whether title and body are to be put in."""


class IndexWriter(Protocol):
    """What the writer asks of an index."""

    def put(self, db: Database, batch: Sequence[Indexed]) -> None:
        """Put sources in, in the order of their numbers."""

    def take(self, db: Database, doc: int, source: Source, found: Extraction, *, text: bool) -> set[str]:
        """Take one out: its quotes, and with ``text`` the rest; the words that were taken out."""

    def forget(self, db: Database, words: Iterable[str]) -> None:
        """Take those of the words out of the vocabulary that are in no source any more."""

    def clear(self, db: Database) -> None:
        """Empty it."""

    def look_again(self) -> None:
        """Forget what was remembered: others have taken something out."""


def indexed(doc: int, source: Source, found: Extraction, *, text: bool) -> Indexed:
    """What a source adds; words only with ``text``."""
    quotes = texts_of_quotes(source, found) if found.quotes else ""
    if not text:
        return Indexed(doc, quotes=quotes, text=False)
    return Indexed(doc, texts(source.title), texts(source.text), quotes)


class WordIndex:
    """SQLite's own full-text index, which keeps no texts: what is taken out must be what was put in."""

    def __init__(self) -> None:
        self._words: set[str] = set()

    def put(self, db: Database, batch: Sequence[Indexed]) -> None:
        """Put sources in. In the order of their numbers; else the index would begin a new part with each."""
        whole = sorted(one for one in batch if one.text)
        db.executemany(
            "INSERT INTO word_index (rowid, title, body) VALUES (?, ?, ?)",
            [(one.doc, " ".join(one.title), " ".join(one.body)) for one in whole],
        )
        quoted = sorted((one.doc, one.quotes) for one in batch if one.quotes)
        db.executemany("INSERT INTO quote_index (rowid, text) VALUES (?, ?)", quoted)
        words = {word for one in whole for word in (*one.title, *one.body) if len(word) > 2} - self._words
        db.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", sorted((w,) for w in words if not w.isdecimal()))
        if len(self._words) < _REMEMBERED:
            self._words |= words

    def take(self, db: Database, doc: int, source: Source, found: Extraction, *, text: bool) -> set[str]:
        """Take one out; the words that were taken out."""
        one = indexed(doc, source, found, text=text)
        if text:
            db.execute(
                "INSERT INTO word_index (word_index, rowid, title, body) VALUES ('delete', ?, ?, ?)",
                (doc, " ".join(one.title), " ".join(one.body)),
            )
        if found.quotes:
            db.execute("INSERT INTO quote_index (quote_index, rowid, text) VALUES ('delete', ?, ?)", (doc, one.quotes))
        return {*one.title, *one.body}

    def forget(self, db: Database, words: Iterable[str]) -> None:
        """Take those of the words out of the vocabulary that are in no source any more."""
        db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, word_index, row)")
        try:
            there = "SELECT 1 FROM temp.terms WHERE term = ?"
            gone = [(word,) for word in words if not db.execute(there, (word,)).fetchone()]
        finally:
            db.execute("DROP TABLE temp.terms")
        db.executemany("DELETE FROM vocabulary WHERE word = ?", gone)

    def clear(self, db: Database) -> None:
        """Empty it."""
        db.execute("DELETE FROM vocabulary")
        for index in ("word_index", "quote_index"):
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")

    def look_again(self) -> None:
        """Forget which words are known to be in the vocabulary."""
        self._words = set()
