"""Compile a condition to SQL for the server's index of words, and order what it finds.

Finding is the server's: an expression of its own full-text search wherever that says exactly what is asked. What it
cannot say, words near each other at a distance or in larger groups, is asked of the places where the words stand. How
well a source matches is weighed here, by the formula of SQLite's index, so that both kinds of library order alike.
"""

from collections.abc import Collection, Sequence
from typing import Final

from briefing.library.postgres.connection import measures
from briefing.library.postgres.passages import OVERLAP, quoted
from briefing.library.postgres.places import near, places_of, starts_of
from briefing.library.postgres.ranking import Weighing
from briefing.library.search.beginnings import weighing
from briefing.library.search.conditions import AllOf, AnyOf, Condition, Named, Near, NoneOf, Words
from briefing.library.search.index import RANKED, SAMPLE, arrived_by_rows, newest_of
from briefing.library.search.sql import Statement, choices, expression, on_source
from briefing.library.store.database import Database

Clause = tuple[str, list[object]]
_TABLES: Final = {"text": ("words", "word_part"), "quote": ("quoted", "quote_part")}
_REMEMBERED: Final = 2000
"""Terms of which it is remembered whether they are frequent."""
_NEAREST: Final = 30
"""Words apart up to which two words near each other are spelled out for the server, distance by distance."""


class ServerIndex:
    """The index of words on a server, see :class:`briefing.library.search.index.Index`."""

    def __init__(self) -> None:
        self._weighing = Weighing(matching)
        self._sampled: tuple[int, int] = (0, 0)
        """What the library held when it was asked how frequent terms are."""
        self._frequent: dict[Condition, bool] = {}

    def compiled(self, condition: Condition, db: Database, *, spilled: bool) -> Statement:
        """Make the statement that finds the sources for which a condition holds.

        Args:
            condition: The condition.
            db: Connection to the library.
            spilled: Whether some row numbers are not in the order of dates.
        """
        parts: list[Condition] = list(condition.parts) if isinstance(condition, AllOf) else [condition]
        statement = _start(parts, db)
        for part in parts:
            statement.add(on_source(part, statement.doc, spilled, lambda one: _elsewhere(one, statement.doc, db)))
        return statement

    def first(self, statement: Statement, db: Database) -> tuple[int, list[int] | None]:
        """How many sources match, or one more than ``RANKED``; and the newest of them in order, where they are known.

        Of words that many have it is known that they do: to count them takes longer than to find the newest.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
        """
        plain = len(statement.where) == 1 and not statement.without
        if plain and statement.weighed and _at_least(AllOf(statement.weighed), db) > RANKED:
            return RANKED + 1, None
        if not plain or len(statement.terms) > 1 or any(map(_is_phrase, statement.weighed)):
            newest = newest_of(statement, db)
            return len(newest), newest
        found = [row[0] for row in db.execute(statement.sql(statement.doc, f"LIMIT {RANKED + 1}"), statement.values)]
        return len(found), None if len(found) > RANKED else sorted(found, reverse=True)

    def best(
        self, statement: Statement, db: Database, limit: int, offset: int, among: Collection[int] | None
    ) -> list[int]:
        """Row numbers of the sources that match best, best first.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
            limit: Sources of a page.
            offset: Sources before the page.
            among: Row numbers of the sources that match, where they are known; else None.
        """
        weighed = tuple(statement.weighed[n] for n in weighing(statement.weighed))
        if len(weighed) > 1:
            weighed = self._telling(weighed, db) or weighed
        if among is None:
            among = [row[0] for row in db.execute(statement.sql(statement.doc), statement.values)]
        scores = self._weighing.scores(weighed, db, among)
        return [doc for doc, _ in sorted(scores, key=lambda pair: (-pair[1], pair[0]))][offset : offset + limit]

    def _telling(self, terms: tuple[Condition, ...], db: Database) -> tuple[Condition, ...]:
        """The terms that less than a quarter of the newest sources have; remembered until the library changes."""
        held = measures(db)
        state = (held["sources"], held["words"])
        if state != self._sampled or len(self._frequent) > _REMEMBERED:
            self._sampled, self._frequent = state, {}
        if held["sources"] < SAMPLE:
            return terms
        unknown = [term for term in dict.fromkeys(terms) if term not in self._frequent]
        if unknown:
            self._frequent.update(zip(unknown, _frequent(unknown, db), strict=True))
        return tuple(term for term in terms if not self._frequent[term])

    def arrived(self, statement: Statement, db: Database, seen: int) -> Statement:
        """The statement that finds those of its sources that came after one.

        Args:
            statement: The statement that finds the sources.
            db: Connection to the library.
            seen: ``came`` of the one.
        """
        return arrived_by_rows(statement, db, seen)


