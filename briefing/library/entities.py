"""Entities over all sources: the list of them, and the card of one."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Final

from briefing.library.pack import unpack_numbers
from briefing.library.rows import places_of, text_of
from briefing.library.snippets import around
from briefing.library.words import texts
from briefing.model.facts import ENTITY_TYPES, EntityType
from briefing.model.listing import EntityCard, Occurrence
from briefing.model.safetext import SafeText

_NEWEST: Final = 500
"""Sources that are looked at for the company an entity keeps: of a frequent one, all would take half a second."""
_COMPANY: Final = 12
_ALIASES: Final = 20
_LISTED: Final = tuple(kind for kind in ENTITY_TYPES if kind not in {"DATE", "QUANTITY", "MONEY"})
"""The types of what has a name; nobody looks for a quantity in a list, nor as company."""

About = tuple[tuple[SafeText, SafeText], ...]


def card(db: sqlite3.Connection, name: str, kind: EntityType, about: About, occurrences: int) -> EntityCard:
    """All that is known of the entity; empty but for its name where no source mentions it."""
    safe = SafeText(name)
    found = db.execute(
        "SELECT entity, mentions, sources FROM entity WHERE type = ? AND name = ? AND sources > 0", (kind, safe)
    ).fetchone()
    if found is None:
        return EntityCard(name=safe, type=kind, about=about)
    entity, mentions, sources = found
    aliases = db.execute("SELECT text FROM alias WHERE entity = ? ORDER BY n DESC, text LIMIT ?", (entity, _ALIASES))
    return EntityCard(
        name=safe,
        type=kind,
        about=about,
        aliases=tuple(row[0] for row in aliases),
        mentions=mentions,
        sources=sources,
        with_=tuple(_company(db, entity)),
        occurrences=tuple(_occurrences(db, entity, safe, kind, occurrences)),
    )


def _company(db: sqlite3.Connection, entity: int) -> list[str]:
    """Names that stand in the same sources most often, of the newest ones."""
    near: Counter[int] = Counter()
    for (numbers,) in db.execute(
        "SELECT entities FROM entity_doc JOIN source USING (doc) JOIN names USING (kept)"
        " WHERE entity = ? ORDER BY entity_doc.doc DESC LIMIT ?",
        (entity, _NEWEST),
    ):
        near.update(unpack_numbers(numbers))
    found: list[str] = []
    for number, _ in near.most_common(5 * _COMPANY):  # among them the unnamed ones, and speakers beside persons
        kind, name = db.execute("SELECT type, name FROM entity WHERE entity = ?", (number,)).fetchone()
        if number != entity and kind in _LISTED and name not in found:
            found.append(name)
    return found[:_COMPANY]


def _occurrences(
    db: sqlite3.Connection, entity: int, name: SafeText, kind: EntityType, most: int
) -> Iterator[Occurrence]:
    """Where the entity stands, the newest sources first."""
    left = most
    for (doc,) in db.execute("SELECT doc FROM entity_doc WHERE entity = ? ORDER BY doc DESC", (entity,)):
        key, title = db.execute("SELECT id, title FROM source WHERE doc = ?", (doc,)).fetchone()
        text = text_of(db, doc)
        for named, start, end in places_of(db, doc, text).mentions(kind):
            if left and named == name:
                left -= 1
                snippet = around(text, start, end).text
                yield Occurrence(source_id=key.hex(), title=title, start=start, end=end, snippet=snippet)
        if not left:
            return


def listed(db: sqlite3.Connection, prefix: str, limit: int) -> list[tuple[SafeText, EntityType, int]]:
    """Names with a word that begins as ``prefix`` does, as name, type and number of sources, most frequent first.

    Several words must all be there, the last one perhaps unfinished.
    """
    condition, values = "", []
    *whole, last = texts(prefix) or [""]
    for word in whole:
        condition += " AND entity IN (SELECT entity FROM entity_word WHERE word = ?)"
        values.append(word)
    if last:
        condition += " AND entity IN (SELECT entity FROM entity_word WHERE word >= ? AND word < ?)"
        values += [last, last + "\U0010ffff"]
    kinds = "', '".join(_LISTED)
    frequent = "+sources" if condition else "sources"  # with words, begin with them; else with the most frequent names
    found = db.execute(
        f"SELECT name, type, sources FROM entity WHERE {frequent} > 0 AND +type IN ('{kinds}') {condition}"
        f" ORDER BY {frequent} DESC, name LIMIT ?",
        (*values, limit),
    )
    return [(SafeText(name), kind, sources) for name, kind, sources in found]
