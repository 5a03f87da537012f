"""Whether the terminal is light or dark, asked of it while the reader is being loaded.

The question (OSC 11) is followed by one that every terminal answers (DA1), so that nobody waits for an answer that does
not come. What is typed meanwhile is kept.
"""

import os
import re
import select
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NamedTuple

_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_COLOUR: Final = re.compile(
    rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})[^\x07\x1b]*(?:\x07|\x1b\\)"
)
_DEVICE: Final = re.compile(rb"\x1b\[\?[0-9;]*c")
_SEQUENCE: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|O?.)?", re.DOTALL)
_PATIENCE: Final = 0.05
"""Seconds that an answer is waited for once all else is ready."""


class Told(NamedTuple):
    """What the terminal said: light or not, None where it did not say; and what was typed meanwhile."""

    light: bool | None
    typed: str = ""
    late: bool = False
    """Whether an answer may still come, when the reader has the terminal."""


def ask() -> Callable[[], Told]:
    """Ask the terminal; returns what gives the answer, and the terminal back as it was."""
    named = _named(os.environ.get("COLORFGBG", ""))
    if named is not None or os.name != "posix" or not sys.stdin.isatty() or os.environ.get("TERM") in {None, "dumb"}:
        return lambda: Told(named)
    import termios

    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
        before = termios.tcgetattr(terminal)
        quiet = list(before)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(terminal, termios.TCSANOW, quiet)
        os.write(terminal, _QUESTION)
    except (OSError, termios.error):
        return lambda: Told(None)

    def answer() -> Told:
        try:
            return _told(_read(terminal))
        finally:
            with suppress(OSError, termios.error):
                termios.tcsetattr(terminal, termios.TCSANOW, before)
            os.close(terminal)

    return answer


def _read(terminal: int) -> bytes:
    """All that comes until the second answer is there, or nothing comes any more."""
    found, latest = b"", time.monotonic() + _PATIENCE
    while not _DEVICE.search(found):
        wait = max(0.0, latest - time.monotonic())
        if not select.select([terminal], [], [], wait)[0]:
            break
        found += os.read(terminal, 4096)
    return found


def _told(found: bytes) -> Told:
    colour = _COLOUR.search(found)
    typed = _SEQUENCE.sub(b"", found).decode("utf-8", "ignore")
    late = _DEVICE.search(found) is None
    if colour is None:
        return Told(None, typed, late)
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in colour.groups())
    return Told(0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5, typed, late)


def _named(colours: str) -> bool | None:
    """Light or not by the variable that some terminals set, ``15;0``: colours of letters and of what is behind them."""
    behind = colours.rpartition(";")[2]
    return int(behind) in {7, 15} if behind.isdecimal() and int(behind) < 16 else None
