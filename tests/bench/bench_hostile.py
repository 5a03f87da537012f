"""Hostile documents and queries, made by the thousand: no crash, no escape, no wrong offset, nothing over its limits.

    python tests/bench/bench_hostile.py [--documents 100000] [--queries 20000] [--seed 1] [--state FILE] [--until 18:30]

Documents go through the readers, each within the seconds and all within the memory that a worker has; every sixteenth
is extracted too. What would reach a terminal is looked through for anything but plain characters. Counts, the slowest
read and the most memory are printed after every thousand documents; with a state file a run that was cut off goes on
where it was. Exit code 1 where anything did not hold. Formats are in ``FORMATS``: a maker takes a ``random.Random`` and
gives bytes and the suffix of a name.
"""

# ruff: noqa: E501 - the atoms of queries in few lines

import argparse
import json
import multiprocessing
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import hostile_packed as packed
import hostile_texts as texts
from hostile_texts import Made, words

from briefing.ingest import limits
from briefing.library.search.query import parse
from briefing.model.facts import Extraction
from briefing.model.safetext import UNSAFE, SafeText
from briefing.model.source import PassedOver, Source
from briefing.sources import read_parts

SECONDS: Final = 10.0
"""Of a processor, for one document of at most a few kilobytes."""
BATCH: Final = 1000
"""Documents after which the figures are printed and kept."""
FORMATS: Final[tuple[Callable[[random.Random], Made], ...]] = (
    texts.plain, texts.markdown, texts.html, texts.mhtml, texts.rtf, texts.mail, texts.raw_mail, texts.mbox, texts.feed,
    texts.json_feed, texts.subtitles, texts.delimited, texts.telegram, texts.whatsapp, texts.addresses,
    texts.references, texts.telegram_page, texts.month,
    packed.docx, packed.odt, packed.ods, packed.epub, packed.xlsx, packed.old_sheet, packed.pptx, packed.packed,
    packed.tape, packed.single, packed.web_archive, packed.outlook, packed.envelope, packed.picture, packed.pdf, packed.set_pdf,
)  # fmt: skip


