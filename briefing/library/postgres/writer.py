"""Putting sources into a library on a server: as into a file, with few questions, as each has a way to go."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from briefing.library.postgres import reviews
from briefing.library.postgres.connection import Session
from briefing.library.postgres.gathering import Gathering
from briefing.library.postgres.passages import PassageIndex
from briefing.library.postgres.together import array
from briefing.library.store import fact_table
from briefing.library.store.database import Database
from briefing.library.store.entity_view import edits_of
from briefing.library.store.name_counts import tally
from briefing.library.store.row_ids import day_of, day_range
from briefing.library.store.tokenizer import texts
from briefing.library.store.writer import OLD, Ready, Writer
from briefing.model.listing import SourceRow
from briefing.model.source import Source


class ServerWriter(Writer):
    """Asks for the numbers of all names of a batch at once, and does not wait for what needs no answer."""

    def __init__(self) -> None:
        super().__init__(PassageIndex(), reviews)
        self._there: dict[bytes, tuple[Any, ...] | None] = {}
        """Sources of a batch as they were before it; those that come twice are looked up."""
        self._days: dict[date, int] = {}
        """The last number that a day has."""
        self._kept: list[int] = []
        """Numbers that texts may be kept under, the next at the end."""

    def add(self, db: Database, made: Sequence[Ready]) -> list[SourceRow]:
        """See :class:`Writer`."""
        items = [one.item for one in made]
        assert isinstance(db, Session)
        self._edits = edits_of(db)
        self._look_again(db)
        named: list[tuple[str, str]] = []  # in this order they get their numbers, as in a file
        terms: list[str] = []
        for item in items:
            shown, edited = self._shown(item.extraction, item.source.text)
            named += [*tally(shown, item.source.publisher).names, *edited]
            rows = fact_table.rows(item.extraction)
            terms += [name for _, fact in rows for name in (fact.name, fact.operator) if name is not None]
        self._learn_names(db, named)
        self._learn_terms(db, terms)
        self._learn_days(db, [item.source for item in items])
        keys = [bytes.fromhex(item.source.id) for item in items]
        found = db.execute(f"SELECT id, {OLD} FROM source WHERE id = ANY (?)", (keys,))
        there = {row[0]: tuple(row[1:]) for row in found}
        self._there = {key: there.get(key) for key in keys}
        sql = "SELECT nextval('body_kept_seq') FROM generate_series(1, ?)"
        self._kept = [row[0] for row in db.execute(sql, (len(items),)).fetchall()][::-1]
        last = db.execute("SELECT coalesce(max(added), 0) FROM source").fetchone()
        places = count(int(last[0]) + 1 if last else 1)
        placed = [
            one if one.item.added is not None else one._replace(item=one.item._replace(added=next(places)))
            for one in made
        ]
        with db.connection.pipeline():
            gathering = Gathering(db)
            added = super().add(gathering, placed)
            gathering.flush()
            return added

    def _old(self, db: Database, key: bytes) -> tuple[Any, ...] | None:
        return self._there.pop(key) if key in self._there else super()._old(db, key)

    def _learn_days(self, db: Session, sources: Iterable[Source]) -> None:
        """Know the last number of each day of these sources; days that have no numbers of their own are left out."""
        days = sorted({day for source in sources if (day := _day(source)) is not None})
        days = [day for day in days if day_of(day_range(day, day)[0]) == day]
        ranges = [day_range(day, day) for day in days]
        lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
        found = db.execute(_LAST, (array(lows, "bigint"), array(highs, "bigint")))
        self._days = {}
        for day, (low, _), (last,) in zip(days, ranges, found.fetchall(), strict=True):
            self._days[day] = low - 1 if last is None else int(last)

    def _allot(self, db: Database, source: Source) -> int:
        """The next number of a day: nobody else adds sources meanwhile."""
        day = _day(source)
        last = self._days.get(day) if day is not None else None
        if last is None or day is None or last >= day_range(day, day)[1]:
            last = super()._allot(db, source) - 1
        if day is not None and day_range(day, day)[0] <= last + 1 <= day_range(day, day)[1]:
            self._days[day] = last + 1
        return last + 1

    def _put_text(self, db: Database, packed: bytes) -> int | None:
        if not self._kept:
            return super()._put_text(db, packed)
        kept = self._kept.pop()
        db.execute("INSERT INTO body (kept, text) VALUES (?, ?)", (kept, packed))
        return kept

    def _learn_names(self, db: Session, keys: Iterable[tuple[str, str]]) -> None:
        """Have the numbers of these names known, and given to those that have none."""
        wanted = self._counters.unknown(keys)
        if not wanted:
            return
        kinds, names = [kind for kind, _ in wanted], [str(name) for _, name in wanted]
        known = db.execute(_NAMES, (kinds, names)).fetchall()
        numbers = {(kind, name): entity for entity, kind, name in known}
        new = [key for key in wanted if key not in numbers]
        if new:
            made = db.execute(_NEW_NAMES, ([kind for kind, _ in new], [str(name) for _, name in new])).fetchall()
            numbers.update(((kind, name), entity) for entity, kind, name in made)
            words = sorted({(word, entity) for entity, _, name in made for word in texts(name)})
            db.execute(_NEW_WORDS, ([word for word, _ in words], [entity for _, entity in words]))
        self._counters.learn(numbers)

    def _learn_terms(self, db: Session, names: Iterable[str]) -> None:
        """The same for the names in the table of facts."""
        wanted = self._facts.unknown(names)
        if not wanted:
            return
        numbers = dict(db.execute("SELECT text, term FROM term WHERE text = ANY (?)", (wanted,)).fetchall())
        new = [name for name in wanted if name not in numbers]
        if new:
            made = db.execute("INSERT INTO term (text) SELECT unnest(?::text[]) RETURNING text, term", (new,))
            numbers.update(made.fetchall())
        self._facts.learn(numbers)


def _day(source: Source) -> date | None:
    return source.published.date() if isinstance(source.published, datetime) else source.published


_LAST = (
    "SELECT (SELECT max(doc) FROM source WHERE doc BETWEEN low AND high)"
    " FROM unnest(?::bigint[], ?::bigint[]) WITH ORDINALITY AS each (low, high, place) ORDER BY place"
)
_GIVEN = "SELECT * FROM unnest(?::text[], ?::text[])"
_NAMES = f"SELECT entity, type, name FROM entity WHERE (type, name) IN ({_GIVEN})"
_NEW_NAMES = f"INSERT INTO entity (type, name) {_GIVEN} RETURNING entity, type, name"
_NEW_WORDS = "INSERT OR IGNORE INTO entity_word SELECT * FROM unnest(?::text[], ?::bigint[])"
