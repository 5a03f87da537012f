"""Keys that come faster than they are handled."""

from __future__ import annotations

import sys
from collections import deque
from typing import Final

from textual import on
from textual.app import App
from textual.events import Event, InputEvent, Key
from textual.message import Message
from textual.message_pump import MessagePump

from briefing.tui.textual_patches.sliced_compositor import SlicedScreen
from briefing.tui.textual_patches.timers import Timing

TURN: Final = 0.001
"""Seconds for which a thread that works may keep one waiting that a key, or the time, has woken; Python's are 5 ms."""
_LOST: Final = 0.3
"""Seconds between two looks at whether the widget that had a key is gone, and will never tell that it was handled."""
_PATIENCE: Final = 10
"""Such looks after which a key is taken for handled whatever the widget is doing."""
_OPENING: Final = 0.01
"""Seconds between two looks at whether a screen is ready for keys."""


class KeyHandled(Message):
    """Follows a key on its way from the widget that has the focus up to the app."""

    def __init__(self, key: Key) -> None:
        self.key = key
        super().__init__()


class TypeAhead(Timing, App[None], inherit_bindings=False):
    """Hands a key out only once the one before has had its effect.

    Textual gives a key to whatever has the focus when the key arrives. Of ``/escort`` typed or sent at once all letters
    but the first would go to the list of sources, where each of them does something else.
    """

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(TURN)
        self._typed: deque[Key] = deque()
        self._handed_out: Key | None = None

    async def on_event(self, event: Event) -> None:
        """Take events as Textual does, but keys one by one, and nothing that is typed while the program ends."""
        if isinstance(event, InputEvent) and not self.screen_stack:
            return
        if isinstance(event, Key) and not event.is_forwarded:
            self._typed.append(event)
            if isinstance(self.screen, SlicedScreen):
                self.screen.hurry()
            if self._handed_out is None:
                await self._hand_out()
        else:
            await super().on_event(event)

    async def _hand_out(self) -> None:
        """Give the next key to what has the focus now."""
        if not self._typed or self._handed_out is not None or not self.screen_stack:
            return
        if not self.screen.is_mounted:  # a dialog that is just being opened, or the program itself
            self.set_timer(_OPENING, self._hand_out)
            return
        key = self._handed_out = self._typed.popleft()
        target = self.focused or self.screen
        await super().on_event(key)
        target.post_message(KeyHandled(key))
        self.set_timer(_LOST, lambda: self._look_after(key, target, _PATIENCE))

    def _look_after(self, key: Key, target: MessagePump, looks: int) -> None:
        """Go on without an answer from a widget that is gone; on a busy machine one that is there may take long."""
        if key is not self._handed_out:
            return
        if looks and target.is_running:
            self.set_timer(_LOST, lambda: self._look_after(key, target, looks - 1))
        else:
            self.post_message(KeyHandled(key))

    @on(KeyHandled)
    async def _key_handled(self, message: KeyHandled) -> None:
        if message.key is self._handed_out:
            self._handed_out = None
            await self._hand_out()
