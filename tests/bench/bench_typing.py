"""How long a keystroke takes to show in the search bar: `python tests/bench/bench_typing.py --library FILE`.

The reader runs in a pseudo-terminal on a copy of the library while `briefing add` reads some hundred files into it from
another process. Twenty characters are typed at an even pace; each is timed from the write to the terminal until the
bytes have come that make the emulated screen show it. The emulation, slower than any terminal, comes after the typing.
Prints the middle, the 95th percentile and the longest of all, with and without the ingest.
"""

import argparse
import os
import random
import re
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pexpect
import pyte

ROWS, COLUMNS = 36, 132
TYPED = "navy patrol boat* OR"
BARE = """
from textual.app import App
from textual.widgets import Input

class Bare(App):
    def compose(self):
        yield Input(compact=True, placeholder="ready")

    def on_key(self, event):
        if event.key == "escape":
            self.query_one(Input).value = ""

Bare().run()
"""
"""An app of nothing but a field, to tell the machine and its load from the reader."""
PACE = 0.12
"""Seconds from one key to the next: a hundred words a minute."""
_ROOT = Path(__file__).parents[2]
_UNKNOWN = re.compile(rb"\x1b\[[<=>?][0-9;]*[a-zA-Z]|\x1b\[[0-9;]*\$[a-z]")


class Terminal:
    """The reader in an emulated terminal."""

    def __init__(self, *arguments: str) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self._child: Any = pexpect.spawn(sys.executable, [*arguments], dimensions=(ROWS, COLUMNS), env=env)
        self._child.delaybeforesend = None

    def press(self, keys: str) -> None:
        """Type."""
        self._child.send(keys)

    def until(self, words: str, patience: float = 60) -> None:
        """Wait until the screen shows ``words``."""
        begun = time.perf_counter()
        while words not in "\n".join(self.screen.display):
            if time.perf_counter() - begun > patience:
                raise SystemExit(f"{words!r} is not on the screen:\n" + "\n".join(self.screen.display))
            self.take(0.01)

    def take(self, seconds: float) -> None:
        """Take what the reader draws for so long."""
        for _, data in self.gather(seconds):
            self.feed(data)

    def gather(self, seconds: float) -> list[tuple[float, bytes]]:
        """What the reader draws in that time, unseen yet, each piece with the moment it came."""
        found: list[tuple[float, bytes]] = []
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if select.select([self._child.child_fd], [], [], left)[0]:
                found.append((time.perf_counter(), os.read(self._child.child_fd, 1 << 16)))
        return found

    def feed(self, data: bytes) -> None:
        """Show what was drawn."""
        self._stream.feed(_UNKNOWN.sub(lambda m: m[0] if m[0][2:3] == b"?" and m[0][-1:] in b"hl" else b"", data))

    def shows(self, words: str) -> bool:
        """Whether the search bar does."""
        return words in "\n".join(self.screen.display[:3])

    def end(self) -> None:
        """Quit."""
        self._child.close(force=True)


def type_in(terminal: Terminal, before: str = "/ ") -> list[float]:
    """Seconds to each echo of :data:`TYPED`; ``before`` is what stands before it on the screen."""
    terminal.press("/")
    terminal.take(0.5)
    pressed, drawn = [], []
    for letter in TYPED:
        pressed.append(time.perf_counter())
        terminal.press(letter)
        drawn += terminal.gather(PACE)
    drawn += terminal.gather(1)
    taken: list[float] = []
    waiting = [(at, f"{before}{TYPED[: n + 1]}") for n, at in enumerate(pressed) if TYPED[n] != " "]
    for came, data in drawn:
        terminal.feed(data)
        while waiting and terminal.shows(waiting[0][1]):
            taken.append(came - waiting.pop(0)[0])
    if waiting:
        raise SystemExit(f"{waiting[0][1]!r} was not shown:\n" + "\n".join(terminal.screen.display))
    for _ in range(2):
        terminal.press("\x1b")
        terminal.take(0.5)
    return taken


def make_files(folder: Path, number: int) -> None:
    """Reports out of the sentences of the samples, no two alike."""
    dice = random.Random(7)
    text = " ".join(file.read_text("utf-8", "replace") for file in sorted((_ROOT / "seeds").glob("*.txt")))
    sentences = re.split(r"(?<=\.)\s+", text)
    for index in range(number):
        body = " ".join(dice.choices(sentences, k=20))
        (folder / f"{index:04}.txt").write_text(f"Report {index}\n\n{body}\n", "utf-8")


def report(name: str, taken: list[float]) -> None:
    """A line of the table, in milliseconds."""
    ordered = sorted(1000 * one for one in taken)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{name:18}{statistics.median(ordered):9.1f}{p95:9.1f}{ordered[-1]:9.1f}{len(ordered):8}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True, help="a library file, such as bench_library makes")
    parser.add_argument("--files", type=int, default=1000, help="files that are added meanwhile")
    parser.add_argument("--runs", type=int, default=3, help="times the characters are typed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        library, folder = Path(scratch, "library.db"), Path(scratch, "in")
        shutil.copy(given.library, library)
        folder.mkdir()
        make_files(folder, given.files)
        os.environ["HOME"] = scratch
        bare = Terminal("-c", BARE)
        bare.until("ready")
        print(f"{'milliseconds':18}{'p50':>9}{'p95':>9}{'max':>9}{'keys':>8}")
        report("a bare field", [one for _ in range(given.runs) for one in type_in(bare, "/")])
        bare.end()
        terminal = Terminal("-m", "briefing", "--library", str(library))
        terminal.until("Sources ")
        terminal.take(1)
        report("nothing else", [one for _ in range(given.runs) for one in type_in(terminal)])
        add = [sys.executable, "-m", "briefing", "--library", str(library), "add", "--jobs", "1", str(folder)]
        with subprocess.Popen(
            add, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as adding:
            time.sleep(4)  # until the model is there
            taken = [one for _ in range(given.runs) for one in type_in(terminal)]
            still = adding.poll() is None
            if still:
                os.killpg(adding.pid, signal.SIGTERM)
        report("while adding", taken)
        if not still:
            print("the files were in before the typing was done: --files more of them")
        terminal.end()


if __name__ == "__main__":
    main()
