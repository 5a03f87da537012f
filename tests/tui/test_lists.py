"""The list of sources: groups, filters, marks, tags, pins; by keyboard and by mouse."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library
from briefing.model.listing import Failure
from briefing.model.safetext import SafeText
from briefing.model.selection import Group, SourceFilter
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.choose import ChooseScreen
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.failures import FailuresScreen
from briefing.tui.dialogs.tags import TagsScreen
from briefing.tui.places import Target
from briefing.tui.widgets.shelves import Shelves, Spot, name_of
from briefing.tui.widgets.source_list import Page
from tests.tui.conftest import (
    Reading,
    choose,
    click,
    click_choice,
    make_extraction,
    make_source,
    screen_text,
    settle,
    told,
    until,
)

PUBLISHERS = ("Daily Signal", "Norland Gazette", None)


@pytest.fixture
def nine(tmp_path: Path) -> Iterator[Library]:
    """Nine sources of two publishers and of none, on three days, in two folders."""
    with Library.open(tmp_path / "nine.db") as made:
        for number in range(9):
            source = make_source(
                f"Report {number}\n\nNorland spoke.",
                publisher=PUBLISHERS[number % 3],
                published=date(2025, 3, 1 + number // 3),
                path=f"/in/{'a' if number < 4 else 'b'}/{number}.txt",
            )
            made.add(source, make_extraction(source))
        yield made


def row_of(library: Library, title: str) -> Any:
    return next(row for row in library.sources() if row.title == title)


def frame(app: BriefingApp) -> str:
    return f"{app.main.sources_pane.border_title} | {app.main.sources_pane.border_subtitle}"


def groups_of(*sizes: int) -> list[Group]:
    return [Group("publisher", SafeText(f"P{number}"), size) for number, size in enumerate(sizes)]


@pytest.mark.parametrize("folded", [(), (0,), (1, 2), (0, 1, 2, 3)])
def test_shelves_are_what_a_list_of_all_rows_would_be(folded: tuple[int, ...]) -> None:
    groups = groups_of(2, 1, 5, 3)
    shelves = Shelves(0, groups, {name_of(groups[number]) for number in folded})
    spots, tops = [], [0]
    for number, group in enumerate(groups):
        spots.append(Spot(number, None))
        tops.append(tops[-1] + 1)
        for offset in range(0 if number in folded else group.n):
            spots.append(Spot(number, offset))
            tops.append(tops[-1] + 3)
    assert [*shelves] == tops
    assert shelves[-1] == tops[-1]
    assert [shelves.spot(row) for row in range(len(spots))] == spots
    assert [shelves.row_at(line) for line in range(tops[-1])] == [bisect_right(tops, n) - 1 for n in range(tops[-1])]
    for row, spot in enumerate(spots):
        assert shelves.row_of(name_of(groups[spot.shelf]), spot.offset) == row
    assert shelves.row_of(name_of(groups[0]), 7) is None
    assert [shelves.head_near(0, 1), shelves.head_near(0, -1)] == [1 if 0 in folded else 3, None]


def test_shelves_without_groups() -> None:
    assert [*Shelves(3)] == [0, 3, 6, 9]
    assert [*Shelves(0)] == [0]
    assert Shelves(3).head_near(1, 1) is None


async def test_group_by_publisher_and_go_about_by_keyboard(nine: Library, reading: Reading) -> None:
    async with reading(nine) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.main.source_list.count == 12)
        assert frame(app) == "Sources 9 | newest · publisher"
        shown = screen_text(app)
        assert shown.index("▾ Daily Signal") < shown.index("▾ Norland Gazette") < shown.index("▾ No publisher")
        titles = [row.title if (row := app.main.source_list.row(index)) else None for index in range(5)]
        assert titles == [None, "Report 6", "Report 3", "Report 0", None]
        await pilot.press("}")
        await settle(pilot)
        assert app.main.source_list.cursor == 4
        await pilot.press("enter")  # on a head: folds
        await until(pilot, lambda: app.main.source_list.count == 9)
        assert "▸ Norland Gazette" in screen_text(app)
        await pilot.press("l", "j", "m", "h")  # opens it, marks its first source reviewed, folds it again
        await until(pilot, lambda: app.main.source_list.count == 9)
        assert app.main.source_list.cursor == 4
        assert row_of(nine, "Report 7").reviewed
        await pilot.press("minus")
        await until(pilot, lambda: app.main.source_list.count == 3)
        await pilot.press("minus")
        await until(pilot, lambda: app.main.source_list.count == 12)
        await pilot.press("{", "k")
        await settle(pilot)
        assert app.main.source_list.cursor == 0


async def test_groups_by_mouse(nine: Library, reading: Reading) -> None:
    async with reading(nine) as (app, pilot):
        for words, heads in (("By day", ["3 Mar 2025", "1 Mar 2025"]), ("By folder", ["/in/a/", "/in/b/"])):
            await choose(pilot, "v", words)
            await until(pilot, lambda heads=heads: all(f"▾ {head}" in screen_text(app) for head in heads))
        await click(pilot, "▾ /in/a/")
        assert "▸ /in/a/" in screen_text(app)
        await click(pilot, "Report 8")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.title == "Report 8")


async def test_which_sources(nine: Library, reading: Reading) -> None:
    nine.mark_read(row_of(nine, "Report 3").id)
    nine.tags.set(row_of(nine, "Report 5").id, ["navy"])
    async with reading(nine) as (app, pilot):
        await choose(pilot, "w", "Unread")
        await until(pilot, lambda: frame(app).startswith("Sources 8 of 9 · unread"))
        await choose(pilot, "w", "#navy")
        await until(pilot, lambda: app.main.source_list.count == 1)
        assert "1 of 9 · #navy" in frame(app)
        await pilot.press("f", *"gaz", "enter")
        await until(pilot, lambda: app.main.source_list.count == 0)
        assert "No sources match" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.main.source_list.count == 9)
        assert frame(app).startswith("Sources 9 |")


async def test_reading_leaves_the_list_of_the_unread(nine: Library, reading: Reading) -> None:
    async with reading(nine) as (app, pilot):
        await choose(pilot, "w", "Unread")
        await pilot.press("enter")
        await until(pilot, lambda: app.main.state.listed == 8)
        assert row_of(nine, "Report 8").read
        await pilot.press("1", "M")  # the next one is under the cursor
        await until(pilot, lambda: app.main.state.listed == 7)
        assert sum(row.read for row in nine.sources()) == 2


async def test_pin_and_unread(nine: Library, reading: Reading) -> None:
    async with reading(nine, size=(140, 60)) as (app, pilot):
        await pilot.press("G", "p")
        await until(pilot, lambda: row_of(nine, "Report 0").pinned)
        await until(pilot, lambda: app.main.source_list.row(0).title == "Report 0")
        assert app.main.source_list.cursor == 0  # which follows it
        assert "Report 0" in next(line for line in screen_text(app).split("\n") if "◆" in line)
        await choose(pilot, "v", "By day")
        await until(pilot, lambda: "▾ ◆ pinned" in screen_text(app))
        await pilot.press("p")
        await until(pilot, lambda: "◆" not in screen_text(app))
        await until(pilot, lambda: (row := app.main.source_list.current()) is not None and row.title == "Report 0")
        await pilot.press("m")
        await until(pilot, lambda: row_of(nine, "Report 0").reviewed)
        await pilot.press("M")
        await until(pilot, lambda: not row_of(nine, "Report 0").read)
        assert not row_of(nine, "Report 0").reviewed


async def test_tags_are_typed_completed_and_picked(nine: Library, reading: Reading) -> None:
    nine.tags.set(row_of(nine, "Report 1").id, ["navy", "korea"])
    async with reading(nine) as (app, pilot):
        await pilot.press("number_sign")
        await until(pilot, lambda: isinstance(app.screen, TagsScreen))
        await pilot.press(*"na", "tab", *"new,", "enter")
        await until(pilot, lambda: "#navy #new" in screen_text(app))
        assert nine.tags.of(row_of(nine, "Report 8").id) == ["navy", "new"]
        await pilot.press("number_sign")
        await until(pilot, lambda: isinstance(app.screen, TagsScreen))
        await click_choice(pilot, "#korea")
        # korea stands first, then navy, which is taken out
        await pilot.press("up", "down", "down", "enter", "up", "up", "enter")
        await until(pilot, lambda: app.screen is app.main)
        await until(pilot, lambda: nine.tags.of(row_of(nine, "Report 8").id) == ["korea", "new"])


async def test_hostile_tags_are_plain_text(nine: Library, reading: Reading) -> None:
    nine.tags.set(row_of(nine, "Report 8").id, ["[@click=app.quit]x[/]", "\x1b]52;c;aGk=\x07"])
    async with reading(nine) as (app, pilot):
        assert "#[@click=app.quit]x[/]" in screen_text(app)
        await pilot.press("number_sign")
        await until(pilot, lambda: isinstance(app.screen, TagsScreen))
        assert "\x1b" not in screen_text(app)
        assert "[@click=app.quit]x[/]" in screen_text(app)
        await pilot.press("escape")
        await choose(pilot, "w", "#[@click")
        await until(pilot, lambda: app.main.state.listed == 1)
        assert "1 of 9 · #[@click" in screen_text(app)


async def test_what_is_marked_is_acted_on_together(nine: Library, reading: Reading) -> None:
    async with reading(nine) as (app, pilot):
        await pilot.press("x", "x", "j", "x", "x", "x")
        await settle(pilot)
        assert "Sources 9 · 5 marked" in frame(app)
        await pilot.press("k", "x", "m")  # the last one is no longer marked
        await until(pilot, lambda: sum(row.reviewed for row in nine.sources()) == 4)
        await pilot.press("number_sign")
        await until(pilot, lambda: isinstance(app.screen, TagsScreen))
        assert "4 sources" in screen_text(app)
        await pilot.press(*"both", "enter")
        await until(pilot, lambda: nine.tags.all() == [("both", 4)])
        await until(pilot, lambda: app.screen is app.main)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "Remove 4 sources" in screen_text(app)
        await pilot.press("n")
        await until(pilot, lambda: app.screen is app.main)
        await pilot.press("escape")
        await settle(pilot)
        assert frame(app).startswith("Sources 9 |")
        await pilot.press("x", "x", "delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: app.main.state.totals and app.main.state.totals.sources == 7)
        await until(pilot, lambda: frame(app).startswith("Sources 7 |"))


async def test_deleted_and_replaced_files_are_told(nine: Library, reading: Reading) -> None:
    old, new = row_of(nine, "Report 7"), row_of(nine, "Report 2")
    with nine.store.write() as db:
        db.execute("UPDATE source SET gone = 1 WHERE id = ?", (bytes.fromhex(row_of(nine, "Report 8").id),))
        db.execute("UPDATE source SET newer = ? WHERE id = ?", (bytes.fromhex(new.id), bytes.fromhex(old.id)))
    async with reading(nine) as (app, pilot):
        assert "∅ file deleted" in screen_text(app)
        assert "↻ replaced" in screen_text(app)
        await pilot.press("N")
        await settle(pilot)
        assert "No newer version" in told(app)
        await pilot.press("j")
        await settle(pilot)
        assert "Replaced by a newer version" in app.main.status.words
        await pilot.press("N")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == new.id)
        await pilot.press("1")
        await choose(pilot, "w", "File deleted or replaced")
        await until(pilot, lambda: app.main.state.listed == 2)


async def test_the_frame_of_a_pane_opens_its_menu(nine: Library, reading: Reading) -> None:
    async with reading(nine) as (app, pilot):
        await click(pilot, "Sources 9")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await click_choice(pilot, "Pin")
        await until(pilot, lambda: row_of(nine, "Report 8").pinned)
        await pilot.click(app.main.source_list, offset=(3, 10), button=3)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main)
        await pilot.press("3", "full_stop")
        await until(pilot, lambda: "Accept" in screen_text(app) and isinstance(app.screen, ChooseScreen))


async def test_only_pages_of_groups_in_sight_are_fetched(
    tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str | None, int]] = []
    with Library.open(tmp_path / "big.db") as big:
        for number in range(260):
            source = make_source(f"Report {number}\n\nNorland.", publisher="A" if number % 26 else "B")
            big.add(source, make_extraction(source))
        real = big.sources

        def sources(**options: Any) -> Any:
            if group := options["group"]:
                asked.append((group.key, options["offset"]))
            return real(**options)

        monkeypatch.setattr(big, "sources", sources)
        async with reading(big, size=(140, 60)) as (app, pilot):
            await choose(pilot, "v", "By publisher")
            await until(pilot, lambda: app.main.source_list.count == 262)
            assert asked == [("A", 0)]
            await pilot.press("G")
            await until(pilot, lambda: app.main.source_list.row(261))
            assert asked == [("A", 0), ("A", 200), ("B", 0)]
            await pilot.press("{", "{", "h")
            await until(pilot, lambda: app.main.source_list.count == 12)


async def test_a_new_list_drops_the_answers_to_the_old_one(nine: Library, reading: Reading) -> None:
    async with reading(nine) as (app, pilot):
        version = app.main.source_list.version
        app.main.sources_pane.set_filter(SourceFilter("gazette"))
        app.main.source_list.put(Page(None, 0), nine.sources(), version)
        await until(pilot, lambda: app.main.source_list.count == 3)
        assert app.main.source_list.row(0).title == "Report 7"


@pytest.fixture
def two_failed(nine: Library) -> Library:
    """A library in which two files could not be read."""
    for name in ("x", "y"):
        nine.fail(Failure(path=f"/in/{name}.pdf", reason="is locked"))
    return nine


async def test_failures_are_tried_again_one_or_all(
    two_failed: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs: list[list[str]] = []
    async with reading(two_failed) as (app, pilot):
        monkeypatch.setattr(app.main.ingest, "start", refs.append)
        for keys in (["j", "enter"], ["R"]):
            await pilot.press("F")
            await until(pilot, lambda: isinstance(app.screen, FailuresScreen) and "y.pdf" in screen_text(app))
            await pilot.press(*keys)
            await until(pilot, lambda: app.screen is app.main)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, FailuresScreen) and "y.pdf" in screen_text(app))
        await click(pilot, "Try again")
        await until(pilot, lambda: app.screen is app.main)
        assert refs == [["/in/y.pdf"], ["/in/x.pdf", "/in/y.pdf"], ["/in/x.pdf"]]


async def test_failures_are_forgotten(two_failed: Library, reading: Reading) -> None:
    async with reading(two_failed) as (app, pilot):
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, FailuresScreen) and "Not read 2" in screen_text(app))
        await pilot.press("d")
        await until(pilot, lambda: "Not read 1" in screen_text(app))
        await click(pilot, "Forget all")
        await until(pilot, lambda: "All files could be read" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.main.state.totals and not app.main.state.totals.failures)
        assert not two_failed.failures()


async def test_a_replaced_source_is_compared_only_while_it_is_in_sight(library: Library, reading: Reading) -> None:
    old, new = row_of(library, "Boats meet near Larnholm"), row_of(library, "Patrol ships meet off Larnholm")
    async with reading(library) as (app, pilot):
        await until(pilot, lambda: app.main.state.standings is not None)
    with library.store.write() as db:
        db.execute("UPDATE source SET newer = ? WHERE id = ?", (bytes.fromhex(new.id), bytes.fromhex(old.id)))
    async with reading(library) as (app, pilot):
        app.main.state.open(Target(new.id))
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == new.id)
        await pilot.press("equals_sign")
        await until(pilot, lambda: "no two sources" in told(app))
        assert not (app.main.state.standings and app.main.state.standings.several)
        app.main.state.open(Target(old.id))
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == old.id)
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
