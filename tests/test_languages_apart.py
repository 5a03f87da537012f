"""``tests/bench/bench_languages.py``: languages of short texts, and no English facts in other languages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "bench"))

from bench_languages import LEAST, english_facts, texts, wrongly_told


def test_short_texts() -> None:
    every = sum(map(len, texts().values()))
    assert every == 200
    assert len(wrongly_told()) <= (1 - LEAST) * every


def test_no_english_facts_in_other_languages() -> None:
    assert list(english_facts()) == []
