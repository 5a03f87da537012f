"""The terminal is given back as it was, whatever signals come meanwhile."""

import os
import random
import signal
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.tui.conftest import THEMES

pexpect = pytest.importorskip("pexpect", exc_type=ImportError)
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")

WAIT = 30
PROGRAM = textwrap.dedent("""
    import signal, sys, termios
    from pathlib import Path
    from briefing.cli.start import _leave
    from briefing.library import Library
    from briefing.model.settings import Settings
    from briefing.tui.app import BriefingApp

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    before = termios.tcgetattr(0)
    try:
        BriefingApp(lambda: Library.open(Path(sys.argv[1])), settings=Settings(), themes=[Path(sys.argv[2])]).run()
    finally:
        same = termios.tcgetattr(0)[:4] == before[:4]
        print("given back" if same else "KEPT", flush=True)
""")


def started(folder: Path) -> "pexpect.spawn":
    env = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    command = ["-c", PROGRAM, str(folder / "library.db"), str(THEMES)]
    child = pexpect.spawn(sys.executable, command, dimensions=(30, 100), env=env)
    child.expect("No sources yet", timeout=WAIT)
    return child


def test_after_stray_continues(tmp_path: Path) -> None:
    child = started(tmp_path)
    for _ in range(3):
        os.kill(child.pid, signal.SIGCONT)
    child.send("?")
    child.expect("Everywhere", timeout=WAIT)
    os.kill(child.pid, signal.SIGCONT)
    child.send("\x11")
    assert child.expect(["given back", "KEPT"], timeout=WAIT) == 0
    child.expect(pexpect.EOF, timeout=WAIT)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("last", [signal.SIGTERM, signal.SIGHUP])
def test_after_signals_at_random_moments(tmp_path: Path, seed: int, last: signal.Signals) -> None:
    chance = random.Random(seed)
    child = started(tmp_path)
    for _ in range(8):
        child.send(chance.choice(["j", "2", "/x\x1b", "?", "\x1b", "T\x1b", "\t", "A\x1b"]))
        if chance.random() < 0.5:
            for number in chance.choice([(signal.SIGCONT,), (signal.SIGSTOP, signal.SIGCONT), (signal.SIGWINCH,)]):
                os.kill(child.pid, number)
        time.sleep(chance.random() / 50)
    os.kill(child.pid, last)
    assert child.expect(["given back", "KEPT"], timeout=WAIT) == 0
    child.expect(pexpect.EOF, timeout=WAIT)
