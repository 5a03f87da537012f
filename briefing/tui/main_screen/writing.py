"""Write to the library in a thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from briefing.tui.app_protocol import reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from briefing.library import Library
    from briefing.tui.state import ReaderState


def write(screen: Screen[Any], state: ReaderState, task: Callable[[Library], object]) -> None:
    """Run a writing task in a thread; nothing where the library can only be read.

    Args:
        screen: The screen that owns the thread.
        state: The reader's state.
        task: Given the library, writes.
    """
    library = state.writable
    if library is not None:
        screen.run_worker(partial(task, library), thread=True, group="write", exit_on_error=False, description="write")


def may_write(screen: Screen[Any], state: ReaderState) -> bool:
    """Whether the library can be written; where it cannot, the user is told why.

    Args:
        screen: The screen, for the message.
        state: The reader's state.
    """
    from briefing.library import LibraryError

    if state.library is not None:
        try:
            state.library.require_writable()
        except LibraryError as error:
            reader(screen).tell_error(error)
            return False
    return True
