"""What edits of entities change in what each source adds to the counters: worked out by reading, before any writing.

Where very many sources have to be gone through, other processes do it, each a part of them: as many as there are
processors, and the program that waits for them has its own to answer its user.
"""

import gc
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.library.processes import default_jobs, environment, module_command
from briefing.library.store.codec import pack_numbers, unpack_numbers
from briefing.library.store.codec_names import Named, unpack_named
from briefing.library.store.entity_view import Edits, Key
from briefing.library.store.name_counts import tally_plain
from briefing.model.entity_edit import EntityEdit

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_AT_ONCE: Final = 500
"""Sources read at once."""
_WORTH: Final = 8_000
"""Sources for which another process is worth its start: half a second of work."""


class Place(NamedTuple):
    """A source: ``kept`` stands for its content as well, which never changes under this number."""

    doc: int
    kept: int


class Difference(NamedTuple):
    """What an edit changes in what one source adds to the counters. Very many sources differ alike, and share one."""

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


def work_out(
    db: sqlite3.Connection,
    places: Sequence[Place],
    before: Edits,
    after: Edits,
    known: dict[int, Difference],
    file: Path | None = None,
) -> None:
    """Put into ``known`` what changes in each of the sources, by the number that it is kept under.

    With the ``file`` behind ``db``, other processes are asked where there are very many. What is kept under a number is
    the same for them all; sources that are taken out meanwhile are left out.
    """
    numbers = sorted(place.kept for place in places)  # in this order they lie side by side in the file
    helpers = min(default_jobs(), len(numbers) // _WORTH) if file is not None else 0
    if not helpers or not _helped(str(file), numbers, before, after, helpers, known):
        known.update(_Work(before, after).differences(db, numbers))


def _helped(
    file: str, numbers: Sequence[int], before: Edits, after: Edits, helpers: int, known: dict[int, Difference]
) -> bool:
    """The same by so many processes; false where any of them did not get through."""
    edits = json.dumps([[edit.model_dump() for edit in edits.all] for edits in (before, after)]).encode()
    share = -(-len(numbers) // helpers)
    with ExitStack() as running:
        asked = []
        for start in range(0, len(numbers), share):
            try:
                helper = running.enter_context(_helper(file))
                assert helper.stdin is not None
                helper.stdin.write(edits + b"\n" + pack_numbers(numbers[start : start + share]))
                helper.stdin.close()
            except OSError:
                return False
            asked.append((numbers[start : start + share], helper))
        for some, helper in asked:
            assert helper.stdout is not None
            told, _, which = helper.stdout.read().partition(b"\n")
            if helper.wait() != 0:
                return False
            alike = _differences().validate_json(told)
            known.update((n, alike[at]) for n, at in zip(some, unpack_numbers(which), strict=True) if at < len(alike))
    return True


@contextmanager
def _helper(file: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that goes through sources in that file; ended with the block, whatever it does."""
    command = module_command(__name__, file)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment()) as process:  # noqa: S603 - our own command
        try:
            yield process
        finally:
            process.kill()


def _differences() -> "TypeAdapter[list[Difference]]":
    from pydantic import TypeAdapter

    return TypeAdapter(list[Difference])


def main() -> None:
    """The other process: edits and numbers of sources come in, what differs and in which of them goes out."""
    gc.disable()  # nothing here needs it, and it takes a quarter of the time
    asked, _, packed = sys.stdin.buffer.read().partition(b"\n")
    before, after = (Edits([EntityEdit.model_validate(edit) for edit in edits]) for edits in json.loads(asked))
    numbers = unpack_numbers(packed)
    alike: dict[Difference, int] = {}
    with closing(sqlite3.connect(f"{Path(sys.argv[1]).absolute().as_uri()}?mode=ro", uri=True)) as db:
        which = {kept: alike.setdefault(one, len(alike)) for kept, one in _Work(before, after).differences(db, numbers)}
    missing = len(alike)
    told = _differences().dump_json(list(alike))
    sys.stdout.buffer.write(told + b"\n" + pack_numbers([which.get(number, missing) for number in numbers]))


class _Work:
    """Goes through sources, and remembers what those that say the same of the names in question come to."""

    def __init__(self, before: Edits, after: Edits) -> None:
        self._before, self._after = before, after
        self._names = frozenset((*before.names(), *after.names()))
        self._alike: dict[Named, Difference] = {}

    def differences(self, db: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Difference]]:
        """What changes in the sources that are kept under these numbers, each with its number."""
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            sql = f"SELECT kept, text, facts FROM body JOIN extraction USING (kept) WHERE kept IN ({marks})"
            for kept, text, facts in db.execute(sql, some):
                said = unpack_named(facts, text, self._names)
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


if __name__ == "__main__":
    main()
