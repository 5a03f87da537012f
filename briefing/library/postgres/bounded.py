"""A connection that a server cannot make take all memory: its answers are counted while they come."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import psycopg

LARGEST: Final = 1024 * 1024 * 1024
"""Bytes of memory that one answer may take: more than any list of sources and any text."""
_OFTEN: Final = 64
"""Pieces of an answer, of some kilobytes each, after which memory is looked at."""
_PAGES: Final = Path("/proc/self/statm")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Bounded(psycopg.Connection[Any]):
    """A connection whose statements end with an error where the answer is larger than :data:`LARGEST`."""

    def wait(self, gen: "Generator[Any, Any, Any]", *args: Any, **more: Any) -> Any:
        """Carry out a statement; ends the connection where its answer is too large.

        Args:
            gen: What psycopg does between two pieces of the answer.
            *args: How long to wait, as psycopg has it.
            **more: The same by name.
        """
        return super().wait(self._counted(gen), *args, **more)

    def _counted(self, gen: "Generator[Any, Any, Any]") -> "Generator[Any, Any, Any]":
        pieces, before, ready = 0, 0, None
        while True:
            try:
                wanted = gen.send(ready)
            except StopIteration as done:
                return done.value
            ready = yield wanted
            pieces += 1
            if pieces % _OFTEN:
                continue
            held = _held()
            before = before or held
            if held - before > LARGEST:
                self.pgconn.finish()
                raise psycopg.DataError(f"the server's answer takes more than {LARGEST >> 20} MiB of memory")


def _held() -> int:
    """Bytes of memory that the program holds; 0 where the system does not say."""
    try:
        return int(_PAGES.read_text().split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0
