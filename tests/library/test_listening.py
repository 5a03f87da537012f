"""What others change in a library on a server is told as it happens."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from briefing.library import Library
from briefing.library.errors import LibraryUnreachable
from briefing.library.opening import changes_of, open_library
from briefing.model.source import Source

from .made import make_extraction, make_source
from .server import Cluster, cluster

pytest.importorskip("psycopg")

import psycopg

from briefing.library.postgres.listening import Told


@pytest.fixture
def two(server: Cluster, sources: list[Source]) -> Iterator[tuple[Library, Library]]:
    """One library, open in two programs."""
    address = server.new_library()
    with open_library(address) as mine, open_library(address) as other:
        for source in sources:
            mine.add(source, make_extraction(source))
        yield mine, other


def heard(told: Iterator[Told | None], n: int) -> list[Told]:
    """The next ones of those that are told."""
    found: list[Told] = []
    quiet = 0
    while len(found) < n and quiet < 60:
        one = next(told)
        quiet += one is None
        found += [one] if one is not None else []
    return found


def test_what_others_do(two: tuple[Library, Library], sources: list[Source]) -> None:
    mine, other = two
    stop, key = threading.Event(), sources[0].id
    told = changes_of(mine, stop)
    assert next(told) is None  # it listens
    mine.tags.set(key, ["own"])  # what this program does is not told
    fact = other.extraction(key).counts[0].key
    other.review(key, "count", fact, "accepted")
    assert heard(told, 1) == [Told("verdict", "tests", key)]
    other.tags.set(key, ["navy"])
    assert heard(told, 1) == [Told("tag", "tests", key)]  # one tag went and one came: that is one change
    other.pin(key)
    assert heard(told, 1) == [Told("tag", "tests", key)]
    late = make_source("Late.")
    other.add(late, make_extraction(late))
    assert heard(told, 1) == [Told("sources", "tests")]
    other.entity_edits.rename("PERSON", "Dan Caine", "D. Caine")
    assert heard(told, 1) == [Told("names", "tests")]
    stop.set()
    assert list(told) in ([], [None])


def test_of_a_file_nothing(library: Library) -> None:
    assert list(changes_of(library, threading.Event())) == []


def test_the_server_goes_and_comes_back(sources: list[Source]) -> None:
    with cluster() as own, open_library(own.new_library()) as library:
        library.add(sources[0], make_extraction(sources[0]))
        stop = threading.Event()
        told = changes_of(library, stop)
        assert next(told) is None
        own.stop("immediate")
        assert heard(told, 1) == [Told("gone")]
        with pytest.raises(LibraryUnreachable, match="cannot be reached"):
            library.totals()
        with pytest.raises(LibraryUnreachable, match="cannot be reached"):
            library.mark_read(sources[0].id)
        own.start()
        assert heard(told, 1) == [Told("back")]
        assert library.totals().sources == 1
        library.mark_read(sources[0].id)
        assert library.row(sources[0].id).read
        stop.set()


def test_a_verdict_waits_for_few_answers(
    two: tuple[Library, Library], sources: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is a turn of everybody else's on a busy machine."""
    mine, other = two
    key = sources[0].id
    fact = mine.extraction(key).counts[0].key
    mine.review(key, "count", fact, "accepted")
    asked: list[str] = []
    execute = psycopg.Connection.execute

    def counted(db: Any, sql: Any, *rest: Any, **more: Any) -> Any:
        asked.append("" if db.pgconn.pipeline_status else str(sql))
        return execute(db, sql, *rest, **more)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)
    mine.review(key, "count", fact, "rejected", {"low": 3})
    assert len(asked) == 11
    assert len([sql for sql in asked if sql]) == 7  # and one more for what is written
    assert other.reviews(key)[fact].state == "rejected"
    undone = mine.undo_review()
    assert undone is not None
    assert (undone.state, undone.edited) == ("accepted", None)
    assert other.reviews(key)[fact].state == "accepted"
