"""Queue keys that come faster than they are handled."""

from __future__ import annotations

import time
from collections import deque
from typing import Final

from textual import on
from textual.app import App
from textual.events import Event, InputEvent, Key
from textual.message import Message
from textual.message_pump import MessagePump

from briefing.tui.textual_patches.sliced_compositor import SlicedScreen
from briefing.tui.textual_patches.timers import Timing

LOST: Final = 0.3
"""Seconds between two looks at whether the widget that had a key is gone, and will never tell that it was handled."""
_PATIENCE: Final = 10
"""Such looks after which a key is taken for handled whatever the widget is doing."""
_OPENING: Final = 0.01
"""Seconds between two looks at whether a screen is ready for keys."""
_LONGEST: Final = 5.0
"""Seconds for which keys wait for what they are about, at the most."""
_ROUNDS: Final = 3
"""How often a mark goes up from the widget to the app after a key: what the widget posts about it (a field that it was
submitted) comes behind the first one, and what that sets off (a dialog that leaves, with its answer) behind the second.
"""


class KeyHandled(Message):
    """Follows a key on its way from the widget that has the focus up to the app; ``rounds`` are still to come."""

    def __init__(self, key: Key, rounds: int = 0) -> None:
        self.key = key
        self.rounds = rounds
        super().__init__()


class TypeAhead(Timing, App[None], inherit_bindings=False):
    """Hands a key out only once the one before has had its effect.

    Textual gives a key to whatever has the focus when the key arrives. Of ``/escort`` typed or sent at once all letters
    but the first would go to the list of sources, where each of them does something else.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[Key] = deque()
        self._handed_out: Key | None = None
        self._kept_since: float | None = None
        """When keys began to wait for what they are about."""

    @property
    def typed_ahead(self) -> bool:
        """Whether keys wait, or one is being handled."""
        return bool(self._typed) or self._handed_out is not None

    def is_opening(self) -> bool:
        """Whether the program is still being loaded, so that all keys wait for it."""
        return False

    def keeps_keys(self) -> bool:
        """Whether what the next key is about is still on its way; asked in the event loop before each key."""
        return False

    def leaves_at_once(self, key: Key) -> bool:  # noqa: ARG002
        """Whether a key is handed out before those that wait, which are forgotten."""
        return False

    def times(self, key: Key) -> int:  # noqa: ARG002
        """How often a key counts; 0 where it is taken for something else."""
        return 1

    async def on_event(self, event: Event) -> None:
        """Take events as Textual does, but keys one by one, and nothing that is typed while the program ends."""
        if isinstance(event, InputEvent) and not self.screen_stack:
            return
        if isinstance(event, Key) and not event.is_forwarded:
            if self.leaves_at_once(event):
                self._typed.clear()
                await super().on_event(event)
                return
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
        if (
            not self.screen.is_mounted or self.is_opening() or self._kept()
        ):  # a dialog that is just being opened, or the program itself
            self.set_timer(_OPENING, self._hand_out)
            return
        key = self._handed_out = self._typed.popleft()
        target = self.focused or self.screen
        for _ in range(self.times(key)):
            await super().on_event(key)
        target.post_message(KeyHandled(key, _ROUNDS - 1))
        self.set_timer(LOST, lambda: self._look_after(key, target, _PATIENCE))

    def _kept(self) -> bool:
        """Whether the next key is to wait; all of them wait for some seconds at the most, not each of them."""
        if not self.keeps_keys():
            self._kept_since = None
            return False
        now = time.monotonic()
        self._kept_since = self._kept_since or now
        return now - self._kept_since < _LONGEST

    def _look_after(self, key: Key, target: MessagePump, looks: int) -> None:
        """Go on without an answer from a widget that is gone; on a busy machine one that is there may take long."""
        if key is not self._handed_out:
            return
        if looks and target.is_running:
            self.set_timer(LOST, lambda: self._look_after(key, target, looks - 1))
        else:
            self.post_message(KeyHandled(key))

    @on(KeyHandled)
    async def _key_handled(self, message: KeyHandled) -> None:
        if message.key is not self._handed_out:
            return
        if message.rounds and self.screen_stack:
            target = self.focused or self.screen
            if target.is_running:
                target.post_message(KeyHandled(message.key, message.rounds - 1))
                return
        self._handed_out = None
        await self._hand_out()