def _start(parts: list[Condition], db: Database) -> Statement:
    """What to walk, as in a library file; takes from ``parts`` what it covers."""
    in_text = [p for p in parts if expression(p, "text") is not None]
    without = [p.part for p in parts if isinstance(p, NoneOf) and expression(p.part, "text") is not None]
    if in_text:
        for part in (*in_text, *(NoneOf(p) for p in without)):
            parts.remove(part)
        sql, values = matching(AllOf((*in_text, *map(NoneOf, without))), "text", db)
        terms = tuple(str(expression(part, "text")) for part in in_text)
        return Statement("words", "words.doc", [sql], values, terms, bool(without), tuple(in_text))
    if asked := [p for p in parts if expression(p, "quote") is not None]:
        for part in asked:
            parts.remove(part)
        sql, values = matching(AllOf(tuple(asked)), "quote", db)
        return Statement("quoted", "quoted.doc", [sql], values)
    names = sorted((p for p in parts if isinstance(p, Named)), key=lambda p: p.sources)
    if names and len(names[0].entities) == 1:
        parts.remove(names[0])
        return Statement("entity_doc", "entity_doc.doc", ["entity_doc.entity = ?"], [names[0].entities[0]])
    return Statement("source", "source.doc")


def _elsewhere(condition: Condition, doc: str, db: Database) -> Clause | None:
    """A condition on words where it is one among others."""
    for index, (table, _) in _TABLES.items():
        if expression(condition, index) is not None:
            sql, values = matching(condition, index, db)
            return f"{doc} IN (SELECT doc FROM {table} WHERE {sql})", values
    return None


def matching(condition: Condition, index: str, db: Database) -> Clause:
    """A condition on words alone, as a condition on the rows of an index.

    Args:
        condition: The condition.
        index: ``text`` for the index of titles and texts, ``quote`` for that of quotes.
        db: Connection to the library.

    Returns:
        SQL and the values of its question marks.
    """
    table, _ = _TABLES[index]
    if (asked := tsquery(condition)) is not None:
        parted = _parted(condition, index, db) if _any_parted(table, db) else set()
        if not parted:
            return f"{table}.vec @@ ?::tsquery", [asked]
        return f"({table}.vec @@ ?::tsquery OR {table}.doc = ANY (?))", [asked, sorted(parted)]
    match condition:
        case AllOf(parts) | AnyOf(parts):
            clauses = [matching(part, index, db) for part in parts]
            word = " AND " if isinstance(condition, AllOf) else " OR "
            return f"({word.join(sql for sql, _ in clauses)})", [v for _, values in clauses for v in values]
        case NoneOf(part):
            sql, values = matching(part, index, db)
            return f"({sql}) IS NOT TRUE", values
        case _:
            assert isinstance(condition, Near)
            return f"{table}.doc = ANY (?)", [sorted(_near_docs(condition, index, db))]


def tsquery(condition: Condition) -> str | None:
    """The condition in the language of the server's index; None where that cannot say it exactly."""
    match condition:
        case Words():
            return _words(condition)
        case Near(groups, distance, where):
            if distance > _NEAREST or len(groups) > 2 or any(len(words) > 1 for group in groups for words in group):
                return None
            ways = [_pair([words[0] for words in choice], distance, where) for choice in choices(groups)]
            return f"({' | '.join(ways)})"
        case NoneOf(part):
            inside = tsquery(part)
            return None if inside is None else f"!{inside}"
        case AllOf(parts) | AnyOf(parts) if parts:
            found = [tsquery(part) for part in parts]
            sign = " & " if isinstance(condition, AllOf) else " | "
            return None if None in found else f"({sign.join(map(str, found))})"
        case _:
            return None


def _words(term: Words) -> str:
    ways = [_sequence(words, term.where, prefix=term.prefix and not term.begun) for words in term.sequences]
    ways += [_sequence((word,), term.where) for word in term.begun]
    return f"({' | '.join(dict.fromkeys(ways))})"


def _sequence(words: Sequence[str], where: str, *, prefix: bool = False) -> str:
    label = "A" if where == "title" else ""
    made = [quoted(word) + (f":{label}" if label else "") for word in words]
    if prefix:
        made[-1] = f"{quoted(words[-1])}:*{label}"
    return f"({' <-> '.join(made)})" if len(made) > 1 else made[0]


def _pair(words: Sequence[str], distance: int, where: str) -> str:
    """Two words near each other, distance by distance."""
    if len(set(words)) == 1:
        return _sequence(words[:1], where)
    one, other = (_sequence((word,), where) for word in words)
    ways = [f"({a} <{n}> {b})" for n in range(1, distance + 2) for a, b in ((one, other), (other, one))]
    return f"({' | '.join(ways)})"


