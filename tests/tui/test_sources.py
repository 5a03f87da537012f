"""The list of sources, taking sources in, the empty library, panes."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library, LibraryError
from briefing.model.listing import Failure
from briefing.model.progress import Added, Discovered, Finished, IngestEvent, SetAside
from briefing.model.progress import Reading as Started
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.failures import FailuresScreen
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


class FakeIngest:
    """Adds prepared sources where the engine would extract: a good one, one it knows, one that cannot be read."""

    hold: threading.Event | None = None
    error: str = ""
    made: Sequence["FakeIngest"] = ()

    def __init__(self, library: Library, refs: Sequence[str], **options: Any) -> None:
        self.library = library
        self.refs = refs
        self.options = options
        FakeIngest.made = (*FakeIngest.made, self)

    def run(
        self,
        on_event: Callable[[IngestEvent], None],
        stop: threading.Event | None = None,
        pause: threading.Event | None = None,
    ) -> Finished:
        if self.error:
            raise LibraryError(self.error)
        on_event(Discovered(total=3))
        on_event(Started(path="/in/a.txt"))
        on_event(Added(row=self.library.add(*patrol())))
        on_event(Started(path="/in/b.txt"))
        if self.hold is not None and stop is not None:
            while not self.hold.is_set() and not stop.is_set():
                self.hold.wait(0.01)
            if stop.is_set():
                return Finished(added=1, known=0, failures=(), stopped=True)
        on_event(Added(row=self.library.add(*report())))
        failure = Failure(path="/in/[nope].pdf", reason="is not text [/x]")
        self.library.fail(failure)
        on_event(SetAside(failure=failure))
        done = Finished(added=2, known=0, failures=(failure,))
        on_event(done)
        return done


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> type[FakeIngest]:
    FakeIngest.hold, FakeIngest.error, FakeIngest.made = None, "", ()
    monkeypatch.setattr("briefing.ingest.Ingest", FakeIngest)
    return FakeIngest


async def test_empty_library_offers_the_samples(
    empty: Library, reading: Reading, engine: type[FakeIngest], tmp_path: Path
) -> None:
    async with reading(empty, samples=tmp_path) as (app, pilot):
        shown = screen_text(app)
        assert "No sources yet" in shown
        assert "Open the samples" in shown
        await pilot.press("o")
        await until(pilot, lambda: app.main.state.source is not None and app.main.ingest.asked is None)
        assert engine.made[0].refs == [str(tmp_path)]
        assert "No sources yet" not in screen_text(app)
        assert "Sources 2" in screen_text(app)


async def test_samples_by_mouse(empty: Library, reading: Reading, engine: type[FakeIngest], tmp_path: Path) -> None:
    async with reading(empty, size=(80, 24), samples=tmp_path) as (app, pilot):
        lines = screen_text(app).split("\n")
        y = next(number for number, line in enumerate(lines) if "Open the samples" in line)
        await pilot.click(offset=(lines[y].index("Open the samples") + 2, y))
        await until(pilot, lambda: app.main.state.totals and app.main.state.totals.sources == 2)


async def test_sources_appear_as_they_are_read_and_failures_are_told(
    empty: Library, reading: Reading, engine: type[FakeIngest]
) -> None:
    engine.hold = threading.Event()
    async with reading(empty) as (app, pilot):
        app.main.ingest.start(["/in"])
        await comes(pilot, lambda: app.main.state.totals is not None and app.main.state.totals.sources == 1)
        await comes(pilot, lambda: "1/3" in app.main.status.words and "/in/b.txt" in app.main.status.words)
        engine.hold.set()
        await until(pilot, lambda: app.main.ingest.asked is None)
        assert "3/3" not in app.main.status.words
        assert "1 file could not be read" in told(app)
        await until(pilot, lambda: app.main.state.totals and app.main.state.totals.failures)
        assert "1 not read" in screen_text(app)
        await pilot.resize_terminal(110, 40)  # where the list is too narrow for the order beside it
        await until(pilot, lambda: "1 not read" in screen_text(app))
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, FailuresScreen))
        assert "[nope].pdf" in screen_text(app)
        assert "is not text [/x]" in screen_text(app)


async def test_ingest_can_be_stopped_and_ends_with_the_program(
    empty: Library, reading: Reading, engine: type[FakeIngest]
) -> None:
    engine.hold = threading.Event()
    async with reading(empty) as (app, pilot):
        app.main.ingest.start(["/in"])
        await pilot.pause()
        await pilot.press("X")
        await until(pilot, lambda: app.main.ingest.asked is None)
        app.main.ingest.start(["/in"])
        await pilot.pause()
        await pilot.press("q")
    assert not engine.hold.is_set()  # the thread ended because it was told to stop


async def test_an_ingest_that_cannot_begin_says_why(empty: Library, reading: Reading, engine: type[FakeIngest]) -> None:
    engine.error = "The model [/x] is not installed."
    async with reading(empty) as (app, pilot):
        app.main.ingest.start(["/in"])
        await until(pilot, lambda: app.main.ingest.asked is None)
        assert "The model [/x] is not installed." in told(app)


async def test_refs_are_taken_in_at_the_start(empty: Library, reading: Reading, engine: type[FakeIngest]) -> None:
    async with reading(empty, refs=["a", "b"], jobs=3) as (app, pilot):
        await until(pilot, lambda: engine.made and app.main.ingest.asked is None)
        assert [Path(ref).parts[-1] for ref in engine.made[0].refs] == ["a", "b"]
        assert all(Path(ref).is_absolute() for ref in engine.made[0].refs)
        assert engine.made[0].options["jobs"] == 3
        assert app.main.state.order == "added"


async def test_a_library_that_cannot_be_opened_says_why(reading: Reading) -> None:
    def opening() -> Library:
        raise LibraryError("The file [/nope] is locked.")

    async with reading(opening) as (app, _):
        assert "The file [/nope] is locked." in told(app)
        assert "The file [/nope] is locked." in screen_text(app)


async def test_order_and_filter(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        assert str(app.main.sources_pane.border_subtitle) == "newest first"
        await pilot.press("s")
        await settle(pilot)
        assert str(app.main.sources_pane.border_subtitle) == "by title"
        await pilot.press("f", *"gaz")
        await until(pilot, lambda: app.main.source_list.count == 1 and app.main.source_list.row(0))
        row = app.main.source_list.row(0)
        assert row is not None
        assert row.publisher == "Norland Gazette"
        await pilot.press("escape")
        await until(pilot, lambda: app.main.source_list.count == 2)


async def test_filter_without_a_match_says_so(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("f", *"zzz")
        await until(pilot, lambda: app.main.source_list.count == 0)
        assert "No sources match" in screen_text(app)


async def test_reviewed_mark_and_removal(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("m")
        await settle(pilot)
        assert library.row(report()[0].id).reviewed
        assert "✓ Boats meet" in screen_text(app)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")  # the harmless answer has the focus
        await settle(pilot)
        assert library.has(report()[0].id)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: app.main.state.totals and app.main.state.totals.sources == 1)
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == patrol()[0].id)


async def test_only_what_is_seen_is_fetched(tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    with Library.open(tmp_path / "big.db") as big:
        items = []
        for number in range(350):
            source = make_source(f"Report {number}\n\nNorland.", path=f"/in/{number}.txt")
            items.append((source, make_extraction(source)))
        for item in items:
            big.add(*item)
        real = big.sources

        def sources(**options: Any) -> Any:
            asked.append(options["offset"])
            return real(**options)

        monkeypatch.setattr(big, "sources", sources)
        async with reading(big) as (app, pilot):
            assert app.main.source_list.count == 350
            assert set(asked) == {0}
            await pilot.press("G")
            await until(pilot, lambda: app.main.source_list.row(349))
            assert set(asked) == {0, 300}


async def test_narrow_terminals_show_one_pane_at_a_time(library: Library, reading: Reading) -> None:
    async with reading(library, size=(80, 24)) as (app, pilot):
        main = app.main
        assert (main.sources_pane.display, main.text_pane.display, main.facts_pane.display) == (True, False, False)
        await pilot.press("2")
        await settle(pilot)
        assert (main.sources_pane.display, main.text_pane.display, main.facts_pane.display) == (False, True, False)
        assert "Norland sent two Kestrel boats" in screen_text(app)
        await pilot.press("tab")
        await settle(pilot)
        assert (main.sources_pane.display, main.text_pane.display, main.facts_pane.display) == (False, False, True)
        await pilot.press("tab")
        await settle(pilot)
        assert main.sources_pane.display
        await pilot.press("shift+tab")
        await settle(pilot)
        assert main.facts_pane.display
        await pilot.click(main.pane_tabs, offset=(14, 0))
        await settle(pilot)
        assert main.text_pane.display
        await pilot.resize_terminal(140, 40)
        await settle(pilot)
        assert (main.sources_pane.display, main.text_pane.display, main.facts_pane.display) == (True, True, True)


async def test_reading_at_eighty_columns_by_keyboard(library: Library, reading: Reading) -> None:
    async with reading(library, size=(80, 24)) as (app, pilot):
        await pilot.press("down", "enter")
        await until(
            pilot,
            lambda: app.main.state.source and app.main.state.source.id == patrol()[0].id and app.main.text_pane.display,
        )
        await pilot.press("3", "j", "enter")
        await settle(pilot)
        assert app.main.text_pane.display
        assert "▌" in screen_text(app)
        await pilot.press("slash", *"accord")
        await until(pilot, lambda: app.main.hit_list.hits)
        assert app.main.hits_pane.display
        await pilot.press("enter")
        await until(pilot, lambda: app.main.text_pane.display and len(app.main.text_view.marks.matches))


async def test_zoom_shows_the_text_alone(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("z")
        await settle(pilot)
        assert not app.main.sources_pane.display
        assert not app.main.facts_pane.display
        await pilot.press("z")
        await settle(pilot)
        assert app.main.sources_pane.display
