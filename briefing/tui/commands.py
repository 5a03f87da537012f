"""The command palette: actions, sources, entities, searches, themes, each by its name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import Command, CommandPalette, DiscoveryHit, Hit, Hits, Matcher, Provider
from textual.content import Content
from textual.widgets import OptionList

from briefing.model.safetext import SafeText
from briefing.tui.actions import ACTIONS, SCOPE_TITLES, Action, only_moves
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.saved_searches import found_words
from briefing.tui.keymap import shown_keys
from briefing.tui.places import Target
from briefing.tui.textual_patches.plain_palette import PlainPalette
from briefing.tui.wording import TYPE_TITLES, TYPES, day, own, plural

if TYPE_CHECKING:
    from textual.app import App

    from briefing.tui.app_protocol import Main, ReaderApp

Thing = tuple[SafeText, SafeText, Callable[[], object]]

_FROM_ANYWHERE = ("sources", "text", "facts", "card")
_MOST = 20
"""Sources or entities that are offered at once."""


def open_palette(app: App[Any], only_themes: bool = False) -> None:
    """Open the palette; over a dialog it offers the dialog's actions only. Does nothing where it is open.

    Args:
        app: The app.
        only_themes: Whether to offer themes only.
    """
    if CommandPalette.is_open(app):
        return
    providers: list[type[Provider]] = [ThemeList]
    words = "Themes"
    if not only_themes and isinstance(app.screen, Dialog):
        providers, words = [ActionProvider], "Actions"
    elif not only_themes:
        providers = [ActionProvider, TypeProvider, SearchProvider, SourceProvider, EntityProvider, ThemeProvider]
        words = "Sources, entities, themes, actions"
    palette = Palette(providers=providers, placeholder=words)
    palette.set_class(only_themes, "-themes")
    app.push_screen(palette)


class Choose:
    """A command that uses a theme."""

    def __init__(self, app: App[Any], theme: str) -> None:
        self.app = app
        self.theme = theme

    def __call__(self) -> object:
        """Use it from now on."""
        return self.app.run_worker(reader(self.app).choose_theme(self.theme), exit_on_error=False)


class Palette(PlainPalette):
    """The palette; a theme is shown as soon as the cursor is on it, and left again unless it is chosen."""

    def on_mount(self) -> None:
        """Remember what to go back to, and follow the theme: Textual leaves its own screens in the old one."""
        self._before = self.app.theme
        self.app.theme_changed_signal.subscribe(self, lambda _: self.app.stylesheet.update(self))

    @on(OptionList.OptionHighlighted)
    def _show_theme(self, event: OptionList.OptionHighlighted) -> None:
        command = event.option.hit.command if isinstance(event.option, Command) else None
        shown = command.theme if isinstance(command, Choose) else self._before
        reader(self).show_theme(shown)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave, once; the theme from before is back unless another one was chosen."""
        if not self.is_active:  # a second click on its way to a palette that has gone
            return AwaitComplete()
        if not isinstance(self.chosen_command, Choose):
            reader(self).show_theme(self._before)
        return super().dismiss(result)


class _Named(Provider):
    """Finds among things with a name and a line about them. Both are shown as plain text."""

    @property
    def reader(self) -> ReaderApp:
        """The app, by what is asked of it."""
        return reader(self.app)

    DISCOVERED = True

    def things(self) -> list[Thing]:
        """Name, line and what to do when it is chosen."""
        return []

    async def search(self, query: str) -> Hits:
        """The things whose name is like ``query``."""
        matcher = self.matcher(SafeText(query))
        for name, about, command in self.things():
            score = matcher.match(name)
            if score > 0:
                yield _hit(score, _highlight(matcher, name), command, name, about)

    async def discover(self) -> Hits:
        """All of them, if they may fill the list before something is typed."""
        if not self.DISCOVERED:
            return
        for name, about, command in self.things():
            yield DiscoveryHit(Content(name), command, text=name, help=_quiet(about))  # type: ignore[arg-type]


def _highlight(matcher: Matcher, name: SafeText) -> Content:
    """The name with what was typed marked. The matcher's own way to do this would parse the name as markup."""
    content = Content(name)
    _, offsets = matcher.fuzzy_search.match(matcher.query, name)
    for offset in offsets:
        content = content.stylize("underline", offset, offset + 1)
    return content


def _quiet(about: SafeText) -> Content:
    """A line about something, in the theme that is shown by then: Textual would keep the one it was found in."""
    return Content.styled(about, "$muted not bold")


