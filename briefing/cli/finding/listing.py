"""Print the list of sources. Nothing here waits for what other commands need: a list should be there at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.cli.output import table, write

if TYPE_CHECKING:
    from briefing.cli.state import State
    from briefing.model.listing import SourceRow
    from briefing.model.selection import Order

ORDERS: Final[tuple["Order", ...]] = ("newest", "title", "publisher", "added")
FORMS: Final = ("text", "json")
ID_WIDTH: Final = 12
"""Digits of an id that lists show: enough to be unique among a hundred thousand sources."""
_PAGE: Final = 1000


def list_sources(state: "State", words: str, order: "Order", failed: bool, form: str) -> None:
    """Print the sources of the library, or what could not be read.

    Args:
        state: The call.
        words: Words of title or publisher, of a failure those of path or reason; empty for all.
        order: Order of the sources.
        failed: Whether to print what could not be read instead.
        form: ``json``, else text.
    """
    from briefing.model.words import day

    if failed:
        _list_failed(state, words, form)
        return
    with state.reading() as library:
        rows: list[SourceRow] = []
        while page := library.sources(order=order, text=words, offset=len(rows), limit=_PAGE):
            rows += page
    if form == "json":
        _print_json("sources", rows)
        return
    table(
        ["ID", "DATE", "PUBLISHER", "TITLE", "COUNTS", "WHO", "QUOTES", "STATE"],
        [
            (row.id[:ID_WIDTH], day(row.published), row.publisher, row.title, row.counts, row.participants, row.quotes,
             _state(row))
            for row in rows
        ],
        right=(4, 5, 6),
    )  # fmt: skip


def _list_failed(state: "State", words: str, form: str) -> None:
    """What was set aside, or of it what has ``words`` in path or reason."""
    with state.reading() as library:
        found = library.failures()
    failures = [each for each in found if words.casefold() in f"{each.path} {each.reason}".casefold()]
    if form == "json":
        _print_json("failures", failures)
        return
    table(["PATH", "REASON"], [(failure.path, failure.reason) for failure in failures])


def _state(row: "SourceRow") -> str:
    states = ["reviewed" if row.reviewed else "read" if row.read else "new"]
    if row.newer:
        states.append("older version")
    if row.gone:
        states.append("gone")
    if row.warnings:
        states.append("⚠")
    return " ".join(states)


def _print_json(name: str, rows: Sequence[NamedTuple]) -> None:
    import json

    from briefing.model.listing import as_json

    write(json.dumps({name: [as_json(row) for row in rows]}, ensure_ascii=False, indent=1) + "\n")
