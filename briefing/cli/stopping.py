"""Stop in good order: the first Ctrl+C asks for it, the second does not wait."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """An event that Ctrl+C sets while the block runs. Pressed once more, it ends the program at once.

    A terminal sends it to the processes that extract too, and one that is just starting dies of it: what fails after
    the key is no error but the end that was asked for, a ``KeyboardInterrupt``.
    """
    from briefing.library.errors import LibraryError

    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # only that one is told of signals
        yield stop
        return

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    except LibraryError as error:
        if stop.is_set():
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGINT, before)
