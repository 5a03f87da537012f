"""Formats and themes of other packages: the example package is found by its entry points, and breaks nothing else."""

import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefing.export import ExportError, Selection, format_of, render_bytes
from briefing.export.plugins import plugin_exports
from briefing.library import Library
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import Source
from briefing.paths import shipped
from briefing.tui.theming.theme_files import load_themes
from briefing.tui.theming.theme_finder import find_look

EXAMPLE = Path(__file__).parents[1] / "sources" / "example_reader"


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``pip install`` leaves of the example package, and of broken ones."""
    installed = tmp_path / "packages"
    shutil.copytree(EXAMPLE, installed)
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    about = installed / "example_reader-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1.0\n")
    broken = {
        "briefing.exports": "lost = nowhere:X\nodd = json:loads",
        "briefing.themes": "lost = nowhere:X\nno = os:sep2",
    }
    groups = [
        f"[{group}]\n"
        + "\n".join(f"{name} = {value}" for name, value in project["entry-points"][group].items())
        + f"\n{more}"
        for group, more in broken.items()
    ]
    (about / "entry_points.txt").write_text("\n".join(groups))
    monkeypatch.syspath_prepend(str(installed))


def selection(text: str) -> Selection:
    source = Source(id="ab" * 32, path=SafeText("a"), title=SafeText("Two tugs"), text=SafeText(text))
    return Selection(documents=((source, Extraction(source_id=source.id, extractor="e")),), day=date(2025, 3, 4))


def test_a_format_of_another_package() -> None:
    assert list(plugin_exports()) == ["harbour-list"]
    assert render_bytes(selection("Two tugs left."), "harbour-list") == b"Two tugs\t0\n"
    assert format_of("a.harbour") == "harbour-list"
    assert format_of("a.odd") == "markdown"


def test_what_goes_wrong_in_it_names_it() -> None:
    with pytest.raises(ExportError, match="the format harbour-list failed with ValueError"):
        render_bytes(selection("A wreck."), "harbour-list")
    with pytest.raises(ExportError, match="there is no format nothing"):
        render_bytes(selection("A"), "nothing")


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from briefing.cli.start import run

    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(*selection("Two tugs left.").documents[0])
    assert run(["--library", str(path), "export", "-o", str(tmp_path / "a.harbour")]) == 0
    assert (tmp_path / "a.harbour").read_text() == "Two tugs\t0\n"
    assert run(["--library", str(path), "export", "--format", "no-such"]) == 2
    assert "'harbour-list'" in capsys.readouterr().err


FINDERS: list[Callable[[list[Path]], object]] = [
    lambda folders: load_themes(folders).files["harbour-night"],
    lambda folders: find_look("harbour-night", folders),
]


@pytest.mark.parametrize("find", FINDERS)
def test_a_theme_of_another_package(tmp_path: Path, find: Callable[[list[Path]], object]) -> None:
    assert find([shipped("themes"), tmp_path / "own"]) is not None
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.toml").write_text("name = 1")
    found = load_themes([shipped("themes"), tmp_path / "own"])
    assert {"briefing-dark", "harbour-night"} <= set(found.files)
    assert len(found.problems) > 0
