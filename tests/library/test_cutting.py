"""A source that is cut out of the pages of a full-text index is gone from it, and all else is as it was."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import pytest

from briefing.library.store.fts.cutting import cut_out
from briefing.library.store.fts.pages import Leaf, Skips, numbers, varint, written


class Column(NamedTuple):
    """What a source has in each column."""

    body: list[str]
    title: list[str]

    @property
    def words(self) -> set[str]:
        return {*self.body, *self.title}


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        columns = "body, title, content = '', tokenize = 'ascii', prefix = '3'"
        made.execute(f"CREATE VIRTUAL TABLE word_index USING fts5 ({columns})")
        made.execute("CREATE VIRTUAL TABLE temp.every USING fts5vocab (main, word_index, instance)")
        yield made


def fill(db: sqlite3.Connection, pick: random.Random, n: int, *, page: int, words: int) -> dict[int, Column]:
    """Fill an index with pages of so many bytes, in several segments; some sources are longer than many pages."""
    db.execute("INSERT INTO word_index (word_index, rank) VALUES ('pgsz', ?)", (page,))
    known = ["".join(pick.choice("abcdé") for _ in range(pick.randint(1, 6))) for _ in range(words)] + ["\u20291"]
    made: dict[int, Column] = {}
    for number in sorted(pick.sample(range(1, 10 ** pick.choice((3, 9, 17))), n)):
        length = 400 if pick.random() < 0.03 else pick.choice((1, 3, 10, 30))
        body = [known[int(len(known) * pick.random() ** 3)] for _ in range(length)]
        made[number] = Column(body, pick.choices(known, k=pick.randint(0, 3)))
    rows = [(number, " ".join(one.body), " ".join(one.title)) for number, one in made.items()]
    for start in range(0, n, size := pick.choice((9, 40, n))):
        db.execute("BEGIN")
        db.executemany("INSERT INTO word_index (rowid, body, title) VALUES (?, ?, ?)", rows[start : start + size])
        db.execute("COMMIT")
    return made


def found(db: sqlite3.Connection, query: str, order: str) -> list[int]:
    sql = f"SELECT rowid FROM word_index WHERE word_index MATCH ? ORDER BY rowid {order}"
    return [row[0] for row in db.execute(sql, (query,))]


def check(db: sqlite3.Connection, left: dict[int, Column], pick: random.Random) -> None:
    """The index is whole, and finds what is left, from both ends."""
    db.execute("INSERT INTO word_index (word_index) VALUES ('integrity-check')")
    assert {row[0] for row in db.execute("SELECT id FROM word_index_docsize")} == {*left}
    for one in pick.sample([*left.values()], min(3, len(left))):
        word, other = pick.choice(sorted(one.words)), pick.choice(sorted(one.words))
        for query, holds in (
            (f'"{word}"', lambda words, word=word: word in words),
            (f'"{word[:3]}" *', lambda words, word=word: any(each.startswith(word[:3]) for each in words)),
            (f'"{word}" AND "{other}"', lambda words, word=word, other=other: {word, other} <= words),
        ):
            expected = [number for number, each in sorted(left.items()) if holds(each.words)]
            assert found(db, query, "ASC") == expected
            if "AND" not in query:  # SQLite 3.40 itself leaves some out there, where places fill whole pages
                assert found(db, query, "DESC") == expected[::-1]


@pytest.mark.parametrize(
    ("seed", "page", "words", "merged"), [(1, 32, 20, True), (2, 64, 200, False), (3, 300, 9, True)]
)
def test_all_else_stays(db: sqlite3.Connection, seed: int, page: int, words: int, merged: bool) -> None:
    pick = random.Random(seed)
    left = fill(db, pick, 120, page=page, words=words)
    if merged:
        db.execute("INSERT INTO word_index (word_index) VALUES ('optimize')")
    before = db.execute("SELECT term, doc, col, offset FROM temp.every").fetchall()
    cut = 0
    for number in pick.sample([*left], len(left)):
        one = left.pop(number)
        db.execute("BEGIN")
        if cut_out(db, "word_index", number, one.words):
            cut += 1
        else:
            taken = "INSERT INTO word_index (word_index, rowid, body, title) VALUES ('delete', ?, ?, ?)"
            db.execute(taken, (number, " ".join(one.body), " ".join(one.title)))
        db.execute("COMMIT")
        if not number % 5 or len(left) < 6:
            check(db, left, pick)
            assert db.execute("SELECT term, doc, col, offset FROM temp.every").fetchall() == [
                row for row in before if row[1] in left
            ]
    assert cut > 100


def test_nothing_is_left_of_a_word_that_no_other_has(db: sqlite3.Connection) -> None:
    pick = random.Random(4)
    left = fill(db, pick, 60, page=64, words=40)
    number = max(left) + 1
    db.execute(
        "INSERT INTO word_index (rowid, body, title) VALUES (?, ?, '')", (number, "aardvarkish zyzzyvas abacadabra")
    )
    db.execute("INSERT INTO word_index (word_index) VALUES ('optimize')")
    assert cut_out(db, "word_index", number, {"aardvarkish", "zyzzyvas", "abacadabra"})
    kept = b"".join(row[0] for row in db.execute("SELECT block FROM word_index_data"))
    kept += b"".join(row[0] for row in db.execute("SELECT CAST(term AS BLOB) FROM word_index_idx"))
    assert not [part for part in (b"ardvark", b"yzzyva", b"acadabra", b"aar", b"zyz") if part in kept]
    check(db, left, pick)
    sources = db.execute("SELECT block FROM word_index_data WHERE id = 1").fetchone()[0]
    words = [sum(len(column) for column in columns) for columns in zip(*left.values(), strict=True)]
    assert numbers(sources) == [60, *words]


def test_what_is_not_there_changes_nothing(db: sqlite3.Connection) -> None:
    left = fill(db, random.Random(5), 30, page=100, words=30)
    before = db.execute("SELECT * FROM word_index_data").fetchall()
    number, one = left.popitem()
    assert not cut_out(db, "word_index", number, {*one.words, "unheard"})
    assert not cut_out(db, "word_index", number + 1, one.words)
    assert not cut_out(db, "word_index", number, set())
    db.execute("UPDATE word_index_data SET block = substr(block, 1, 7) WHERE id > 100")
    assert not cut_out(db, "word_index", number, one.words)
    assert len(db.execute("SELECT * FROM word_index_data").fetchall()) == len(before)


def test_pages_of_another_version_are_left_to_sqlite(db: sqlite3.Connection) -> None:
    left = fill(db, random.Random(7), 20, page=100, words=30)
    number, one = left.popitem()
    db.execute("UPDATE word_index_config SET v = 5 WHERE k = 'version'")
    assert not cut_out(db, "word_index", number, one.words)
    db.execute("UPDATE word_index_config SET v = 4 WHERE k = 'version'")
    assert cut_out(db, "word_index", number, one.words)


@pytest.mark.parametrize("value", [0, 1, 127, 128, 16_384, 2**31, 2**56 - 1, 2**56, 2**63, 2**64 - 1])
def test_numbers_are_written_as_they_are_read(value: int) -> None:
    assert varint(b"x" + written(value) + b"y", 1) == (value, 1 + len(written(value)))


def test_pages_are_written_as_they_are_read(db: sqlite3.Connection) -> None:
    fill(db, random.Random(6), 120, page=32, words=4)
    db.execute("INSERT INTO word_index (word_index) VALUES ('optimize')")
    skips = 0
    for key, block in db.execute("SELECT id, block FROM word_index_data WHERE id > 100"):
        skips += bool(key >> 36 & 1)
        assert (Skips if key >> 36 & 1 else Leaf)(block).block() == block
    assert skips
