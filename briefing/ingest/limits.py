"""Limits of a worker process for one document: memory above that of the model, and processor seconds.

The system enforces both, so that they hold inside the libraries that read formats too. Where a system cannot, the
coordinator's patience is what is left. The sentences name the limit that was met.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import resource

MEMORY: Final = 1536 * 1024 * 1024
"""Bytes above what the process takes when it waits for work."""
MAPPED: Final = 4608 * 1024 * 1024
"""Bytes of address space besides: large boxes of mail are mapped, not read."""
READING: Final = 30
"""Seconds of a processor for reading one document, whatever its size."""
EXTRACTING: Final = 60
RATE: Final = 1000
"""Seconds of a processor for extracting from a batch, and characters of it that give it one more."""
MAX_TEXT: Final = 20_000_000
"""Characters of a text."""

TOO_LONG: Final = f"holds more than {MAX_TEXT // 1_000_000} million characters of text; add the part that you need"
MEMORY_READING: Final = f"needs more than {MEMORY / 2**30:g} GiB of memory to be read"
MEMORY_EXTRACTING: Final = f"needs more than {MEMORY / 2**30:g} GiB of memory to be extracted"
_CRASHES: Final = ("SIGABRT", "SIGTRAP", "SIGILL", "SIGSEGV", "SIGBUS")
"""How libraries end a process that is given no more memory."""
_LIKELY: Final = MEMORY // 2


def begin(memory: int | None = None) -> None:
    """Set the limit of memory from what the process takes now; no core files, which would hold documents."""
    memory = MEMORY if memory is None else memory
    if sys.platform == "win32":
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if (taken := _taken()) is None:
        return
    size, data = taken
    for which, most in ((resource.RLIMIT_DATA, data + memory), (resource.RLIMIT_AS, size + memory + MAPPED)):
        _set(which, most)


@contextmanager
def lifted() -> Iterator[None]:
    """Lift the limits within the block, in which the model is loaded; afterwards they are set above what that took."""
    if sys.platform != "win32":
        for which in (resource.RLIMIT_DATA, resource.RLIMIT_AS, resource.RLIMIT_CPU):
            _set(which, resource.RLIM_INFINITY)
    yield
    begin()


def allow_seconds(seconds: float) -> None:
    """Have the system end this process after so many more processor seconds."""
    if sys.platform != "win32":
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _set(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime + seconds) + 1)


def extracting_seconds(characters: int) -> float:
    """Processor seconds allowed for extracting from a batch of so many characters."""
    return EXTRACTING + characters / RATE


def limit_met(code: int, peak: int, *, reading: bool, characters: int = 0) -> str | None:
    """The sentence about the limit that ended a process; None where it met none.

    Args:
        code: Exit code of the process; the negative number of a signal.
        peak: Most memory that it took, in bytes; 0 where unknown.
        reading: Whether it was reading a file, else extracting.
        characters: Characters of the batch, which bound the seconds of extracting.
    """
    if code == -getattr(signal, "SIGXCPU", 0) and code:
        seconds = READING if reading else extracting_seconds(characters)
        return f"takes more than {seconds:,.0f} seconds of a processor to be {'read' if reading else 'extracted'}"
    if peak > _LIKELY and code in {-getattr(signal, name, 0) for name in _CRASHES}:
        return MEMORY_READING if reading else MEMORY_EXTRACTING
    return None


def _set(which: int, most: int) -> None:
    """Set a soft limit, as far as the hard one allows."""
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(which)
        if hard != resource.RLIM_INFINITY:
            most = hard if most == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, hard))


def _taken() -> tuple[int, int] | None:
    """Bytes of address space and of data of this process; None where the system does not tell."""
    try:
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
        page = os.sysconf("SC_PAGE_SIZE")
        return int(fields[0]) * page, int(fields[5]) * page
    except (OSError, ValueError, IndexError):
        return None
