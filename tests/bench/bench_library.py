"""Fill a library with made-up sources, and time it: ``python tests/bench/bench_library.py [-n 20000] [FILE]``.

The sources are of about 300 words, with a vocabulary, names and dates distributed as in a pile of news: a few words and
names make up most of a text (Zipf), most words of the vocabulary are rare. They go through the same writer as extracted
ones. Words are partly English, partly made of syllables; nothing is taken from anywhere.
"""

import argparse
import hashlib
import itertools
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from briefing.library import Library
from briefing.library.store.writer import Item
from briefing.model.facts import Count, EntityType, Extraction, Mention, Participant, Quote
from briefing.model.safetext import SafeText
from briefing.model.source import Source

_COMMON: Final = """
the of and to in a for that is on was with as by at from it he be are said has have an not will which their its
were after this but had they would also been more than two who new about between his when over under all during
could year first into other three last against some up time there most no only if so we she out can may many
such while before through per since where each both through now these those off around near along north south
east west
"""
_FIELD: Final = """
military forces defence ministry aircraft missile ballistic launch exercise officials government bomber fighter
escort joint statement drill nuclear security navy air force base troops ship destroyer carrier submarine radar
drone attack strike border region allies alliance training command general minister spokesman told reporters
weapons system test intelligence flight pilots squadron deployed operation support combat ground defense
strategic capability threat sanctions peace talks summit agreement treaty artillery rocket cruise hypersonic
satellite surveillance patrol
"""
_START: Final = """
b br c ch d dr f fl g gr h j k kl l m n p pr qu r s st t tr v w
"""
_MIDDLE: Final = """
a e i o u ai ea ou
"""
_END: Final = """
b ck d g l ll m n nd ng nt p r rn s sh st t th x y
"""
_VOCABULARY: Final = 60_000
_FIRST_DAY: Final = date(2022, 7, 1)
_DAYS: Final = 1200


