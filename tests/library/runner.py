"""Ingests with a worker process that needs no spaCy."""

import sys
import threading
from pathlib import Path
from typing import Any

from briefing.ingest import Ingest
from briefing.library import Library
from briefing.model.progress import Finished, IngestEvent

FAKE = Path(__file__).with_name("fake_worker.py")


class Runner:
    """Runs ingests into one library, and keeps what was told and what the workers did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox = folder / "in"
        self.inbox.mkdir()
        self.log = folder / "log"
        self.log.touch()
        self.library = Library.open(folder / "library.db")
        self.events: list[IngestEvent] = []

    def file(self, name: str, text: str) -> str:
        path = self.inbox / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
        return str(path)

    def ingest(self, *refs: str, **more: Any) -> Ingest:
        made = Ingest(self.library, refs or (str(self.inbox),), **{"jobs": 1, **more})
        made.command = (sys.executable, str(FAKE), str(self.log), made.fingerprint)
        return made

    def run(self, *refs: str, stop: threading.Event | None = None, **more: Any) -> Finished:
        self.events = []
        return self.ingest(*refs, **more).run(self.events.append, stop)

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def titles(self) -> list[str]:
        return [row.title for row in self.library.sources("added")]


def check(library: Library) -> None:
    """Nothing in it is damaged."""
    with library.store.write() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for index in ("word_index", "quote_index"):
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
