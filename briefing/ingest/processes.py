"""How other Python processes of this program are started, and how many are worth it."""

import os
import sys
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]


def default_jobs() -> int:
    """As many processes as this one may use processors, eight at most: one that extracts takes some 400 MiB."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 8)


def module_command(module: str, *arguments: str) -> list[str]:
    """How a module is run as a program. ``-P``: a folder of sources must not be imported from."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """The environment of such a process: it finds this program, wherever that lies, and speaks UTF-8."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
