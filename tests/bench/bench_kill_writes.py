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
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from kill_desk import LIBRARY, MORE, SOURCES, Again, Desk, Killer, judged
from kill_losses import LOST

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.library import Library


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
    if [(len(one.sources), one.bottom_line, bool(one.grades)) for one in kept] != [(MORE, "It goes on.", True)]:
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
    if killer.desk.counted() != (SOURCES + MORE,) * 2:
        yield f"{killer.desk.counted()} sources, of {SOURCES + MORE}"
    yield from killer.desk.damage()


def migrate(killer: Killer) -> Iterator[str]:
    killer.desk.fresh(killer.desk.place / "old.db")
    killer.command("migrate", "list")
    yield from killer.desk.damage()
    if killer.desk.counted() != (SOURCES, SOURCES):
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
    if code > 1 or desk.counted()[0] != SOURCES - 5:
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
    if newer != MORE:
        yield f"{newer} sources have a newer version, of {MORE}"
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
