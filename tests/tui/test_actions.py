"""The one list of actions: bindings, help, palette, other keys by the settings."""

import pytest
from textual.binding import Binding
from textual.command import CommandList
from textual.widgets import Static

from briefing.library import Library
from briefing.tui.actions import ACTIONS, BY_ID, SCOPE_TITLES, bindings
from briefing.tui.app import BriefingApp
from briefing.tui.as_printed.page import PageScreen, Sheet
from briefing.tui.as_printed.table import TableScreen, TableView
from briefing.tui.commands import ActionProvider
from briefing.tui.dialogs.add_sources import AddScreen, Files
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import ChoiceList, ChooseScreen
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.entity_card import CardScreen
from briefing.tui.dialogs.facets import FacetsScreen
from briefing.tui.dialogs.failures import FailureList, FailuresScreen
from briefing.tui.dialogs.help import HelpScreen, Page
from briefing.tui.dialogs.keys import KeyList, KeysScreen
from briefing.tui.dialogs.pick_entity import EditsScreen, PickEntity, TypeScreen
from briefing.tui.dialogs.saved_searches import SearchesScreen, SearchList
from briefing.tui.dialogs.settings import SettingList, SettingsScreen
from briefing.tui.dialogs.tags import TagInput, TagsScreen
from briefing.tui.facts.add import AddFactScreen
from briefing.tui.keymap import resolve, shown_key, shown_keys, split_keys
from briefing.tui.main_screen.facts_pane import FactsPane
from briefing.tui.main_screen.hits_pane import HitsPane
from briefing.tui.main_screen.screen import MainScreen
from briefing.tui.main_screen.search_pane import SearchPane
from briefing.tui.main_screen.sources_pane import SourcesPane
from briefing.tui.main_screen.text_pane import TextPane
from briefing.tui.widgets.card_list import CardList
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.widgets.facts_panel import FactList
from briefing.tui.widgets.hit_list import HitList
from briefing.tui.widgets.inputs import ListedInput, SearchBar
from briefing.tui.widgets.key_bar import KeyBar
from briefing.tui.widgets.legend import Legend
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.source_list import SourceList
from briefing.tui.widgets.tabs import Tabs
from briefing.tui.widgets.text_view import TextView
from tests.tui.conftest import Reading, screen_text, settle, told, until

PLACES = {
    "app": BriefingApp, "main": MainScreen, "sources": SourceList, "text": TextView, "facts": FactList,
    "search": SearchBar, "hits": HitList, "legend": Legend, "rows": RowList, "dialog": Dialog, "choice": ChoiceList,
    "card": CardList, "claims": ClaimList, "searches": SearchList, "failures": FailureList, "settings": SettingList,
    "keys": KeyList, "typing": ListedInput, "tags": TagInput, "confirm": ConfirmScreen, "page": Page, "files": Files,
    "picture": Sheet, "table": TableView,
}  # fmt: skip
SCREENS = {
    "dialog": (Dialog,), "choice": (ChooseScreen, FacetsScreen, TagsScreen, PickEntity, TypeScreen, EditsScreen),
    "card": (CardScreen,), "claims": (ClaimsScreen,), "searches": (SearchesScreen,), "failures": (FailuresScreen,),
    "settings": (SettingsScreen,), "keys": (KeysScreen,), "typing": (PickEntity,), "tags": (TagsScreen,),
    "sources": (SourcesPane,), "text": (TextPane,), "facts": (FactsPane,), "search": (SearchPane,), "hits": (HitsPane,),
    "confirm": (ConfirmScreen,), "page": (HelpScreen,), "files": (AddScreen,), "fact": (AddFactScreen,),
    "picture": (PageScreen,), "table": (TableScreen,),
}  # fmt: skip


def test_ids_are_unique_and_every_action_is_explained() -> None:
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert action.title
        assert action.help.endswith(".")


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_someone_does_every_action(action: object) -> None:
    for scope in action.scopes:
        for screen in SCREENS.get(scope, (MainScreen,)):
            doer = {"self": PLACES.get(scope), "screen": screen, "app": BriefingApp}[action.where]
            assert callable(getattr(doer, f"action_{action.method}"))


@pytest.mark.parametrize("scope", SCOPE_TITLES)
def test_no_key_means_two_things_in_one_place(scope: object) -> None:
    keys = [key for action in ACTIONS if scope in action.scopes for key in split_keys(action.keys)[0]]
    assert len(keys) == len(set(keys))
    assert all(isinstance(binding, Binding) and binding.id for binding in bindings(scope))


def test_other_keys() -> None:
    made = resolve({"search": "ctrl+t", "next_mention": "n, ctrl+n"})
    assert made.keys == {"search": "ctrl+t", "next_mention": "n,ctrl+n"}
    assert made.problems == ()


def test_unknown_actions_and_keys_are_named() -> None:
    made = resolve({"next_menton": "x", "search": "crtl+t,ctrl+t", "help": "nokey"})
    assert made.keys == {"search": "ctrl+t"}
    assert made.problems == (
        "keys.next_menton: there is no such action; next_mention is near.",
        "keys.search: there is no key 'crtl+t'.",
        "keys.help: there is no key 'nokey'.",
    )


def test_conflicts_are_named() -> None:
    made = resolve({"find": "x", "copy": "x", "card": "y"})
    assert made.keys == {"find": "x", "card": "y"}
    assert "keys.copy: x is set for find already." in made.problems
    assert "keys.card: y was the key of copy, which needs another." in made.problems


