"""The reader in a real pseudo-terminal: what reaches the terminal, byte for byte, and what the terminal shows."""

import os
import re
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.library import Library
from tests.tui.conftest import HOSTILE, THEMES, make_extraction, patrol, report
from tests.tui.test_safety import hostile

pexpect = pytest.importorskip("pexpect", exc_type=ImportError)
pyte = pytest.importorskip("pyte", exc_type=ImportError)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")

COLUMNS, ROWS = 120, 36
PATIENCE = 120
"""Seconds until a screen that does not come is taken for one that never will; only a failing test waits so long."""
PROGRAM = textwrap.dedent("""
    import sys
    from pathlib import Path
    from briefing.library import Library
    from briefing.model.settings import Settings
    from briefing.tui.app import BriefingApp

    library, themes, samples = map(Path, sys.argv[1:])
    BriefingApp(lambda: Library.open(library), settings=Settings(), themes=[themes], samples=samples).run()
""")
OVERRIDES = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Terminal:
    """A terminal with the reader in it."""

    def __init__(self, library: Path, folder: Path) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        env |= {"COLUMNS": str(COLUMNS), "LINES": str(ROWS)}
        command = ["-c", PROGRAM, str(library), str(THEMES), str(folder)]
        self._child = pexpect.spawn(sys.executable, command, dimensions=(ROWS, COLUMNS), env=env, cwd=folder)

    def press(self, keys: str) -> None:
        """Type."""
        self._child.send(keys)

    def until(self, words: str) -> str:
        """Read what the program writes until the screen shows ``words``; the screen."""
        return self._read_until(lambda shown: words in shown, f"{words!r} is not on the screen")

    def _read(self) -> None:
        try:
            data = self._child.read_nonblocking(1 << 16, timeout=0.05)
        except pexpect.TIMEOUT:
            return
        self.bytes += data
        # The emulator takes Textual's own questions to the terminal (CSI > q and the like) for text.
        self._stream.feed(re.sub(rb"\x1b\[[<=>?][0-9;]*[a-zA-Z]|\x1b\[[0-9;]*\$[a-z]", _kept, data))

    def until_gone(self, words: str) -> None:
        """Read what the program writes until the screen does not show ``words`` any more."""
        self._read_until(lambda shown: words not in shown, f"{words!r} is still on the screen")

    def _read_until(self, true: Callable[[str], bool], otherwise: str) -> str:
        last = time.monotonic() + PATIENCE
        while not true(shown := "\n".join(self.screen.display)):
            assert time.monotonic() < last, f"{otherwise}:\n{shown}"
            self._read()
        return shown

    def end(self) -> int:
        """Quit, and the exit code."""
        self.press("q")
        self._child.expect(pexpect.EOF, timeout=PATIENCE)
        self.bytes += self._child.before
        self._child.close()
        return int(self._child.exitstatus)


def _kept(match: re.Match[bytes]) -> bytes:
    return match[0] if match[0][2:3] == b"?" and match[0][-1:] in b"hl" else b""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with file names that try something."""
    made = tmp_path / "files"
    made.mkdir()
    (made / "[nope]\x1b]52;c;aGk=\x07\u202egnp.txt").write_text("x", "utf-8")
    return made


def test_no_escape_of_a_document_reaches_the_terminal(tmp_path: Path, folder: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        library.add(*hostile())
        library.add(*report())
    terminal = Terminal(tmp_path / "library.db", folder)
    terminal.until("[@click=app.quit]x[/]")
    terminal.press("2n")
    terminal.until("ORG")
    terminal.press("3l")
    terminal.until("Who")
    terminal.press("/ships")
    terminal.until("Hits 1")
    terminal.press("\x1b[200~" + HOSTILE + "\x1b[201~")
    terminal.until("Hits 0")
    terminal.press("\x1b")
    terminal.until("Sources 2")
    terminal.press("A")
    terminal.until("[nope]")
    terminal.press("\x1b")
    terminal.until_gone("[nope]")
    assert terminal.end() == 0
    sent = re.sub(rb"\x1b\]22;[a-z-]*\x07", b"", terminal.bytes)  # the shape of the mouse pointer, Textual's own
    sent = re.sub(rb"\x1b\]2;[^\x00-\x1f\x7f]*\x07", b"", sent)  # the title of the window, cleaned
    assert b"\x1b]" not in sent
    assert b"\x07" not in sent
    assert not OVERRIDES.search(terminal.bytes.decode("utf-8", "ignore"))


def test_a_session(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        library.add(*report())
        library.add(*patrol())
    terminal = Terminal(tmp_path / "library.db", tmp_path)
    assert "Patrol ships meet" in terminal.until("Norland sent two Kestrel boats")
    terminal.press("j\r")
    terminal.until("Norland and Sudria signed")
    terminal.press("3j")
    terminal.until("▌")
    terminal.press("/open water\r")
    terminal.until("Match 1 of")
    terminal.press("y")
    terminal.until("Copied")
    assert b"\x1b]52;c;" in terminal.bytes  # our own copying does reach the terminal
    terminal.press("\x1b")
    terminal.until("Searching for")  # among the hits again
    terminal.press("\x1b")
    terminal.until("Sources 2")
    terminal.press("e\r")
    terminal.until("Wrote")
    assert terminal.end() == 0
    assert list(tmp_path.glob("*.md"))
    assert make_extraction(patrol()[0]).mentions
