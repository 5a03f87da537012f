"""Start other Python processes of this program, and decide how many."""

import os
import sys
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]


def default_jobs() -> int:
    """One process for each processor this one may use, eight at most: one that extracts takes some 400 MiB."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 8)


def module_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module. ``-P``: a folder of sources must not be imported from.

    Args:
        module: Full name of the module.
        *arguments: Its arguments.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """The environment of such a process: it finds this program, wherever that lies, and speaks UTF-8."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
