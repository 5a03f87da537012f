"""Compute how edits of entities change what each source adds to the counters.

It is computed by reading, before any writing, so that nobody waits for the library meanwhile.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from briefing.library.errors import Damaged
from briefing.library.store.codec_names import Named, unpack_named
from briefing.library.store.database import Database
from briefing.library.store.entity_view import Edits, Key
from briefing.library.store.name_counts import tally_plain

_AT_ONCE: Final = 500
"""Sources read at once."""


class Place(NamedTuple):
    """A source: ``kept`` stands for its content as well, which never changes under this number."""

    doc: int
    kept: int


class Difference(NamedTuple):
    """Change of one source's share in the counters. Very many sources change alike, and share one object."""

    names: frozenset[tuple[Key, int]]
    """Mentions more, or less."""
    came: frozenset[Key]
    went: frozenset[Key]
    aliases: frozenset[tuple[tuple[Key, str], int]]
    mentions: int
    participants: int
    types: frozenset[str] | None
    """The types of all mentions, where those are others than before."""
    edited: frozenset[Key]
    """Names, as extracted, that edits are about."""


def work_out(db: Database, places: Sequence[Place], before: Edits, after: Edits, known: dict[int, Difference]) -> None:
    """Add to ``known`` the change of each source's share in the counters. Damaged or removed sources are left out.

    Args:
        db: Connection to the library.
        places: The sources that the edit concerns.
        before: All edits as they are.
        after: All edits as they will be.
        known: Changes by the number that a source's content is kept under; filled here.
    """
    numbers = sorted(place.kept for place in places)  # in this order they lie side by side in the file
    known.update(_Work(before, after).differences(db, numbers))


class _Work:
    """Cache the counter change per distinct statement about the edited names, as very many sources share one."""

    def __init__(self, before: Edits, after: Edits) -> None:
        self._before, self._after = before, after
        self._names = frozenset((*before.names(), *after.names()))
        self._alike: dict[Named, Difference] = {}

    def differences(self, db: Database, numbers: Sequence[int]) -> Iterator[tuple[int, Difference]]:
        """What changes in the sources that are kept under these numbers, each with its number."""
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            sql = f"SELECT kept, text, facts FROM body JOIN extraction USING (kept) WHERE kept IN ({marks})"
            for kept, text, facts in db.execute(sql, some):
                try:
                    said = unpack_named(facts, text, self._names)
                except Damaged:
                    continue
                one = self._alike.get(said)
                if one is None:
                    one = self._alike[said] = self._difference(said)
                yield kept, one

    def _difference(self, said: Named) -> Difference:
        found = said.plain()
        old, new = self._before.plain(found, ""), self._after.change(found, "")
        one, other = tally_plain(old), tally_plain(new.found)
        types = said.others | {mention["type"] for mention in new.found["mentions"]}
        return Difference(
            names=frozenset(
                (key, n) for key in {**one.names, **other.names} if (n := other.names[key] - one.names[key])
            ),
            came=frozenset(other.names.keys() - one.names.keys()),
            went=frozenset(one.names.keys() - other.names.keys()),
            aliases=frozenset(
                (way, n) for way in {**one.aliases, **other.aliases} if (n := other.aliases[way] - one.aliases[way])
            ),
            mentions=len(new.found["mentions"]) - len(old["mentions"]),
            participants=len(new.found["participants"]) - len(old["participants"]),
            types=types if types != said.others | {mention["type"] for mention in old["mentions"]} else None,
            edited=frozenset(new.names),
        )
