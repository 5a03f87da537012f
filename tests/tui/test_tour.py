"""The tour: shown once, over little, in nobody's way."""

from pathlib import Path

import pytest

from briefing.library import Library
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs import tour
from briefing.tui.widgets.guide import STEPS, Guide
from briefing.tui.widgets.tour import Tour
from tests.tui.conftest import Reading, make_extraction, make_source, screen_text, settle, until


def there(app: BriefingApp) -> bool:
    return bool(app.main.query(Tour))


async def test_shown_once_and_left_by_esc(empty: Library, reading: Reading, tmp_path: Path) -> None:
    seen = tmp_path / "data" / "tour-shown"
    async with reading(empty, tour=seen, size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: there(app))
        shown = screen_text(app)
        assert "Five things to know" in shown
        for words in ("No sources yet", "Open the samples", "every claim with its footnote", "the words it was read"):
            assert words in shown
        assert seen.exists()
        await pilot.press("escape")
        await until(pilot, lambda: not there(app))
    async with reading(empty, tour=seen) as (app, pilot):
        await settle(pilot)
        assert not there(app)
        await pilot.press("f2")
        await until(pilot, lambda: there(app))
        await pilot.click(Tour)
        await until(pilot, lambda: not there(app))


async def test_it_takes_no_key_from_anything(library: Library, reading: Reading, tmp_path: Path) -> None:
    async with reading(library, tour=tmp_path / "seen", keys={"search": "ctrl+t"}) as (app, pilot):
        await until(pilot, lambda: there(app))
        assert "^t  searches all sources" in " ".join(screen_text(app).split(" ")).replace("   ", " ")
        await pilot.press("ctrl+t")
        assert app.focused is app.main.search_bar


async def test_not_shown_to_who_has_been_here(library: Library, reading: Reading, tmp_path: Path) -> None:
    for number in range(tour.MANY):
        source = make_source(f"Report {number}")
        library.add(source, make_extraction(source))
    async with reading(library, tour=tmp_path / "seen") as (app, pilot):
        await settle(pilot)
        assert not there(app)
        assert not (tmp_path / "seen").exists()


async def test_not_shown_where_it_cannot_be_noted(
    library: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    async with reading(library, tour=tmp_path / "file" / "seen") as (app, pilot):
        await settle(pilot)
        assert not there(app)


async def test_found_in_the_palette(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await app.main.do("tour")
        await until(pilot, lambda: there(app))


async def test_the_guided_run_goes_on_as_its_steps_are_done(
    library: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(library, guide=True) as (app, pilot):
        guide = app.main.query_one(Guide)

        async def pressed(*keys: str) -> int:
            await pilot.press(*keys)
            await settle(pilot)
            guide.look()
            return guide.step

        assert "type F-2" in guide.words
        assert await pressed("j") == 0
        assert await pressed("/", *"120", "enter") == 1
        assert await pressed("3") == 2
        assert await pressed("a") == 3
        assert await pressed("=") == 4
        assert await pressed("enter") == 5
        assert await pressed("e") == 6
        await pilot.press("enter")
        await until(pilot, lambda: app.exported is not None and app.screen is app.main)
        guide.look()
        assert guide.step == len(STEPS)
        assert app.exported is not None
        assert app.exported.suffix == ".md"
        assert "four jobs" in guide.words
        await pilot.click(Guide)
        await settle(pilot)
        assert not app.main.query(Guide)
