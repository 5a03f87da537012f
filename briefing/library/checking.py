"""Whether a library holds what it says: every source is unpacked, and what is counted is counted again."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from briefing.library.address import on_server
from briefing.library.library import Library
from briefing.library.store.codec_names import unpack_numbers
from briefing.library.store.database import Database

_NAMED: Final = 20
"""Names that are told one by one."""


def problems(library: Library) -> Iterator[str]:
    """What is wrong, one line each; nothing where all is well."""
    for damage in library.damaged():
        yield str(damage)
    with library.store.read() as db:
        yield from _totals(db)
        yield from _names(db)
        if on_server(library.address):
            yield from _on_server(db)


def _totals(db: Database) -> Iterator[str]:
    kept = dict(db.execute("SELECT name, n FROM total").fetchall())
    sums = "sum(mentions), sum(counts), sum(participants), sum(quotes)"
    found = db.execute(f"SELECT count(*), {sums} FROM source").fetchone()
    for name, n in zip(("sources", "mentions", "counts", "participants", "quotes"), found, strict=True):
        if kept.get(name) != int(n or 0):
            yield f"The library says that it holds {kept.get(name)} {name}; there are {int(n or 0)}."


def _names(db: Database) -> Iterator[str]:
    """In how many sources each name stands, by the sources themselves."""
    counted: Counter[int] = Counter()
    for (packed,) in db.execute("SELECT entities FROM names"):
        counted.update(unpack_numbers(packed))
    wrong = []
    for entity, kind, name, sources in db.execute("SELECT entity, type, name, sources FROM entity").fetchall():
        if counted.pop(entity, 0) != sources:
            wrong.append(f"{kind.lower()} “{name}”")
    if counted:
        yield f"{len(counted)} names that sources hold are not in the list of names."
    if wrong:
        yield f"{len(wrong)} names are counted wrongly: {', '.join(wrong[:_NAMED])}{' …' * (len(wrong) > _NAMED)}"
    places = db.execute("SELECT count(*) FROM entity_doc").fetchone()[0]
    held = db.execute("SELECT coalesce(sum(sources), 0) FROM entity").fetchone()[0]
    if places != int(held):
        yield f"Names stand in {int(held)} places by their counters; {places} are noted."


_MISSING: Final = "SELECT count(*) FROM {0} WHERE NOT EXISTS (SELECT 1 FROM {1})"
_PAIRED: Final = (
    ("sources are not in the index of words", _MISSING.format("source s", "words w WHERE w.doc = s.doc")),
    ("entries of the index of words are of no source", _MISSING.format("words w", "source s WHERE s.doc = w.doc")),
    ("sources have no text", _MISSING.format("source s", "body b WHERE b.kept = s.kept")),
    (
        "sources were parted for the index, and the parts are missing",
        _MISSING.format("(SELECT doc FROM words WHERE vec IS NULL) AS w", "word_part p WHERE p.doc = w.doc"),
    ),
)


def _on_server(db: Database) -> Iterator[str]:
    """Whether the index of words has every source, and the verdicts are of sources that are there."""
    for said, sql in _PAIRED:
        if n := db.execute(sql).fetchone()[0]:
            yield f"{n} {said}."
    indexed = db.execute("SELECT coalesce(max(n), 0) FROM measure WHERE name = 'words'").fetchone()[0]
    held = db.execute("SELECT coalesce(sum(size), 0) FROM words").fetchone()[0]
    if indexed != int(held):
        yield f"The index says that it holds {indexed} words; there are {int(held)}."
