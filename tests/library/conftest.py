"""A small library of made-up sources."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.model.source import Source

from .desk import Desk
from .made import CAFE, ESCORT, MISSILE, make_extraction, make_source
from .runner import Runner
from .server import Cluster, cluster


@pytest.fixture
def sources() -> list[Source]:
    return [
        make_source(ESCORT, published=date(2025, 7, 11), publisher="Air & Space"),
        make_source(MISSILE, published=date(2025, 8, 2), publisher="Example Wire", format="html"),
        make_source(CAFE),
    ]


@pytest.fixture
def library(tmp_path: Path, sources: list[Source]) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as made:
        for source in sources:
            made.add(source, make_extraction(source))
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.library.close()


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server, for all tests of one process."""
    with cluster() as made:
        yield made
