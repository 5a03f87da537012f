"""An ingest that is killed again and again: ``python tests/bench/bench_kill.py [--kills 50] [--files 2000]``.

``briefing add FOLDER`` runs in a process group of its own until it is killed without warning, with its workers, at a
random moment of its start, its reading or its writing; the same command goes on where it ended. Besides, only the
program is killed some times, and only its workers. In the end every file must be in the library once, the file and its
full-text indexes must be whole, and neither processes nor temporary folders may be left. Needs Linux (``/proc``).
"""

import argparse
import contextlib
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from prose import Prose

_WORDS: Final = 30
_BOX: Final = 10
"""Messages in a box of mail; a tenth of the files are of these boxes."""
_PATIENCE: Final = 180.0
_GONE: Final = 30.0
"""Seconds that workers may take to notice that their program is gone."""
_INDEXES: Final = ("word_index", "quote_index")


def make_files(folder: Path, n: int) -> int:
    """``n`` sources in text files and boxes of mail; how many files that is."""
    folder.mkdir()
    prose = Prose(5)
    files = 0
    in_boxes = n // 10 // _BOX
    for number in range(n - in_boxes * _BOX):
        place = folder / f"{number // 200:02}"
        place.mkdir(exist_ok=True)
        (place / f"{number:05}.txt").write_text(f"Report {number}\n\n{prose.text(_WORDS)}", "utf-8")
        files += 1
    for box in range(in_boxes):
        letters = [
            "From desk@example.org Mon Jun  2 08:00:00 2025\nFrom: Desk <desk@example.org>\n"
            f"Subject: Letter {box}.{k}\n"
            f"Date: Mon, 02 Jun 2025 08:00:{k:02} +0000\nContent-Type: text/plain; charset=utf-8\n\n"
            f"Letter {box}.{k}\n\n{prose.text(_WORDS)}\n"
            for k in range(_BOX)
        ]
        (folder / f"box-{box:03}.mbox").write_text("".join(letters), "utf-8")
        files += 1
    return files


