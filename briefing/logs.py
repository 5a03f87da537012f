"""Loggers whose words can be shown: what other libraries log may hold what a server or a document said."""

import logging
import sys
from contextlib import suppress
from typing import Final

_LONGEST: Final = 1000
"""Characters of a line."""


class _LastResort(logging.Handler):
    """Writes what nobody else handles to standard error, as the logging module does, but clean and in one line."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        from briefing.model.safetext import SafeText

        with suppress(Exception):  # as the module has it: logging ends nothing
            sys.stderr.write(f"{SafeText(record.getMessage()[:_LONGEST]).line()}\n")


def logger(name: str) -> logging.Logger:
    """The logger of that name; from then on all that reaches standard error unhandled is clean."""
    if not isinstance(logging.lastResort, _LastResort):
        logging.lastResort = _LastResort(logging.WARNING)
    return logging.getLogger(name)
