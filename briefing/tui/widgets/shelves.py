"""Row numbers of a grouped list: heads, each followed by the rows of its group unless that is folded.

Nothing is kept for a single row, so that a list of 100,000 is laid out as fast as one of ten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from briefing.model.safetext import SafeText
    from briefing.model.selection import Group

Name = tuple[bool, "SafeText | None"] | None
"""What tells a group from others whatever its size: pinned or not, and its key; None where nothing is grouped."""


def name_of(group: Group) -> Name:
    """The identity of a group within a list."""
    return group.pinned, group.key


class Spot(NamedTuple):
    """What a row is: the source with the number ``offset`` in a shelf, or, with None, the head of the shelf."""

    shelf: int
    offset: int | None


class Shelves(Sequence[int]):
    """A sequence of the numbers of the rows' first lines, and at last the number of all lines."""

    def __init__(
        self, count: int, groups: Sequence[Group] | None = None, folded: Collection[Name] = (), height: int = 3
    ) -> None:
        """``count`` rows, each of ``height`` lines, in one shelf without a head unless there are ``groups``."""
        self.groups = groups
        self.names: Sequence[Name] = [None] if groups is None else [name_of(group) for group in groups]
        self.numbers = {name: number for number, name in enumerate(self.names)}
        self.folded = [name in folded for name in self.names] if groups is not None else [False]
        self._height = height
        self._head = 0 if groups is None else 1
        sizes = [count] if groups is None else [0 if fold else g.n for g, fold in zip(groups, self.folded, strict=True)]
        self._rows = [0, *accumulate(size + self._head for size in sizes)]
        self._lines = [0, *accumulate(size * height + self._head for size in sizes)]

    def __len__(self) -> int:
        return self._rows[-1] + 1

    @overload
    def __getitem__(self, row: int) -> int: ...

    @overload
    def __getitem__(self, row: slice) -> Sequence[int]: ...

    def __getitem__(self, row: int | slice) -> int | Sequence[int]:
        """The first line of a row."""
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        if row < 0:
            row += len(self)
        if not 0 <= row < len(self):
            raise IndexError(row)
        if row == self._rows[-1]:
            return self._lines[-1]
        shelf = bisect_right(self._rows, row) - 1
        within = row - self._rows[shelf]
        return self._lines[shelf] + (min(within, self._head)) + self._height * max(0, within - self._head)

    def row_at(self, line: int) -> int:
        """The row that a line belongs to."""
        shelf = min(bisect_right(self._lines, line) - 1, len(self.names) - 1)
        within = line - self._lines[shelf]
        if within < self._head:
            return self._rows[shelf]
        return self._rows[shelf] + self._head + (within - self._head) // self._height

    def spot(self, row: int) -> Spot:
        """The contents of a row."""
        shelf = min(bisect_right(self._rows, row) - 1, len(self.names) - 1)
        within = row - self._rows[shelf] - self._head
        return Spot(shelf, within if within >= 0 else None)

    def row_of(self, name: Name, offset: int | None = None) -> int | None:
        """The row of a source, or of a head; None where it is out of sight.

        Args:
            name: Identity of the group, see :func:`name_of`.
            offset: Number of the source in it, from 0; None for the head.
        """
        shelf = self.numbers.get(name)
        if shelf is None:
            return None
        if offset is None:
            return self._rows[shelf]
        row = self._rows[shelf] + self._head + offset
        return row if row < self._rows[shelf + 1] else None

    def head_near(self, row: int, step: int) -> int | None:
        """The row of the next or previous head; None where there is none.

        Args:
            row: The row to start from.
            step: 1 for the next head, -1 for the previous one.
        """
        if self.groups is None:
            return None
        shelf = bisect_right(self._rows, row) - 1
        shelf = shelf + 1 if step > 0 else shelf - (row == self._rows[shelf])
        return self._rows[shelf] if 0 <= shelf < len(self.names) else None
