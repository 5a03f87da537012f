"""A library on a server in the reader: what others do appears while one reads, and a server that goes is waited for."""

import re
from collections.abc import Iterator

import pytest

from briefing.library import Library
from briefing.library.opening import open_library, queue_of
from briefing.tui.main_screen import others
from tests.library.server import Cluster, cluster
from tests.tui.conftest import Reading, comes, make_extraction, make_source, patrol, report, screen_text, settle

pytest.importorskip("psycopg")

from briefing.library.postgres.tasks import Reader, Wanted

PATROL_ID = patrol()[0].id


@pytest.fixture
def server() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def shared(server: Cluster) -> Iterator[tuple[Library, Library]]:
    """One library, open in the reader and in another program."""
    address = server.new_library()
    with open_library(address) as mine, open_library(address) as other:
        mine.add(*report())
        mine.add(*patrol())
        yield mine, other


async def test_what_others_do_appears_and_the_place_stays(shared: tuple[Library, Library], reading: Reading) -> None:
    mine, other = shared
    async with reading(mine) as (app, pilot):
        await pilot.press("down", "enter", "3", "j")
        await comes(pilot, lambda: app.main.fact_list.count == 3)
        place = app.main.fact_list.cursor
        key = other.extraction(PATROL_ID).counts[0].key
        other.review(PATROL_ID, "count", key, "accepted")
        await comes(pilot, lambda: app.main.state.reviews.get(key) and app.main.state.reviews[key].state == "accepted")
        late = make_source("Late words\n\nNothing else.")
        other.add(late, make_extraction(late))
        await comes(pilot, lambda: app.main.state.totals and app.main.state.totals.sources == 3)
        await settle(pilot)
        assert "Sources 3" in screen_text(app)
        assert app.main.state.source is not None
        assert app.main.state.source.id == PATROL_ID
        assert app.main.fact_list.cursor == place
        assert app.focused is app.main.fact_list


async def test_a_server_that_goes_is_waited_for(
    shared: tuple[Library, Library], server: Cluster, reading: Reading
) -> None:
    mine, _ = shared

    def told(words: str) -> bool:
        return any(words in str(one.message) for one in app._notifications)

    async with reading(mine) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await comes(pilot, lambda: app.main.fact_list.count == 3)
        server.stop("immediate")
        await comes(pilot, lambda: told("can be read on"))
        await pilot.press("a")  # a verdict
        await comes(pilot, lambda: told("Your verdict is written down once it does"))
        await pilot.press("2", "pagedown")
        await pilot.press("slash", *"accord")
        await settle(pilot)
        assert app.main.search_bar.value == "accord"
        assert "Patrol ships meet off Larnholm" in screen_text(app)
        server.start()
        await comes(pilot, lambda: told("is there again"))
        await comes(pilot, lambda: [one.state for one in mine.reviews(PATROL_ID).values()] == ["accepted"])
        assert app.main.search_bar.value == "accord"
        await pilot.press("space")
        await comes(pilot, lambda: app.main.search_pane.result is not None)
        assert len(app.main.hit_list.hits) == 1


async def test_what_is_left_in_the_queue_is_told(
    shared: tuple[Library, Library], reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(others, "_LOOK", 0.0)
    mine, other = shared
    tasks, reader = queue_of(other), Reader("f1", "1", "m")
    tasks.put([Wanted(f"{n:064x}", b"/in/none", "none") for n in range(7)], reader)
    async with reading(mine, (240, 40)) as (app, pilot):
        await comes(pilot, lambda: "7 queued" in screen_text(app))
        tasks.finish([one.number for one in tasks.take(5, reader)])
        await comes(pilot, lambda: re.search(r"2 queued, [1-9]\d* a minute", screen_text(app)))
        tasks.finish([one.number for one in tasks.take(5, reader)])
        await comes(pilot, lambda: "queued" not in screen_text(app))
