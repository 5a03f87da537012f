"""Kills at random moments of every kind of write: `python tests/bench/bench_kill_writes.py [--kills 500]`.

``bench_kill.py`` kills one large ingest again and again; here each kind of write has its turn: adding, watching,
importing sources, verdicts, notes and a workspace, bringing up to date, copying, rescuing, exporting, bundling,
removing by the program itself, with its workers; verdicts, tags, notes, facts of one's own, entities, events,
workspaces with grades, removals and settings by a process that does nothing else. After each kill the library must be
whole (``doctor``'s look at it, and the full-text indexes), what was reported as done must be there, a file that is
written must be the old one or the new one, and where there is something to finish, the same command finishes it. Needs
Linux.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from kill_losses import LOST
from prose import Prose

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.library import Library
from briefing.library.notes import write_note
from tests.library.made import set_back

_SOURCES: Final = 24
_MORE: Final = 12
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
        self.first = texts(place / "first", _SOURCES, 1)
        self.more = texts(place / "more", _MORE, 2)
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


def add(killer: Killer) -> Iterator[str]:
    killer.desk.fresh()
    yield from _ingest(killer, "add", "add", str(killer.desk.more))


def watch(killer: Killer) -> Iterator[str]:
    killer.desk.fresh()
    yield from _ingest(killer, "watch", "watch", "--once", str(killer.desk.more))


def take_in(killer: Killer) -> Iterator[str]:
    killer.desk.fresh()
    yield from _ingest(killer, "import", "import", str(killer.desk.place / "more.zip"))
    found, due = judged(killer.desk.here / LIBRARY), killer.desk.judged
    if found != due:
        yield f"{found} verdicts and notes, of {due}"
    with Library.open(killer.desk.here / LIBRARY) as library:
        kept = library.workspaces.all()
    if [(len(one.sources), one.bottom_line, bool(one.grades)) for one in kept] != [(_MORE, "It goes on.", True)]:
        yield f"workspaces: {kept}"


def copy(killer: Killer) -> Iterator[str]:
    """A copy that is gone on with: at its end the program compares the two itself."""
    yield from _saved(killer, "copy", "library", "copy", str(killer.desk.place / "other.db"))


def rescue(killer: Killer) -> Iterator[str]:
    yield from _saved(killer, "rescue", "rescue", str(killer.desk.place / "other.db"))


def _saved(killer: Killer, kind: str, *words: str) -> Iterator[str]:
    """A library that is written anew: by a rescue whole or not at all, by a copy until it is cut off."""
    desk = killer.desk
    desk.fresh()
    made = desk.here / "made.db"
    killer.command(kind, *words, str(made))
    code, said = desk.run(*words, str(made))
    if code and not (kind == "rescue" and "is there already" in said):  # it was done before it was killed
        yield f"the same again ended with {code}: {said[-300:]}"
    if judged(made) != desk.judged:
        yield f"{judged(made)} verdicts and notes, of {desk.judged}"
    yield from desk.damage(made)


def _ingest(killer: Killer, kind: str, *words: str) -> Iterator[str]:
    killer.command(kind, *words)
    yield from killer.desk.damage()
    code, said = killer.desk.run(*words)
    if code:
        yield f"the same again ended with {code}: {said[-300:]}"
    if killer.desk.counted() != (_SOURCES + _MORE,) * 2:
        yield f"{killer.desk.counted()} sources, of {_SOURCES + _MORE}"
    yield from killer.desk.damage()


def migrate(killer: Killer) -> Iterator[str]:
    killer.desk.fresh(killer.desk.place / "old.db")
    killer.command("migrate", "list")
    yield from killer.desk.damage()
    if killer.desk.counted() != (_SOURCES, _SOURCES):
        yield f"{killer.desk.counted()} sources"


def export(killer: Killer) -> Iterator[str]:
    yield from _written(killer, "export", "brief.json", lambda file: bool(json.loads(file.read_text("utf-8"))))


def bundle(killer: Killer) -> Iterator[str]:
    import zipfile

    yield from _written(killer, "bundle", "brief.zip", lambda file: zipfile.ZipFile(file).testzip() is None)


def _written(killer: Killer, kind: str, name: str, whole: Callable[[Path], bool]) -> Iterator[str]:
    desk = killer.desk
    desk.fresh()
    file = desk.here / name
    old = desk.place / name
    if not old.exists():
        desk.run("export", "-o", str(old), "--title", "Old")
    shutil.copy(old, file)
    before = old.read_bytes()
    killer.command(kind, "export", "-o", str(file), "--overwrite", "--title", "New")
    if not file.exists():
        yield f"{name} is gone"
    elif file.read_bytes() != before and not whole(file):
        yield f"{name} is neither the old nor the new one"
    yield from desk.damage()


def remove(killer: Killer) -> Iterator[str]:
    desk = killer.desk
    desk.fresh()
    with contextlib.closing(sqlite3.connect(desk.here / LIBRARY)) as db:
        ids = [row[0].hex() for row in db.execute("SELECT id FROM source")]
    chosen = killer.chance.sample(ids, 5)
    killer.command("remove", "remove", "--yes", *chosen)
    yield from desk.damage()
    code, said = desk.run("remove", "--yes", *chosen)
    if code > 1 or desk.counted()[0] != _SOURCES - 5:
        yield f"the same again ended with {code} and {desk.counted()}: {said[-300:]}"


def by_worker(kind: str) -> Callable[[Killer], Iterator[str]]:
    """Kills of a process that writes and says what it wrote."""

    def kill(killer: Killer) -> Iterator[str]:
        killer.desk.fresh()
        done = killer.worker(kind, killer.desk.here / LIBRARY)
        yield from killer.desk.damage()
        with Library.open(killer.desk.here / LIBRARY) as library:
            yield from LOST[kind](library, done)

    return kill


def changed_files(killer: Killer) -> Iterator[str]:
    """Files that say something else than when they were read: the same command reads them once more."""
    desk = killer.desk
    desk.fresh()
    inbox = desk.here / "changing"
    shutil.copytree(desk.more, inbox)
    desk.run("add", str(inbox))
    for number, file in enumerate(sorted(inbox.iterdir())):
        file.write_text(file.read_text("utf-8") + f"\n\nCorrection {number}: it was {number + 50} jets.\n", "utf-8")
    killer.command("changed files", "add", str(inbox))
    yield from desk.damage()
    code, said = desk.run("add", str(inbox))
    if code:
        yield f"the same again ended with {code}: {said[-300:]}"
    with contextlib.closing(sqlite3.connect(desk.here / LIBRARY)) as db:
        (newer,) = db.execute("SELECT count(*) FROM source WHERE newer IS NOT NULL").fetchone()
    if newer != _MORE:
        yield f"{newer} sources have a newer version, of {_MORE}"
    yield from desk.damage()


def settings(killer: Killer) -> Iterator[str]:
    from briefing.config import load

    killer.desk.fresh()
    file = killer.desk.here / "config.toml"
    file.write_text('# mine\ntheme = "briefing-light"\n\n[keys]\n# his\n', "utf-8")
    done = killer.worker("settings", file)
    loaded = load(file, {}).settings
    if loaded.theme != "briefing-light" or "# his" not in file.read_text("utf-8"):
        yield "what was in the file is lost"
    if done and loaded.measure not in {int(done[-1][0]), 30 + (int(done[-1][0]) - 29) % 170}:
        yield f"measure is {loaded.measure}, after {done[-1][0]}"


KINDS: Final[dict[str, Callable[[Killer], Iterator[str]]]] = {
    "add": add, "watch": watch, "import": take_in, "migrate": migrate, "copy": copy, "rescue": rescue,
    "export": export, "bundle": bundle,
    "remove by the program": remove, "changed files": changed_files, "settings": settings,
    **{kind: by_worker(kind) for kind in LOST},
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--until", help="the time of day after which nothing is begun")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    kinds = {name: kill for name, kill in KINDS.items() if name.startswith(given.only)}
    kills: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="bench-kill-") as folder:
        desk = Desk(Path(folder))
        killer = Killer(desk, given.seed)
        begun = time.monotonic()
        while kills.total() < given.kills and not (given.until and f"{datetime.now():%H:%M}" >= given.until):
            name = list(kinds)[kills.total() % len(kinds)]
            try:
                found = list(kinds[name](killer))
            except Again:
                continue
            kills[name] += 1
            wrong += bool(found)
            for one in found:
                print(f"WRONG {name}: {one}", flush=True)
            if kills.total() % 26 == 0:
                code, _ = desk.run("doctor")
                spent = f"{time.monotonic() - begun:.0f} s"
                print(f"{kills.total()} kills, {wrong} wrong, {spent}; doctor ended with {code}", flush=True)
        print("; ".join(f"{name} {number}" for name, number in kills.items()))
        ended = [*(f"{number} {what}" for what, number in killer.ended.items()), f"{killer.reported} writes before"]
        print("; ".join(ended))
        print(f"{kills.total()} kills, {wrong} with something lost or damaged")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
