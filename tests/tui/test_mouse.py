"""Everything by mouse: that each action can be clicked, from the list of actions, and the parts of the reader so."""

import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.command import Command, CommandList
from textual.pilot import Pilot

from briefing.library import Library
from briefing.model.listing import Failure
from briefing.model.safetext import SafeText
from briefing.model.tables import find_tables
from briefing.sources import read_bytes
from briefing.tui import outside
from briefing.tui.actions import ACTIONS, BY_ID, SCOPE_TITLES, only_moves
from briefing.tui.app import BriefingApp
from briefing.tui.as_printed.page import PageScreen, Sheet
from briefing.tui.as_printed.table import TableScreen
from briefing.tui.commands import Palette
from briefing.tui.dialogs.add_sources import AddScreen, Files
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import ChoiceList, ChooseScreen
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.entity_card import CardScreen
from briefing.tui.dialogs.failures import FailuresScreen
from briefing.tui.dialogs.go_to import GoToScreen
from briefing.tui.dialogs.help import HelpScreen
from briefing.tui.dialogs.keys import KeysScreen
from briefing.tui.dialogs.pick_entity import PickEntity
from briefing.tui.dialogs.saved_searches import SaveSearchScreen, SearchesScreen, SearchList
from briefing.tui.dialogs.settings import SettingsScreen
from briefing.tui.dialogs.tags import TagsScreen
from briefing.tui.facts.add import AddFactScreen
from briefing.tui.facts.correct import CorrectScreen
from briefing.tui.main_screen.screen import MainScreen
from briefing.tui.widgets.tour import Tour
from briefing.tui.wording import TYPES
from tests.tui.conftest import Reading, click, click_choice, click_key, make_source, settle, until

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))
from made_pdf import pdf, set_in_lines

Go = Callable[[BriefingApp, Pilot[Any]], Awaitable[None]]


def keys(*pressed: str, screen: type = MainScreen) -> Go:
    """The way to a place by keys; ``screen`` is what comes to be on top."""

    async def go(app: BriefingApp, pilot: Pilot[Any]) -> None:
        for key in pressed:
            await pilot.press(key)
            await settle(pilot)
        await until(pilot, lambda: isinstance(app.screen, screen) and app.screen.is_mounted)

    return go


async def to_hits(app: BriefingApp, pilot: Pilot[Any]) -> None:
    await pilot.press("slash", *"Larnholm")
    await until(pilot, lambda: app.main.searching)
    app.main.go_to("sources")


async def to_keys(app: BriefingApp, pilot: Pilot[Any]) -> None:
    await app.push_screen(KeysScreen())


async def to_failures(app: BriefingApp, pilot: Pilot[Any]) -> None:
    await app.push_screen(FailuresScreen(app.main.state.library))


async def to_searches(app: BriefingApp, pilot: Pilot[Any]) -> None:
    """With one that is kept and one of before: without them, nothing can be done there."""
    assert app.main.state.library is not None
    app.main.state.library.searches.save("one", "accord")
    app.main.state.library.searches.remember("larnholm")
    await keys("S", screen=SearchesScreen)(app, pilot)


async def to_the_tree(app: BriefingApp, pilot: Pilot[Any]) -> None:
    await keys("A", screen=AddScreen)(app, pilot)
    app.screen.set_focus(app.screen.query_one(Files))


async def to_a_picture(app: BriefingApp, pilot: Pilot[Any]) -> None:
    assert app.main.state.library is not None
    file = app.main.state.library.path.with_name("page.pdf")
    file.write_bytes(pdf([set_in_lines(["Fourteen tugs lay at the pier."])]))
    await app.push_screen(PageScreen(read_bytes(file.read_bytes(), str(file)), (0, 8)))
    await until(pilot, lambda: bool(app.screen.query(Sheet)))


async def to_a_table(app: BriefingApp, pilot: Pilot[Any]) -> None:
    source = make_source("| Ship | Number |\n| --- | --- |\n| Tug | 4 |\n| Barge | 5 |")
    (table,) = find_tables(source.text)
    await app.push_screen(TableScreen(source, table, None))


