"""Resolve a query against one library: words are tokenized, names looked up, misspellings resolved."""

from collections.abc import Sequence
from itertools import islice, product
from typing import Final

from briefing.library.search import date_ranges, query
from briefing.library.search.added import added_names, added_quotes
from briefing.library.search.conditions import (
    FEW,
    STATES,
    AllOf,
    AnyOf,
    Condition,
    Dated,
    Named,
    Near,
    NoneOf,
    Remarked,
    Sequences,
    State,
    Tagged,
    Trait,
    Where,
    Words,
)
from briefing.library.search.spelling import similar
from briefing.library.store.database import Database
from briefing.library.store.notes import noted
from briefing.library.store.tokenizer import alternatives, texts
from briefing.library.store.traits import mask_of

_MOST_SEQUENCES: Final = 8
_MOST_NAMES: Final = 500
_MOST_BEGUN: Final = 16


def resolve(tree: query.Node, db: Database) -> Condition:
    """Turn a query's tree into a condition on the sources of one library.

    Args:
        tree: The parsed query.
        db: Connection to the library.
    """
    match tree:
        case query.And(parts):
            return AllOf(tuple(resolve(part, db) for part in parts))
        case query.Or(parts):
            return AnyOf(tuple(resolve(part, db) for part in parts))
        case query.Not(part):
            return NoneOf(resolve(part, db))
        case query.Everything():
            return AllOf()
        case query.Dates(first, last):
            return Dated(date_ranges.first_day(first) if first else None, date_ranges.last_day(last) if last else None)
        case query.Text(field="type"):
            return _trait(query.types(tree.text, prefix=tree.prefix))
        case query.Text(field="is"):
            return _state(query.states(tree.text, prefix=tree.prefix), db)
        case query.Text(field="tag"):
            return _tagged(tree, db)
        case query.Text(field="note"):
            return _remarked(tree, db)
        case query.Text(field=field) if field in query.ENTITY_FIELDS:
            return _named(tree, query.ENTITY_FIELDS[field], db)
        case query.Text(field="quote"):
            quoted = _words(tree, db)
            return _or(quoted, added_quotes(db, quoted))
        case _:
            return _words(tree, db)


def _or(found: Condition, added: Condition | None) -> Condition:
    """What the index has, or what readers added beside it."""
    if added is None:
        return found
    return added if found == AnyOf() else AnyOf((found, added))


def _words(term: query.Text, db: Database) -> Condition:
    where: Where = "title" if term.field == "title" else "quote" if term.field == "quote" else "anywhere"
    if term.near is not None:
        groups = tuple(_sequences(alternatives(word)) for word in term.text.split() if alternatives(word))
        return Near(groups, term.near, where)
    if term.fuzzy:
        word = texts(term.text)[0]
        found = similar(db, "vocabulary", word, term.fuzzy)
        return Words(tuple((w,) for w in found), where=where) if found else AnyOf()
    sequences = _sequences(alternatives(term.text))
    return Words(sequences, term.prefix, where, _begun(db, sequences) if term.prefix else ())


def _begun(db: Database, sequences: Sequences) -> tuple[str, ...]:
    """The words that begin with the only word of the only sequence; none where there are more than ``_MOST_BEGUN``.

    The index gathers all sources of all words that begin so before it gives the newest of them; those of words that are
    named it walks. Beginnings of up to three letters it keeps gathered, and the vocabulary has no shorter words.
    """
    if len(sequences) != 1 or len(sequences[0]) != 1:
        return ()
    word = sequences[0][0]
    if not (word.isascii() and word.isalpha() and len(word) > 3):
        return ()
    rows = db.execute(
        "SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?",
        (word, word + "\U0010ffff", _MOST_BEGUN + 1),
    ).fetchall()
    return tuple(row[0] for row in rows) if 0 < len(rows) <= _MOST_BEGUN else ()


def _sequences(choices: Sequence[tuple[str, ...]]) -> Sequences:
    return tuple(islice(product(*choices), _MOST_SEQUENCES))


def _trait(names: Sequence[str]) -> Trait:
    mask = 0
    formats = []
    for name in names:
        if bit := mask_of(name):
            mask |= bit
        else:
            formats.append(name)
    return Trait(mask, tuple(formats))


def _state(names: Sequence[str], db: Database) -> State:
    return State(tuple(names), sum(_up_to_few(db, f"SELECT 1 FROM source WHERE {STATES[name]}") for name in names))


