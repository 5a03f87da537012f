"""Disjoint sets (union-find)."""

from collections.abc import Iterable


class Sets:
    """Disjoint sets of the numbers below ``size``, joined step by step; the order of joining makes no difference."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, number: int) -> int:
        """The smallest number of the set that holds ``number``."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, a: int, b: int) -> None:
        """Join the sets of two numbers.

        Args:
            a: One number.
            b: The other one.
        """
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first

    def groups(self) -> list[list[int]]:
        """All sets, each in order, ordered by their first number."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._parent)):
            found.setdefault(self.find(number), []).append(number)
        return list(found.values())

    def count(self, numbers: Iterable[int]) -> int:
        """Number of sets that hold the ``numbers``."""
        return len({self.find(number) for number in numbers})