class World:
    """Words and names with their weights; the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.syllables = (_START.split(), _MIDDLE.split(), _END.split())
        frequent = [*_COMMON.split(), *_FIELD.split()]
        made = {self._word() for _ in range(3 * _VOCABULARY)} - {*frequent}
        rare = sorted(made)
        self.random.shuffle(rare)
        self.words = [*frequent, *rare][:_VOCABULARY]
        self.weights = list(itertools.accumulate(1 / (n + 3) for n in range(len(self.words))))
        units = [*_FIELD.split(), *self.words[150:900]]
        self.phrases = [" ".join(self.random.sample(units, self.random.choice((2, 2, 3)))) for _ in range(1500)]
        self.names: dict[EntityType, list[str]] = {
            "PERSON": [f"{self._word().title()} {self._word().title()}" for _ in range(6000)],
            "ORG": [f"{self._word().title()} {self.random.choice(('Command', 'Agency'))}" for _ in range(900)],
            "NATION": [self._word().title() + "ia" for _ in range(80)],
            "PLACE": [self._word().title() for _ in range(2000)],
            "AIRCRAFT": [f"{self.random.choice('ABCFHKM')}-{n}{self.random.choice('ABC')}" for n in range(1, 90)],
            "DATE": [f"{day} {month}" for day in range(1, 29) for month in ("June", "July", "August")],
        }

    def _word(self) -> str:
        pick = self.random.choice
        parts = self.random.choice((1, 2, 2, 2, 3))
        start, middle, end = self.syllables
        return "".join(pick(start) + pick(middle) for _ in range(parts)) + pick(end)

    def some(self, n: int) -> str:
        """About ``n`` words as they stand in a sentence; some come in set phrases."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=n)
        if n > 3 and self.random.random() < 0.5:
            words[1:3] = [self.phrases[int(len(self.phrases) * self.random.random() ** 3)]]
        return " ".join(words)

    def name(self, kind: EntityType) -> str:
        """A name of that type; the first ones are the frequent ones."""
        names = self.names[kind]
        return names[int(len(names) * self.random.random() ** 3)]

    def items(self, n: int) -> Iterator[Item]:
        """So many sources with what was found in them."""
        for number in range(n):
            yield self._item(number)

    def _item(self, number: int) -> Item:
        pick = self.random
        text = [self.some(8).capitalize(), "\n\n"]
        at = sum(map(len, text))
        mentions: list[Mention] = []
        counts: list[Count] = []
        quotes: list[Quote] = []
        for sentence in range(14):
            kinds: list[EntityType] = pick.choices(list(self.names), weights=(4, 4, 4, 3, 2, 2), k=3)
            parts: list[str | tuple[EntityType, str]] = []
            for kind in kinds:
                parts.append(self.some(pick.randint(3, 8)))
                parts.append((kind, self.name(kind)))
            begun = at
            for part in parts:
                if isinstance(part, tuple):
                    kind, name = part
                    shown = name.rpartition(" ")[2] if kind == "PERSON" and pick.random() < 0.5 else name
                    mentions.append(Mention(start=at, end=at + len(shown), text=shown, type=kind, name=name))
                    part = shown
                text.append(part + " ")
                at += len(part) + 1
            if sentence % 5 == 1:
                counts.append(self._count(begun, at - 1, "".join(text)))
            if sentence % 4 == 2:
                said = next((m for m in mentions if m.type == "PERSON"), None)
                whole = "".join(text)[begun : at - 1]
                quotes.append(Quote(start=begun, end=at - 1, text=whole, speaker=said.name if said else None))
            text.append("\n\n" if sentence % 3 == 2 else "")
            at += len(text[-1])
        written = "".join(text).rstrip()
        return Item(*self._source(number, written, mentions, counts, quotes))

    def _count(self, start: int, end: int, text: str) -> Count:
        low = self.random.randint(1, 400)
        return Count(
            start=start, end=end, evidence=text[start:end], low=low, high=low, item="aircraft", category="aircraft"
        )

    def _source(
        self, number: int, text: str, mentions: list[Mention], counts: list[Count], quotes: list[Quote]
    ) -> tuple[Source, Extraction]:
        key = hashlib.sha256(f"{number}".encode()).hexdigest()
        people: dict[str, list[tuple[int, int]]] = {}
        for m in mentions:
            if m.type in {"PERSON", "NATION"}:
                people.setdefault(m.name, []).append((m.start, m.end))
        source = Source(
            id=key,
            path=SafeText(f"/pile/{number // 1000:03}/{number:06}.txt"),
            title=SafeText(text.partition("\n")[0]),
            text=SafeText(text),
            publisher=SafeText(self.names["ORG"][self.random.randrange(40)]),
            published=_FIRST_DAY + timedelta(days=self.random.randrange(_DAYS)),
        )
        found = Extraction(
            source_id=key,
            extractor="bench",
            mentions=tuple(mentions),
            counts=tuple(counts),
            quotes=tuple(quotes),
            participants=tuple(Participant(name=n, kind="person", mentions=tuple(a)) for n, a in people.items()),
            sentences=tuple((n, n + 120) for n in range(0, len(text), 125)),
        )
        return source, found


def fill(path: Path, n: int, batch: int = 50) -> World:
    """Make the library unless it is there with ``n`` sources or more already; returns the world it is made of."""
    world = World()
    with Library.open(path) as library:
        have = library.totals().sources
        if have >= n:
            return world
        text = words = 0
        spent = 0.0
        items = itertools.islice(world.items(n), have, None)
        while part := list(itertools.islice(items, batch)):
            begun = time.perf_counter()
            library.add_all(part)
            spent += time.perf_counter() - begun
            text += sum(len(item.source.text.encode()) for item in part)
            words += sum(item.source.words for item in part)
    size = path.stat().st_size
    print(f"{n - have:,} sources of {words / (n - have):.0f} words written at {(n - have) / spent:,.0f}/s")
    print(f"{size / 2**20:.0f} MiB, {size / text * (n - have) / n:.2f} times the text")
    print(f"{private_memory():.0f} MiB of memory of its own")
    return world


def private_memory() -> float:
    """MiB that this process shares with no other: without the library's file, which is mapped."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=20_000, help="sources")
    options.add_argument("file", nargs="?", type=Path, help="the library; kept when it is named")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.file or Path(folder) / "library.db"
        fill(path, chosen.n)


if __name__ == "__main__":
    main()
