"""Pictures of whole screens, in one theme each and no clock: to be looked at when one changes.

``pytest tests/tui/test_snapshots.py --snapshot-update`` takes them anew.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from briefing.library import Library
from briefing.tui.app import BriefingApp
from tests.tui.conftest import make_app, patrol, settle, until

Snap = Callable[..., bool]
Small, Middle, Large = (80, 24), (120, 36), (200, 60)


@pytest.fixture
def snap(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Compares a picture of the reader after some keys with the one that was kept."""
    monkeypatch.setattr("textual.widgets._input.Input.cursor_blink", False, raising=False)

    def compare(app: BriefingApp, size: tuple[int, int], act: Callable[[Pilot[Any]], Awaitable[None]]) -> bool:
        async def before(pilot: Pilot[Any]) -> None:
            await settle(pilot)
            await until(pilot, lambda: app.main.state.totals is not None)
            await act(pilot)
            await settle(pilot)

        return snap_compare(app, terminal_size=size, run_before=before)

    return compare


def keys(*names: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys, each once the one before has had its effect."""

    async def press(pilot: Pilot[Any]) -> None:
        for name in names:
            await pilot.press(name)
            await settle(pilot)

    return press


def test_main_screen(library: Library, snap: Snap) -> None:
    assert snap(make_app(library), Middle, keys("down", "enter", "n", "n"))


def test_main_screen_large_and_light(library: Library, snap: Snap) -> None:
    assert snap(make_app(library, theme="briefing-light"), Large, keys("down", "enter", "3", "j"))


def test_text_at_eighty_columns(library: Library, snap: Snap) -> None:
    assert snap(make_app(library), Small, keys("down", "enter", "n"))


def test_facts_at_eighty_columns(library: Library, snap: Snap) -> None:
    assert snap(make_app(library), Small, keys("down", "enter", "3", "a", "r", "c", "escape"))


def test_search(library: Library, snap: Snap) -> None:
    async def search(pilot: Pilot[Any]) -> None:
        await pilot.press("slash", *"open water")
        await until(pilot, lambda: len(pilot.app.main.text_view.marks.matches))  # type: ignore[attr-defined]

    assert snap(make_app(library), Middle, search)


def test_empty_library(empty: Library, snap: Snap) -> None:
    assert snap(make_app(empty), Small, keys())


def test_card(library: Library, snap: Snap) -> None:
    assert snap(make_app(library, theme="harbour"), Middle, keys("down", "enter", "n", "enter"))


def test_help(library: Library, snap: Snap) -> None:
    assert snap(make_app(library, theme="newsprint"), Middle, keys("question_mark"))


def test_export_dialog(library: Library, snap: Snap, tmp_path: Path) -> None:
    assert snap(make_app(library, theme="colour-blind-safe"), Small, keys("e"))


def test_high_contrast_evidence(library: Library, snap: Snap) -> None:
    assert patrol()[0].title
    assert snap(make_app(library, theme="high-contrast"), Middle, keys("down", "enter", "3", "l", "l"))
