"""Readers of other packages: the example package is found by its entry points, and cannot break the others."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.model.source import Source, Unreadable
from briefing.sources import discover, formats, read_bytes, read_parts

EXAMPLE = Path(__file__).parent / "example_reader"


@pytest.fixture
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What ``pip install`` leaves of the example package, and of one that is broken."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    about = tmp_path / "example_reader-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1.0\n")
    points = project["entry-points"]["briefing.sources"]
    lines = [f"{name} = {value}" for name, value in points.items()]
    (about / "entry_points.txt").write_text(
        "[briefing.sources]\n" + "\n".join([*lines, "lost = nowhere:READER", "none = json:loads"])
    )
    (tmp_path / "example_reader.py").write_text((EXAMPLE / "example_reader.py").read_text())
    monkeypatch.syspath_prepend(str(tmp_path))
    formats.readers.cache_clear()
    formats.suffixes.cache_clear()
    yield
    formats.readers.cache_clear()
    formats.suffixes.cache_clear()


@pytest.mark.usefixtures("_installed")
def test_a_reader_of_another_package(tmp_path: Path) -> None:
    source = read_bytes(b"-----\nNorth Harbour\nTwo tugs left at noon.\n", "a.hlog")
    assert (source.text, source.title) == ("Two tugs left at noon.", "Log of North Harbour")
    assert read_bytes(b"-----\nNorth Harbour\nTwo tugs.\n", "-").publisher == "North Harbour"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.hlog").write_text("-----\nx\ny")
    assert [path.name for path in discover([tmp_path / "in"])] == ["a.hlog"]


@pytest.mark.usefixtures("_installed")
def test_a_file_of_several_of_another_package() -> None:
    found = list(read_parts(b"---\nNorth\nTwo tugs.\f---\nSouth\nThree.", "a.hbox"))
    assert [one.path for one in found if isinstance(one, Source)] == ["a.hbox » log 1", "a.hbox » log 2"]


@pytest.mark.usefixtures("_installed")
def test_errors_of_other_readers_set_their_files_aside() -> None:
    with pytest.raises(Unreadable, match="no log of a harbour"):
        read_bytes(b"-----\nx\n", "a.hlog")
    with pytest.raises(Unreadable, match=r"its reader \(harbour-log\) failed with ValueError"):
        read_bytes(b"-----\nx\nA wreck.\n", "a.hlog")
    failed = list(read_parts(b"---\nx\nA wreck.", "a.hbox"))
    assert "harbour-box" in str(failed[0])
    assert read_bytes(b"Plain words.", "a.txt").format == "text"
