"""Whether the terminal is light or dark: asked of it, without losing a key and without waiting for one that is mute."""

import sys
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing.cli.terminal_background import _named, _told
from briefing.tui.textual_patches.late_replies import without_replies

pexpect = pytest.importorskip("pexpect")
posix = pytest.mark.skipif(sys.platform == "win32", reason="asked on POSIX only")
ASK = """
from briefing.cli import terminal_background as asked
asked._PATIENCE = 60
print(asked.ask()())
print(repr(input("next")))
"""
MUTE = "from briefing.cli.terminal_background import ask; print(ask()())"


def run(code: str) -> Any:
    """The code in a terminal of its own."""
    environ = {"TERM": "xterm", "PYTHONPATH": str(Path(briefing.__file__).parents[1])}
    return pexpect.spawn(sys.executable, ["-c", code], encoding="utf-8", timeout=60, env=environ)


@posix
@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c", "light=True, typed=''"),
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x07\x1b[?1;2c", "light=False, typed=''"),
        ("\x1b]11;rgba:ff/ff/f0/ff\x07\x1b[?6c", "light=True, typed=''"),
        ("\x1b[?6c", "light=None, typed=''"),
        ("jj\x1b]11;rgb:ffff/ffff/ffff\x07x\x1b[A\x1b[?6c", "light=True, typed='jjx'"),
    ],
)
def test_a_terminal_that_answers(reply: str, said: str) -> None:
    code = ASK.replace("input('ready'); ", "print('ready', flush=True); import time; time.sleep(0); ")
    child = pexpect.spawn(
        sys.executable, ["-c", code], encoding="utf-8", timeout=60, env={"TERM": "xterm", "PYTHONPATH": "."}
    )
    child.expect_exact("\x1b]11;?\x1b\\\x1b[c")
    child.send(reply)
    child.expect_exact(f"Told({said}, late=False)")
    child.expect_exact("next")
    child.send("still\r")  # the terminal is as it was: what is typed is echoed, and a line is a line
    child.expect_exact("still")
    child.expect_exact("'still'")


@posix
def test_a_terminal_that_is_mute_is_not_waited_for_long() -> None:
    child = pexpect.spawn(
        sys.executable, ["-c", MUTE], encoding="utf-8", timeout=60, env={"TERM": "xterm", "PYTHONPATH": "."}
    )
    child.expect_exact("Told(light=None, typed='', late=True)")


@pytest.mark.parametrize(
    ("colours", "light"), [("15;0", False), ("0;15", True), ("0;default;7", True), ("", None), ("x", None)]
)
def test_a_variable_may_tell(colours: str, light: bool | None) -> None:
    assert _named(colours) is light


def test_answers_in_parts_are_no_keys() -> None:
    assert _told(b"\x1b]11;rgb:ffff/ff").typed == ""
    assert without_replies("a\x1b]11;rgb:1/2/3\x1b\\b\x1b[?62;22cc\x1b[A") == "abc\x1b[A"
    assert without_replies("]11;rgb") == "]11;rgb"
