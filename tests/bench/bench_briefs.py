"""Measure printed briefs: ``python tests/bench/bench_briefs.py [FILE|FOLDER ...] [--made 1000]``.

For the files or folders, and for a made-up pile of ``--made`` sources on many events, prints how many words page one,
the body and the notes have, and how they stand to the words of the sources: the body beyond one page (500 words) and
the notes, each over the words of the sources; then how many claims stand on more than one row, which should be none.
"""

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from briefing.compare import compare
from briefing.export import Selection, render
from briefing.export.room import PAGE
from briefing.export.selection import Document
from briefing.library import Library
from tests.bench.bench_compare import pile

ROW = re.compile(r"^\| (C\d+) \||^- \*\*(C\d+)\*\* |[^\w*(] ?(C\d+) (?=\[\^)", re.MULTILINE)


def measure(name: str, documents: Sequence[Document]) -> str:
    """One line of the table: the brief of some sources."""
    selection = Selection(
        documents=tuple(documents), reviews={}, comparison=compare(documents), title="", day=date(2031, 5, 14)
    )
    text = render(selection, "markdown")
    body, _, notes = text.partition("\n## Notes")
    front = re.split(r"^## (?:Timeline|E\d|Sources)", body, maxsplit=1, flags=re.MULTILINE)[0]
    of = sum(source.words for source, _ in documents)
    words = [len(part.split()) for part in (front, body, notes)]
    rows = Counter(next(filter(None, found)) for found in ROW.findall(body))
    twice = sum(times > 1 for times in rows.values())
    beyond = max(0, words[1] - PAGE) / of
    return (
        f"{name:26}{len(documents):>8,}{of:>9,}{words[0]:>9,}{words[1]:>9,}{words[2]:>9,}"
        f"{beyond:>9.2f}{words[2] / of:>8.2f}{twice:>5} of {len(rows):,}"
    )


def read(paths: Sequence[Path], path: Path) -> list[Document]:
    """The sources of files or folders, extracted into a library."""
    import subprocess
    import sys

    command = [sys.executable, "-m", "briefing", "--library", str(path), "add", *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True)
    with Library.open(path) as library:
        return [(library.source(r.id), library.extraction(r.id)) for r in library.sources(order="added", limit=5000)]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--made", type=int, default=1000)
    asked = parser.parse_args()
    heads = ("sources", "words", "page one", "body", "notes", "beyond", "notes")
    print(f"{'':26}" + "".join(f"{head:>{9 if n else 8}}" for n, head in enumerate(heads)) + "  on two rows")
    for path in asked.paths:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(path.name, read([path], Path(folder, "library.db"))), flush=True)
    if asked.made:
        print(measure("made up", list(pile(asked.made))))


if __name__ == "__main__":
    main()
