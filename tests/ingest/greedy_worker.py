"""The real worker process, but for spaCy, with readers and an extractor that take what a text says they should.

Run as ``python greedy_worker.py FINGERPRINT``.
"""

import os
import sys
from collections.abc import Callable, Iterator

from briefing.ingest import limits, worker
from briefing.model.facts import Extraction
from briefing.model.source import Source

limits.READING = 1
limits.EXTRACTING = 1
limits.MEMORY = 256 * 1024 * 1024


def take(text: str, when: str) -> None:
    if f"SPIN {when}" in text:
        while True:
            pass
    if f"EAT {when}" in text:
        held = []
        while True:
            held.append(bytearray(8 * 1024 * 1024))
    if f"CRASH {when}" in text:
        held = bytearray(200 * 1024 * 1024)
        for place in range(0, len(held), 4096):
            held[place] = 1
        os.abort()


class Greedy(worker.Worker):
    def _load(self) -> Callable[[list[Source]], Iterator[Extraction]]:
        def extract(sources: list[Source]) -> Iterator[Extraction]:
            for source in sources:
                take(source.text, "extracting")
                yield Extraction(source_id=source.id, extractor=self.fingerprint)

        return extract


read = worker._source


def source(task: worker.Task) -> Source:
    found = read(task)
    take(found.text, "reading")
    return found


worker._source = source
worker.Worker = Greedy  # type: ignore[misc]
worker.main(["--model", "none", "--fingerprint", sys.argv[1]])
