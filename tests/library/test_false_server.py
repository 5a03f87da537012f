"""A server that lies, or loses its connections: one clean sentence, and all or nothing is written."""

import re
from collections.abc import Callable, Iterator

import pytest

from briefing.library import Library, LibraryError
from briefing.library.opening import open_library
from briefing.model.safetext import UNSAFE
from briefing.model.source import Source

from .false_server import AT_FIRST, TO_A_STATEMENT, Wire, false_server, listening, signed_in, without_end
from .made import CAFE, ESCORT, MISSILE, make_extraction, make_source
from .server import Cluster
from .test_entity_edits_property import check_against_facts
from .test_store_faults import WORK, state

pytest.importorskip("psycopg")

from briefing.library.postgres import bounded
from briefing.library.postgres.connection import checked


def refusal(port: int) -> str:
    """What is said of a library on a false server."""
    with pytest.raises(LibraryError) as raised:
        open_library(f"postgresql://anybody@127.0.0.1:{port}/library", create=False).sources()
    return str(raised.value)


@pytest.mark.parametrize("name", AT_FIRST)
def test_what_a_false_server_says_first_is_one_clean_sentence(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    with false_server(AT_FIRST[name], b"") as port:
        said = refusal(port)
    assert not re.search(UNSAFE, said)
    assert len(said) < 1000
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", TO_A_STATEMENT)
def test_what_a_false_server_answers_is_one_clean_sentence(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    with signed_in(TO_A_STATEMENT[name]) as port:
        said = refusal(port)
    assert not re.search(UNSAFE, said)
    assert len(said) < 1000
    assert capfd.readouterr() == ("", ""), "a library that logs what the server said"


def test_rows_without_end_take_no_memory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LARGEST", 32 * 1024 * 1024)
    with without_end() as port:
        assert "takes more than 32 MiB" in refusal(port)


def test_a_server_that_went_without_a_word_is_noticed() -> None:
    assert "tcp_user_timeout=60000" in checked("postgresql://ann@127.0.0.1/library")
    assert "tcp_user_timeout=5" in checked("postgresql://ann@127.0.0.1/library?tcp_user_timeout=5")


@pytest.fixture
def wire(server: Cluster) -> Iterator[tuple[Wire, Callable[[str], str]]]:
    """A wire to the server, and the address of a library over it."""
    made = Wire(f"{server.folder}/.s.PGSQL.5432")
    with listening(made.carry) as port:
        yield made, lambda address: f"postgresql://tests@127.0.0.1:{port}/{_database(address)}"


def _database(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]


def filled(address: str) -> list[Source]:
    """A small library at an address; its sources."""
    sources = [make_source(text) for text in (ESCORT, MISSILE, CAFE)]
    with open_library(address) as library:
        for source in sources:
            library.add(source, make_extraction(source))
        library.review(sources[0].id, "count", library.extraction(sources[0].id).counts[0].key, "accepted")
        library.tags.set(sources[0].id, ["kept"])
    return sources


def done(address: str, work: Callable[[Library, list[Source]], object], sources: list[Source]) -> LibraryError | None:
    """Do the work; the error that ended it."""
    try:
        with open_library(address, create=False) as library:
            work(library, sources)
    except LibraryError as error:
        return error
    return None


@pytest.mark.parametrize("passed_on", [False, True], ids=["lost", "passed on"])
@pytest.mark.parametrize("name", WORK)
def test_a_connection_that_is_cut_at_any_statement_leaves_all_or_nothing(
    server: Cluster, wire: tuple[Wire, Callable[[str], str]], name: str, passed_on: bool
) -> None:
    cutting, over = wire
    direct = server.new_library()
    sources = filled(direct)
    cutting.passed_on = passed_on
    with open_library(direct) as library:
        before = state(library)
        for cutting.cut_at in range(1, 200):
            cutting.seen = 0
            error = done(over(direct), WORK[name], sources)
            assert error is None or not re.search(UNSAFE, str(error))
            if (found := state(library)) != before:
                break
            assert error is not None, "it was said to be done"
        check_against_facts(library)
        assert found != before, "it was never done"
    assert cutting.seen > 3
    again = server.new_library()
    filled(again)
    assert done(again, WORK[name], sources) is None
    with open_library(again) as library:
        assert found == state(library)