def test_a_pane_that_hides_a_key_of_the_whole_screen_is_named() -> None:
    assert resolve({"card": "e"}).problems == ("keys.card: e is the key of export as well, which it hides there.",)
    assert resolve({"card": "q"}).problems == ("keys.card: q is the key of quit as well, which it hides there.",)
    assert resolve({"card": "e", "export": "ctrl+e"}).problems == ()
    assert resolve({"leave_search": "escape"}).problems == ()


def test_a_key_that_a_pane_hides_is_named() -> None:
    """A key of the whole screen that means something else in the pane with the focus would do nothing there."""
    assert resolve({"export": "x"}).problems == (
        "keys.export: x is the key of mark as well, which hides it: Sources.",
        "keys.export: x is the key of mark_fact as well, which hides it: Facts.",
    )
    assert resolve({"help": "y"}).problems == (
        "keys.help: y is the key of copy as well, which hides it: Text, Facts.",
        "keys.help: y is the key of yes as well, which hides it: Questions.",
    )


def test_keys_of_dialogs_are_checked_too() -> None:
    assert resolve({"merge_entity": "j"}).problems == (
        "keys.merge_entity: j was the key of down, which needs another.",
    )
    assert resolve({"forget": "escape"}).problems == (
        "keys.forget: Esc is the key of close as well, which it hides there.",
    )
    assert resolve({"close": "escape,f9"}).problems == ()


def test_swapped_keys_are_no_conflict() -> None:
    assert resolve({"find": "y", "copy": "f"}).problems == ()


def test_keys_as_a_reader_writes_them() -> None:
    assert shown_keys("palette", {}) == "^p"
    assert shown_keys("help", {}) == "? F1"
    assert shown_keys("palette", {"palette": "ctrl+k,f2"}) == "^k F2"
    assert [shown_key(key) for key in ("escape", "shift+tab", "down", "slash", "+")] == [
        "Esc", "Shift-Tab", "↓", "/", "+",
    ]  # fmt: skip


async def test_a_rebound_key_works_and_is_shown(library: Library, reading: Reading) -> None:
    async with reading(library, keys={"search": "ctrl+t", "nosuch": "x"}) as (app, pilot):
        assert "keys.nosuch" in told(app)
        assert "^t Search" in screen_text(app)
        await pilot.press("slash")
        assert app.focused is not app.main.search_bar
        await pilot.press("ctrl+t")
        assert app.focused is app.main.search_bar


async def test_help_lists_every_key(library: Library, reading: Reading) -> None:
    async with reading(library, size=(120, 50), keys={"export": "ctrl+e"}) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        page = " ".join(str(app.screen.query_one("#keys-and-signs", Static).content).split())  # lines are cut to fit
        for action in ACTIONS:
            assert action.help in page
        assert "^e" in page
        assert '"missile launch"~5' in page
        assert "the words of the quote" in page
        await pilot.press("q")
        assert app.screen is app.main


async def test_palette_runs_actions(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        names = [thing[0] for thing in ActionProvider(app.main).things()]
        assert "Export" in names
        assert "Accept" in names
        await app.main.do("zoom")
        assert app.main.has_class("-zoom")
        await app.main.do("search")
        await settle(pilot)
        assert app.focused is app.main.search_bar


async def test_palette_finds_sources_and_themes(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        app.read_themes()
        await pilot.press("ctrl+p", *"harbour")
        await until(pilot, lambda: "Theme harbour" in screen_text(app))
        await until(pilot, lambda: app.screen.query_one(CommandList).highlighted is not None)
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "harbour")


async def test_keys_at_the_bottom_can_be_clicked(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        last = screen_text(app).split("\n")[-1]
        await pilot.click(offset=(last.index("Search"), 39))
        await settle(pilot)
        assert app.focused is app.main.search_bar
        last = screen_text(app).split("\n")[-1]
        await pilot.click(offset=(last.index("Help"), 39))
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_quit(library: Library, reading: Reading) -> None:
    for key in ("q", "ctrl+q"):
        async with reading(library) as (app, pilot):
            await pilot.press(key)
            await pilot.pause()
            assert app.return_code == 0


async def test_keys_of_dialogs_are_shown_and_can_be_others(library: Library, reading: Reading) -> None:
    """The last line has the keys of what is on top, and nothing of the main screen, whatever goes on there."""
    async with reading(library, keys={"close": "f8", "next_part": "n"}) as (app, pilot):
        await pilot.press("2", "n", "enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen))
        card = app.screen
        app.main.refresh_bindings()
        await until(pilot, lambda: "n Next part" in screen_text(app).split("\n")[-1])
        assert " ".join(screen_text(app).split("\n")[-1].split()) == (
            "Enter Choose m Merge r Rename s Split t Type x No entity u Undo / Search "
            "n Next part < Card before F8 Close ^p Palette"
        )
        assert not app.main.query_one(KeyBar).items()
        await pilot.press("escape", "l")
        assert app.screen is card
        assert card.query_one(Tabs).active == "places"
        await pilot.press("n")
        await until(pilot, lambda: card.query_one(Tabs).active == "facts")
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("question_mark")
        await until(pilot, lambda: app.screen is card)
        await pilot.press("f8")
        await until(pilot, lambda: app.screen is app.main)
        await until(pilot, lambda: "q Quit" in screen_text(app).split("\n")[-1])
