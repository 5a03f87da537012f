"""A short run of ``tests/bench/bench_hostile.py``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "bench"))

from bench_hostile import FORMATS, documents, queries


def test_hostile_documents() -> None:
    counts, wrong, _ = documents(20 * len(FORMATS), seed=7, extract=0)
    assert wrong == []
    assert counts["sources"] > 20
    assert counts["refused"] > 5


def test_hostile_queries() -> None:
    assert queries(800, seed=7) == []
