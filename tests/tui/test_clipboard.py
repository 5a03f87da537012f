"""What a copied text is handed to."""

import subprocess
from typing import Any

import pytest

from briefing.tui import clipboard


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], bytes]]:
    """The commands that were run, with what they were given; an old tmux knows no ``-w``."""
    made: list[tuple[list[str], bytes]] = []

    def run(command: list[str], *, input: bytes, **_: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: A002
        made.append((command, input))
        return subprocess.CompletedProcess(command, 1 if "-w" in command else 0)

    monkeypatch.setattr(clipboard.subprocess, "run", run)
    monkeypatch.setattr(clipboard.shutil, "which", lambda name: name)
    return made


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "darwin", [["pbcopy"]]),
        ({}, "win32", [["clip.exe"]]),
        ({}, "linux", []),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", [["wl-copy"]]),
        ({"DISPLAY": ":0"}, "linux", [["xclip", "-selection", "clipboard"]]),
        ({"WSL_DISTRO_NAME": "x"}, "linux", [["clip.exe"]]),
        ({"TMUX": "/tmp/t,1,0"}, "linux", [["tmux", "load-buffer", "-w", "-"]]),
        ({"TMUX": "/tmp/t,1,0"}, "darwin", [["pbcopy"], ["tmux", "load-buffer", "-w", "-"]]),
    ],
)
def test_programs_of_a_system(
    environ: dict[str, str], platform: str, expected: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard.shutil, "which", lambda name: name)
    assert clipboard.programs(environ, platform) == expected


def test_an_old_tmux_is_asked_as_it_understands(
    ran: list[tuple[list[str], bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "programs", lambda: [["tmux", "load-buffer", "-w", "-"], ["clip.exe"]])
    assert clipboard.copy_to_system("é")
    assert ran == [
        (["tmux", "load-buffer", "-w", "-"], "é".encode()),
        (["tmux", "load-buffer", "-"], "é".encode()),
        (["clip.exe"], "é".encode("utf-16-le")),
    ]


def test_without_a_program_nothing_is_done(ran: list[tuple[list[str], bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "programs", list)
    assert not clipboard.copy_to_system("x")
    assert not ran
