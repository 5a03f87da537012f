"""Ignore SIGCONT that follows no suspension of ours, as after ``kill -STOP``.

Textual takes every one for the return from Ctrl+Z: it notes the terminal's settings, which are its own by then, as
those to give back at the end, and starts a second thread that reads keys. The terminal stayed raw after the program.
"""

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver


def ignore_stray_continues() -> None:
    """Make Textual's driver resume only what it suspended itself. Does nothing where there are no such signals."""
    if os.name != "posix":
        return
    import termios
    import tty

    from textual.drivers.linux_driver import LinuxDriver

    if getattr(LinuxDriver._sigcont_application, "ours", False):
        return
    resume = LinuxDriver._sigcont_application

    def continued(self: Any, *signal_and_frame: object) -> None:
        if self._must_signal_resume or self._key_thread is None or self.attrs_before is None:
            resume(self, *signal_and_frame)
            return
        with suppress(termios.error):  # the shell may have set its own; none where we are in its background now
            raw = termios.tcgetattr(self.fileno)
            raw[tty.LFLAG] = self._patch_lflag(raw[tty.LFLAG])
            raw[tty.IFLAG] = self._patch_iflag(raw[tty.IFLAG])
            before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            try:
                if os.tcgetpgrp(self.fileno) == os.getpgrp():
                    termios.tcsetattr(self.fileno, termios.TCSANOW, raw)
            except OSError:
                return
            finally:
                signal.signal(signal.SIGTTOU, before)
        _draw_anew(self)

    continued.ours = True  # type: ignore[attr-defined]
    LinuxDriver._sigcont_application = continued  # type: ignore[method-assign]


def _draw_anew(driver: "Driver") -> None:
    """Redraw over what the shell wrote meanwhile."""
    app: Any = driver._app
    app.call_later(app.refresh, repaint=True, layout=True)
