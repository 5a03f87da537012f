"""Timers that go off however busy the machine is, and not once they were stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.message_pump import MessagePump
from textual.timer import Timer


class Timing(MessagePump):
    """Mixed into what sets timers.

    Textual passes over a timer whose time has gone by before it has begun to wait, as happens to a short one when
    another thread or program is given the processor just then: what goes off once would never go off. And it has a
    timer that went off wait in the queue of messages, from which stopping it does not take it.
    """

    def set_timer(self, delay: float, callback: Callable[[], Any] | None = None, **named: Any) -> Timer:
        """Set a timer as Textual does, but one that goes off late rather than never, and is stopped for good."""

        def unless_stopped() -> Any:
            return callback() if callback is not None and timer._task is not None else None

        timer = super().set_timer(delay, None if callback is None else unless_stopped, **named)
        timer._skip = False
        return timer
