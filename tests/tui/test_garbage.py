"""The collector looks at everything only while the reader rests."""

import gc
import sys
import time
from collections.abc import Iterator

import pytest

from briefing.library import Library
from briefing.tui.textual_patches.gc_policy import REST, Collector
from briefing.tui.textual_patches.process_switches import TURN, YOUNG
from tests.tui.conftest import Reading


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.set_threshold(*before)
    sys.setswitchinterval(turn)


def test_everything_is_looked_at_only_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    monkeypatch.setattr(gc, "collect", lambda: looks.append(None))
    collector = Collector()
    now = time.monotonic()
    assert not collector.rest(now + REST / 2)
    assert collector.rest(now + REST + 1)
    assert len(looks) == 1


async def test_the_reader_sets_it(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        assert gc.get_threshold()[:2] == YOUNG
        before = time.monotonic()
        await pilot.press("j")
        assert not app.collector.rest(before + REST)


async def test_threads_give_way_soon(library: Library, reading: Reading) -> None:
    sys.setswitchinterval(0.005)
    async with reading(library):
        assert sys.getswitchinterval() == pytest.approx(TURN)