class Runs:
    """The program, started over and over."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "in"
        self.library = place / "library.db"
        self.temporary = place / "tmp"
        self.temporary.mkdir()
        self.log = (place / "log").open("ab")
        self.environment = {
            **os.environ,
            "BRIEFING_LIBRARY": str(self.library),
            "HOME": str(place / "home"),
            "TMPDIR": str(self.temporary),
        }

    def start(self) -> "subprocess.Popen[bytes]":
        """``briefing add``, in a group of its own."""
        command = [sys.executable, "-m", "briefing", "add", str(self.folder)]
        return subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True)

    def added(self) -> int:
        """Sources in the library now."""
        if not self.library.exists():
            return 0
        with contextlib.closing(sqlite3.connect(f"file:{self.library}?mode=ro", uri=True, timeout=10)) as db:
            try:
                return int(db.execute("SELECT n FROM total WHERE name = 'sources'").fetchone()[0])
            except sqlite3.OperationalError:  # it is being made
                return 0

    def processes(self) -> list[int]:
        """All that run for this library."""
        mark = f"BRIEFING_LIBRARY={self.library}".encode()
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (place / "environ").read_bytes().split(b"\0"):
                    found.append(int(place.name))
        return found

    def none_left(self) -> bool:
        """Whether all processes are gone, within the time they may take."""
        until = time.monotonic() + _GONE
        while self.processes():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


class Killer:
    """Kills at random moments."""

    def __init__(self, runs: Runs, total: int, kills: int, seed: int) -> None:
        self.runs = runs
        self.random = random.Random(seed)
        self.total = total
        self.share = max(2, int(total * 0.9 / kills))
        """Sources that a run may add, on average, so that there is something left for all kills."""
        self.said: Counter[str] = Counter()

    def everything(self) -> None:
        """The program with its workers."""
        process = self.runs.start()
        self._wait(process)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        self.said["had ended by itself" if process.wait() == 0 else "killed with its workers"] += 1

    def program(self) -> None:
        """The program alone: its workers must end by themselves."""
        process = self.runs.start()
        self._wait(process)
        process.kill()
        self.said["had ended by itself" if process.wait() == 0 else "the program alone killed"] += 1
        if not self.runs.none_left():
            self.said["WORKERS LEFT BEHIND"] += 1

    def workers(self) -> None:
        """Its workers alone: it must go on, and is then killed."""
        process = self.runs.start()
        self._wait(process, starting=False)
        for pid in self.runs.processes():
            if pid != process.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        before = self.runs.added()
        until = time.monotonic() + _PATIENCE
        while process.poll() is None and self.runs.added() <= before and time.monotonic() < until:
            time.sleep(0.02)
        went_on = self.runs.added() > before or process.poll() == 0
        self.said["its workers alone killed, and it went on" if went_on else "DID NOT GO ON"] += 1
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _wait(self, process: "subprocess.Popen[bytes]", *, starting: bool = True) -> None:
        """Until a random moment: of its start, or after it has added some, or while it writes."""
        if starting and self.random.random() < 0.2:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(self.random.uniform(0, 3))
            return
        goal = self.runs.added() + self.random.randint(1, self.share)
        until = time.monotonic() + _PATIENCE
        while process.poll() is None and self.runs.added() < goal and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(self.random.uniform(0, 0.3))


def verdict(runs: Runs, total: int) -> Iterator[tuple[str, bool]]:
    """What must hold in the end."""
    with contextlib.closing(sqlite3.connect(runs.library)) as db:
        there = db.execute("SELECT count(*), count(DISTINCT id) FROM source").fetchone()
        yield f"{there[0]} sources, {there[1]} different, of {total}", there == (total, total)
        known = {row[0].hex() for row in db.execute("SELECT id FROM source")}
        missing = sum(hashlib.sha256(p.read_bytes()).hexdigest() not in known for p in runs.folder.rglob("*.txt"))
        yield f"{missing} text files missing", missing == 0
        indexed = [db.execute(f"SELECT count(*) FROM {name}_docsize").fetchone()[0] for name in _INDEXES]
        yield f"{indexed[0]} in the index of words", indexed[0] == total
        found = db.execute("PRAGMA integrity_check").fetchall()
        yield f"integrity_check: {found[0][0]}", found == [("ok",)]
        for name in _INDEXES:
            try:
                db.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
                yield f"{name}: whole", True
            except sqlite3.DatabaseError as error:
                yield f"{name}: {error}", False
        failures = db.execute("SELECT count(*) FROM failure").fetchone()[0]
        yield f"{failures} set aside", failures == 0
    yield f"{len(runs.processes())} processes left", not runs.processes()
    left = [path.name for path in runs.temporary.iterdir()]
    yield f"{len(left)} temporary files or folders left {left[:3] or ''}", not left


def main() -> None:
    """Kill, resume, look."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000, help="sources; a tenth of them in boxes of mail")
    parser.add_argument("--kills", type=int, default=50, help="of the program with its workers")
    parser.add_argument("--others", type=int, default=5, help="of the program alone, and as many of workers alone")
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-kill-") as folder:
        runs = Runs(Path(folder))
        files = make_files(runs.folder, given.files)
        print(f"{given.files} sources in {files} files", flush=True)
        killer = Killer(runs, given.files, given.kills + 2 * given.others, given.seed)
        acts = [killer.everything] * given.kills + [killer.program, killer.workers] * given.others
        killer.random.shuffle(acts)
        begun = time.monotonic()
        for number, act in enumerate(acts, 1):
            act()
            if number % 10 == 0:
                print(f"{number} runs, {runs.added()} sources, {time.monotonic() - begun:.0f} s", flush=True)
        last = runs.start().wait()
        print("; ".join(f"{n} times {what}" for what, n in killer.said.items()))
        good = last == 0 and not any(what.isupper() for what in killer.said)
        print(f"the last run ended with {last}, after {time.monotonic() - begun:.0f} s")
        if not runs.added():
            sys.exit((Path(folder) / "log").read_text("utf-8", "replace")[-3000:])
        for what, holds in verdict(runs, given.files):
            print(("ok    " if holds else "WRONG ") + what)
            good = good and holds
        if not good:
            print((Path(folder) / "log").read_text("utf-8", "replace")[-3000:])
    sys.exit(not good)


if __name__ == "__main__":
    main()