def _any_parted(table: str, db: Database) -> bool:
    """Whether some source is so long that it was parted."""
    return measures(db)[f"parted {table}"] > 0


def _parted(condition: Condition, index: str, db: Database) -> set[int]:
    """Those of the parted sources for which a condition on words holds."""
    table, parts_table = _TABLES[index]
    match condition:
        case AllOf(parts):
            wanted = [_parted(part, index, db) for part in parts if not isinstance(part, NoneOf)]
            without = [_parted(part.part, index, db) for part in parts if isinstance(part, NoneOf)]
            every = set.intersection(*wanted) if wanted else _all_parted(table, db)
            return every.difference(*without)
        case AnyOf(parts):
            return set().union(*(_parted(part, index, db) for part in parts))
        case NoneOf(part):
            return _all_parted(table, db) - _parted(part, index, db)
        case Words(sequences=sequences) if max(map(len, sequences)) <= OVERLAP:
            sql = f"SELECT DISTINCT doc FROM {parts_table} WHERE vec @@ ?::tsquery"
            return {row[0] for row in db.execute(sql, (_words(condition),))}
        case _:
            assert isinstance(condition, Words | Near)
            return _verified(condition, index, db, _all_parted(table, db))


def _all_parted(table: str, db: Database) -> set[int]:
    return {row[0] for row in db.execute(f"SELECT doc FROM {table} WHERE vec IS NULL")}


def _near_docs(condition: Near, index: str, db: Database) -> set[int]:
    """The sources in which groups of words stand near each other, told by the places of the words."""
    table, _ = _TABLES[index]
    found: set[int] = set()
    for choice in choices(condition.groups):
        asked = " & ".join(_sequence(words, condition.where) for words in choice)
        likely = db.execute(f"SELECT doc FROM {table} WHERE vec @@ ?::tsquery", (asked,)).fetchall()
        found |= _verified(condition, index, db, {row[0] for row in likely} - found)
    if _any_parted(table, db):
        found |= _verified(condition, index, db, _all_parted(table, db))
    return found


def _verified(condition: Words | Near, index: str, db: Database, docs: Collection[int]) -> set[int]:
    """Those of the sources for which it holds by the places of its words."""
    groups = condition.groups if isinstance(condition, Near) else (condition.sequences,)
    words = {word for group in groups for sequence in group for word in sequence}
    begun: set[str] = set()
    if isinstance(condition, Words) and condition.prefix:
        begun = {sequence[-1] for sequence in condition.sequences}
    found: set[int] = set()
    for doc, _, places in places_of(db, docs, words, begun, *_TABLES[index]):
        if condition.where == "title":
            places = {word: {at for at in known if at > 1 << 39} for word, known in places.items()}
        if isinstance(condition, Words):
            holds = any(starts_of(places, one, prefix=condition.prefix) for one in condition.sequences)
        else:
            holds = any(
                near([(starts_of(places, one, prefix=False), len(one)) for one in choice], condition.distance)[0]
                for choice in choices(condition.groups)
            )
        if holds:
            found.add(doc)
    return found


def _frequent(terms: Sequence[Condition], db: Database) -> list[bool]:
    """Of each term, whether a quarter of the newest sources or more have it, counted in one walk."""
    asked = [matching(term, "text", db) for term in terms]
    counts = ", ".join(f"count(*) FILTER (WHERE {sql})" for sql, _ in asked)
    values = [value for _, values in asked for value in values]
    newest = "(SELECT doc, vec FROM words ORDER BY doc DESC LIMIT ?) AS words"
    return [n >= SAMPLE // 4 for n in db.execute(f"SELECT {counts} FROM {newest}", (*values, SAMPLE)).fetchone()]


def _is_phrase(condition: Condition) -> bool:
    return isinstance(condition, Words) and any(len(words) > 1 for words in condition.sequences)


def _at_least(condition: Condition, db: Database) -> int:
    """A number of sources for which a condition surely holds, from the counters of words.

    Where 90 of 100 sources have one word and 20 another, 10 at least have both.
    """
    match condition:
        case AllOf(parts) if parts:
            lacking = (len(parts) - 1) * measures(db)["sources"]
            return max(0, sum(_at_least(part, db) for part in parts) - lacking)
        case AnyOf(parts) if parts:
            return max(_at_least(part, db) for part in parts)
        case Words(sequences, prefix, "anywhere", begun):
            words = [sequence[0] for sequence in sequences if len(sequence) == 1] + [*begun]
            sql, values = "word = ANY (?)", list[object]([words])
            if prefix and not begun and words:
                sql, values = "word >= ? AND word < ?", [words[0], words[0] + "\U0010ffff"]
            return int(db.execute(f"SELECT coalesce(max(n), 0) FROM lexeme WHERE {sql}", values).fetchone()[0])
        case _:
            return 0
