"""Time the comparison: ``python tests/bench/bench_compare.py [-n 1000] [--event 200] [--library 100000]``.

Prints a table: seconds of processor time and peak memory for comparing ``-n`` made-up sources on many events, for
finding and comparing the sources of one event of ``--event`` sources in a tenth of ``--library`` sources and in all of
them, through the index, and for adding one more source of that event and comparing it. A library ten times as large
may cost no more: what is read is what the event touches. Each line is measured in a process of its own.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from briefing.compare import compare
from briefing.export.event_pool import event_pool
from briefing.library import Library
from briefing.library.store.writer import Item
from briefing.model.facts import Count, Extraction, Mention
from briefing.model.source import Source

SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ren",
    "tas",
    "vor",
    "bel",
    "dun",
    "gar",
    "hol",
    "isk",
    "jor",
    "nal",
    "pet",
    "ruk",
    "sol",
    "tem",
    "ul",
    "vex",
    "wyn",
]
THINGS = ("patrol boat", "fighter", "soldier", "truck", "drone", "tanker", "helicopter", "frigate")
PER_EVENT = 8
CLOCK = time.process_time


def name(number: int) -> str:
    """A name that no other number has."""
    rng = random.Random(number)
    return "".join(rng.choice(SYLLABLES) for _ in range(4)).capitalize() + str(number)


def report(event: int, number: int) -> tuple[Source, Extraction]:
    """A source on an event: its day, its place, its body, a few figures that others give too."""
    rng = random.Random(event * 1000 + number)
    day = date(2025, 1, 1) + timedelta(days=event % 300)
    place, body = name(event), f"{name(event + 500_000)} Navy"
    figures = [(rng.choice((event % 7 + 2, event % 7 + 3)), thing) for thing in rng.sample(THINGS, 4)]
    told = " ".join(f"The {body} counted {n} {thing}s near {place}." for n, thing in figures)
    words = " ".join(name(rng.randrange(10**6)) for _ in range(60))
    text = f"{body} near {place}, report {number}\n\n{told} On {day:%d %B %Y} it was seen. {words}\n"
    source = Source(
        id=f"{event:032x}{number:032x}", path=f"/in/{event}-{number}.txt", title=text.partition("\n")[0], text=text,
        published=day + timedelta(days=1), publisher=f"Gazette {number % 40}", format="text", encoding="utf-8",
    )  # fmt: skip
    mentions = [_mention(text, place, "PLACE"), _mention(text, body, "ORG")]
    counts = tuple(_count(text, n, thing) for n, thing in figures)
    return source, Extraction(source_id=source.id, extractor="bench", mentions=tuple(mentions), counts=counts)


def _mention(text: str, words: str, kind: str) -> Mention:
    start = text.index(words)
    return Mention.model_validate(
        {"start": start, "end": start + len(words), "text": words, "type": kind, "name": words}
    )


def _count(text: str, number: int, thing: str) -> Count:
    words = f"{number} {thing}s"
    start = text.index(words)
    return Count(
        start=start, end=start + len(words), evidence=words, low=number, high=number, item=thing, category="ship"
    )


def pile(size: int) -> Iterator[tuple[Source, Extraction]]:
    """Sources on events of a few sources each."""
    yield from (report(number // PER_EVENT, number % PER_EVENT) for number in range(size))


def measure_pile(size: int) -> None:
    """Compare a pile; print seconds and peak memory."""
    documents = list(pile(size))
    began = CLOCK()
    found = compare(documents)
    print(f"compare {size:,} sources|{CLOCK() - began:.2f}|{peak()}|{len(found.groups):,} claims")


def measure_event(path: str, of: int) -> None:
    """Find the sources of one event through the index and compare them; print seconds and peak memory."""
    with Library.open(Path(path)) as library:
        one = next(row for row in library.sources(order="added", limit=1))
        source = library.source(one.id)
        began = CLOCK()
        ids = event_pool(library, source)
        searched = CLOCK() - began
        found = compare([(library.source(key), library.extraction(key)) for key in ids])
        total = library.totals().sources
    line = f"one event of {of:,} in {total:,}|{CLOCK() - began:.2f}|{peak()}"
    print(f"{line}|{searched:.2f} s to find {len(ids):,} sources, {len(found.groups):,} claims")


def measure_one_more(path: str, of: int) -> None:
    """Add one source to the event and compare it with those of its event; print seconds and peak memory."""
    with Library.open(Path(path)) as library:
        library.totals()
        began = CLOCK()
        source, extraction = report(999_999, of + 1)
        library.add_all([Item(source, extraction)])
        added = CLOCK() - began
        ids = event_pool(library, source)
        found = compare([(library.source(key), library.extraction(key)) for key in ids])
        total = library.totals().sources
    more = f"{added:.3f} s to add it, {len(ids):,} sources, {len(found.groups):,} claims"
    print(f"one more source in {total:,}|{CLOCK() - began:.2f}|{peak()}|{more}")


def peak() -> str:
    """The most memory that this process took."""
    scale = 1024 if sys.platform != "darwin" else 1
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 2**20:.0f} MiB"


def fill(path: Path, size: int, event: int) -> None:
    """A library of one large event and many small ones."""
    with Library.open(path) as library:
        made = [Item(*report(999_999, number)) for number in range(event)]
        library.add_all(made)
        for start in range(0, size - event, 500):
            numbers = range(start, min(start + 500, size - event))
            library.add_all([Item(*report(n // PER_EVENT, n % PER_EVENT)) for n in numbers])


def main() -> None:
    """Measure, each in its own process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--event", type=int, default=200)
    parser.add_argument("--library", type=int, default=100_000)
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        kind, path, size = asked.run
        if kind == "pile":
            measure_pile(int(size))
        else:
            (measure_event if kind == "event" else measure_one_more)(path, int(size))
        return
    rows = [["pile", "-", str(size)] for size in (asked.n // 4, asked.n // 2, asked.n)]
    with tempfile.TemporaryDirectory() as folder:
        for size in (asked.library // 10, asked.library):
            path = Path(folder, f"library{size}.db")
            fill(path, size, asked.event)
            rows += [[kind, str(path), str(asked.event)] for kind in ("event", "more")]
        print(f"{'':34} {'seconds':>8} {'memory':>9}")
        for row in rows:
            done = subprocess.run([sys.executable, __file__, "--run", *row], capture_output=True, text=True, check=True)
            what, seconds, memory, more = done.stdout.strip().split("|")
            print(f"{what:34} {seconds:>8} {memory:>9}  {more}")


if __name__ == "__main__":
    main()
