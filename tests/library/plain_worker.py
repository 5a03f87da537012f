"""The real worker process, but for spaCy: files are read as always, and nothing is found in them.

Run as ``python plain_worker.py FINGERPRINT``.
"""

import sys
from collections.abc import Callable, Iterator

from briefing.ingest import worker
from briefing.model.facts import Extraction
from briefing.model.source import Source


class Plain(worker.Worker):
    def _load(self) -> Callable[[list[Source]], Iterator[Extraction]]:
        return lambda sources: (Extraction(source_id=source.id, extractor=self.fingerprint) for source in sources)


worker.Worker = Plain  # type: ignore[misc]
worker.main(["--model", "none", "--fingerprint", sys.argv[1]])
