"""Index the words of a source in PostgreSQL: our words, its ``tsvector``, with the places where they stand.

A ``tsvector`` holds at most 256 places of a word, and none beyond 16,383. A source that has more is cut into passages
that overlap by ``OVERLAP`` words, so that a shorter phrase stands whole in one of them; most sources are one passage.
The title comes first and has the weight A; the body begins at the place ``BODY``, more than any distance that can be
asked for behind it, so that no phrase and no nearness crosses from one to the other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from briefing.library.postgres.together import array
from briefing.library.store.database import Database
from briefing.library.store.word_index import Indexed
from briefing.model.facts import Extraction
from briefing.model.source import Source

OVERLAP: Final = 64
"""Words that two passages share."""
BODY: Final = 4_001
"""The place of the first word of the body, where a title may stand before it."""
_LONGEST_TITLE: Final = 2_900
"""Words of a title: the rest, up to the body, is more than words can be asked to stand near each other."""
_MOST_PLACES: Final = 255
_LAST_PLACE: Final = 12_000
"""Less than there could be: the higher byte of a place is then no letter and no digit (see :data:`MARK`)."""
MARK: Final = "~"
"""Stands before every word of a ``tsvector``. In the bytes that the server sends of one, nothing else than a word can
follow it: so a word is found in them without reading them all."""
TITLE: Final = 1 << 40
"""Added to the place of a word of the title, to tell it from those of the body."""


class Passage(NamedTuple):
    """A part of a text: the number of its first word, and the words."""

    first: int
    words: Sequence[str]


def passages(words: Sequence[str]) -> Iterator[Passage]:
    """The words cut so that each part fits; the first has less room."""
    first, room = 0, BODY
    while True:
        known: Counter[str] = Counter()
        end = first
        last = min(len(words), first + _LAST_PLACE - room)
        while end < last and known[words[end]] < _MOST_PLACES // 2:
            known[words[end]] += 1
            end += 1
        yield Passage(first, words[first:end])
        if end == len(words):
            return
        first, room = max(end - OVERLAP, first + OVERLAP), 0


def vector(title: Sequence[str], passage: Passage) -> str:
    """Write a ``tsvector`` of a title and of words of the body.

    Args:
        title: Words of the title.
        passage: The words of the body.
    """
    places: dict[str, list[str]] = {}
    for number, word in enumerate(title, 1):
        places.setdefault(word, []).append(f"{number}A")
    for number, word in enumerate(passage.words, begin_of(passage.first)):
        places.setdefault(word, []).append(str(number))
    return " ".join(f"{quoted(word)}:{','.join(at)}" for word, at in places.items())


def begin_of(first: int) -> int:
    """The place of the first word of a passage that begins with that word of the body."""
    return 1 if first else BODY


def quoted(word: str) -> str:
    """Quote a word for a ``tsvector`` or a ``tsquery``."""
    return f"'{MARK}" + word.replace("\\", "\\\\").replace("'", "''") + "'"


class PassageIndex:
    """Writes the index of words of a library on a server (see :class:`IndexWriter`)."""

    def put(self, db: Database, batch: Sequence[Indexed]) -> None:
        """Add sources, and count their words.

        Args:
            db: Connection in a transaction.
            batch: The sources' words.
        """
        for one in sorted(batch):
            if one.text:
                size = len(one.title) + len(one.body)
                _put(db, "words", "word_part", one.doc, one.title, one.body, size)
            if one.quotes:
                said = one.quotes.split(" ")
                _put(db, "quoted", "quote_part", one.doc, (), said, len(said))
        whole = [one for one in batch if one.text]
        if whole:
            _count(db, [(set(one.title) | set(one.body), len(one.title) + len(one.body)) for one in whole], 1)

    def take(
        self,
        db: Database,
        doc: int,
        source: Source,  # noqa: ARG002
        found: Extraction,  # noqa: ARG002
        *,
        text: bool,
        wholly: bool = False,  # noqa: ARG002
    ) -> set[str]:
        """Remove a source. Returns no words: the index itself knows what it holds of it.

        Args:
            db: Connection in a transaction.
            doc: Row number of the source.
            source: The source; not used.
            found: Its extraction; not used.
            text: Whether to remove title and text as well, not only quotes.
            wholly: Not used.
        """
        if text:
            _forget(db, doc)
        _take(db, "quoted", "quote_part", doc)
        return set()

    def forget(self, db: Database, words: Iterable[str]) -> None:
        """Do nothing: words are counted, and gone with the last source that has them.

        Args:
            db: Connection in a transaction.
            words: The words.
        """

    def clear(self, db: Database) -> None:
        """Empty it."""
        for table in ("words", "word_part", "quoted", "quote_part", "lexeme"):
            db.execute(f"DELETE FROM {table}")
        db.execute("UPDATE measure SET n = 0")

    def look_again(self) -> None:
        """Nothing is remembered."""


def _put(db: Database, table: str, parts: str, doc: int, title: Sequence[str], body: Sequence[str], size: int) -> None:
    """Put a source into one of the two indexes."""
    heads = _short(title)
    cut = list(passages(body))
    if len(cut) == 1 and len(heads) == len(title):
        db.execute(f"INSERT INTO {table} VALUES (?, ?, ?::tsvector)", (doc, size, vector(heads, cut[0])))
        return
    db.execute(f"INSERT INTO {table} VALUES (?, ?, NULL)", (doc, size))
    db.execute("UPDATE measure SET n = n + 1 WHERE name = ?", (f"parted {table}",))
    rows = [(doc, number, one.first, vector(heads if not number else (), one)) for number, one in enumerate(cut)]
    db.executemany(f"INSERT INTO {parts} VALUES (?, ?, ?, ?::tsvector)", rows)


def _short(title: Sequence[str]) -> Sequence[str]:
    """The words of a title that fit beside a passage: all but of one that is made to be long."""
    known: Counter[str] = Counter()
    for number, word in enumerate(title):
        known[word] += 1
        if number >= _LONGEST_TITLE or known[word] > _MOST_PLACES // 2:
            return title[:number]
    return title


def _forget(db: Database, doc: int) -> None:
    found = db.execute("SELECT size FROM words WHERE doc = ?", (doc,)).fetchone()
    if found is None:
        return
    held = db.execute(
        "SELECT DISTINCT substr(lexeme, 2) FROM (SELECT vec FROM words WHERE doc = ? UNION ALL"
        " SELECT vec FROM word_part WHERE doc = ?) AS held, unnest(vec)",
        (doc, doc),
    )
    _count(db, [({row[0] for row in held}, int(found[0]))], -1)
    _take(db, "words", "word_part", doc)


def _take(db: Database, table: str, parts: str, doc: int) -> None:
    """Take a source out of one of the two indexes."""
    found = db.execute(f"SELECT vec IS NULL FROM {table} WHERE doc = ?", (doc,)).fetchone()
    if found and found[0]:
        db.execute(f"DELETE FROM {parts} WHERE doc = ?", (doc,))
        db.execute("UPDATE measure SET n = n - 1 WHERE name = ?", (f"parted {table}",))
    db.execute(f"DELETE FROM {table} WHERE doc = ?", (doc,))


def _count(db: Database, sources: Sequence[tuple[set[str], int]], sign: int) -> None:
    """Add sources to the counters of words, or take them off."""
    known: Counter[str] = Counter()
    for words, _ in sources:
        known.update(words)
    rows = sorted(known.items())
    if sign > 0:
        db.execute(
            "INSERT INTO lexeme SELECT * FROM unnest(?::text[], ?::bigint[], ?::boolean[])"
            " ON CONFLICT (word) DO UPDATE SET n = lexeme.n + excluded.n",
            (
                array([word for word, _ in rows], "text"),
                array([n for _, n in rows], "bigint"),
                array([len(word) > 2 and not word.isdecimal() for word, _ in rows], "boolean"),
            ),
        )
    else:
        db.execute(
            "UPDATE lexeme SET n = lexeme.n - gone.n FROM unnest(?::text[], ?::bigint[]) AS gone (word, n)"
            " WHERE lexeme.word = gone.word",
            (array([word for word, _ in rows], "text"), array([n for _, n in rows], "bigint")),
        )
        db.execute("DELETE FROM lexeme WHERE word = ANY (?) AND n <= 0", ([word for word, _ in rows],))
    for name, n in (("sources", len(sources)), ("words", sum(size for _, size in sources))):
        db.execute("UPDATE measure SET n = n + ? WHERE name = ?", (sign * n, name))
