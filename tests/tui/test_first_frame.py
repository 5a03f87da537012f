"""What is drawn first: frames that the main screen keeps, and keys that wait for it."""

import threading
from typing import Any

import pytest
from rich.segment import Segment

from briefing.library import Library
from briefing.library.errors import LibraryError
from briefing.model.settings import Settings
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.help import HelpScreen
from briefing.tui.first_frame import FirstFrame
from briefing.tui.main_screen import search_pane
from briefing.tui.wording import own
from tests.tui.conftest import THEMES, Reading, comes, patrol, report, settle, strips, until
from tests.tui.keys_at_random import send

SCREENS = (
    (80, 24, "briefing-dark"), (99, 40, "briefing-light"), (100, 31, "terminal-palette"), (120, 40, "briefing-dark"),
    (132, 36, "briefing-light"), (200, 60, "terminal-palette"), (260, 50, "briefing-dark"),
)  # fmt: skip


class Late:
    """Opens a library only once it is told to."""

    def __init__(self, library: Library) -> None:
        self.told = threading.Event()
        self._library = library

    def __call__(self) -> Library:
        self.told.wait()
        return self._library


class Stays(BriefingApp):
    """A reader that goes no further than its first frame."""

    drawn = False

    def _after_first_frame(self) -> None:
        self.drawn = True


def cells(app: BriefingApp) -> list[list[tuple[str, object]]]:
    """Character and colour of each cell."""
    return [
        [(each, style.color if style else None) for text, style, _ in map(Segment._make, strip) for each in text]
        for strip in strips(app)
    ]


@pytest.mark.parametrize(("width", "height", "theme"), SCREENS)
async def test_the_main_screen_begins_with_the_same_cells(
    library: Library, width: int, height: int, theme: str
) -> None:
    size = width, height
    late = Late(library)
    made: dict[str, Any] = {"settings": Settings(theme=theme), "themes": [THEMES]}
    first, reader = Stays(late, **made), BriefingApp(late, **made)
    async with first.run_test(size=size) as pilot:
        await comes(pilot, lambda: first.drawn)
        assert isinstance(first.screen, FirstFrame)
        before = cells(first)
    async with reader.run_test(size=size) as pilot:
        await comes(pilot, lambda: reader.begun and reader.screen.is_mounted)
        for _ in range(3):
            await pilot.pause()
        after = cells(reader)
        late.told.set()
    drawn = [(y, x, cell) for y, line in enumerate(before) for x, cell in enumerate(line) if cell[0] != " "]
    differing = [(y, x, cell, after[y][x]) for y, x, cell in drawn if after[y][x] != cell]
    tabs = {2 if size[1] >= 32 else 0} if size[0] < 100 else set()  # which go on with how many sources there are
    assert len(drawn) > size[0] + size[1]
    assert [each for each in differing if each[0] - 1 not in tabs] == []


class Typed(BriefingApp):
    """A reader that gets keys while its first frame is there."""

    early: tuple[str, ...] = ()

    def _after_first_frame(self) -> None:
        assert isinstance(self.screen, FirstFrame)
        send(self, self.early)
        super()._after_first_frame()


@pytest.mark.parametrize("keys", [("3", "r"), ("j", "3", "r"), ("end", "3", "r"), ("/", *"accord", "enter", "3", "r")])
async def test_keys_that_are_typed_before_the_main_screen_is_there_are_for_it(
    library: Library, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_pane, "TYPING_DELAY", 0.03)
    app = Typed(lambda: library, settings=Settings(), themes=[THEMES])
    app.early = keys
    wanted = report()[0].id if len(keys) == 2 else patrol()[0].id
    async with app.run_test(size=(120, 40)) as pilot:
        await comes(pilot, lambda: app.begun and not app.typed_ahead)
        await until(pilot, lambda: library.reviews(wanted))
        other = {report()[0].id, patrol()[0].id} - {wanted}
        assert not library.reviews(other.pop())


async def test_keys_do_not_wait_for_a_library_that_cannot_be_opened() -> None:
    def opened() -> Library:
        raise LibraryError("not to be opened")

    app = Typed(opened, settings=Settings(), themes=[THEMES])
    app.early = ("?",)
    async with app.run_test(size=(120, 40)) as pilot:
        await comes(pilot, lambda: app.begun and not app.typed_ahead)
        assert isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize("step", ["_after_first_frame", "_replace_first_frame", "_begin"])
@pytest.mark.parametrize("late", [False, True])
async def test_it_may_be_ended_while_it_is_opening(
    library: Library, step: str, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a signal, before one of its steps or just after it: nothing is made for a reader that ends."""
    do = getattr(BriefingApp, step)

    def ended(app: BriefingApp) -> None:
        if late:
            do(app)
        app.exit(None, 143)
        if not late:
            do(app)

    monkeypatch.setattr(BriefingApp, step, ended)
    app = BriefingApp(lambda: library, settings=Settings(), themes=[THEMES])
    async with app.run_test(size=(120, 40)) as pilot:
        await comes(pilot, lambda: app.return_code is not None)
    assert app.return_code == 143


async def test_of_dialogs_over_each_other_each_is_drawn_over_the_one_below(library: Library, reading: Reading) -> None:
    async with reading(library, size=(120, 40)) as (app, pilot):
        for number in range(4):
            app.push_screen(ConfirmScreen(own(f"Question {number}?"), own("Yes")))
            await settle(pilot)
        stack = app.screen_stack
        for one in stack[1:]:
            one.refresh()
            await settle(pilot)
            app.screen.refresh(layout=True)
            await settle(pilot)
        await pilot.press("ctrl+p")
        await settle(pilot)
        drawn = [screen.render().screen for screen in app.screen_stack[1:]]  # type: ignore[union-attr]
        assert drawn == app.screen_stack[:-1]
