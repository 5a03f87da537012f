"""Take one source out of SQLite's full-text index so that nothing of it is left there.

The index itself only notes what was taken out, until all of its segments are merged: in a library of a million sources,
most of a minute. Here the source is cut out of the few hundred pages that know of it.
"""

from collections.abc import Iterable
from typing import Final

from briefing.library.store.database import Database
from briefing.library.store.fts.pages import (
    HEADER,
    Leaf,
    Segment,
    Skips,
    Strange,
    lengths,
    numbers,
    segments,
    varint,
    written,
)

_BEGINNING: Final = 3
"""Characters of the beginnings that the index of words keeps gathered."""


def cut_out(db: Database, index: str, doc: int, words: Iterable[str]) -> bool:
    """Cut a source out of an index; whether that could be done: else nothing was changed.

    Nothing may wait to be written to the index in this transaction.

    Args:
        db: Connection in a transaction.
        index: The name of the index.
        doc: Row number of the source.
        words: All words that the index was given of it.
    """
    wanted = sorted({key for word in words for key in _keys(word, index)})
    try:
        cuts = [_Cut(db, index, segment, doc) for segment in segments(db, index)]
        if not wanted or not all(_cut_one(cuts, key) for key in wanted):
            return False
        size = db.execute(f"SELECT sz FROM {index}_docsize WHERE id = ?", (doc,)).fetchone()
        (sums,) = db.execute(f"SELECT block FROM {index}_data WHERE id = 1").fetchone()
        sums = lengths(sums, numbers(size[0]) if size else [])
        changed = [row for cut in cuts for row in cut.changed()]
        if size is None:
            return False
    except (Strange, IndexError, TypeError, ValueError):
        return False
    db.executemany(f"UPDATE {index}_data SET block = ? WHERE id = ?", [*changed, (sums, 1)])
    db.execute(f"DELETE FROM {index}_docsize WHERE id = ?", (doc,))
    for cut in cuts:
        cut.rename_leaves()
    return True


def _cut_one(cuts: "list[_Cut]", key: bytes) -> bool:
    """Cut the source out of the doclist of a word, in the one segment that has it; that is tried first for the next."""
    found = next((cut for cut in cuts if cut.word(key)), None)
    if found is not None:
        cuts.remove(found)
        cuts.insert(0, found)
    return found is not None


def _keys(word: str, index: str) -> list[bytes]:
    """What the index has of a word: the word itself, and the beginning that it keeps gathered."""
    keys = [b"0" + word.encode()]
    if index == "word_index" and len(word) >= _BEGINNING:
        keys.append(b"1" + word[:_BEGINNING].encode())
    return keys


