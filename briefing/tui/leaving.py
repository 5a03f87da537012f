"""Leave the reader when the process is told to end, or its terminal is closed, at whatever moment.

A handler that raises does so in the middle of anything, and where an exception is ignored (a callback of SQLite, a
finaliser) the reader would stay. So the event loop is asked to end it; where that takes too long, the process ends.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from os import _exit as end_process
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from textual.app import App

_SIGNALS: Final = ("SIGTERM", "SIGHUP")
"""The second is not known everywhere."""
_ENDING: Final = 10.0
"""Seconds after which a reader that is still busy, with a megabyte of keys, is not waited for."""


class Leaving:
    """Handles these signals while a reader runs, in place of the process's own handlers."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._before: dict[int, Any] = {}

    def begin(self) -> None:
        """Take the signals over; from the event loop, in the main thread, else nothing is done."""
        if threading.current_thread() is not threading.main_thread():
            return
        self._loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and callable(signal.getsignal(number)):
                self._before[number] = signal.signal(number, self._told)

    def end(self) -> None:
        """Give the signals back."""
        while self._before:
            signal.signal(*self._before.popitem())

    def _told(self, number: int, _: FrameType | None) -> None:
        last = threading.Timer(_ENDING, end_process, (128 + number,))
        last.daemon = True
        last.start()
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._app.exit, None, 128 + number)