PLACES: dict[str, Go] = {
    "app": keys(), "main": keys(), "sources": keys("1"), "text": keys("2"), "facts": keys("3"),
    "search": keys("slash", *"Larnholm"), "hits": to_hits, "legend": keys("2", "t"), "rows": keys(),
    "dialog": keys("question_mark", screen=HelpScreen), "choice": keys("v", screen=ChooseScreen),
    "card": keys("2", "n", "enter", screen=CardScreen), "claims": keys("equals_sign", screen=ClaimsScreen),
    "searches": to_searches, "failures": to_failures,
    "settings": keys("comma", screen=SettingsScreen), "keys": to_keys,
    "typing": keys("2", "n", "enter", "m", screen=PickEntity), "tags": keys("number_sign", screen=TagsScreen),
    "confirm": keys("delete", screen=ConfirmScreen), "page": keys("question_mark", screen=HelpScreen),
    "files": to_the_tree, "fact": keys("2", "v", "w", "a", screen=AddFactScreen),
    "picture": to_a_picture, "table": to_a_table,
}  # fmt: skip


def offered(app: BriefingApp) -> dict[str, int]:
    """The actions in the palette, each with the number of its row."""
    found: dict[str, int] = {}
    for row, option in enumerate(app.screen.query_one(CommandList).options):
        command = option.hit.command if isinstance(option, Command) else None
        if getattr(getattr(command, "func", None), "__name__", "") == "do":
            found[command.args[0]] = row
    return found


def panes_of(app: BriefingApp) -> list[Any]:
    """Who does what is done in a pane of the main screen, and on an entity."""
    return [app.main.sources_pane, app.main.hits_pane, app.main.text_pane, app.main.facts_pane, app.main.search_pane]


def clickable(place: Any, scope: str) -> set[str]:
    """What can be done in a place now, but for moving a cursor, which pointing does, and for opening the palette."""
    ids = {action.id for action in ACTIONS if scope in action.scopes and not only_moves(action)} - {"palette"}
    return ids if isinstance(place, Dialog) else {name for name in ids if place.check_action(name, ())}


