"""A library that every kill finds as it was, and who kills; for ``bench_kill_writes.py``."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from prose import Prose

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.library import Library
from briefing.library.notes import write_note
from tests.library.made import set_back

SOURCES: Final = 24
"""Of the library at first."""
MORE: Final = 12
"""That a write adds."""
_OLD_FORMAT: Final = 4
_INDEXES: Final = ("word_index", "quote_index")
_WORKER: Final = Path(__file__).with_name("kill_worker.py")
LIBRARY: Final = "library.db"


def texts(folder: Path, number: int, seed: int) -> Path:
    """A folder of so many sources."""
    folder.mkdir()
    prose = Prose(seed)
    for n in range(number):
        words = f"Report {seed}.{n}\n\nJapan sent {n + 2} F-16 jets to Guam, Maj. Ida Holm said. {prose.text(60)}"
        (folder / f"{n:03}.txt").write_text(words, "utf-8")
    return folder


def judge(path: Path) -> int:
    """Verdicts on every count of a library, and notes on its sources; how many of each."""
    with Library.open(path) as library:
        for row in library.sources():
            for fact in library.extraction(row.id).counts:
                library.review(row.id, "count", fact.key, "accepted", note="seen")
            write_note(library, row.id, "Ask the desk.")
    return judged(path)


def judged(path: Path) -> int:
    """Rows of verdicts and notes that hold."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM review WHERE live = 1").fetchone()[0])


class Desk:
    """A folder with a library, as every kill finds it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.base = place / "base"
        self.base.mkdir()
        self.here = place / "here"
        self.first = texts(place / "first", SOURCES, 1)
        self.more = texts(place / "more", MORE, 2)
        self.run("add", str(self.first), library=self.base / LIBRARY)
        other = place / "other.db"
        self.run("add", str(self.more), library=other)
        self.judged = judge(other)
        self.run("workspace", "new", "Desk", "--query", "jets", library=other)
        self.run("workspace", "set", "Desk", "--grade", "Sample Wire=B", "--bottom-line", "It goes on.", library=other)
        self.run("export", "-o", str(place / "more.zip"), "--workspace", "Desk", "--notes", library=other)
        shutil.copy(self.base / LIBRARY, place / "old.db")
        with contextlib.closing(sqlite3.connect(place / "old.db")) as db, db:
            set_back(db, _OLD_FORMAT)

    def fresh(self, library: Path | None = None) -> None:
        """Put everything back as it was."""
        shutil.rmtree(self.here, ignore_errors=True)
        shutil.copytree(self.base, self.here)
        if library is not None:
            shutil.copy(library, self.here / LIBRARY)

    def environment(self, library: Path | None = None) -> dict[str, str]:
        home = self.place / "home"
        return {
            **os.environ,
            "BRIEFING_LIBRARY": str(library or self.here / LIBRARY),
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": str(self.here / "cache"),
        }

    def start(self, *words: str, library: Path | None = None, **more: object) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "briefing", *words]
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            command, env=self.environment(library), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, start_new_session=True, **more,
        )  # fmt: skip

    def run(self, *words: str, library: Path | None = None) -> tuple[int, str]:
        """Exit code, and what it said."""
        process = self.start(*words, library=library)
        _, said = process.communicate()
        return process.returncode, said.decode("utf-8", "replace")

    def counted(self) -> tuple[int, int]:
        """Sources, and different ones."""
        with contextlib.closing(sqlite3.connect(self.here / LIBRARY)) as db:
            found: tuple[int, int] = db.execute("SELECT count(*), count(DISTINCT id) FROM source").fetchone()
            return found

    def damage(self, library: Path | None = None) -> Iterator[str]:
        """What is not whole of a library, by doctor's own look at it and by its indexes."""
        from briefing.cli.doctor.library_checks import check_library
        from briefing.cli.state import State

        path = library or self.here / LIBRARY
        if not path.exists():
            yield "the library is gone"
            return
        state = State()
        state.options["library"] = str(path)
        yield from (f"doctor: {one.finding}" for one in check_library(state) if one.status == "fail")
        with contextlib.closing(sqlite3.connect(path)) as db:
            for name in _INDEXES:
                try:
                    db.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
                except sqlite3.DatabaseError as error:
                    yield f"{name}: {error}"


class Killer:
    """Kills one kind of write after the other."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.chance = random.Random(seed)
        self.lasts: dict[str, float] = {}
        """Seconds that a command takes when nobody kills it."""
        self.ended: Counter[str] = Counter()
        self.reported = 0
        """Writes of processes that do nothing else, until they were killed."""

    def command(self, kind: str, *words: str, workers_only: bool = False) -> None:
        """Start a command and kill it, with its workers or without, or only its workers."""
        if kind not in self.lasts:
            begun = time.monotonic()
            self.desk.run(*words)
            self.lasts[kind] = time.monotonic() - begun
            raise Again
        process = self.desk.start(*words)
        moment = self.chance.uniform(0.1, 1.0) * self.lasts[kind]
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        whole = self.chance.random() < 0.8
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL) if whole else process.kill()
        code = process.wait()
        if process.stderr is not None:
            process.stderr.close()
        self.ended["had ended" if code >= 0 else "killed with its workers" if whole else "killed alone"] += 1

    def worker(self, kind: str, path: Path) -> list[list[str]]:
        """Have a process write until it is killed; what it reported as done."""
        seed = str(self.chance.random())
        process = subprocess.Popen(
            [sys.executable, str(_WORKER), kind, str(path), seed], env=self.desk.environment(), stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        lines = [process.stdout.readline()] if kind != "settings" else []
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(self.chance.uniform(0.0, 0.6) + (0.4 if kind == "settings" else 0))
        process.kill()
        lines += process.stdout.readlines()
        code = process.wait()
        process.stdout.close()
        if code > 0:
            raise RuntimeError(f"{kind}: the process ended with {code}")
        self.ended["had ended" if code == 0 else "killed"] += 1
        self.reported += len(lines)
        return [line.decode().rstrip("\n").split("\t") for line in lines if line.endswith(b"\n") and b"\t" in line]


class Again(Exception):
    """The command was only timed."""