def _hit(score: float, shown: Content, command: Callable[[], object], name: SafeText, about: SafeText) -> Hit:
    """A hit whose line is plain text: Textual would parse a string as markup, and takes content as it is."""
    return Hit(score, shown, command, text=name, help=_quiet(about))  # type: ignore[arg-type]


class ActionProvider(_Named):
    """Every action, with its keys."""

    def things(self) -> list[Thing]:
        """All actions that can be done now but moves of a cursor; on the main screen also those of other panes."""
        screen = self.screen
        over = screen if isinstance(screen, Dialog) else self.reader.main
        now = {active.binding.id for active in screen.active_bindings.values() if active.enabled}
        now -= {"tour"} if isinstance(over, Dialog) else set()  # which stands on the main screen
        found: list[Thing] = []
        for action in ACTIONS:
            if only_moves(action) or action.id == "palette" or not (action.id in now or _besides(action, over)):
                continue
            keys = shown_keys(action.id, self.reader.keymap.keys)
            about = own(f"{keys}  ·  {SCOPE_TITLES[action.scopes[0]]}  ·  {action.help}")
            found.append((own(action.title), about, partial(over.do, action.id)))
        return found


def _besides(action: Action, over: Dialog[Any] | Main) -> bool:
    """Whether it can be done though its key has another meaning where the focus is, as letters have in a field.

    What a pane of the main screen does can be done from any other one: it is gone to.
    """
    if "app" in action.scopes:
        return action.id != "tour" or not isinstance(over, Dialog)
    if isinstance(over, Dialog) or action.where == "self" or "search" in action.scopes:
        return False
    if "main" in action.scopes:
        return bool(over.check_action(action.id, ()))
    return bool({*_FROM_ANYWHERE} & {*action.scopes})


class TypeProvider(_Named):
    """A switch for each type of entity."""

    DISCOVERED = False

    def things(self) -> list[Thing]:
        """A command to show or hide each entity type."""
        legend = self.reader.main.legend_bar
        return [
            (
                own(f"{'Hide' if kind in legend.shown else 'Show'} {TYPE_TITLES[kind]}"),
                own("Highlighting of one type of entity"),
                partial(legend.chosen, kind),
            )
            for kind in TYPES
        ]


class ThemeProvider(_Named):
    """The themes that can be used."""

    DISCOVERED = False

    def things(self) -> list[Thing]:
        """Ours, and the user's; first the one in use."""
        app = self.reader
        return [
            (SafeText(f"Theme {name}"), SafeText(look.about).line(), Choose(self.app, name))
            for name, look in sorted(app.looks.items(), key=lambda item: (item[0] != app.theme, item[0]))
        ]


class ThemeList(ThemeProvider):
    """All themes at once, to choose from."""

    DISCOVERED = True


class SourceProvider(_Named):
    """The sources, by title and publisher."""

    DISCOVERED = False

    async def search(self, query: str) -> Hits:
        """Asked of the library, in a thread."""
        library = self.reader.state.library
        if library is None:
            return
        rows = await asyncio.to_thread(library.sources, text=query, limit=_MOST)
        matcher = self.matcher(SafeText(query))
        for row in rows:
            title = row.title.line()
            about = own(" · ").join(part for part in ("Source", row.publisher or "", day(row.published)) if part)
            command = partial(self.reader.state.open, Target(row.id))
            yield _hit(0.5 + matcher.match(title) / 2, _highlight(matcher, title), command, title, about)


class SearchProvider(_Named):
    """The searches that are kept, with what they find."""

    DISCOVERED = False

    async def search(self, query: str) -> Hits:
        """Asked of the library, in a thread."""
        library = self.reader.state.library
        if library is None:
            return
        matcher = self.matcher(SafeText(query))
        for saved in await asyncio.to_thread(library.searches.saved):
            shown = own("Search ") + saved.name.line()
            if (score := matcher.match(shown)) > 0:
                command = partial(self.reader.main.searches.ask_again, saved.query, str(saved.name))
                yield _hit(score, _highlight(matcher, shown), command, shown, found_words(saved))


class EntityProvider(_Named):
    """The entities, by the beginning of their name."""

    DISCOVERED = False

    async def search(self, query: str) -> Hits:
        """Asked of the library, in a thread."""
        library = self.reader.state.library
        if library is None:
            return
        matcher = self.matcher(SafeText(query))
        for name, kind, sources in await asyncio.to_thread(library.entities, query, _MOST):
            shown = SafeText(name).line()
            about = own(f"{TYPE_TITLES[kind]} · {plural(sources, 'source')}")
            command = partial(self.reader.main.cards.show_card, name, kind)
            yield _hit(0.4 + matcher.match(shown) / 2, _highlight(matcher, shown), command, shown, about)
