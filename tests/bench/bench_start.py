"""How long the reader takes to its first frame, beside an empty Textual app: `python tests/bench/bench_start.py`.

Both run in a pseudo-terminal, in turn, each as a process of its own, and are stopped at the first full frame: the time
at which nine tenths of the cells of the screen were written. Of the reader that is its search bar and the frames of its
panes with their titles; the first source is timed as well, from the same beginning to the title of it in the list. The
commands that one waits for, `list` and `search`, run beside a bare Python in the same way. The ratio is what counts:
machines and their loads differ, and both sides of it were measured in the same minute.
"""

import argparse
import codecs
import fcntl
import os
import pty
import re
import resource
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

ROWS, COLUMNS = 36, 132
EMPTY = "from textual.app import App\n\nclass Empty(App):\n    pass\n\nEmpty().run()\n"
_WHO, _A_TERMINAL = "\x1b[c", b"\x1b[?62;22c"
"""The question what kind of terminal it is, which every terminal answers at once, and an answer."""
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|.)")
_ROOT = Path(__file__).parents[2]


class Start(NamedTuple):
    """Seconds from the start of the process: wall to the first frame, CPU to it, wall to the first source (or 0)."""

    wall: float
    cpu: float
    content: float


def start(command: Sequence[str], marker: str = "", patience: float = 30) -> Start:
    """Run ``command`` until it has drawn a frame and, after that, ``marker``; then end it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(COLUMNS), LINES=str(ROWS))
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    drawn, frame, content, cpu = "", 0.0, 0.0, 0.0
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    while time.perf_counter() - begun < patience and not (frame and (content or not marker)):
        if select.select([terminal], [], [], 0.05)[0]:
            read = decoder.decode(os.read(terminal, 1 << 16))
            if _WHO in read:
                os.write(terminal, _A_TERMINAL)
            drawn += read
            screen = drawn.partition("\x1b[?1049h")[2]
            if not frame and len(_ESCAPE.sub("", screen)) >= ROWS * COLUMNS * 0.9:
                frame, cpu = time.perf_counter() - begun, _cpu(process)
            if frame and marker and marker in _ESCAPE.sub("", screen):
                content = time.perf_counter() - begun
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(terminal)
    if not frame:
        raise SystemExit(f"no frame within {patience} s: {' '.join(command)}\n{_ESCAPE.sub('', drawn)[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Start(frame, cpu or (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), content)


def _cpu(process: int) -> float:
    """CPU seconds of a running process, where the system tells (Linux)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def make_library(path: Path, sources: int) -> str:
    """A library of ``sources`` made-up sources, or, with 0, of the samples; the title that the list begins with."""
    from briefing.library import Library

    if not sources:
        command = [sys.executable, "-m", "briefing", "--library", str(path), "add", str(_ROOT / "seeds")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with Library.open(path) as library:
            return library.sources()[0].title[:16]
    with Library.open(path) as library:
        for first in range(0, sources, 500):
            library.add_all([_made_up(number) for number in range(first, min(sources, first + 500))])
        return library.sources()[0].title[:16]


def _made_up(number: int):  # type: ignore[no-untyped-def]
    """A short source with its facts, as the library takes them."""
    import hashlib

    from briefing.library.store.writer import Item
    from briefing.model.facts import Count, Extraction, Mention
    from briefing.model.source import Source

    text = f"Report {number:06}\n\nNorland sent {number % 90 + 2} patrol boats to Larnholm, the navy said.\n" * 4
    source = Source(
        id=hashlib.sha256(f"{number}".encode()).hexdigest(),
        path=f"/made-up/{number}.txt",
        title=f"Report {number:06}",
        text=text,
        publisher=f"Gazette {number % 50}",
        published=date(2020, 1, 1) + timedelta(days=number % 2000),
    )
    at = text.index("Norland")
    mention = Mention(start=at, end=at + 7, text="Norland", type="NATION", name="Norland")
    low = number % 90 + 2
    start = text.index(f"{low} patrol")
    count = Count(
        start=start, end=start + 14, evidence=text[start : start + 14], low=low, high=low, item="boat", category="ship"
    )
    return Item(source, Extraction(source_id=source.id, extractor="bench", mentions=(mention,), counts=(count,)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, help="a library file; without, one is made for the run")
    parser.add_argument("--sources", type=int, default=0, help="made-up sources in it; 0 for the samples")
    parser.add_argument("--marker", default="", help="words of a source that the first screen shows")
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, "utf-8")
        library, marker = given.library, given.marker
        if library is None:
            library = Path(folder) / "library.db"
            marker = make_library(library, given.sources)
        reader = [sys.executable, "-m", "briefing", "--library", str(library)]
        start(reader, marker)  # once, so that byte code and pages are there for both
        _report_commands(library, given.runs)
        pairs = [(start([sys.executable, str(empty)]), start(reader, marker)) for _ in range(given.runs)]
    _report(pairs, marker)


def _report_commands(library: Path, runs: int) -> None:
    """How many starts of a bare Python each command takes to its end."""
    briefing = [sys.executable, "-m", "briefing", "--library", str(library)]
    commands = {
        "bare Python": [sys.executable, "-c", "pass"],
        "list": [*briefing, "list"],
        "search two": [*briefing, "search", "two"],
        "--version": [*briefing, "--version"],
    }
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    took: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(3 * runs + 1):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environ)
            if run:  # the first writes byte code
                took[name].append(time.perf_counter() - begun)
    bare = took["bare Python"]
    for name, seconds in took.items():
        middle, best = statistics.median(seconds) / statistics.median(bare), min(seconds) / min(bare)
        print(f"{name:24}{statistics.median(seconds):12.3f} s{middle:8.2f} times bare Python (best of each {best:.2f})")


def _report(pairs: Sequence[tuple[Start, Start]], marker: str) -> None:
    print(f"{'':24}{'empty app':>12}{'reader':>12}{'ratio':>8}   ({len(pairs)} runs; seconds)")
    for name, middle in (("median", statistics.median), ("best", min)):
        for field in ("wall", "cpu"):
            one, other = (middle([getattr(pair[side], field) for pair in pairs]) for side in (0, 1))
            print(f"first frame, {field:4} {name:6}{one:12.3f}{other:12.3f}{other / one:8.2f}")
    if marker:
        one = statistics.median(pair[0].wall for pair in pairs)
        other = statistics.median(pair[1].content for pair in pairs)
        print(f"first source, wall median{one:11.3f}{other:12.3f}{other / one:8.2f}")


if __name__ == "__main__":
    main()
