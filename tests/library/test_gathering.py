"""What is written source by source is put off on a server, and written for all of a batch at once."""

from typing import Any

import pytest

from briefing.library.opening import open_library
from briefing.library.store.writer import Item

from .made import make_extraction, make_source
from .server import Cluster

pytest.importorskip("psycopg")

from briefing.library.postgres.connection import Rows, Session
from briefing.library.postgres.gathering import Gathering


class _Heard:
    """A session that notes what it is asked."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []

    def execute(self, sql: str, parameters: Any = (), /) -> str:
        self.said.append((sql, parameters))
        return "rows"

    def executemany(self, sql: str, parameters: Any, /) -> str:
        self.said.append((sql, parameters))
        return "rows"


def test_what_is_put_off_is_written_before_anything_could_see_it() -> None:
    heard = _Heard()
    session: Any = heard
    gathering = Gathering(session)
    for number in (1, 2):
        assert gathering.execute("INSERT INTO names VALUES (?, ?)", (number, b"x")).fetchall() == []
        gathering.execute("DELETE FROM failure WHERE path = ?", (f"/{number}",))
    gathering.executemany("INSERT INTO edited_doc VALUES (?, ?)", [])
    assert not heard.said
    gathering.execute("SELECT doc FROM source WHERE id = ?", (b"y",))
    assert heard.said == [
        ("INSERT INTO names VALUES (?, ?)", [(1, b"x"), (2, b"x")]),
        ("DELETE FROM failure WHERE path = ?", [("/1",), ("/2",)]),
        ("SELECT doc FROM source WHERE id = ?", (b"y",)),
    ]
    gathering.flush()
    assert len(heard.said) == 3


def test_a_batch_asks_the_server_less_than_twice_for_each_source(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    execute = Session.execute

    def noted(session: Session, sql: str, parameters: Any = (), /) -> Rows:
        asked.append(sql)
        return execute(session, sql, parameters)

    sources = [make_source(f"Report {n}\n\n{n} B-52Hs flew to Guam, Dan Caine said.") for n in range(40)]
    with open_library(server.new_library()) as library:
        monkeypatch.setattr(Session, "execute", noted)
        rows = library.add_all([Item(source, make_extraction(source)) for source in sources])
        assert len(asked) < 2 * len(sources)
        assert [row.id for row in rows] == [source.id for source in sources]
        assert library.search("guam").total == len(sources)
        assert all(library.source(source.id) == source for source in sources)
