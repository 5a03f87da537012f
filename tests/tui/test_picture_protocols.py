"""A page in a terminal that shows pictures: what is written is kitty's or sixel graphics, as the terminal answers."""

import os
import re
import sys
import textwrap
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.tui.conftest import THEMES

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))
from made_pdf import pdf, set_in_lines

pexpect = pytest.importorskip("pexpect", exc_type=ImportError)
pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal"),
    pytest.mark.skipif(find_spec("textual_image") is None, reason="needs the extra ocr"),
]

PATIENCE = 120
PROGRAM = textwrap.dedent("""
    import sys
    from pathlib import Path
    from briefing.sources import read_bytes
    from briefing.tui.app import BriefingApp
    from briefing.tui.as_printed.page import PageScreen
    from briefing.library import Library
    from briefing.model.settings import Settings

    class Showing(BriefingApp):
        def on_ready(self):
            self._asked = self.set_interval(0.1, self._show_page)

        def _show_page(self):
            if self.screen.query("FactsPane"):  # the main screen is there
                self._asked.stop()
                path = Path(sys.argv[1])
                self.push_screen(PageScreen(read_bytes(path.read_bytes(), str(path)), (0, 8)))

    Showing(lambda: Library.open(Path(sys.argv[2])), settings=Settings(), themes=[Path(sys.argv[3])]).run()
""")
ASKS = re.compile(rb"\x1b\[c|\x1b_G(?=[^;\x1b]*a=q)[^;\x1b]*i=(\d+)[^;\x1b]*;[^\x1b]*\x1b\\")
# kitty is given the picture under a number, then cells that stand for its parts
SHOWN = {
    "kitty": re.compile(rb"\x1b_G[^;\x1b]*U=1[\s\S]*" + "\U0010eeee".encode()),
    "sixel": re.compile(rb'\x1bP[\d;]*q"1;1;\d+;\d+'),
}


def answer(kind: str, asked: "re.Match[bytes]") -> bytes:
    """What a terminal of that kind says when it is asked what it can show."""
    if asked[1] is None:
        return b"\x1b[?62;4;22c" if kind == "sixel" else b"\x1b[?62;22c"
    return b"\x1b_Gi=" + asked[1] + b";OK\x1b\\" if kind == "kitty" else b""


@pytest.mark.parametrize("kind", ["kitty", "sixel"])
def test_the_page_is_written_as_the_terminal_shows_pictures(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf([set_in_lines(["Fourteen tugs lay at the pier.", "Nine barges were empty."])]))
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    command = ["-c", PROGRAM, str(file), str(tmp_path / "library.db"), str(THEMES)]
    child = pexpect.spawn(sys.executable, command, dimensions=(36, 120), env=env, cwd=tmp_path)
    written, answered, last = b"", 0, time.monotonic() + PATIENCE
    while not SHOWN[kind].search(written):
        assert time.monotonic() < last, written[-2000:]
        try:
            written += child.read_nonblocking(1 << 16, timeout=0.01)
        except pexpect.TIMEOUT:
            continue
        except pexpect.EOF:
            pytest.fail(written[-2000:].decode(errors="replace"))
        for asked in ASKS.finditer(written, answered):
            child.send(answer(kind, asked))
            answered = asked.end()
    child.close(force=True)
    assert "▄".encode() not in written[answered:]
