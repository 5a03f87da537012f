"""Pages of SQLite's full-text index (FTS5), read and written as its own code does.

An index is some segments. A segment is a run of numbered leaves, which hold words in order, each with its doclist: the
row numbers of the sources that have it, and where in them. A doclist goes on over as many leaves as it needs, and so do
the places of one source. The table ``_idx`` has the first word of each leaf that one begins on; of a long doclist a
page of its own, its skip list, has the first row number of each leaf.

A leaf: where its first row number is written that belongs to a word of an earlier leaf (two bytes, 0 where none does),
where its words end (two bytes), the words with their doclists, and how far it is from each word to the next.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from briefing.library.store.database import Database

VERSION: Final = 4
"""The version of the pages that is known here; SQLite has written no other since FTS5 was released, but where an index
is told to take words out at once (``secure-delete``, version 5), which libraries are not."""
HEADER: Final = 4
"""Bytes before the content of a leaf."""
SEGMENT_BITS: Final = 37
SKIPS: Final = 1 << 36
"""Set in the number of a page that is a skip list."""
_LEVEL_BITS: Final = 31
_NEWER: Final = b"\xff\x00\x00\x01"
"""Begins the list of segments of a kind of index that the library does not have."""


class Strange(Exception):
    """The index is not as it is known to be."""


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number as SQLite writes it, and where it ends.

    Args:
        data: The bytes.
        at: Where it begins.
    """
    if data[at] < 128:
        return data[at], at + 1
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = (value << 7) | (byte & 127)
        if byte < 128:
            return value, at + n + 1
    return (value << 8) | data[at + 8], at + 9


def written(value: int) -> bytes:
    """A number as SQLite writes it."""
    if value >> 56:
        parts = [value & 255]
        value >>= 8
        for _ in range(8):
            parts.append(value & 127 | 128)
            value >>= 7
        return bytes(reversed(parts))
    parts = [value & 127]
    while value := value >> 7:
        parts.append(value & 127 | 128)
    return bytes(reversed(parts))


def numbers(data: bytes, at: int = 0) -> list[int]:
    """All numbers from one place to the end.

    Args:
        data: The bytes.
        at: Where they begin.
    """
    found = []
    while at < len(data):
        value, at = varint(data, at)
        found.append(value)
    return found


class Segment(NamedTuple):
    """A segment, with the numbers of its first and last leaf."""

    number: int
    first: int
    last: int

    def leaf(self, page: int) -> int:
        """The row that has a leaf."""
        return (self.number << SEGMENT_BITS) + page

    def skips(self, page: int, level: int) -> int:
        """The row that has the skip list of the last word on a leaf; its parts are counted from there.

        Args:
            page: Number of the leaf, or of the part.
            level: 0 for leaves, 1 for parts of that, and so on.
        """
        return self.leaf(page) + SKIPS + (level << _LEVEL_BITS)


def segments(db: Database, index: str) -> list[Segment]:
    """The segments of an index. Raises :class:`Strange`.

    Args:
        db: Connection to the library.
        index: The name of the index.
    """
    (version,) = db.execute(f"SELECT v FROM {index}_config WHERE k = 'version'").fetchone()
    (block,) = db.execute(f"SELECT block FROM {index}_data WHERE id = 10").fetchone()
    if version != VERSION or block[4:8] == _NEWER:
        raise Strange("another format")
    levels, count, _, *rest = numbers(block, 4)
    found: list[Segment] = []
    at = 0
    for _ in range(levels):
        of_level = rest[at + 1]
        at += 2
        for _ in range(of_level):
            found.append(Segment(*rest[at : at + 3]))
            at += 3
    if len(found) != count:
        raise Strange("segments are missing")
    return found


