"""The garbage collector, kept from holding the reader up.

A look at everything there is takes a fifth of a second once some hundred thousand objects are there, and all threads
wait for it. It comes about whenever many objects are made: while sources are added, or a long one is opened.
What is not needed any more is nearly always given back without it.
"""

from __future__ import annotations

import gc
import time
from typing import Final

REST: Final = 3.0
"""Seconds without a key or a click after which it may look at everything."""
INTERVAL: Final = 60.0
"""Seconds between two such looks."""


class Collector:
    """Looks at everything only while the reader rests."""

    def __init__(self) -> None:
        self._active = time.monotonic()

    def used(self) -> None:
        """A key was pressed, or the mouse used."""
        self._active = time.monotonic()

    def rest(self, now: float | None = None) -> bool:
        """Look at everything if nobody has done anything for a while; whether that is so."""
        resting = (time.monotonic() if now is None else now) - self._active >= REST
        if resting:
            gc.collect()
        return resting
