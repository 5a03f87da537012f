"""Compile a condition to SQL: one expression for the full-text index, and conditions on row numbers."""

from collections.abc import Callable, Sequence
from typing import Final

from briefing.library.search.conditions import (
    FEW,
    STATES,
    Added,
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
    Words,
)
from briefing.library.store.row_ids import day_range


class Statement:
    """``FROM`` and ``WHERE`` of a search. ``doc`` is the column with the number of the source."""

    def __init__(
        self,
        table: str,
        doc: str,
        where: Sequence[str] = (),
        values: Sequence[object] = (),
        terms: tuple[str, ...] = (),
        without: bool = False,
        weighed: tuple[Condition, ...] = (),
    ) -> None:
        self.table = table
        self.doc = doc
        self.where = list(where)
        self.values = list(values)
        self.terms = terms
        """What the index of words is asked for, part by part: by these it can order the sources."""
        self.without = without
        """Whether it is also asked for what must not stand there."""
        self.weighed = weighed
        """The same as ``terms``, as conditions."""

    @property
    def several(self) -> bool:
        """Whether it is asked for more than one thing, of which some may weigh nothing."""
        return len(self.terms) > 1 or self.without

    def sql(self, columns: str, rest: str = "") -> str:
        """The whole SQL statement.

        Args:
            columns: What to select.
            rest: What follows the conditions, such as ``ORDER BY`` and ``LIMIT``.
        """
        return f"SELECT {columns} FROM {self.table} WHERE {' AND '.join(self.where) or '1 = 1'} {rest}"

    def narrowed(self, condition: str) -> "Statement":
        """The same with one more condition before its own, whose values are told when it is asked."""
        where = [condition, *self.where]
        return Statement(self.table, self.doc, where, self.values, self.terms, self.without, self.weighed)

    def add(self, condition: tuple[str, list[object]]) -> None:
        """Add a condition."""
        self.where.append(condition[0])
        self.values += condition[1]


Beginnings = Callable[[str], Sequence[str]]
"""Longer beginnings of the words that begin with a few letters; none where the letters themselves are to be asked for.
Those of three letters the index keeps gathered; those of two are the sum of these."""


def _as_written(_: str) -> Sequence[str]:
    return ()


def compile_search(condition: Condition, *, spilled: bool, longer: Beginnings = _as_written) -> Statement:
    """Make the statement that finds the sources for which a condition holds.

    Args:
        condition: The condition.
        spilled: Whether some row numbers are not in the order of dates, see :mod:`briefing.library.store.row_ids`.
        longer: What the index is asked for in place of the beginning of a word.
    """
    parts: list[Condition] = list(condition.parts) if isinstance(condition, AllOf) else [condition]
    statement = _start(parts, longer)
    for part in parts:
        statement.add(on_source(part, statement.doc, spilled, lambda one: _by_words(one, statement.doc, longer)))
    return statement


def _start(parts: list[Condition], longer: Beginnings) -> Statement:
    """What to walk: the index of words, of quotes, the sources of one name, or all sources. Takes what it covers."""
    in_text = [p for p in parts if expression(p, "text") is not None]
    without = [p.part for p in parts if isinstance(p, NoneOf) and expression(p.part, "text") is not None]
    if in_text:
        for part in (*in_text, *(NoneOf(p) for p in without)):
            parts.remove(part)
        match = _all_but(in_text, without, "text", longer)
        terms = tuple(str(expression(part, "text")) for part in in_text)
        weighed = tuple(in_text)
        return Statement("word_index", "word_index.rowid", [BY_WORDS], [match], terms, bool(without), weighed)
    if quoted := [p for p in parts if expression(p, "quote") is not None]:
        for part in quoted:
            parts.remove(part)
        match = _all_but(quoted, [], "quote", _as_written)
        return Statement("quote_index", "quote_index.rowid", ["quote_index MATCH ?"], [match])
    names = sorted((p for p in parts if isinstance(p, Named)), key=lambda p: p.sources)
    if names and len(names[0].entities) == 1:
        parts.remove(names[0])
        return Statement("entity_doc", "entity_doc.doc", ["entity_doc.entity = ?"], [names[0].entities[0]])
    return Statement("source", "source.doc")


BY_WORDS: Final = "word_index MATCH ?"
"""The condition that the index of words is walked by."""


def all_of(terms: Sequence[str]) -> str:
    """Terms of the full-text index, all of which are to be there."""
    return f"({' AND '.join(terms)})"


def expression(condition: Condition, index: str, longer: Beginnings = _as_written) -> str | None:
    """Write a condition in the language of the full-text index; None where that cannot express it.

    Args:
        condition: The condition.
        index: ``text`` for the index of titles and texts, ``quote`` for that of quotes.
        longer: What the index is asked for in place of the beginning of a word.
    """
    match condition:
        case Words(where=where) | Near(where=where) if (where == "quote") != (index == "quote"):
            return None
        case Words(sequences, prefix, where, begun):
            unfinished = prefix and not begun
            ways = [way for words in sequences for way in ((*_begun(words, longer),) if unfinished else ())]
            ways = ways or [_string(words) for words in sequences]
            # of words that begin so, the word itself weighs more for being asked for twice
            found = " OR ".join([*ways, *(_string((word,)) for word in begun)])
            return f"{'title : ' * (where == 'title')}({found})"
        case Near(groups, distance, where):
            found = " OR ".join(f"NEAR({' '.join(map(_string, choice))}, {distance})" for choice in choices(groups))
            return f"{'title : ' * (where == 'title')}({found})"
        case AnyOf(parts) if parts:
            inside = [expression(part, index, longer) for part in parts]
            return None if None in inside else f"({' OR '.join(map(str, inside))})"
        case AllOf(parts):
            wanted = [p for p in parts if not isinstance(p, NoneOf)]
            without = [p.part for p in parts if isinstance(p, NoneOf)]
            if not wanted or any(expression(p, index) is None for p in (*wanted, *without)):
                return None
            return _all_but(wanted, without, index, longer)
        case _:
            return None


