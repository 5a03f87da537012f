"""Order, groups and filters of a library's lists, kept in a small file of the state folder.

Nothing depends on the file: one that is missing, damaged or from another version says what it can, and the rest is as
in a new library. Words typed to filter are not kept: a list that begins with most of its sources out of sight, by words
of last week, would puzzle.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from briefing.model.data_files import parse_json
from briefing.tui.fact_forms import LISTED
from briefing.tui.fact_rows import KINDS
from briefing.tui.state import PANES
from briefing.tui.wording import GROUP_WORDS, ORDER_WORDS, STATE_WORDS

if TYPE_CHECKING:
    from briefing.model.selection import GroupBy, Order, SourceState
    from briefing.tui.fact_forms import Trait
    from briefing.tui.fact_rows import Kind, Wanted
    from briefing.tui.state import Pane

_MOST: Final = 50
"""Libraries that are remembered, those left last."""
_LONGEST: Final = 1_000_000
"""Bytes of the file that are read: ours is a thousandth of that."""


_ALL: Final[Mapping[Kind, Wanted]] = {kind: {} for kind in KINDS}


class Lists(NamedTuple):
    """Order, groups and filters of the sources, and of each kind of fact; ``order`` None where none was kept."""

    order: Order | None = None
    grouping: GroupBy | None = None
    state: SourceState = "all"
    tag: str = ""
    kind: Kind = KINDS[0]
    fact_groups: Mapping[Kind, Trait | None] = dict.fromkeys(KINDS)
    wanted: Mapping[Kind, Wanted] = _ALL
    widths: tuple[int, int] = (0, 0)
    """Cells of the sources and of the facts; 0 by the size of the terminal."""
    source: str = ""
    """Id of the source that was in sight."""
    pane: Pane = "sources"


class ListsFile:
    """The lists of one library in the file of all. Reading and writing take a millisecond or two: in a thread."""

    def __init__(self, path: Path, library: Path | str) -> None:
        self._path = path
        self._library = str(library.absolute()) if isinstance(library, Path) else library

    def read(self) -> Lists:
        """Read how the lists were left."""
        return _lists(_table(self._all().get(self._library)))

    def write(self, lists: Lists) -> None:
        """Remember them. Where that cannot be done, they are as before at the next start: no harm."""
        import json

        from briefing.export.files import write_file

        known = {name: value for name, value in self._all().items() if name != self._library}
        newest = [*known.items()][1 - _MOST :]
        made = json.dumps({**dict(newest), self._library: lists._asdict()}, ensure_ascii=False, indent=1)
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_file(self._path, made.encode(errors="replace").decode(), overwrite=True)

    def _all(self) -> dict[str, Any]:

        try:
            with self._path.open(encoding="utf-8") as file:
                return _table(parse_json(file.read(_LONGEST)))
        except (OSError, ValueError):
            return {}


def _lists(kept: Mapping[str, Any]) -> Lists:
    """What was kept, as far as it makes sense."""
    groups, wanted = _table(kept.get("fact_groups")), _table(kept.get("wanted"))
    tag = kept.get("tag")
    return Lists(
        order=_one_of(ORDER_WORDS, kept.get("order"), None),
        grouping=_one_of(GROUP_WORDS, kept.get("grouping"), None),
        state=_one_of(STATE_WORDS, kept.get("state"), "all"),
        tag=tag if isinstance(tag, str) else "",
        kind=_one_of(KINDS, kept.get("kind"), KINDS[0]),
        fact_groups={kind: _one_of(LISTED[kind].groups, groups.get(kind), None) for kind in KINDS},
        wanted={kind: _wanted(kind, _table(wanted.get(kind))) for kind in KINDS},
        widths=_cells(kept.get("widths")),
        source=source if isinstance(source := kept.get("source"), str) else "",
        pane=_one_of(PANES, kept.get("pane"), "sources"),
    )


def _cells(kept: object) -> tuple[int, int]:
    """Two widths that a terminal may have."""
    sane = isinstance(kept, list) and len(kept) == 2 and all(type(one) is int and 0 <= one <= 1000 for one in kept)
    return (kept[0], kept[1]) if sane and isinstance(kept, list) else (0, 0)


def _wanted(kind: Kind, kept: Mapping[str, Any]) -> Wanted:
    return {trait: kept[trait] for trait in LISTED[kind].filters if isinstance(kept.get(trait), str)}


def _one_of(known: Any, value: object, usual: Any) -> Any:
    """The value where it is a known one."""
    return value if isinstance(value, str) and value in known else usual


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
