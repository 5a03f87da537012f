"""Settings of the whole process, all of them here: the reader is the only thing that runs in it."""

from __future__ import annotations

import gc
import sys
from typing import Final

TURN: Final = 0.001
"""Seconds for which a thread that works may keep one waiting that a key, or the time, has woken; Python's are 5 ms."""
YOUNG: Final = (1_000, 2)
"""Thresholds of the collector's generations 0 and 1: some 4,000 objects take 2 ms, which is what a step of the loop may
have to wait for."""
_NEVER: Final = 1_000_000_000
"""Threshold of generation 2: the reader collects it itself, while nobody presses a key."""


def set_process_switches() -> None:
    """Make threads give way soon, and let full garbage collections run only on request."""
    sys.setswitchinterval(TURN)
    gc.set_threshold(*YOUNG, _NEVER)