def _all_but(wanted: Sequence[Condition], without: Sequence[Condition], index: str, longer: Beginnings) -> str:
    found = all_of([str(expression(p, index, longer)) for p in wanted])
    if without:
        found = f"({found} NOT ({' OR '.join(str(expression(p, index, longer)) for p in without)}))"
    return found


def _begun(words: tuple[str, ...], longer: Beginnings) -> list[str]:
    """Words of which the last one may go on, with the last word itself."""
    *before, last = words
    ways = longer(last) or (last,)
    return [*(f"{_string((*before, way))} *" for way in ways), _string(words)]


def _string(words: tuple[str, ...]) -> str:
    return f'"{" ".join(words)}"'


def choices(groups: tuple[Sequences, ...]) -> list[list[tuple[str, ...]]]:
    """Every way to take one sequence of each group, eight at most."""
    ways: list[list[tuple[str, ...]]] = [[]]
    for group in groups:
        ways = [[*way, words] for way in ways for words in group][:8]
    return ways


ByWords = Callable[[Condition], "tuple[str, list[object]] | None"]
"""What an index makes of a condition on words; None where it is none."""


def _by_words(condition: Condition, doc: str, longer: Beginnings) -> tuple[str, list[object]] | None:
    """The plus keeps SQLite from asking the index once for every number, which takes 0.1 ms each."""
    for index, table in (("text", "word_index"), ("quote", "quote_index")):
        known = longer if index == "text" else _as_written
        if (match := expression(condition, index, known)) is not None:
            return f"+{doc} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", [match]
    return None


def on_source(condition: Condition, doc: str, spilled: bool, by_words: ByWords) -> tuple[str, list[object]]:
    """A condition on one source, as SQL with the values of its question marks.

    Args:
        condition: The condition.
        doc: The column with the row number of the source.
        spilled: Whether some row numbers are not in the order of dates.
        by_words: Compiles a condition on words for the index; None for other conditions.
    """
    if (found := by_words(condition)) is not None:
        return found
    match condition:
        case AllOf(parts) | AnyOf(parts):
            word, alone = (" AND ", "1 = 1") if isinstance(condition, AllOf) else (" OR ", "1 = 0")
            inside = [on_source(part, doc, spilled, by_words) for part in parts]
            return f"({word.join(sql for sql, _ in inside) or alone})", [v for _, values in inside for v in values]
        case NoneOf(part):
            sql, values = on_source(part, doc, spilled, by_words)
            return f"NOT {sql}", values
        case Named(entities=entities, sources=sources):
            marks = ",".join("?" * len(entities))
            if sources <= FEW:
                return f"+{doc} IN (SELECT doc FROM entity_doc WHERE entity IN ({marks}))", [*entities]
            return f"EXISTS (SELECT 1 FROM entity_doc d WHERE d.entity IN ({marks}) AND d.doc = {doc})", [*entities]
        case Trait(mask, formats):
            marks = ",".join("?" * len(formats))
            test = f"((traits & ?) <> 0 OR format IN ({marks}))" if formats else "(traits & ?) <> 0"
            return _of_row(test, doc), [mask, *formats]
        case State(names, sources):
            return _in_state(names, sources, doc)
        case Tagged(names, sources):
            return _with_tag(names, sources, doc)
        case Remarked() | Added():
            keys = condition.keys
            few = f"SELECT s.doc FROM source s WHERE s.id IN ({','.join('?' * len(keys))})"
            return f"{doc if doc == 'source.doc' else '+' + doc} IN ({few})", [*keys]
        case Dated(first, last):
            if not spilled:
                return f"{doc} BETWEEN ? AND ?", [*day_range(first, last)]
            between = [first.isoformat() if first else "0000", last.isoformat() if last else "9999-99"]
            return _of_row("(substr(published, 1, 10) BETWEEN ? AND ?)", doc), [*between]
        case _:
            raise AssertionError(condition)


def _in_state(names: Sequence[str], sources: int, doc: str) -> tuple[str, list[object]]:
    tests = [STATES[name] for name in names]
    if sources <= FEW:  # one by one: each test has an index of its own
        few = " UNION ".join(f"SELECT doc FROM source WHERE {test}" for test in tests)
        return f"{doc if doc == 'source.doc' else '+' + doc} IN ({few})", []
    return _of_row(f"({' OR '.join(tests)})", doc), []


def _with_tag(names: Sequence[str], sources: int, doc: str) -> tuple[str, list[object]]:
    marks = ",".join("?" * len(names))
    if sources <= FEW:
        few = f"SELECT s.doc FROM tag JOIN source s ON s.id = tag.id WHERE name IN ({marks})"
        return f"{doc if doc == 'source.doc' else '+' + doc} IN ({few})", [*names]
    return _of_row(f"EXISTS (SELECT 1 FROM tag WHERE tag.id = source.id AND name IN ({marks}))", doc), [*names]


def _of_row(test: str, doc: str) -> str:
    """A test of the columns of the source's own row."""
    return test if doc == "source.doc" else f"EXISTS (SELECT 1 FROM source WHERE source.doc = {doc} AND {test})"
