"""Run full garbage collections only while the user rests.

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
    """Runs full collections only while the user rests."""

    def __init__(self) -> None:
        self._active = time.monotonic()

    def used(self) -> None:
        """Note that a key was pressed, or the mouse used."""
        self._active = time.monotonic()

    def rest(self, now: float | None = None) -> bool:
        """Run a full collection if the user has done nothing for a while; returns whether that is so."""
        resting = (time.monotonic() if now is None else now) - self._active >= REST
        if resting:
            gc.collect()
        return resting