class _Cut:
    """What is changed in one segment; nothing is written before all of it is known."""

    def __init__(self, db: Database, index: str, segment: Segment, doc: int) -> None:
        self._db = db
        self._index = index
        self._segment = segment
        self._doc = doc
        self._leaves: dict[int, Leaf] = {}
        self._changed: set[int] = set()
        self._skips: dict[int, Skips] = {}
        self._named: dict[int, tuple[bytes, bytes | None]] = {}
        """Of leaves that begin with another word now, the one in ``_idx``, and that other one; None without words."""

    def changed(self) -> list[tuple[bytes, int]]:
        """The pages that are changed, with their rows."""
        leaves = [(self._leaves[page].block(), self._segment.leaf(page)) for page in sorted(self._changed)]
        return leaves + [(one.block(), row) for row, one in self._skips.items()]

    def rename_leaves(self) -> None:
        """Write down by which words leaves are found."""
        for key, word in self._named.values():
            place = (self._segment.number, key)
            if word is None:
                self._db.execute(f"DELETE FROM {self._index}_idx WHERE segid = ? AND term = ?", place)
            else:
                self._db.execute(f"UPDATE {self._index}_idx SET term = ? WHERE segid = ? AND term = ?", (word, *place))

    def word(self, key: bytes) -> bool:
        """Cut the source out of the doclist of a word; whether it was there. A word without sources goes."""
        page, name, long = self._page_of(key)
        leaf = self._leaf(page)
        n, begin = next(((n, at) for n, (word, at) in enumerate(leaf.words()) if word == key), (-1, 0))
        if n < 0:
            return False
        at_page = self._last_not_after(page, key) if n == len(leaf.words_at) - 1 else page
        if not self._entry(page if at_page != page else None, at_page, n, begin, long):
            return False
        if not self._has_rows(page, n):
            self._drop_word(page, n, name)
        return True

    def _page_of(self, key: bytes) -> tuple[int, bytes | None, bool]:
        """The leaf that has a word if any has, the word it is found by, and whether its last word has a skip list."""
        sql = f"SELECT pgno, term FROM {self._index}_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1"
        found = self._db.execute(sql, (self._segment.number, key)).fetchone()
        if found is None or found[0] >> 1 < self._segment.first:
            return self._segment.first, None, False
        return found[0] >> 1, bytes(found[1]), bool(found[0] & 1)

    def _leaf(self, page: int) -> Leaf:
        if page not in self._leaves:
            sql = f"SELECT block FROM {self._index}_data WHERE id = ?"
            (block,) = self._db.execute(sql, (self._segment.leaf(page),)).fetchone()
            self._leaves[page] = Leaf(block)
        return self._leaves[page]

    def _first_row(self, page: int) -> int | None:
        """The first row number on a leaf that belongs to a word of an earlier one."""
        leaf = self._leaf(page)
        return varint(leaf.body, leaf.rows_at)[0] if leaf.rows_at else None

    def _last_not_after(self, page: int, key: bytes) -> int:
        """The last leaf on which the doclist of a leaf's last word goes on with a row number not after the source's."""
        sql = f"SELECT pgno FROM {self._index}_idx WHERE segid = ? AND term > ? ORDER BY term LIMIT 1"
        found = self._db.execute(sql, (self._segment.number, key)).fetchone()
        low, high = page, found[0] >> 1 if found else self._segment.last
        while low < high:
            middle = (low + high + 1) // 2
            tried = next((n for n in range(middle, low, -1) if self._first_row(n) is not None), low)
            if tried == low:  # only places are there, of one source after the other
                tried = next((n for n in range(middle + 1, high + 1) if self._first_row(n) is not None), low)
                if tried == low:
                    return low
                high = low if self._is_after(tried) else high
            elif self._is_after(tried):
                high = tried - 1
            if tried <= high:
                low = tried
        return low

    def _is_after(self, page: int) -> bool:
        return (self._first_row(page) or 0) > self._doc

    def _entry(self, word_page: int | None, page: int, n: int, begin: int, long: bool) -> bool:
        """Cut the source out of the part of a doclist that a leaf has; whether it was there.

        Args:
            word_page: The leaf of the word, where it is an earlier one; else None.
            page: The leaf.
            n: Number of the word on its leaf.
            begin: Where its doclist begins there.
            long: Whether it has a skip list.
        """
        leaf = self._leaf(page)
        at, end = (begin, leaf.doclist_end(n)) if word_page is None else (leaf.rows_at, leaf.doclist_end(-1))
        row = before = following = None
        while at < end and (row is None or row < self._doc):
            start, (step, at) = at, varint(leaf.body, at)
            before, row = row, step + (row or 0)
            size, at = varint(leaf.body, at)
            at += size >> 1
        if row != self._doc:
            return False
        by, cut_to = b"", min(at, len(leaf.body))
        if at < end:
            step, cut_to = varint(leaf.body, at)
            following = row + step
            by = written(following - (before or 0))  # the first of a leaf is written whole
        only = word_page is not None and before is None and following is None
        leaf.replace(start, cut_to, by)
        leaf.rows_at = 0 if only else leaf.rows_at
        self._changed.add(page)
        if following is None:
            self._cut_carried(page + 1, at - cut_to)
        if before is None and word_page is not None and long:
            self._skip(word_page, page, following)
        return True

    def _cut_carried(self, page: int, left: int) -> None:
        """Cut so many bytes of places that go on from the leaf before."""
        while left:
            if page > self._segment.last:
                raise Strange("places without an end")
            leaf = self._leaf(page)
            cut = min(left, leaf.carried_to - HEADER)
            leaf.replace(HEADER, HEADER + cut)
            self._changed.add(page)
            left -= cut
            page += 1

    def _skip(self, word_page: int, leaf: int, row: int | None, level: int = 0) -> None:
        """Note another first row number of a leaf in the skip list of a doclist.

        Args:
            word_page: The leaf of the word.
            leaf: The leaf; of a higher level, the part.
            row: Its first row number; None for none.
            level: Level of the skip list.
        """
        part = word_page
        while leaf >= (skips := self._skips_at(self._segment.skips(part, level))).first + len(skips.rows):
            part += 1
        if skips.change(leaf, row) and skips.partial:
            self._skip(word_page, part, skips.rows[0], level + 1)

    def _skips_at(self, at: int) -> Skips:
        if at not in self._skips:
            found = self._db.execute(f"SELECT block FROM {self._index}_data WHERE id = ?", (at,)).fetchone()
            if found is None:
                raise Strange("a skip list is missing")
            self._skips[at] = Skips(found[0])
        return self._skips[at]

    def _has_rows(self, page: int, n: int) -> bool:
        """Whether a source is left in the doclist of a word."""
        leaf = self._leaf(page)
        if leaf.words()[n][1] < leaf.doclist_end(n):
            return True
        if n + 1 < len(leaf.words_at):
            return False
        for later in range(page + 1, self._segment.last + 1):
            leaf = self._leaf(later)
            if leaf.rows_at or leaf.words_at:
                return bool(leaf.rows_at)
        return False

    def _drop_word(self, page: int, n: int, name: bytes | None) -> None:
        leaf = self._leaf(page)
        leaf.drop_word(n)
        self._changed.add(page)
        if n:
            return
        if not leaf.words_at and page == self._segment.first:  # it must have one
            if name:
                raise Strange("a segment that is being merged")
            leaf.put_nothing()
        if name:
            key = self._named[page][0] if page in self._named else name
            self._named[page] = (key, leaf.words()[0][0] if leaf.words_at else None)
