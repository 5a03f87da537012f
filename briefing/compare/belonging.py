"""Affiliation of units and services: wing → air force → nation."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from briefing.compare.reports import Report

_WORDS_OF_A_NATION: Final = 3
"""Longest name of a nation, in words, that is looked for at the beginning of a body's name."""


class Belonging:
    """Affiliations of units and services up to their nations, as the sources state them.

    A body whose affiliation no source states belongs to the nation that its name begins with ("Japan Air Self-Defense
    Force", "U.S. Navy").
    """

    def __init__(self, reports: Iterable[Report]) -> None:
        self._over: dict[str, str] = {}
        self._nations: dict[str, str] = {}
        self._bodies: set[str] = set()
        for report in reports:
            for participant in report.extraction.participants:
                if participant.kind == "nation":
                    for name in (participant.name, *participant.aliases):
                        self._nations.setdefault(name, participant.name)
                    continue
                self._bodies.add(participant.name)
                if participant.affiliation and participant.affiliation != participant.name:
                    self._over.setdefault(participant.name, participant.affiliation)
        self._chains: dict[str, tuple[str, ...]] = {}

    def chain(self, name: str | None) -> tuple[str, ...]:
        """``name`` and what is over it, up to the nation; empty for None."""
        if name is None:
            return ()
        if name not in self._chains:
            found: list[str] = []
            above: str | None = name
            while above and above not in found:
                found.append(above)
                above = self._above(above)
            self._chains[name] = tuple(found)
        return self._chains[name]

    def agree(self, a: str | None, b: str | None) -> bool:
        """Whether two operators can be one: either is unknown, or one belongs to the other.

        Args:
            a: Name of one operator; None where unknown.
            b: Name of the other; None where unknown.
        """
        return a is None or b is None or a in self.chain(b) or b in self.chain(a)

    def exclude(self, a: str | None, b: str | None) -> bool:
        """Whether two operators cannot be one: they do not agree, and it is known of both whose they are.

        Args:
            a: Name of one operator; None where unknown.
            b: Name of the other; None where unknown.
        """
        return not self.agree(a, b) and self._bodies.isdisjoint({self.chain(a)[-1], self.chain(b)[-1]})

    def is_nation(self, names: Sequence[str]) -> bool:
        """Whether all of some names are those of nations, and there is one."""
        known = set(self._nations.values())
        return bool(names) and all(name in known for name in names)

    def _above(self, name: str) -> str | None:
        if name in self._over:
            return self._over[name]
        words = re.split(r"[ -]", name)
        begins = (" ".join(words[:size]) for size in range(min(_WORDS_OF_A_NATION, len(words) - 1), 0, -1))
        return next((self._nations[begin] for begin in begins if begin in self._nations), None)
