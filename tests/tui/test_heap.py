"""What the C library keeps for later is held small where it can be."""

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefing.library import Library
from briefing.tui.textual_patches.heap import LARGE, keep_small
from tests.tui.conftest import Reading


def test_one_heap_and_large_pieces_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[int, int]] = []

    def mallopt(parameter: int, value: int) -> int:
        said.append((parameter, value))
        return 1

    heap = SimpleNamespace(mallopt=mallopt)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: heap)
    assert keep_small()
    assert said == [(-8, 1), (-3, LARGE)]
    heap.mallopt = lambda *_: 0
    assert not keep_small()
    del heap.mallopt
    assert not keep_small()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not keep_small()


async def test_before_the_library_is_opened(tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr("briefing.tui.textual_patches.heap.keep_small", lambda: done.append("small"))

    def opened() -> Library:
        done.append("opened")
        return Library.open(tmp_path / "library.db")

    async with reading(opened) as (app, _):
        assert done == ["small", "opened"]
        app.open_library().close()
