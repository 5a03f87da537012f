"""Shell completion of values: sources, tags and names, saved searches. Nothing that goes wrong is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from briefing.cli.state import State
from briefing.model.words import plural

if TYPE_CHECKING:
    from briefing.library import Library

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_MOST: Final = 40
_ID: Final = 12


@contextmanager
def _library(ctx: click.Context) -> "Iterator[Library]":
    """The library that the command line so far names, which is not made where there is none."""
    from briefing.library.opening import open_library

    state = ctx.find_object(State) or State()
    with open_library(state.library_address, create=False) as library:
        yield library


def _quiet(found: "Callable[[Library, str], Iterator[CompletionItem]]", *, or_files: bool = False) -> Complete:
    """A shell shows no message: where there is no library, or it is locked, there is nothing to offer."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
        with suppress(Exception), _library(ctx) as library:
            if items := list(found(library, incomplete)):
                return items
        return [CompletionItem(incomplete, type="file")] if or_files else []

    return complete


def _ids(library: "Library", begun: str) -> Iterator[CompletionItem]:
    for row in library.sources(limit=2000):
        if row.id.startswith(begun.lower()):
            yield CompletionItem(row.id[:_ID], help=str(row.title.line()))


def _saved(library: "Library", begun: str) -> Iterator[CompletionItem]:
    for one in library.searches.saved():
        if one.name.casefold().startswith(begun.casefold()):
            yield CompletionItem(str(one.name), help=str(one.query))


def _queries(library: "Library", begun: str) -> Iterator[CompletionItem]:
    for one in library.suggest(begun, len(begun), _MOST):
        yield CompletionItem(str(one.query).strip(), help=str(one.about or ""))


def _names(library: "Library", begun: str) -> Iterator[CompletionItem]:
    for name, kind, sources in library.entities(begun, _MOST):
        if name.casefold().startswith(begun.casefold()):
            yield CompletionItem(str(name), help=f"{kind.lower()}, {plural(sources, 'source')}")


def _workspaces(library: "Library", begun: str) -> Iterator[CompletionItem]:
    for one in library.workspaces.all(archived=True):
        if one.name.casefold().startswith(begun.casefold()):
            yield CompletionItem(str(one.name), help=plural(len(one.sources), "source"))


complete_workspaces: Final = _quiet(_workspaces)
"""The names of workspaces."""
complete_ids: Final = _quiet(_ids)
"""The ids of sources, with their titles."""
complete_ids_or_files: Final = _quiet(_ids, or_files=True)
"""The same, else files."""
complete_saved: Final = _quiet(_saved)
"""The names of saved searches."""
complete_queries: Final = _quiet(_queries)
"""Ways to go on with a query: fields, names, tags, searches of before."""
complete_names: Final = _quiet(_names)
"""The names of entities."""
