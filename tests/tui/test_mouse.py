"""Everything by mouse: that each action can be clicked, from the list of actions, and the parts of the reader so."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import pytest
from textual.command import Command, CommandList
from textual.pilot import Pilot

from briefing.library import Library
from briefing.model.listing import Failure
from briefing.model.safetext import SafeText
from briefing.tui.actions import ACTIONS, SCOPE_TITLES, only_moves
from briefing.tui.app import BriefingApp
from briefing.tui.commands import Palette
from briefing.tui.screens.add import AddScreen, Files
from briefing.tui.screens.card import CardScreen
from briefing.tui.screens.choose import ChooseScreen
from briefing.tui.screens.claims import ClaimsScreen
from briefing.tui.screens.confirm import ConfirmScreen
from briefing.tui.screens.dialog import Dialog
from briefing.tui.screens.failures import FailuresScreen
from briefing.tui.screens.help import HelpScreen
from briefing.tui.screens.keys import KeysScreen
from briefing.tui.screens.main import MainScreen
from briefing.tui.screens.pick_entity import PickEntity
from briefing.tui.screens.searches import SearchesScreen
from briefing.tui.screens.settings import SettingsScreen
from briefing.tui.screens.tags import TagsScreen
from tests.tui.conftest import Reading, click_key, settle, until

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
    await app.push_screen(FailuresScreen(app.main.library))


async def to_the_tree(app: BriefingApp, pilot: Pilot[Any]) -> None:
    await keys("A", screen=AddScreen)(app, pilot)
    app.screen.set_focus(app.screen.query_one(Files))


PLACES: dict[str, Go] = {
    "app": keys(), "main": keys(), "sources": keys("1"), "text": keys("2"), "facts": keys("3"),
    "search": keys("slash", *"Larnholm"), "hits": to_hits, "legend": keys("2", "t"), "rows": keys(),
    "dialog": keys("question_mark", screen=HelpScreen), "choice": keys("v", screen=ChooseScreen),
    "card": keys("2", "n", "enter", screen=CardScreen), "claims": keys("equals_sign", screen=ClaimsScreen),
    "searches": keys("S", screen=SearchesScreen), "failures": to_failures,
    "settings": keys("comma", screen=SettingsScreen), "keys": to_keys,
    "typing": keys("2", "n", "enter", "m", screen=PickEntity), "tags": keys("number_sign", screen=TagsScreen),
    "confirm": keys("delete", screen=ConfirmScreen), "page": keys("question_mark", screen=HelpScreen),
    "files": to_the_tree,
}  # fmt: skip


def offered(app: BriefingApp) -> dict[str, int]:
    """The actions in the palette, each with the number of its row."""
    found: dict[str, int] = {}
    for row, option in enumerate(app.screen.query_one(CommandList).options):
        command = option.hit.command if isinstance(option, Command) else None
        if getattr(getattr(command, "func", None), "__name__", "") == "do":
            found[command.args[0]] = row
    return found


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
            for doer in (place, app.focused, app):
                if doer is not None and hasattr(doer, f"action_{name}"):
                    monkeypatch.setattr(doer, f"action_{name}", lambda name=name: ran.append(name))
            await place.do(name)
            assert ran.pop() == name
