"""Taking sources in while one reads: paused, watched folders, what an older version read, what is told on leaving."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import briefing.ingest
import briefing.ingest.folder_watcher
from briefing.library import Library
from briefing.model.progress import Added, Discovered, Finished, Hindered, Waiting, Watched
from briefing.model.progress import Reading as ReadingNow
from briefing.model.safetext import SafeText
from briefing.tui.main_screen.ingest import Rate
from briefing.tui.main_screen.ingest_watcher import Watcher
from tests.tui.conftest import (
    Reading,
    comes,
    make_extraction,
    make_source,
    patrol,
    report,
    screen_text,
    settle,
    told,
    until,
)

FEW = 3


class SteppedIngest:
    """Stands in for :class:`briefing.ingest.Ingest`: a source whenever ``step`` is released, unless paused."""

    step = threading.Semaphore(0)
    options: dict[str, Any]

    def __init__(self, library: Library, refs: Any = (), **options: Any) -> None:
        self.library = library
        type(self).options = options

    def run(self, on_event: Callable[[Any], None], stop: threading.Event, pause: threading.Event) -> Finished:
        on_event(Discovered(total=FEW))
        done = 0
        while done < FEW and not stop.is_set():
            if pause.is_set() or not self.step.acquire(timeout=0.01):
                continue
            on_event(ReadingNow(path=SafeText(f"/in/{done}.txt")))
            source = make_source(f"Report {done}\n\nNorland sent a boat.\n")
            on_event(Added(row=self.library.add(source, make_extraction(source))))
            done += 1
        return Finished(added=done, known=0, failures=(), stopped=done < FEW)


@pytest.fixture
def stepped(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    monkeypatch.setattr(briefing.ingest, "Ingest", SteppedIngest)
    SteppedIngest.step = threading.Semaphore(0)
    return SteppedIngest.step


async def begun(pilot: Any) -> None:
    """Begin without waiting for the end, which ``settle`` would."""
    pilot.app.main.ingest.start(["x"])
    await comes(pilot, lambda: pilot.app.main.ingest.asked.total == FEW)


async def shows(pilot: Any, words: str) -> None:
    await comes(pilot, lambda: words in screen_text(pilot.app))


async def test_pause_and_go_on(empty: Library, reading: Reading, stepped: threading.Semaphore) -> None:
    async with reading(empty) as (app, pilot):
        await begun(pilot)
        await shows(pilot, "The first sources are being read")
        assert "No sources yet" not in screen_text(app)
        stepped.release()
        await shows(pilot, "1/3")
        await shows(pilot, "P Pause")
        await pilot.press("P")
        await shows(pilot, "paused, P goes on")
        assert app.main.ingest.asked.pause.is_set()
        await pilot.press("P")
        assert not app.main.ingest.asked.pause.is_set()
        stepped.release(FEW)
        await until(pilot, lambda: app.main.ingest.asked is None)
        assert "P Pause" not in screen_text(app)
        assert "3 sources added" in told(app)


async def test_pause_and_stop_by_mouse(empty: Library, reading: Reading, stepped: threading.Semaphore) -> None:
    async def click(words: str) -> None:
        await shows(pilot, words)
        await pilot.click(offset=(screen_text(app).split("\n")[-1].index(words) + 2, app.size.height - 1))

    async with reading(empty) as (app, pilot):
        await begun(pilot)
        stepped.release()
        await shows(pilot, "1/3")
        await click("P Pause")
        await shows(pilot, "paused, P goes on")
        await click("P Pause")
        await comes(pilot, lambda: not app.main.ingest.asked.pause.is_set())
        await click("X Stop reading")
        stepped.release(FEW)
        await until(pilot, lambda: app.main.ingest.asked is None)


async def test_leaving_tells_what_is_kept(empty: Library, reading: Reading, stepped: threading.Semaphore) -> None:
    async with reading(empty) as (app, pilot):
        await begun(pilot)
        stepped.release()
        await comes(pilot, lambda: app.main.ingest.asked.done == 1)
        assert app.main.ingest.what_is_cut_short() == (
            "Stopped after 1 of 3 sources. They are in the library; adding the same again goes on from there."
        )
        app.refs = ["x"]
        assert "The same command goes on" in app.main.ingest.what_is_cut_short()
        asked = app.main.ingest.asked
        await pilot.press("q")
        assert asked.stop.is_set()
    async with reading(empty) as (app, _):
        assert app.main.ingest.what_is_cut_short() is None


async def test_what_is_asked_for_meanwhile_is_read_next(
    empty: Library, reading: Reading, stepped: threading.Semaphore
) -> None:
    async with reading(empty) as (app, pilot):
        await begun(pilot)
        first = app.main.ingest.asked
        app.main.ingest.start(["y"])
        app.main.ingest.start(["y"])
        app.main.ingest.start(["z"], outdated=True)
        stepped.release()
        await shows(pilot, "2 waiting")
        assert app.main.ingest.asked is first
        stepped.release(FEW - 1)
        await comes(pilot, lambda: app.main.ingest.asked not in {None, first})
        await shows(pilot, "1 waiting")
        stepped.release(2 * FEW)
        await until(pilot, lambda: app.main.ingest.asked is None)
        assert SteppedIngest.options["outdated"] is True
        assert "waiting" not in screen_text(app)


async def test_stopping_stops_what_waits_too(empty: Library, reading: Reading, stepped: threading.Semaphore) -> None:
    async with reading(empty) as (app, pilot):
        await begun(pilot)
        app.main.ingest.start(["y"])
        assert "queued sources were not added" in (app.main.ingest.what_is_cut_short() or "")
        await pilot.press("X")
        await until(pilot, lambda: app.main.ingest.asked is None)
        assert app.main.ingest.queue == []
        assert "queued sources will not be added" in told(app)


async def test_what_is_read_from_folders_comes_first_where_it_was_first(
    empty: Library, reading: Reading, tmp_path: Path
) -> None:
    def watcher(*events: Any) -> Watcher:
        made = Watcher(lambda: None)
        for event in events:
            made.on_event(event)
        return made

    async with reading(empty) as (app, pilot):
        app.main.ingest.folders = watcher(Discovered(total=9), ReadingNow(path=SafeText("/in/a.txt")))
        app.main.ingest.asked = watcher(Waiting())
        app.main.ingest._tell_progress()
        await shows(pilot, "0/9")
        assert "/in/a.txt  1 waiting" in screen_text(app)
        assert app.main.ingest.what_is_cut_short() == "The sources were not added."
        app.main.ingest.asked.on_event(Discovered(total=4))
        app.main.ingest.folders.on_event(Waiting())
        app.main.ingest._tell_progress()
        await shows(pilot, "0/4")
        app.main.ingest.asked = app.main.ingest.folders = None


class ToldWatching:
    """Stands in for :class:`briefing.ingest.folder_watcher.Watching`: tells what it is told to."""

    events: list[Any]

    def __init__(self, library: Library, **options: Any) -> None:
        self.library = library

    def run(self, on_event: Callable[[Any], None], stop: threading.Event, pause: threading.Event | None = None) -> None:
        row = self.library.add(*report())
        for event in (
            Discovered(total=1),
            Added(row=row),
            Finished(added=1, known=0, failures=()),
            Watched(folders=(SafeText("/in"),)),
            Hindered(reason=SafeText("/in is not there; it is looked for again")),
        ):
            on_event(event)
        stop.wait()


async def test_new_sources_of_watched_folders_appear(
    empty: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefing.ingest.folder_watcher, "Watching", ToldWatching)
    empty.folders.watch(tmp_path)
    async with reading(empty) as (app, pilot):
        await until(pilot, lambda: "Boats meet" in screen_text(app))
        await until(pilot, lambda: "1 new source from watched" in told(app))
        await until(pilot, lambda: "is not there" in told(app))
        watcher = app.main.ingest.folders
    assert watcher.stop.is_set()


@pytest.mark.parametrize("how", [{"watch": False}, {"refs": ["/nowhere"]}])
async def test_folders_are_not_watched(
    library: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
) -> None:
    monkeypatch.setattr(briefing.ingest, "Ingest", SteppedIngest)
    SteppedIngest.step = threading.Semaphore(FEW)
    library.folders.watch(tmp_path)
    async with reading(library, **how) as (app, pilot):
        await settle(pilot)
        assert app.main.ingest.folders is None


async def test_a_folder_is_watched_from_the_reader(
    empty: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefing.ingest.folder_watcher, "Watching", ToldWatching)
    async with reading(empty) as (app, pilot):
        await pilot.press("A")
        await until(pilot, lambda: bool(app.screen.query("#path")))
        app.screen.query_one("#path").value = str(tmp_path)  # type: ignore[attr-defined]
        await pilot.click("#watch")
        await until(pilot, lambda: empty.folders.all() == [tmp_path])
        await until(pilot, lambda: "Boats meet" in screen_text(app))


async def test_what_an_older_version_read_is_read_anew_on_demand(
    library: Library, reading: Reading, stepped: threading.Semaphore
) -> None:
    stepped.release(FEW)
    async with reading(library, extractor=lambda: "newer") as (app, pilot):
        await until(pilot, lambda: "U updates them" in told(app))
        assert app.main.ingest.outdated == 2
        await pilot.press("U")
        await until(pilot, lambda: SteppedIngest.options.get("outdated") is True)
    async with reading(library, extractor=lambda: "test") as (app, pilot):
        await settle(pilot)
        assert app.main.ingest.outdated == 0
        assert patrol()


def test_rate() -> None:
    rate = Rate()
    assert rate.per_second(0, 0.0) == 0
    assert rate.per_second(10, 2.0) == 5
    assert rate.per_second(110, 12.0) == pytest.approx(10)
    assert rate.per_second(110, 21.0) == pytest.approx(0)
    assert rate.per_second(0, 22.0) == 0
