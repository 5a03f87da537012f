"""A library on a server in the reader: what others do appears while one reads, and a server that goes is waited for."""

import re
from collections.abc import Iterator

import pytest

from briefing.library import Library
from briefing.library.opening import open_library, queue_of
from briefing.tui.main_screen import others
from tests.library.server import Cluster, cluster
from tests.tui.conftest import Reading, comes, make_extraction, make_source, patrol, report, screen_text, settle, told

pytest.importorskip("psycopg")

from briefing.library.postgres.listening import Told
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
        await pilot.press("down", "enter")
        await comes(pilot, lambda: app.focused is app.main.text_view)  # it has come from the server
        await pilot.press("3", "j")
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
    async with reading(mine) as (app, pilot):
        await pilot.press("down", "enter")
        await comes(pilot, lambda: app.focused is app.main.text_view)
        await pilot.press("3")
        await comes(pilot, lambda: app.main.fact_list.count == 3)
        server.stop("immediate")
        await comes(pilot, lambda: "can be read on" in told(app))
        await pilot.press("a")  # a verdict
        await comes(pilot, lambda: "Your verdict is written down once it does" in told(app))
        await pilot.press("2", "pagedown")
        await pilot.press("slash", *"accord")
        await settle(pilot)
        assert app.main.search_bar.value == "accord"
        assert "Patrol ships meet off Larnholm" in screen_text(app)
        server.start()
        await comes(pilot, lambda: "is there again" in told(app))
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


async def test_changes_of_more_sources_than_are_fetched_at_once(
    shared: tuple[Library, Library], reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(others, "_MOST", 1)
    mine, other = shared
    async with reading(mine) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await comes(pilot, lambda: app.main.state.source and app.main.state.source.id == PATROL_ID)
        keys = {each.id: other.extraction(each.id).counts[0].key for each in (report()[0], patrol()[0])}
        changes = [Told("verdict", "tests", source_id) for source_id in keys]
        for source_id, key in keys.items():
            mine.review(source_id, "count", key, "rejected")  # of itself this program is not told
        assert app.main.state.reviews == {}
        app.main.others._tell(mine, changes)
        await comes(pilot, lambda: app.main.state.reviews)
        assert app.main.state.reviews[keys[PATROL_ID]].state == "rejected"
