"""Order, groups and filters of the lists, from one session to the next."""

import json
from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library
from briefing.model.selection import SourceFilter
from briefing.tui.recalled import Lists, ListsFile
from tests.tui.conftest import Reading, choose, settle, told, until


@pytest.fixture
def file(tmp_path: Path) -> ListsFile:
    """Of a library that has not been opened before."""
    return ListsFile(tmp_path / "state" / "lists.json", tmp_path / "library.db")


async def test_lists_are_as_they_were_left(library: Library, reading: Reading, file: ListsFile) -> None:
    async with reading(library, lists=file) as (app, pilot):
        await pilot.press("s")
        await choose(pilot, "v", "By publisher")
        await choose(pilot, "w", "Unread")
        await pilot.press("f", *"patrol", "enter", "3")
        await choose(pilot, "v", "By operator")
        await choose(pilot, "w", "personnel")
        await pilot.press("l")
        await until(pilot, lambda: file.read().kind == "participant" and file.read().wanted["count"])
    kept = file.read()
    assert kept._replace(source="", pane="sources") == Lists(
        "title", "publisher", "unread", "", "participant",
        {"count": "operator", "participant": None, "quote": None},
        {"count": {"category": "personnel"}, "participant": {}, "quote": {}},
    )  # fmt: skip
    async with reading(library, lists=file) as (app, pilot):
        main = app.main
        assert (main.state.order, main.state.grouping, main.state.where) == (
            "title",
            "publisher",
            SourceFilter(state="unread"),
        )
        assert (main.facts_pane.kind, main.facts_pane.groups["count"]) == ("participant", "operator")
        assert main.facts_pane.wanted["count"] == {"category": "personnel"}
        assert main.sources_pane.border_subtitle == "by title · by publisher"
        assert file.read()._replace(source=kept.source, pane=kept.pane) == kept
        assert main.state.pane == "facts"
        await pilot.press("1", "escape")
        await until(pilot, lambda: file.read().state == "all")


async def test_each_library_has_its_own(library: Library, reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "lists.json"
    files = [ListsFile(path, tmp_path / name) for name in ("one.db", "other.db")]
    files[0].write(Lists(order="publisher"))
    files[1].write(Lists(grouping="day"))
    assert files[0].read() == Lists(order="publisher")
    async with reading(library, lists=files[1]) as (app, _):
        assert (app.main.state.order, app.main.state.grouping) == ("newest", "day")
    for number in range(60):
        ListsFile(path, tmp_path / f"{number}.db").write(Lists())
    assert len(json.loads(path.read_text())) == 50
    assert files[0].read() == Lists()


@pytest.mark.parametrize(
    "held",
    [
        b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"x": 3}', b"[" * 100_000,
        {"order": "oldest", "grouping": 7, "state": ["all"], "tag": None, "kind": "name"},
        {"fact_groups": {"count": "speaker", "quote": {}}, "wanted": {"count": {"speaker": "x", "state": 3}}},
        {"fact_groups": "x", "wanted": [1]},
    ],
    ids=range(10),
)  # fmt: skip
def test_a_damaged_file_is_as_good_as_none(file: ListsFile, tmp_path: Path, held: Any) -> None:
    path = tmp_path / "state" / "lists.json"
    path.parent.mkdir()
    library = str(tmp_path / "library.db")
    path.write_bytes(held if isinstance(held, bytes) else json.dumps({library: held}).encode())
    assert file.read() == Lists()
    file.write(Lists(order="title"))
    assert file.read() == Lists(order="title")


async def test_what_cannot_be_kept_harms_nothing(library: Library, reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    async with reading(library, lists=ListsFile(tmp_path / "state" / "lists.json", tmp_path / "x.db")) as (app, pilot):
        await pilot.press("s")
        await settle(pilot)
        assert app.main.state.order == "title"
        assert not told(app)
