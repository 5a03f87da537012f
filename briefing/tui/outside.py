"""Find and run other programs: the user's editor, and the system's opener of documents and addresses."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+")
_GO_TO_LINE: Final = {"vi", "vim", "nvim", "view", "nano", "pico", "emacs", "less", "kak", "micro", "jed", "joe", "ne"}
"""Editors that take the line to begin with as ``+12``."""
_DOCUMENTS: Final = frozenset(
    {
        ".txt", ".text", ".log", ".md", ".markdown", ".rst", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".xml",
        ".rss", ".atom", ".pdf", ".docx", ".odt", ".epub", ".rtf", ".eml", ".mbox", ".csv", ".tsv", ".json",
    }
)  # fmt: skip
"""Endings of files that are documents: what else there is might be a program, which opening it would run."""


class Refused(Exception):
    """Not done; the message says why, in a sentence for the user."""


def editor(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[str]:
    """The command of the user's editor.

    Args:
        environ: Environment variables.
        platform: Name of the platform, as ``sys.platform``.

    Raises:
        Refused: Where there is none.
    """
    for name in ("VISUAL", "EDITOR"):
        if wanted := environ.get(name, "").strip():
            command = shlex.split(wanted, posix=platform != "win32")
            if shutil.which(command[0]):
                return command
            raise Refused(f"There is no program {command[0]!r}, which ${name} names.")
    usual = ["notepad.exe"] if platform == "win32" else ["nano", "vim", "vi"]
    found = next((name for name in usual if shutil.which(name)), None)
    if found is None:
        raise Refused("No editor was found. Name yours in the environment variable EDITOR.")
    return [found]


def edit_command(command: list[str], path: Path, line: int) -> list[str]:
    """The command that shows a file in an editor.

    Args:
        command: Command of the editor.
        path: The file.
        line: Line to show, from one; ignored of editors that cannot be told.
    """
    knows = Path(command[0]).stem in _GO_TO_LINE
    return [*command, *([f"+{line}"] if knows else []), str(path)]


def copy_for_editor(folder: Path, title: str, text: str) -> Path:
    """Write a text as a read-only file.

    Args:
        folder: The folder.
        title: Title that the file is named after.
        text: The text.
    """
    name = _NOT_IN_NAMES.sub("-", title).strip("-.")[:60] or "source"
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8", newline="\n")
    path.chmod(0o400)
    return path


def openable(ref: str) -> str:
    """The web address or the absolute path to open for a source that came from ``ref``.

    Raises :class:`Refused` for anything that is neither, is gone, or is not a document.
    """
    if re.match(r"https?://[^\s/]", ref, re.IGNORECASE):
        return ref
    if ref in {"", "-"}:
        raise Refused("The source came from standard input: there is no original to open.")
    if re.match(r"[a-z][a-z0-9+.-]+:", ref, re.IGNORECASE):
        raise Refused(f"Only files and web addresses are opened, not {ref.partition(':')[0]}: addresses.")
    path = Path(ref).absolute()
    if not path.is_file():
        raise Refused(f"The file is not there any more: {ref}")
    if path.suffix.lower() not in _DOCUMENTS:
        raise Refused(f"Only documents are handed to other programs, and {path.name} may be a program itself.")
    return str(path)


def opener(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[str]:
    """The command that opens the document or address put after it.

    Args:
        environ: Environment variables.
        platform: Name of the platform, as ``sys.platform``.

    Raises:
        Refused: Where there is no graphical screen or no such command.
    """
    if platform == "darwin":
        return ["open"]
    if platform == "win32":
        return ["explorer.exe"]
    if environ.get("WSL_DISTRO_NAME") and shutil.which("wslview"):
        return ["wslview"]
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        raise Refused("There is no graphical screen to open it on.")
    if shutil.which("xdg-open") is None:
        raise Refused("There is no xdg-open, the program that opens documents here.")
    return ["xdg-open"]


def open_outside(target: str) -> None:
    """Open what :func:`openable` allowed, without waiting for it. Raises :class:`Refused` or ``OSError``."""
    quiet = subprocess.DEVNULL
    subprocess.Popen([*opener(), target], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
