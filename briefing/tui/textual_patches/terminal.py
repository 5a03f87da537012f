"""What the terminal is told beside what it draws: its title, and that something ended while nobody looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from briefing.links import understood
from briefing.model.safetext import SafeText
from briefing.tui.textual_patches.colour_reports import ASK, NO_MORE

if TYPE_CHECKING:
    from textual.app import App

_LONGEST: Final = 120
"""Characters of a title."""
_KEEP, _GIVE_BACK = "\x1b[22;2t", "\x1b[23;2t"
"""Have the terminal put its title aside, and take it back (xterm's window operations)."""


class Terminal:
    """Writes such words, where there is a terminal: not in tests, not in a browser."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._title = ""
        self._followed = False
        self._understood = understood()

    @property
    def links(self) -> bool:
        """Whether files and addresses are shown as links (OSC 8)."""
        return self._understood and not self._app.is_web and self._app.settings.links  # type: ignore[attr-defined]

    def _write(self, sequence: str) -> None:
        driver = self._app._driver
        if driver is not None and not driver.is_headless and not self._app.is_web:
            driver.write(sequence)

    def show_title(self, words: str) -> None:
        """Have the window or tab called so (OSC 2). The words are cleaned: they may be a document's."""
        title = _plain(words)[:_LONGEST]
        if title != self._title:
            if not self._title:
                self._write(_KEEP)
            self._title = title
            self._write(f"\x1b]2;{title}\x07")

    def follow_colours(self) -> None:
        """Have it report when it turns dark or light, while the reader has it."""
        self._followed = True
        self._write(ASK)
        self._app.app_suspend_signal.subscribe(self._app, lambda _: self._write(NO_MORE))
        self._app.app_resume_signal.subscribe(self._app, lambda _: self._write(ASK))

    def give_back(self) -> None:
        """Have it called as before, and report nothing."""
        if self._followed:
            self._followed = False
            self._write(NO_MORE)
        if self._title:
            self._title = ""
            self._write(_GIVE_BACK)

    def call(self, words: str) -> None:
        """Tell who is looking elsewhere: a notice of the desktop where the terminal can (OSC 9), and the bell."""
        if not self._app.app_focus:
            self._write(f"\x1b]9;{_plain(words)[:_LONGEST]}\x07\x07")


def _plain(words: str) -> str:
    """One line without control characters, and without the sign of what was one."""
    return SafeText(words).line().replace("\ufffd", "")
