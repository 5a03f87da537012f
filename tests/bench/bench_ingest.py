"""How fast texts get into the library: ``python tests/bench/bench_ingest.py [-n 600] [--rounds 3] [--texts FOLDER]``.

Four ways over the same texts, taking turns, each in processes of its own:

    bare      spaCy's ``nlp.pipe`` with the model, kernels, batch and left-out components of our pipeline; nothing is
              kept of its documents
    one       the whole ingest with one worker process into a new library: files found, hashed and read, facts
              extracted, sources written and indexed; no cache
    two       the same with two
    stock     ``nlp.pipe`` of the model as ``spacy.load`` gives it

Words a second of ``nlp.pipe`` are those of its whole run after the model is loaded and has seen a few texts; of an
ingest those that come into the library between a tenth and nine tenths of the words. Starting processes and models is
outside, and told by itself. Beside the wall's time stands that of the processors, all processes together over the same
stretch: on a machine that others use too, it is the steadier one. ``--texts`` takes a folder of ``.txt`` files, or a
``.jsonl`` with a ``text`` in each line, repeated until there are ``n``.
"""

import argparse
import contextlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

WAYS: Final = ("bare", "one", "two", "stock")
TARGETS: Final = (("one", "bare", 0.80), ("two", "one", 1.70), ("two", "stock", 3.0))
_WARM: Final = 5
_STOCK_SHARE: Final = 3
"""The stock pipeline is slow: it gets one of so many texts."""


class Clock:
    """When how many words were done, and the processor's time by then."""

    def __init__(self, total: int) -> None:
        self.begun = time.perf_counter()
        self.marks = [total * 0.1, total * 0.9]
        self.reached: list[tuple[int, float, float, float]] = []
        self.words = 0
        self.first = 0.0

    def done(self, words: int) -> None:
        """So many more."""
        self.first = self.first or time.perf_counter()
        self.words += words
        if len(self.reached) < 2 and self.words >= self.marks[len(self.reached)]:
            self.reached.append((self.words, time.perf_counter(), time.process_time(), cpu_of_children()))

    def result(self) -> dict[str, float]:
        """Words a second; microseconds a word of this process and of its children; seconds to the first text."""
        words, wall, own, children = (b - a for a, b in zip(*self.reached, strict=True))
        return {
            "rate": words / wall,
            "own": own / words * 1e6,
            "children": children / words * 1e6,
            "start": self.first - self.begun,
        }


def cpu_of_children() -> float:
    """Processor seconds of the running children of this process (Linux)."""
    seconds = 0.0
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = status.read_text("ascii", "replace").rpartition(")")[2].split()
            if int(fields[1]) == os.getpid():
                seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def read_texts(place: Path | None, n: int) -> Iterator[str]:
    """``n`` different texts."""
    if place is None:
        from prose import Prose

        yield from Prose().texts(n)
        return
    if place.suffix == ".jsonl":
        found = [json.loads(line)["text"] for line in place.read_text("utf-8").splitlines() if line.strip()]
    else:
        found = [path.read_text("utf-8") for path in sorted(place.rglob("*.txt"))]
    for number, text in zip(range(n), itertools.cycle(found), strict=False):
        yield text if number < len(found) else f"{text.rstrip()}\n\nCopy {number}.\n"


