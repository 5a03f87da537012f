"""The memory that the C library keeps for later, held small.

By itself glibc keeps a heap for each of several threads, and takes ever larger pieces from them: after one long source
was read they hold several megabytes that nobody uses.
"""

from __future__ import annotations

import sys
from typing import Final

_M_ARENA_MAX: Final = -8
_M_MMAP_THRESHOLD: Final = -3
"""Parameters of glibc's ``mallopt`` (``malloc.h``)."""
LARGE: Final = 65_536
"""Bytes from which on a piece is taken from the system, and goes back to it as soon as it is not needed."""


def keep_small() -> bool:
    """One heap for all threads, and large pieces not from it; whether the C library can do that.

    Threads of Python seldom wait for each other here, as only one of them runs at a time.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # there is none in musl
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, 1) and mallopt(_M_MMAP_THRESHOLD, LARGE))
