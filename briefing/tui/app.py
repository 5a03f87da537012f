"""The reader's app: what all screens share, and nothing of what they do."""

from __future__ import annotations

from asyncio import to_thread, wait_for
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.notifications import SeverityLevel

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings, resolve
from briefing.tui.ink import Inks
from briefing.tui.looks import Look, find_look
from briefing.tui.screens.main import MainScreen
from briefing.tui.type_ahead import TypeAhead

if TYPE_CHECKING:
    from briefing.library import ExtractionCache, Library
    from briefing.model.settings import Settings

DEFAULT_THEME: Final = "briefing-dark"
_SAVING: Final = 0.5
"""Seconds that leaving waits for the library, which an ingest may hold, to take down the place."""


class ThemeMissing(Exception):
    """Not even the default theme can be read; the message names the folders looked at."""


class BriefingApp(TypeAhead, inherit_bindings=False):
    """Shows a library.

    ``library`` is one, or opens one when it is called: in a thread, after the first frame. ``refs`` are taken into
    it at the start. ``themes`` are folders of theme files; a later one's themes replace an earlier one's.
    """

    CSS_PATH = "briefing.tcss"
    TITLE = "briefing"
    BINDINGS = bindings("app")
    ENABLE_COMMAND_PALETTE = False  # ours is opened by an action that can be given another key

    def __init__(
        self,
        library: Library | Callable[[], Library],
        *,
        settings: Settings,
        themes: Sequence[Path],
        refs: Sequence[str] = (),
        cache: ExtractionCache | None = None,
        lexicons: Path | None = None,
        stdin: bytes | None = None,
        samples: Path | None = None,
        template: Path | None = None,
    ) -> None:
        """Raises :class:`ThemeMissing` where ``themes`` hold neither the theme of the settings nor the default one."""
        self.settings = settings
        self.refs = refs
        self.samples = samples
        self.template = template
        self.ingest_options: dict[str, object] = {
            "jobs": settings.jobs, "model": settings.model, "lexicons": lexicons, "cache": cache, "stdin": stdin,
        }  # fmt: skip
        self.theme_folders = tuple(themes)
        self.looks: dict[str, Look] = {}
        self._library = library
        wanted = find_look(settings.theme, self.theme_folders)
        found = wanted or find_look(DEFAULT_THEME, self.theme_folders)
        if found is None:
            folders = ", ".join(str(folder) for folder in themes) or "no folder"
            raise ThemeMissing(f"No theme {DEFAULT_THEME!r} in {folders}.")
        self._first_look = found
        self._inks: tuple[str, Inks] | None = None
        super().__init__()
        self._begin_with(found)
        self.keymap = resolve(settings.keys)
        self.set_keymap(self.keymap.keys)
        self._problems = [SafeText(problem) for problem in self.keymap.problems]
        if wanted is None:
            self._problems.append(SafeText(f"theme: there is none named {settings.theme!r}; T shows those there are."))

    def get_default_screen(self) -> MainScreen:
        """The reader itself: no other screen is made first."""
        return MainScreen(self.settings.measure, "added" if self.refs else "newest")

    def on_mount(self) -> None:
        """Draw first; whatever takes time comes after that."""
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        self.main.mount_rest()
        self.main.open_library()
        self.set_timer(0.5, self._read_themes)
        for problem in self._problems:
            self.notify(problem, title="Settings", severity="warning", timeout=10)

    @property
    def main(self) -> MainScreen:
        """The screen at the bottom."""
        return self.screen_stack[0]  # type: ignore[return-value]

    def open_library(self) -> Library:
        """The library; called in a thread, as opening may take time. Raises what opening raises."""
        if callable(self._library):
            self._library = self._library()
        return self._library

    # Themes

    @property
    def inks(self) -> Inks:
        """The styles of the theme in use."""
        if self._inks is None or self._inks[0] != self.theme:
            look = self.looks.get(self.theme, self._first_look)
            self._inks = self.theme, Inks(look.colours)
        return self._inks[1]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours for themes that are not ours."""
        return self._first_look.variables()

    def _begin_with(self, look: Look) -> None:
        """Use a theme from the start. Setting it as one does later would parse and apply the style sheet twice."""
        self.looks[look.name] = look
        self.register_theme(look.theme())
        if look.ansi:
            self.theme = look.name
            return
        self.set_reactive(App.theme, look.name)
        self.add_class(f"-theme-{look.name}", "-dark-mode" if look.dark else "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())

    def _read_themes(self) -> None:
        """Read all theme files once there is time, and say what is wrong with which."""
        from briefing.tui.theme import load_themes

        found = load_themes(self.theme_folders)
        for name in list(self.available_themes):
            if name not in self.looks and name not in found.files:
                self.unregister_theme(name)
        for file in found.files.values():
            self.looks[file.name] = file.look()
            self.register_theme(self.looks[file.name].theme())
        for problem in found.problems:
            self.notify(problem.message, title="A theme was left out", severity="warning", timeout=10)

    def action_themes(self) -> None:
        """Choose another theme."""
        from briefing.tui.commands import open_palette

        self._read_themes()
        open_palette(self, only_themes=True)

    # What all screens can do

    def action_palette(self) -> None:
        """Find anything by its name."""
        from briefing.tui.commands import open_palette

        open_palette(self)

    def action_help(self) -> None:
        """Show keys, signs and the query language."""
        from briefing.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.keymap.keys))

    def action_interrupt(self) -> None:
        """Copy what is selected; without a selection say how to quit, which is what Ctrl+C does elsewhere."""
        if self.screen is self.main and self.main.text_view.text_selection is not None:
            self.main.action_copy()
        else:
            self.notify("q or Ctrl+Q quits.", timeout=3)

    async def action_quit(self) -> None:
        """Stop all work, remember the place, leave."""
        self.main.stop_work()
        with suppress(TimeoutError):
            await wait_for(to_thread(self.main.save_place), _SAVING)
        self.exit()

    def copy(self, text: str) -> None:
        """Put text on the clipboard, through the terminal and through the system's own program if there is one."""
        from briefing.tui.clipboard import copy_to_system

        self.copy_to_clipboard(text)
        self.run_worker(lambda: copy_to_system(text), thread=True, group="clipboard", exit_on_error=False)

    def tell_error(self, error: BaseException | None) -> None:
        """Say what went wrong in a thread. What a user can act on comes with words for the user."""
        from briefing.library.errors import LibraryError

        words = str(error) if isinstance(error, LibraryError) else f"{type(error).__name__}: {error}"
        self.notify(SafeText(words).line(), title="This went wrong", severity="error", timeout=10)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in the corner, as plain text: nothing in it is markup, nothing reaches the terminal raw."""
        del markup
        super().notify(SafeText(message), title=SafeText(title), severity=severity, timeout=timeout, markup=False)