def piped(folder: Path, make: Callable[[], Any], **how: Any) -> dict[str, float]:
    """Run a pipeline over the folder's texts."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    begun = time.perf_counter()
    nlp = make()
    list(nlp.pipe(texts[:_WARM], **how))
    loaded, spent = time.perf_counter(), time.process_time()
    for _ in nlp.pipe(texts, **how):
        pass
    wall, spent = time.perf_counter() - loaded, time.process_time() - spent
    return {"rate": words / wall, "own": spent / words * 1e6, "children": 0.0, "start": loaded - begun}


def bare(folder: Path) -> dict[str, float]:
    """The model and kernels of our pipeline, run by spaCy."""
    from briefing.extract import pipeline
    from briefing.extract.nlp import kernels

    return piped(folder, lambda: pipeline.base(kernels=kernels.choose("auto")), batch_size=pipeline.BATCH)


def stock(folder: Path) -> dict[str, float]:
    """The model as it comes."""
    import spacy

    from briefing.extract.nlp.base_model import DEFAULT_MODEL

    return piped(folder, lambda: spacy.load(DEFAULT_MODEL))


def ingest(folder: Path, jobs: int) -> dict[str, float]:
    """Everything, with so many workers."""
    from briefing.ingest import Ingest
    from briefing.library import Library
    from briefing.model.progress import Added, IngestEvent

    words = {str(path): len(path.read_text("utf-8").split()) for path in folder.glob("*.txt")}
    with (
        tempfile.TemporaryDirectory(prefix="bench-ingest-") as place,
        Library.open(Path(place, "library.db")) as library,
    ):
        clock = Clock(sum(words.values()))

        def on_event(event: IngestEvent) -> None:
            if isinstance(event, Added):
                clock.done(words[event.row.path])

        done = Ingest(library, [str(folder)], jobs=jobs).run(on_event)
        assert done.added == len(words), done
    return clock.result()


RUN: Final[dict[str, Callable[[Path], dict[str, float]]]] = {
    "bare": bare,
    "one": lambda folder: ingest(folder, 1),
    "two": lambda folder: ingest(folder, 2),
    "stock": stock,
}


def measure(way: str, folder: Path) -> dict[str, float]:
    """One way, in a process of its own; kernels with one thread, as in a worker."""
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, __file__, "--one", way, str(folder)]
    done = subprocess.run(command, env={**os.environ, **threads}, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def write(folder: Path, texts: Iterable[str]) -> int:
    """The texts as files; their words."""
    folder.mkdir()
    words = 0
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text, "utf-8")
        words += len(text.split())
    return words


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=600, help="texts")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=Path, help="a folder of .txt files or a .jsonl; made-up prose by default")
    parser.add_argument("--ways", default=",".join(WAYS), help="which of them, with commas")
    parser.add_argument("--one", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(RUN[given.one[0]](Path(given.one[1]))))
        return
    ways = given.ways.split(",")
    with tempfile.TemporaryDirectory(prefix="bench-ingest-") as place:
        all_, few = Path(place, "all"), Path(place, "few")
        texts = list(read_texts(given.texts, given.n))
        words = write(all_, texts)
        write(few, texts[::_STOCK_SHARE])
        print(f"{len(texts)} texts of {words / len(texts):.0f} words; {os.cpu_count()} processors", flush=True)
        rounds: list[dict[str, dict[str, float]]] = []
        for number in range(given.rounds):
            rounds.append({way: measure(way, few if way == "stock" else all_) for way in ways})
            print(f"round {number + 1}: " + _line(rounds[-1]), flush=True)
    report(rounds)


def _line(rates: dict[str, dict[str, float]]) -> str:
    return "  ".join(f"{way} {found['rate']:,.0f}" for way, found in rates.items()) + " words/s"


def report(rounds: list[dict[str, dict[str, float]]]) -> None:
    """The table: medians of the rounds, and the ratios within each."""
    print(f"\n{'':8}{'words/s':>10}{'start s':>10}{'CPU µs/word':>14}{'of it the program':>20}")
    for way in rounds[0]:
        rate, start, own, children = (
            statistics.median(r[way][key] for r in rounds) for key in ("rate", "start", "own", "children")
        )
        program = f"{own:.1f}" if children else ""
        print(f"{way:8}{rate:10,.0f}{start:10.1f}{own + children:14.1f}{program:>20}")
    print(f"\n{'':10}{'by the wall':>22}{'by the processors':>22}{'at least':>12}")
    for over, under, least in TARGETS:
        if over in rounds[0] and under in rounds[0]:
            wall = [r[over]["rate"] / r[under]["rate"] for r in rounds]
            cpu = [_share(under, r[under]) / _share(over, r[over]) for r in rounds]
            sign = "" if statistics.median(wall) >= least else "  missed"
            print(f"{over + '/' + under:10}{_spread(wall):>22}{_spread(cpu):>22}{least:12.2f}{sign}")


def _share(way: str, found: dict[str, float]) -> float:
    """Processor time a word as the wall would show it on two processors that are free.

    With one worker the program runs beside it; with two all three share the two.
    """
    return (found["own"] + found["children"]) / 2 if way == "two" else max(found["own"], found["children"])


def _spread(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


if __name__ == "__main__":
    main()
