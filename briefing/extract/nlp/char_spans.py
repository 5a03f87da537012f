"""Disjoint spans of characters in order, to ask what is free."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator


class Spans:
    """Disjoint spans kept in order; what overlaps when made is joined."""

    __slots__ = ("_spans",)

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start < self._spans[-1][1]:
                self._spans[-1] = (self._spans[-1][0], max(end, self._spans[-1][1]))
            else:
                self._spans.append((start, end))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._spans)

    def free(self, start: int, end: int) -> bool:
        """Whether no span shares a character with a stretch of text.

        Args:
            start: First character of the stretch.
            end: The character after its last.
        """
        at = bisect_right(self._spans, (start, start))
        return not ((at > 0 and self._spans[at - 1][1] > start) or (at < len(self._spans) and self._spans[at][0] < end))

    def take(self, start: int, end: int) -> bool:
        """Add a span if it is free and not empty; returns whether it was.

        Args:
            start: First character.
            end: The character after the last.
        """
        if start >= end or not self.free(start, end):
            return False
        insort(self._spans, (start, end))
        return True
