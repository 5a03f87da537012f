"""Copy to the clipboard of the system and of tmux, through whatever programs there are for them.

tmux takes what a program says to the terminal about the clipboard for itself, and by default passes none of it on.
Asked by its own command it keeps the text in its paste buffer, and passes it on to the terminal it is shown in.
"""

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
    """The command that takes the clipboard's new content on its standard input; None where there is none.

    Args:
        environ: Environment variables.
        platform: Name of the platform, as ``sys.platform``.
    """
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


def programs(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[list[str]]:
    """All commands that take the clipboard's new content: that of the system, and inside tmux that of tmux.

    Args:
        environ: Environment variables.
        platform: Name of the platform, as ``sys.platform``.
    """
    found = [command for command in [program(environ, platform)] if command is not None]
    if environ.get("TMUX") and shutil.which("tmux"):
        found.append(["tmux", "load-buffer", "-w", "-"])
    return found


def copy_to_system(text: str) -> bool:
    """Hand ``text`` to the clipboard programs; whether there was one and it took it. Blocks until all have."""
    taken = [_hand_over(command, text) for command in programs()]
    return any(taken)


def _hand_over(command: list[str], text: str) -> bool:
    data = text.encode("utf-16-le" if command[0] == "clip.exe" else "utf-8")
    try:
        # The program may stay in the background to serve the clipboard: its outputs must not be waited for.
        done = subprocess.run(  # noqa: S603 - one of the commands above
            command, input=data, timeout=_TIMEOUT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    if done.returncode and "-w" in command:  # a tmux from before 3.2
        return _hand_over([part for part in command if part != "-w"], text)
    return done.returncode == 0