def _tagged(term: query.Text, db: Database) -> Condition:
    """The tags that hold the words of the term, next to each other."""
    wanted = _sequences(alternatives(term.text))
    names = tuple(name for name in all_tags(db) if any(_within(name, words, term) for words in wanted))
    if not names:
        return AnyOf()
    return Tagged(names, sum(_up_to_few(db, "SELECT 1 FROM tag WHERE name = ?", name) for name in names))


def _remarked(term: query.Text, db: Database) -> Condition:
    """The sources with a note that holds the words of the term, next to each other."""
    wanted = _sequences(alternatives(term.text))
    found = {key for key, words in noted(db) if any(_within(words, sequence, term) for sequence in wanted)}
    return Remarked(tuple(sorted(found))) if found else AnyOf()


def all_tags(db: Database) -> list[str]:
    """Every tag once, by leaping from one to the next rather than reading all that is tagged."""
    return [row[0] for row in db.execute(_TAGS)]


_TAGS: Final = """
    WITH RECURSIVE one (name) AS (
        SELECT min(name) FROM tag
        UNION ALL
        SELECT (SELECT min(name) FROM tag WHERE tag.name > one.name) FROM one WHERE name IS NOT NULL
    )
    SELECT name FROM one WHERE name IS NOT NULL
"""


def _up_to_few(db: Database, rows: str, *values: str) -> int:
    """How many rows there are; of more than ``FEW``, one more than that."""
    return int(db.execute(f"SELECT count(*) FROM ({rows} LIMIT {FEW + 1}) AS few", values).fetchone()[0])


def _named(term: query.Text, kind: str, db: Database) -> Condition:
    """The names of one type that hold the words of the term next to each other, in the name or in an alias."""
    choices = alternatives(term.text)
    if term.fuzzy:
        alike = similar(db, "entity_word", texts(term.text)[0], term.fuzzy)
        sequences: Sequences = tuple((word,) for word in alike)
    else:
        sequences = _sequences(choices)
    named: dict[int, tuple[str, int]] = {}
    for sequence in sequences:
        for entity, name, sources in _with_words(db, kind, sequence, term.prefix):
            if len(sequence) == 1 or _holds(db, entity, name, sequence, term):
                named[entity] = (name, sources)
    found: Condition = AnyOf()
    if named:
        names = frozenset(name for name, _ in named.values())
        found = Named(kind, names, tuple(sorted(named)), sum(n for _, n in named.values()))
    return _or(found, added_names(db, kind, lambda name: any(_within(name, words, term) for words in sequences)))


def _with_words(db: Database, kind: str, sequence: tuple[str, ...], prefix: bool) -> list[tuple[int, str, int]]:
    """Names of that type with all of the words somewhere, as number, name and sources; the most frequent first."""
    conditions, values = [], []
    for n, word in enumerate(sequence):
        if prefix and n == len(sequence) - 1:
            conditions.append("SELECT entity FROM entity_word WHERE word >= ? AND word < ?")
            values += [word, word + "\U0010ffff"]
        else:
            conditions.append("SELECT entity FROM entity_word WHERE word = ?")
            values.append(word)
    return db.execute(
        "SELECT entity, name, sources FROM entity WHERE +type = ? AND +sources > 0"
        + "".join(f" AND entity IN ({condition})" for condition in conditions)
        + " ORDER BY +sources DESC LIMIT ?",  # the pluses: begin with the words, not with the most frequent names
        (kind, *values, _MOST_NAMES),
    ).fetchall()


def _holds(db: Database, entity: int, name: str, sequence: tuple[str, ...], term: query.Text) -> bool:
    """Whether the words stand in this order in the name or in one of its aliases; anywhere in it for ``near``."""
    aliases = [row[0] for row in db.execute("SELECT text FROM alias WHERE entity = ?", (entity,))]
    return any(_within(written, sequence, term) for written in (name, *aliases))


def _within(name: str, sequence: tuple[str, ...], term: query.Text) -> bool:
    """Whether the words stand in this order in a name; anywhere in it for ``near``."""
    words = texts(name)
    if not sequence or (term.near is not None and set(sequence) <= set(words)):
        return True
    *most, last = sequence
    for at in range(len(words) - len(sequence) + 1):
        end = words[at + len(most)]
        if words[at : at + len(most)] == most and (end.startswith(last) if term.prefix else end == last):
            return True
    return False