def harmed(chance: random.Random, data: bytes) -> bytes:
    """The bytes with a few of them lost, doubled or changed."""
    made = bytearray(data)
    for _ in range(chance.choice([0, 0, 1, 3, 20])):
        if not made:
            break
        at = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + chance.randint(1, 40)]
            case 2:
                made[at:at] = made[max(0, at - chance.randint(1, 40)) : at]
            case _:
                made[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(made)


ATOMS: Final = (
    '"', "(", ")", "-", "+", "*", "~", "~5", ":", "OR", "AND", "NOT ", "a", "title:", "date:[2025 TO", "]", "speaker:", "B-52H", "AT&T",
    "is:un*", "type:", "^", "!", "\\", "/", "||", "“", "?", "{", "²", "İ", "\x1b", " ", " ", "1", "..", ">", "=", "(a OR (b ",
)  # fmt: skip


def faults(source: Source) -> Iterator[str]:
    """What is not as it must be of a source."""
    shown = {
        "text": source.text,
        "title": source.title,
        "path": source.path,
        "publisher": source.publisher or "",
        "author": source.author or "",
        "lost": SafeText(" ".join(source.lost)),
    }
    end = len(source.text)
    for name, text in shown.items():
        if match := re.search(UNSAFE, text):
            yield f"{name} holds {match[0]!r}"
        if SafeText(str(text)) != text:
            yield f"{name} is not clean"
    yield from (f"page at {page.start} of {end}" for page in source.pages if page.start > end)
    yield from (f"aside at {one.start} of {end}" for one in source.asides if not 0 <= one.start <= one.end <= end)
    if end > limits.MAX_TEXT:
        yield f"{end} characters"


@dataclass
class Figures:
    """What a run has found."""

    documents: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds of a processor for reading one document."""
    slowest_of: str = ""
    slowest_extraction: float = 0.0
    memory: float = 0.0
    """The most that the process took, MiB."""

    def line(self) -> str:
        """All of it on one."""
        counts = ", ".join(f"{number:,} {what}" for what, number in sorted(self.counts.items()))
        return (
            f"{self.documents:,} documents: {counts}; {len(self.wrong)} faults; slowest read {self.slowest:.2f} s "
            f"({self.slowest_of}), extraction {self.slowest_extraction:.2f} s; most memory {self.memory:,.0f} MiB"
        )


def kept(file: Path) -> Figures:
    """The figures of a run that was cut off; none where there was no run."""
    if not file.exists():
        return Figures()
    stated = json.loads(file.read_text("utf-8"))
    return Figures(**{**stated, "counts": Counter(stated["counts"])})


class Run:
    """Documents that are made, read and looked at."""

    def __init__(self, seed: int, figures: Figures | None = None, *, extract: int = 16, limited: bool = False) -> None:
        """``extract``: every so many-th document; 0 is none. ``limited``: with the seconds that a worker has."""
        self.seed = seed
        self.figures = figures or Figures()
        self.extract = extract
        self.limited = limited
        self.checkpoint: Callable[[Figures], None] = lambda _: None
        """Called before each document."""

    def documents(self, number: int) -> Figures:
        """Read so many more documents."""
        figures = self.figures
        for n in range(figures.documents, figures.documents + number):
            self.checkpoint(figures)
            chance = random.Random(f"{self.seed}-{n}")
            maker = FORMATS[n % len(FORMATS)]
            made = maker(chance)
            data = harmed(chance, made.data)
            path = f"/in/{SafeText(words(chance, 1))[:40]}{made.suffix}"
            found = self._read(data, path, f"{self.seed}-{n} {maker.__name__}")
            for source in found[:3] if self.extract and n // len(FORMATS) % self.extract == 0 else ():
                self._extract(source)
            figures.documents += 1
        figures.memory = max(figures.memory, _peak())
        return figures

    def _read(self, data: bytes, path: str, name: str) -> list[Source]:
        """The sources of one document, looked at."""
        figures = self.figures
        begun = time.process_time()
        self._allow(limits.READING)
        found: list[Source] = []
        try:
            for one in read_parts(data, path):
                if isinstance(one, Source):
                    found.append(one)
                    figures.wrong += [f"{name}: {fault}" for fault in faults(one)]
                else:
                    figures.counts["passed over" if isinstance(one, PassedOver) else "refused"] += 1
                    if re.search(UNSAFE, one.reason) or not one.reason:
                        figures.wrong.append(f"{name}: reason {one.reason!r}")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            figures.wrong.append(f"{name}: {type(error).__name__}: {error}"[:300])
        figures.counts["sources"] += len(found)
        taken = time.process_time() - begun
        if taken > figures.slowest:
            figures.slowest, figures.slowest_of = taken, name
        if taken > SECONDS:
            figures.wrong.append(f"{name}: {taken:.1f} s")
        return found

    def _extract(self, source: Source) -> None:
        """Wrong offsets, lost sources and failing components of an extraction."""
        from briefing.extract.pipeline import extract, load

        nlp = load()
        figures = self.figures
        begun = time.process_time()
        self._allow(limits.extracting_seconds(len(source.text)))
        try:
            for found in extract(nlp, [source], "f"):
                figures.counts["extracted"] += 1
                figures.wrong += [f"{source.path}: {fault}" for fault in _misplaced(found, str(source.text))]
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            figures.wrong.append(f"{source.path}: {type(error).__name__}: {error}"[:300])
        figures.slowest_extraction = max(figures.slowest_extraction, time.process_time() - begun)

    def _allow(self, seconds: float) -> None:
        if self.limited:
            limits.allow_seconds(seconds)


def _misplaced(found: Extraction, text: str) -> Iterator[str]:
    yield from (f"{m.text!r} is not at {m.start}" for m in found.mentions if text[m.start : m.end] != m.text)
    yield from (f"{c.evidence!r} is not at {c.start}" for c in found.counts if text[c.start : c.end] != c.evidence)
    yield from (
        f"a quote ends at {q.end} of {len(text)}" for q in found.quotes if not 0 <= q.start < q.end <= len(text)
    )
    yield from (
        f"a sentence from {start} to {end}" for start, end in found.sentences if not 0 <= start <= end <= len(text)
    )
    yield from (w.message for w in found.warnings if w.kind == "not-extracted")


def _peak() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def queries(number: int, seed: int) -> list[str]:
    """Queries that raise, or are not understood as they are shown."""
    wrong = []
    for n in range(number):
        chance = random.Random(f"{seed}-{n}")
        query = "".join(chance.choice(ATOMS) for _ in range(chance.choice([3, 8, 30, 150])))
        try:
            first = parse(query)
            if parse(str(first)).tree != first.tree:
                wrong.append(f"{query!r} is shown as {str(first)!r}, which is another")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            wrong.append(f"{query!r}: {type(error).__name__}: {error}")
    return wrong


def _peak_of_children() -> int:
    """The most bytes that any process of ours has taken."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def in_child(run: Run, number: int) -> Figures:
    """Read so many more in a process of their own, so that a library that ends the process ends one document."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(run, number, theirs))
    child.start()
    theirs.close()
    with suppress(EOFError):
        while True:
            run.figures = ours.recv()
    child.join()
    if child.exitcode:
        met = limits.limit_met(child.exitcode, _peak_of_children(), reading=True)
        if met is not None:  # which a worker's coordinator says of the document
            run.figures.counts["ended by a limit"] += 1
        else:
            run.figures.wrong.append(f"{run.seed}-{run.figures.documents}: the process ended with {child.exitcode}")
        run.figures.documents += 1
    return run.figures


def _child(run: Run, number: int, answers: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries say of damaged documents
    limits.begin()
    signal.signal(signal.SIGXCPU, _out_of_time)
    run.checkpoint = answers.send
    run.documents(number)
    answers.send(run.figures)


def _out_of_time(*_: object) -> None:
    raise TimeoutError("more seconds of a processor than a worker has")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=100_000)
    options.add_argument("--queries", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--state", type=Path, help="a file in which the figures are kept while it runs")
    options.add_argument("--until", help="the time of day, 18:30, after which no more documents are begun")
    options.add_argument("--extract", type=int, default=16, help="every so many-th document is extracted; 0: none")
    chosen = options.parse_args()
    figures = kept(chosen.state) if chosen.state else Figures()
    if chosen.extract:
        from briefing.extract.pipeline import load

        load()
    wrong = queries(chosen.queries, chosen.seed)
    print(f"{chosen.queries:,} queries: {len(wrong)} faults", flush=True)
    while figures.documents < chosen.documents and not (chosen.until and f"{datetime.now():%H:%M}" >= chosen.until):
        before = len(figures.wrong)
        run = Run(chosen.seed, figures, extract=chosen.extract, limited=True)
        figures = in_child(run, min(BATCH, chosen.documents - figures.documents))
        for fault in figures.wrong[before:]:
            print(ascii(fault))
        if chosen.state:
            chosen.state.write_text(json.dumps({**vars(figures), "counts": dict(figures.counts)}), "utf-8")
        print(figures.line(), flush=True)
    for fault in wrong[:50]:
        print(ascii(fault))
    return 1 if wrong or figures.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
