"""A library that can only be read: it is said once, and whenever something would have been written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.tui.app import BriefingApp
from tests.tui.conftest import Reading, settle, told, until


@pytest.fixture
def locked(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    library.close()
    monkeypatch.setattr("briefing.library.store.connection.may_write", lambda path: False)
    with Library.open(library.path) as made:
        yield made


def said(app: BriefingApp) -> list[str]:
    return told(app).splitlines()


async def test_reading_searching_comparing(locked: Library, reading: Reading) -> None:
    before = locked.path.read_bytes()
    async with reading(locked) as (app, pilot):
        await until(pilot, lambda: any("read-only" in words for words in said(app)))
        app.clear_notifications()
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("slash", *"Norland", "enter")
        await settle(pilot)
        assert app.main.state.source is not None
        await pilot.press("equals_sign")
        await settle(pilot)
        assert app.screen is not app.main
        await pilot.press("escape")
        await settle(pilot)
        assert said(app) == []
        assert not any(row.read for row in locked.sources())
    assert locked.path.read_bytes() == before


@pytest.mark.parametrize("keys", [["x", "p"], ["enter", "3", "a"], ["enter", "3", "u"], ["p"]])
async def test_what_would_be_written(keys: list[str], locked: Library, reading: Reading) -> None:
    async with reading(locked) as (app, pilot):
        await until(pilot, lambda: said(app))
        app.clear_notifications()
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        await until(pilot, lambda: any("copy it to a folder" in words for words in said(app)))
        assert all(words.startswith("This library is read-only") for words in said(app))
        assert not any(row.pinned for row in locked.sources())


async def test_nothing_is_taken_in(locked: Library, reading: Reading, tmp_path: Path) -> None:
    async with reading(locked) as (app, pilot):
        await until(pilot, lambda: said(app))
        app.clear_notifications()
        app.main.ingest.start([str(tmp_path)])
        await settle(pilot)
        assert [words for words in said(app) if "nothing in it can be changed" in words]
        assert app.main.ingest.asked is None
        assert app.main.ingest.folders is None
