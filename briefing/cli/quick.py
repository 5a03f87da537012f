"""What one waits for, ``list``, ``search`` and the reader on the library, started without loading the whole program.

Loading what reads command lines takes as long as four starts of a bare Python, and these commands need none of it. So a
call that is plainly right is understood here; any other (help, a mistake, an option that is not named here) is left to
the program, which says what is to be said. That both understand the same is tested.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from briefing.cli.finding import listing, search_output

if TYPE_CHECKING:
    from briefing.cli.state import State


class Option(NamedTuple):
    """One that is written ``--name``: a flag where its default is false, a number of at least ``least``, a choice."""

    field: str
    default: Any
    choices: tuple[str, ...] = ()
    least: int | None = None

    def value(self, written: str) -> Any:
        """What was written; None where that is not allowed."""
        if self.least is None:
            return written if not self.choices or written in self.choices else None
        number = int(written) if written.isascii() and written.isdigit() else self.least - 1
        return number if number >= self.least else None


class Command(NamedTuple):
    """What is done with the words and options; so many words there must be, at least and at most."""

    run: Callable[..., None]
    word: str
    words: tuple[int, int]
    options: Mapping[str, Option]


_LIBRARY: Final = Option("library", None)
QUICK: Final[Mapping[str, Command]] = {
    "list": Command(
        listing.list_sources,
        "words",
        (0, 1),
        {
            "--order": Option("order", listing.ORDERS[0], listing.ORDERS),
            "--failed": Option("failed", False),
            "--format": Option("form", listing.FORMS[0], listing.FORMS),
        },
    ),
    "search": Command(
        search_output.search_library,
        "query",
        (1, 1),
        {
            "--limit": Option("limit", search_output.LIMIT, least=1),
            "--offset": Option("offset", 0, least=0),
            "--order": Option("order", search_output.ORDERS[0], search_output.ORDERS),
            "--facets": Option("facets", False),
            "--format": Option("form", listing.FORMS[0], listing.FORMS),
        },
    ),
}


def understood(arguments: Sequence[str]) -> Callable[[], int | None] | None:
    """What to do for a call that is plainly right; None where it is for the program to say."""
    if "_BRIEFING_COMPLETE" in os.environ:
        return None
    rest = list(arguments)
    first: dict[str, Any] = {}
    while rest and rest[0].partition("=")[0] == "--library":
        if not _take(rest, {"--library": _LIBRARY}, first):
            return None
    if not rest:
        return lambda: _read(_state(first.get("library")))
    if rest[0] not in QUICK:
        return None
    command = QUICK[rest.pop(0)]
    given = {option.field: option.default for option in command.options.values()}
    known, words = {**command.options, "--library": _LIBRARY}, []
    while rest:
        if not rest[0].startswith("-"):
            words.append(rest.pop(0))
        elif not _take(rest, known, given):
            return None
    if not command.words[0] <= len(words) <= command.words[1]:
        return None
    library = given.pop("library", first.get("library"))
    return lambda: command.run(_state(library), **{command.word: words[0] if words else ""}, **given)


def _take(rest: list[str], known: Mapping[str, Option], given: dict[str, Any]) -> bool:
    """Take an option, with its value, from the arguments; false where it is none, or has no such value."""
    name, equals, value = rest.pop(0).partition("=")
    option = known.get(name)
    if option is None:
        return False
    if option.default is False:
        given[option.field] = True
        return not equals
    if not equals:
        if not rest or rest[0].startswith("-"):
            return False
        value = rest.pop(0)
    given[option.field] = option.value(value)
    return given[option.field] is not None


def _read(state: "State") -> int:
    from briefing.cli.reader import open_reader

    return open_reader(state)


def _state(library: str | None) -> "State":
    from briefing.cli.state import State

    state = State()
    if library is not None:
        state.options["library"] = library
    return state
