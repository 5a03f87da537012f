"""Look up the places of words in sources in the server's index, to count phrases and nearness.

Places are numbers of words. Those of the title have ``TITLE`` added, so that they are far from those of the body.
"""

import re
import struct
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from briefing.library.postgres.connection import Session
from briefing.library.postgres.passages import BODY, MARK, TITLE, begin_of
from briefing.library.postgres.together import array
from briefing.library.store.database import Database

Places = dict[str, set[int]]
"""Places by word, of one source."""
_AT_ONCE: Final = 1000


def places_of(
    db: Database,
    docs: Collection[int],
    words: Collection[str],
    begun: Collection[str] = (),
    table: str = "words",
    parts: str = "word_part",
) -> Iterator[tuple[int, int, Places]]:
    """Row number, number of words, and places of the asked words, for each source.

    Args:
        db: Connection to the library.
        docs: Row numbers of the sources.
        words: The words.
        begun: Beginnings of words that are asked for as well.
        table: Table of the index, of words or of quotes.
        parts: Table of the index's passages.
    """
    assert isinstance(db, Session)
    every = list(docs)
    sql = (
        f"SELECT doc, size, 0, 0, vec FROM {table} WHERE doc = ANY (?::bigint[]) AND vec IS NOT NULL UNION ALL"
        f" SELECT w.doc, w.size, p.part, p.first, p.vec FROM {table} w JOIN {parts} p USING (doc)"
        " WHERE w.doc = ANY (?::bigint[]) AND w.vec IS NULL ORDER BY 1, 3"
    )
    for start in range(0, len(every), _AT_ONCE):
        some = every[start : start + _AT_ONCE]
        parted: dict[int, tuple[int, Places]] = {}
        numbers = array(some, "bigint")
        for doc, size, part, first, vec in db.sent(sql, (numbers, numbers)):
            found = _read(vec, first, words, begun)
            if not part:
                parted[doc] = (size, found)
                continue
            for word, at in found.items():
                parted[doc][1].setdefault(word, set()).update(at)
        yield from ((doc, size, found) for doc, (size, found) in parted.items())


def counts_of(
    db: Database, docs: Collection[int], phrases: Sequence[Sequence[str]], of_title: float
) -> Iterator[tuple[int, int, list[float]]]:
    """Row number, number of words, and how often each phrase stands in it, for each source that is one passage.

    The server sends the places of these words and of no others: those get a weight that nothing else has.

    Args:
        db: Connection to the library.
        docs: Row numbers of the sources.
        phrases: The phrases, as words.
        of_title: What one in the title counts.
    """
    assert isinstance(db, Session)
    every = list(docs)
    sought = [[_bytes_of(word) for word in words] for words in phrases]
    asked = array(sorted({f"{MARK}{word}" for words in phrases for word in words}), "text")
    sql = (
        "SELECT doc, size, ts_filter(setweight(vec, 'B', ?::text[]), '{b}') FROM words"
        " WHERE doc = ANY (?::bigint[]) AND vec IS NOT NULL"
    )
    for start in range(0, len(every), _AT_ONCE):
        for doc, size, vec in db.sent(sql, (asked, array(every[start : start + _AT_ONCE], "bigint"))):
            yield doc, size, [_count(vec, words, of_title) for words in sought]


def _count(vec: bytes, words: Sequence[bytes], of_title: float) -> float:
    """How often a phrase stands in a passage: places of title and body are as far apart as they are sent, too."""
    places = []
    for word in words:
        at = vec.find(word, 4)
        if at < 0:
            return 0.0
        at += len(word)
        places.append(struct.unpack_from(f">{vec[at] << 8 | vec[at + 1]}H", vec, at + 2))
    found: Sequence[int] = places[0]
    for number, more in enumerate(places[1:], 1):
        later = set(more)
        found = [place for place in found if place + number in later]
    titled = sum(place & _PLACE < BODY for place in found)
    return len(found) - titled + of_title * titled


def _read(vec: bytes, first: int, words: Collection[str], begun: Collection[str]) -> Places:
    """The places of words in a ``tsvector`` as the server sends it.

    That is, for each word, its bytes, a zero, the number of its places and these, two bytes each.
    """
    found: Places = {}
    shift = first - begin_of(first)
    for word in words:
        sought = _bytes_of(word)
        at = vec.find(sought, 4)
        if at >= 0:
            found[word] = _numbers(vec, at + len(sought), shift)
    for prefix in begun:
        for m in _beginning(prefix).finditer(vec, 4):
            found.setdefault(m[1].decode(errors="replace"), _numbers(vec, m.end(), shift))
    return found


def _numbers(vec: bytes, at: int, shift: int) -> set[int]:
    (n,) = _NUMBER.unpack_from(vec, at)
    places = struct.unpack_from(f">{n}H", vec, at + 2)
    return {TITLE + (place & _PLACE) if place >= _IN_TITLE else place + shift for place in places}


_NUMBER: Final = struct.Struct(">H")
_IN_TITLE: Final = 0xC000
"""The weight A, in the two highest bits of a place."""
_PLACE: Final = 0x3FFF


@lru_cache(maxsize=1024)
def _bytes_of(word: str) -> bytes:
    return f"{MARK}{word}\0".encode()


@lru_cache(maxsize=64)
def _beginning(prefix: str) -> re.Pattern[bytes]:
    return re.compile(MARK.encode() + b"(" + re.escape(prefix.encode()) + rb"[^\0]*)\0")


def starts_of(places: Places, sequence: Sequence[str], *, prefix: bool) -> list[int]:
    """Where a sequence of words stands, by the place of its first word, in order.

    Args:
        places: Places by word, of one source.
        sequence: The words.
        prefix: Whether the last word may be the beginning of one.
    """
    last = len(sequence) - 1
    sets = []
    for number, word in enumerate(sequence):
        if prefix and number == last:
            sets.append(set().union(*(at for known, at in places.items() if known.startswith(word))))
        else:
            sets.append(places.get(word, set()))
    first, *rest = sets
    return sorted(at for at in first if all(at + n in one for n, one in enumerate(rest, 1)))


def near(groups: Sequence[tuple[list[int], int]], distance: int) -> list[list[int]]:
    """Of each group of words the starts that stand near the others.

    The way SQLite's index goes through them (``fts5ExprNearIsMatch``), so that both count the same: a place is counted
    when all groups are near enough while the lists are gone through together, and it ends with the shortest of them.

    Args:
        groups: Each group's starts, in order, and its length in words.
        distance: Words that may stand between them at most.
    """
    lists = [starts for starts, _ in groups]
    if not all(lists):
        return [[] for _ in groups]
    at = [0] * len(lists)
    kept: list[list[int]] = [[] for _ in lists]
    while True:
        latest = lists[0][at[0]]
        while True:
            together = True
            for number, (starts, length) in enumerate(groups):
                lowest = latest - length - distance
                here = starts[at[number]]
                if here < lowest or here > latest:
                    together = False
                    while starts[at[number]] < lowest:
                        at[number] += 1
                        if at[number] == len(starts):
                            return kept
                    latest = max(latest, starts[at[number]])
            if together:
                break
        for number, starts in enumerate(lists):
            here = starts[at[number]]
            if not kept[number] or kept[number][-1] != here:
                kept[number].append(here)
        ahead = [(*starts[now + 1 : now + 2], 1 << 62)[0] for starts, now in zip(lists, at, strict=True)]
        next_one = ahead.index(min(ahead))
        at[next_one] += 1
        if at[next_one] == len(lists[next_one]):
            return kept
