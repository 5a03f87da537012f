"""The samples that a newcomer sees first: readable, marked as samples, and different where that teaches something."""

from pathlib import Path

import pytest

from briefing.model.source import Source
from briefing.sources import discover, read_file

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def samples() -> dict[str, Source]:
    return {path.stem: read_file(path) for path in discover([SEEDS])}


def test_each_is_marked_and_dated(samples: dict[str, Source]) -> None:
    assert {source.format for source in samples.values()} == {"text", "markdown", "html"}
    for source in samples.values():
        assert source.publisher is not None
        assert source.publisher.startswith("Sample ")
        assert source.published is not None
        assert 250 <= source.words <= 500
        assert source.encoding == "utf-8"


def test_they_differ_where_a_reader_should_look(samples: dict[str, Source]) -> None:
    wire, review, copy, paraphrase = (samples[name].text for name in sorted(samples))
    assert "Anderson Air Force Base" in wire
    assert "Andersen Air Force Base" in review
    assert "two KF-16s" in wire
    assert "KF-16 Fighting Falcons; it has not said how many" in review
    statement = "Our steadfast commitment fosters trust, strengthens cooperation"
    assert statement in wire
    assert statement in review
    assert statement in copy
    assert "Our steadfast dedication builds belief, toughens cooperation" in paraphrase
    shared = set(wire.split("\n")) & set(copy.split("\n")) - {""}
    assert len(shared) >= 4
