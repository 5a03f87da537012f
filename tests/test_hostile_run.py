"""A short run of ``tests/bench/bench_hostile.py``."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))

from bench_hostile import FORMATS, Run, queries


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_documents() -> None:
    found = Run(7, extract=0).documents(8 * len(FORMATS))
    assert found.wrong == []
    assert found.counts["sources"] > 100
    assert found.counts["refused"] > 20


def test_hostile_queries() -> None:
    assert queries(800, seed=7) == []