class Leaf:
    """A leaf that is changed."""

    def __init__(self, block: bytes) -> None:
        self.rows_at = int.from_bytes(block[:2], "big")
        end = int.from_bytes(block[2:4], "big")
        self.body = block[:end]
        self.words_at: list[int] = []
        """Where each word is written."""
        self._words: list[tuple[bytes, int]] | None = None
        at = 0
        for step in numbers(block, end):
            at += step
            self.words_at.append(at)
        if not HEADER <= end <= len(block) or not self.rows_at <= end or (self.words_at and self.words_at[-1] >= end):
            raise Strange("a leaf")

    def block(self) -> bytes:
        """The leaf as it is kept."""
        head = self.rows_at.to_bytes(2, "big") + len(self.body).to_bytes(2, "big")
        steps = (b - a for a, b in zip((0, *self.words_at), self.words_at, strict=False))
        return head + self.body[HEADER:] + b"".join(map(written, steps))

    @property
    def carried_to(self) -> int:
        """Where the places end that go on from the leaf before."""
        return self.rows_at or (self.words_at[0] if self.words_at else len(self.body))

    def doclist_end(self, n: int) -> int:
        """Where the doclist of a word ends on this leaf; of number -1, that of a word on an earlier one."""
        return self.words_at[n + 1] if n + 1 < len(self.words_at) else len(self.body)

    def words(self) -> list[tuple[bytes, int]]:
        """The words, each with the place where its doclist begins."""
        if self._words is None:
            self._words, word = [], b""
            for n, at in enumerate(self.words_at):
                shared, at = varint(self.body, at) if n else (0, at)
                length, at = varint(self.body, at)
                word = word[:shared] + self.body[at : at + length]
                self._words.append((word, at + length))
        return self._words

    def replace(self, start: int, end: int, by: bytes = b"") -> None:
        """Write other bytes in place of some.

        Args:
            start: The first of these.
            end: The one after the last.
            by: The others.
        """
        self.body = self.body[:start] + by + self.body[end:]
        moved = len(by) - (end - start)
        self.words_at = [at + moved if at >= end else at for at in self.words_at]
        if self._words is not None:
            self._words = [(word, at + moved if at >= end else at) for word, at in self._words]
        if self.rows_at >= end:
            self.rows_at += moved

    def drop_word(self, n: int) -> None:
        """Take out a word with its doclist; the next one is written anew, since words leave out what they share."""
        words, self._words = self.words(), None
        start, end = self.words_at[n], self.doclist_end(n)
        if n + 1 < len(words):
            word, end = words[n + 1]
            by = written(len(word)) + word
            if n:
                shared = _shared(words[n - 1][0], word)
                by = written(shared) + written(len(word) - shared) + word[shared:]
            del self.words_at[n + 1]
            moved = len(by) - (end - start)
            self.body = self.body[:start] + by + self.body[end:]
            self.words_at = [*self.words_at[: n + 1], *(at + moved for at in self.words_at[n + 1 :])]
        else:
            del self.words_at[n]
            self.body = self.body[:start]

    def put_nothing(self) -> None:
        """Put in what the index neither finds nor keeps when it merges: a word without letters, at no place."""
        self.words_at, self._words = [HEADER], None
        self.body = self.body[:HEADER] + written(1) + b"0" + written(1) + written(0)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two words begin with in common."""
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n


class Skips:
    """A skip list, or a part of one: the first row number of each of some leaves in order, None of those without.

    The parts of one that is longer than a page have a skip list of their own, one level higher.
    """

    def __init__(self, block: bytes) -> None:
        self.partial = bool(block[0] & 1)
        self.first, at = varint(block, 1)
        row, at = varint(block, at)
        self.rows: list[int | None] = [row]
        for step in numbers(block, at):
            row += step
            self.rows.append(row if step else None)

    def block(self) -> bytes:
        """The page as it is kept."""
        made, before = [bytes([self.partial]), written(self.first)], 0
        for row in self.rows:
            made.append(written(0 if row is None else row - before))
            before = before if row is None else row
        return b"".join(made)

    def change(self, leaf: int, row: int | None) -> bool:
        """Note another first row number of a leaf; whether that is the first in the list. Raises :class:`Strange`.

        Args:
            leaf: Number of the leaf.
            row: Its first row number now; None for none.
        """
        at = leaf - self.first
        if not 0 <= at < len(self.rows):
            raise Strange("a skip list")
        self.rows[at] = row
        while self.rows and self.rows[0] is None:
            self.rows, self.first = self.rows[1:], self.first + 1
        if not self.rows:
            raise Strange("an empty skip list")
        return not at


def lengths(block: bytes, less: Sequence[int]) -> bytes:
    """The sums over an index, with one source less.

    Args:
        block: The sums: of the sources, and of the words in each column.
        less: How many words the source has in each column.
    """
    sources, *words = numbers(block)
    if len(words) != len(less) or any(a < b for a, b in zip(words, less, strict=True)):
        raise Strange("sums")
    return b"".join(map(written, [sources - 1, *(a - b for a, b in zip(words, less, strict=True))]))
