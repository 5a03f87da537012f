"""A program that works through the queue of a library, with workers that need no spaCy: ADDRESS LOG LEASE."""

import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

from briefing.ingest import Ingest
from briefing.ingest.work import work
from briefing.library import Library
from briefing.library.opening import open_library
from briefing.library.postgres.tasks import Reader
from briefing.model.progress import Finished

FAKE = Path(__file__).with_name("fake_worker.py")
READER = Reader("f1", "1.0", "a_model")


def made(library: Library, log: str, **more: Any) -> Ingest:
    """An ingest with such workers."""
    ingest = Ingest(library, jobs=1, **more)
    ingest.fingerprint = READER.extractor
    ingest.command = (sys.executable, str(FAKE), log, READER.extractor)
    return ingest


def run(library: Library, log: str, lease: float) -> Finished:
    """Work until the queue is empty."""
    return work(
        library, partial(made, library, log), jobs=1, reader=READER, stop=threading.Event(), until_empty=True,
        lease=lease, on_event=lambda _: None,
    )  # fmt: skip


if __name__ == "__main__":
    with open_library(sys.argv[1]) as opened:
        run(opened, sys.argv[2], float(sys.argv[3]))