@pytest.mark.parametrize("scope", SCOPE_TITLES)
async def test_every_action_can_be_clicked(
    library: Library, reading: Reading, scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everywhere the row of keys holds the palette, and the palette what can be done there; a click on it does it."""
    library.searches.save("kept", "Kestrel")
    library.fail(Failure(path=SafeText("/in/x.pdf"), reason=SafeText("broken")))
    async with reading(library) as (app, pilot):
        await PLACES[scope](app, pilot)
        await settle(pilot)
        place, focused = app.screen, app.focused
        wanted = clickable(place, scope)
        assert wanted or scope in {"rows", "typing", "page", "search"}
        ran: list[str] = []
        do = type(place).do

        @wraps(do)
        async def record(self: Any, name: str) -> None:
            await do(self, name) if name == "palette" else ran.append(name)

        with monkeypatch.context() as patched:
            patched.setattr(type(place), "do", record)
            await click_key(pilot, "Palette")
            await until(pilot, lambda: isinstance(app.screen, Palette) and wanted <= offered(app).keys())
            rows = app.screen.query_one(CommandList)
            first = min(offered(app).items(), key=lambda item: item[1])
            rows.scroll_to(y=2 * first[1], animate=False, immediate=True)
            await settle(pilot)
            await pilot.click(rows, offset=(4, rows.gutter.top + 2 * first[1] - rows.scroll_offset.y))
            await until(pilot, lambda: app.screen is place)
            await until(pilot, lambda: ran == [first[0]])
        assert app.focused is focused
        for name in wanted:
            for doer in (*panes_of(app), place, *(app.focused.ancestors_with_self if app.focused else ()), app):
                method = f"action_{BY_ID[name].method}"
                if doer is not None and hasattr(doer, method):
                    monkeypatch.setattr(doer, method, lambda *_, name=name: ran.append(name))
            await place.do(name)
            assert ran.pop() == name


# The parts of the reader, from click to effect


async def by_menu(app: BriefingApp, pilot: Pilot[Any], pane: str, words: str) -> None:
    """Click the frame of a pane, turn the wheel until the words are in sight, and click them."""
    sources = app.main.hits_pane if app.main.searching else app.main.sources_pane
    holder = {"sources": sources, "text": app.main.text_pane, "facts": app.main.facts_pane}[pane]
    await pilot.click(holder, offset=(holder.size.width // 2, 0))
    await until(pilot, lambda: isinstance(app.screen, ChooseScreen) and app.screen.query_one(ChoiceList).count)
    ways = app.screen.query_one(ChoiceList)
    row = next(number for number, choice in enumerate(ways.choices) if choice.key and choice.title == words)
    while row >= ways.scroll_offset.y + ways.size.height:
        await pilot._post_mouse_events([events.MouseScrollDown], widget=ways)
        await pilot.pause()
    await pilot.click(ways, offset=(4, row - ways.scroll_offset.y))
    await settle(pilot)


async def test_the_text_by_mouse(library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(outside, "openable", lambda ref: ref)
    monkeypatch.setattr(outside, "open_outside", opened.append)
    monkeypatch.setattr(outside, "editor", lambda: ["vi"])
    monkeypatch.setattr(subprocess, "run", lambda command, **_: opened.append(command[0]))
    async with reading(library, size=(110, 24)) as (app, pilot):
        monkeypatch.setattr(app, "suspend", nullcontext)
        copied: list[str] = []
        monkeypatch.setattr(app, "copy", copied.append)
        view = app.main.text_view
        await by_menu(app, pilot, "text", "Original")
        await until(pilot, lambda: len(opened) == 1)
        await by_menu(app, pilot, "text", "Editor")
        await until(pilot, lambda: opened[1:] == ["vi"])
        await by_menu(app, pilot, "text", "Go to")
        await until(pilot, lambda: isinstance(app.screen, GoToScreen))
        await click_key(pilot, "Close")
        await until(pilot, lambda: app.screen is app.main)
        await click_key(pilot, "Next")
        await until(pilot, lambda: view.marks.current() is not None)
        first = view.marks.current()
        await by_menu(app, pilot, "text", "Type again")
        assert view.marks.current() != first
        await by_menu(app, pilot, "text", "Type before")
        assert view.marks.current() == first
        await click_key(pilot, "Copy")
        await by_menu(app, pilot, "text", "Copy cited")
        assert len(copied) == 2
        assert copied[1].startswith("“" + copied[0][:20])
        numbered = view.numbered
        await by_menu(app, pilot, "text", "Numbers")
        assert view.numbered is not numbered
        await by_menu(app, pilot, "text", "Zoom")
        assert app.main.has_class("-zoom")
        await by_menu(app, pilot, "text", "Find")
        assert app.focused is app.main.text_pane.find_bar
        await pilot.press(*"boats")
        await by_menu(app, pilot, "text", "Leave")
        await until(pilot, lambda: not len(view.marks.matches))


async def test_the_sources_by_mouse(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        rows = app.main.source_list
        await pilot.click(rows, offset=(4, 4))
        await until(pilot, lambda: app.main.state.source and app.main.state.source.title.startswith("Patrol"))
        await until(pilot, lambda: library.sources()[1].read)
        await pilot.click(rows, offset=(4, 0))
        await until(pilot, lambda: app.main.state.source and app.main.state.source.title.startswith("Boats"))
        await by_menu(app, pilot, "text", "Back")
        await until(pilot, lambda: app.main.state.source.title.startswith("Patrol"))
        await by_menu(app, pilot, "text", "Forward")
        await until(pilot, lambda: app.main.state.source.title.startswith("Boats"))
        await by_menu(app, pilot, "sources", "Pin")
        await until(pilot, lambda: any(row.pinned for row in library.sources()))
        await by_menu(app, pilot, "sources", "Sort")
        assert app.main.state.order == "title"
        await by_menu(app, pilot, "sources", "Reviewed")
        await until(pilot, lambda: any(row.reviewed for row in library.sources()))
        await by_menu(app, pilot, "sources", "Mark")
        assert len(rows.marked) == 1
        await by_menu(app, pilot, "sources", "Leave")
        assert not rows.marked
        await by_menu(app, pilot, "sources", "Tags")
        await until(pilot, lambda: isinstance(app.screen, TagsScreen))
        await pilot.press(*"navy")
        await pilot.click("#save")
        await until(pilot, lambda: library.tags.all() == [("navy", 1)])
        await by_menu(app, pilot, "sources", "Remove")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await click_key(pilot, "No")
        await until(pilot, lambda: app.screen is app.main)
        assert library.totals().sources == 2


async def test_the_facts_by_mouse(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        facts = app.main.fact_list
        await until(pilot, lambda: facts.count == 2)
        source = app.main.state.source.id
        await pilot.click(facts, offset=(6, 0))
        await pilot.click(app.main.facts_pane, offset=(app.main.facts_pane.size.width // 2, 0))
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await click_key(pilot, "Close")
        await until(pilot, lambda: app.screen is app.main and app.focused is facts)
        for title, state in (("Accept", "accepted"), ("Reject", "rejected")):
            await click_key(pilot, title)
            await until(pilot, lambda state=state: state in {r.state for r in library.reviews(source).values()})
        await click_key(pilot, "Undo")
        await until(pilot, lambda: "rejected" not in {one.state for one in library.reviews(source).values()})
        await click_key(pilot, "Correct")
        await until(pilot, lambda: isinstance(app.screen, CorrectScreen))
        await pilot.click("#cancel")
        await until(pilot, lambda: app.screen is app.main)
        await by_menu(app, pilot, "facts", "Group")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await click_choice(pilot, "By operator")
        await until(pilot, lambda: app.main.facts_pane.groups["count"] == "operator")
        await by_menu(app, pilot, "facts", "Show only")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await click_choice(pilot, "personnel")
        await until(pilot, lambda: app.main.facts_pane.wanted["count"] == {"category": "personnel"})
        await by_menu(app, pilot, "facts", "Leave")
        assert not app.main.facts_pane.wanted["count"]
        await by_menu(app, pilot, "facts", "Scope")
        await until(pilot, lambda: app.main.state.all_sources and facts.count > 4)
        await click(pilot, "Quotes")
        await until(pilot, lambda: app.main.facts_pane.kind == "quote")


async def test_the_search_by_mouse(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await click_key(pilot, "Search")
        await pilot.press(*"kestrel boats")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "kestrel boats")
        await by_menu(app, pilot, "sources", "Save search")
        await until(pilot, lambda: isinstance(app.screen, SaveSearchScreen))
        await pilot.press("enter")
        await until(pilot, lambda: library.searches.saved())
        await by_menu(app, pilot, "sources", "Leave")
        await until(pilot, lambda: not app.main.searching)
        await by_menu(app, pilot, "sources", "Searches")
        await until(pilot, lambda: isinstance(app.screen, SearchesScreen) and app.screen.query_one(SearchList).count)
        await pilot.click(app.screen.query_one(SearchList), offset=(4, 1))
        await until(pilot, lambda: app.main.searching and app.screen is app.main)
        await until(pilot, lambda: app.main.hit_list.count == 2)
        await pilot.click(app.main.hit_list, offset=(4, 6))
        await until(pilot, lambda: app.focused is app.main.text_view)


async def test_one_type_alone_and_the_tour_by_mouse(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        legend = app.main.legend_bar
        await until(pilot, lambda: len(legend.present()) > 2)
        await pilot.click(legend, offset=(3, 0), button=3)
        assert legend.shown == {legend.present()[0]}
        await pilot.click(legend, offset=(3, 0), button=3)
        assert len(legend.shown) == len(TYPES)
        app.action_tour()
        await until(pilot, lambda: app.screen.query(Tour))
        await pilot.click(Tour)
        await until(pilot, lambda: not app.screen.query(Tour))
