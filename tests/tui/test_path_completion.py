"""Paths are completed with Tab in the dialog that adds files, and its tree follows."""

import os
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.tui.dialogs.add_sources import AddScreen
from briefing.tui.path_completion import complete_path, folder_of
from tests.tui.conftest import Reading, screen_text, settle


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("reports/north.txt", "reports/northern.txt", "reports/.hidden", "releases/a.txt", "[b].txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize(
    ("typed", "made"),
    [("re", "re"), ("rep", "reports/"), ("reports/n", "reports/north"), ("reports/north", "reports/north"),
     ("reports/.", "reports/.hidden"), ("[", "[b].txt"), ("none/x", "none/x"), ("zz", "zz"), ("", "")],
)  # fmt: skip
def test_a_path_goes_on_as_far_as_it_is_certain(typed: str, made: str) -> None:
    assert complete_path(typed.replace("/", os.sep))[0] == made.replace("/", os.sep)


@pytest.mark.usefixtures("_folder")
def test_names_that_it_may_go_on_with() -> None:
    assert complete_path("re") == ("re", ["releases", "reports"])
    assert complete_path("rep")[1] == []


def test_the_folder_that_is_typed(_folder: Path) -> None:  # noqa: PT019 - the folder itself is needed
    assert folder_of(str(_folder / "reports")) == _folder / "reports"
    assert folder_of(str(_folder / "reports" / "nor")) == _folder / "reports"
    assert folder_of("https://example.org/a") is None
    assert folder_of("a\0b") in (None, Path())


async def test_tab_completes_then_goes_to_the_tree(library: Library, reading: Reading, _folder: Path) -> None:  # noqa: PT019
    async with reading(library) as (app, pilot):
        await pilot.press("A")
        await settle(pilot)
        assert isinstance(app.screen, AddScreen)
        await pilot.press(*"rep", "tab")
        await settle(pilot)
        field, tree = app.screen.query_one("#path"), app.screen.query_one("#files")
        assert field.value == f"reports{os.sep}"  # type: ignore[attr-defined]
        assert Path(tree.path).name == "reports"  # type: ignore[attr-defined]
        await pilot.press(*"no", "tab", "tab")
        await settle(pilot)
        assert (app.focused, field.value) == (field, f"reports{os.sep}north")  # type: ignore[attr-defined]
        assert "northern.txt" in screen_text(app)
        await pilot.press(*"ern", "tab", "tab")
        await settle(pilot)
        assert app.focused is not None
        assert app.focused is not field
