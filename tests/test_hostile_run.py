"""A short run of ``tests/bench/bench_hostile.py``."""

import random
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from briefing.model.source import Unreadable
from briefing.sources.formats import READERS, choose, readers

sys.path.insert(0, str(Path(__file__).parent / "bench"))

from bench_hostile import FORMATS, Run, queries


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_documents() -> None:
    found = Run(7, extract=0).documents(8 * len(FORMATS))
    assert found.wrong == []
    assert found.counts["sources"] > 100
    assert found.counts["refused"] > 20


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_every_reader_is_given_hostile_documents() -> None:
    met = set()
    for number, maker in enumerate(FORMATS * 12):
        made = maker(random.Random(number))
        with suppress(Unreadable):
            met.add(id(choose(f"made{made.suffix}", made.data)))
    ours = [reader for reader in readers() if reader in READERS]
    assert [reader.suffixes for reader in ours if id(reader) not in met] == []


def test_hostile_queries() -> None:
    assert queries(800, seed=7) == []
