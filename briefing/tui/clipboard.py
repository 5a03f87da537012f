"""The system's clipboard, through whatever program the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

_TIMEOUT: Final = 5
"""Seconds after which a clipboard program is given up."""


def program(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[str] | None:
    """The command that takes the clipboard's new content on its standard input; None where there is none."""
    if platform == "darwin":
        choices = [["pbcopy"]]
    elif platform == "win32":
        choices = [["clip.exe"]]
    else:
        choices = [["wl-copy"]] if environ.get("WAYLAND_DISPLAY") else []
        if environ.get("DISPLAY"):
            choices += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
        if environ.get("WSL_DISTRO_NAME"):
            choices.append(["clip.exe"])
    return next((choice for choice in choices if shutil.which(choice[0])), None)


def copy_to_system(text: str) -> bool:
    """Hand ``text`` to the clipboard program; whether there was one and it took it. Blocks until it has."""
    command = program()
    if command is None:
        return False
    data = text.encode("utf-16-le" if command[0] == "clip.exe" else "utf-8")
    try:
        # The program may stay in the background to serve the clipboard: its outputs must not be waited for.
        done = subprocess.run(  # noqa: S603 - one of the commands above
            command, input=data, timeout=_TIMEOUT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
