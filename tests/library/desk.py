"""A library that watches a folder, and what works without spaCy on what is put there."""

import os
import sys
from pathlib import Path
from typing import Any

from briefing.ingest import Ingest
from briefing.ingest.folder_watcher import Watching
from briefing.library import Library
from briefing.model.listing import SourceRow
from briefing.model.progress import Finished, IngestEvent

PLAIN = Path(__file__).with_name("plain_worker.py")
PAST = 1_700_000_000


class Desk:
    """A library that watches one folder, and a worker process that finds nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "watched"
        self.folder.mkdir()
        self.path = folder / "library.db"
        self.library = Library.open(self.path)
        self.library.folders.watch(self.folder)
        self.events: list[IngestEvent] = []
        self.clock = PAST

    def file(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self.clock += 10
        os.utime(path, (self.clock, self.clock))
        return path

    def watching(self, **more: Any) -> Watching:
        from briefing.extract.nlp.fingerprint import fingerprint

        return Watching(self.library, jobs=1, command=(sys.executable, str(PLAIN), fingerprint()), **more)

    def catch_up(self) -> Finished:
        self.events = []
        return self.watching().catch_up(self.events.append)

    def add(self, *refs: Path | str, **more: Any) -> Finished:
        made = Ingest(self.library, [str(ref) for ref in refs], jobs=1, **more)
        made.command = (sys.executable, str(PLAIN), made.fingerprint)
        self.events = []
        return made.run(self.events.append)

    def rows(self) -> dict[str, SourceRow]:
        return {row.title: row for row in self.library.sources("added")}

    def told(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]
