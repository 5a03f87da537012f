"""Switch themes: the one at the start, a preview, another one, and files that change meanwhile."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.filter import NoColor

from briefing.tui.textual_patches.key_queue import TypeAhead
from briefing.tui.textual_patches.themes import Rethemed
from briefing.tui.theming.palette import Look
from briefing.tui.theming.styles import Inks
from briefing.tui.theming.theme_finder import find_look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.filter import LineFilter

    from briefing.tui.theming.theme_files import Problem, Themes

DEFAULT_THEME: Final = "briefing-dark"
LIGHT_THEME: Final = "briefing-light"
AUTO: Final = "auto"
"""The theme that fits the terminal."""
_NO_COLOURS: Final = (NoColor(),)
_READING: Final = 0.5
"""Seconds after the first frame at which the files of all other themes are read."""


class ThemeMissing(Exception):
    """Not even the default theme can be read; the message names the folders looked at."""


class Themed(TypeAhead, Rethemed, inherit_bindings=False):
    """The themes' part of the app. ``themes`` are folders; a later one's files replace an earlier one's."""

    def __init__(self, theme: str, themes: Sequence[Path], *, follow: bool = False) -> None:
        """Raises :class:`ThemeMissing` where ``themes`` hold neither ``theme`` nor the default one."""
        self.theme_folders = tuple(themes)
        self.looks: dict[str, Look] = {}
        wanted = find_look(DEFAULT_THEME if theme == AUTO else theme, self.theme_folders)
        found = wanted or find_look(DEFAULT_THEME, self.theme_folders)
        if found is None:
            folders = ", ".join(str(folder) for folder in themes) or "no folder"
            raise ThemeMissing(f"No theme {DEFAULT_THEME!r} in {folders}.")
        self.theme_found = wanted is not None
        self._first_look = found
        self._inks: tuple[str, Inks] | None = None
        self._follow = follow
        self._followed_enough = threading.Event()
        super().__init__()
        self._begin_with(found)

    @property
    def inks(self) -> Inks:
        """The styles of the theme in use."""
        if self._inks is None or self._inks[0] != self.theme:
            look = self.looks.get(self.theme, self._first_look)
            self._inks = self.theme, Inks(look.colours, colourless=self.no_color)
        return self._inks[1]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Filters of every line before it is written. Without colours there are none at all, not even greys.

        Textual chooses between the two once, at the start; a theme of the terminal's own colours, chosen later, came
        out as black on black.
        """
        return _NO_COLOURS if self.no_color else super().get_line_filters()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours for themes that are not ours."""
        return self._first_look.variables()

    def _shown(self, look: Look) -> Look:
        """The theme in colours that the terminal has."""
        if self.console.color_system != "256":
            return look
        from briefing.tui.theming.reduced_palette import in_256

        return in_256(look)

    def _begin_with(self, look: Look) -> None:
        """Use a theme from the start. Setting it as one does later would parse and apply the style sheet twice."""
        self._first_look = look = self._shown(look)
        self.looks[look.name] = look
        self.register_theme(look.theme())
        if look.ansi:
            self.theme = look.name
            return
        self.set_reactive(App.theme, look.name)
        self.add_class(f"-theme-{look.name}", "-dark-mode" if look.dark else "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())

    def begin_themes(self) -> None:
        """After the first frame: read the other themes in a moment, and follow their files if asked to."""
        self.set_timer(
            _READING,
            lambda: self.run_worker(self._read_aside, thread=True, group="themes", description="theme files"),
        )
        if self._follow:
            self.run_worker(self._follow_files, thread=True, group="watching", description="theme files")

    def end_themes(self) -> None:
        """Follow no files any more."""
        self._followed_enough.set()

    def _read_aside(self) -> None:
        """Read all theme files in a thread: with the import of what reads them that takes most of a frame."""
        from briefing.tui.theming.theme_files import load_themes

        self.call_later(self._themes_read, load_themes(self.theme_folders))

    def read_themes(self) -> None:
        """Read all theme files now."""
        from briefing.tui.theming.theme_files import load_themes

        self._themes_read(load_themes(self.theme_folders))

    def _themes_read(self, found: Themes) -> None:
        """Take over all themes, and say what is wrong with which."""
        for name in list(self.available_themes):
            if name not in self.looks and name not in found.files:
                self.unregister_theme(name)
        self._take_themes(found)
        self._tell_problems(found.problems)

    def _take_themes(self, found: Themes) -> None:
        """Take over what is new or other than before, and show it if it is the theme in use."""
        for file in found.files.values():
            look = self._shown(file.look())
            known, self.looks[look.name] = self.looks.get(look.name), look
            if known == look:
                continue
            self.register_theme(look.theme())
            if known is not None and look.name == self.theme:
                self._show_again()

    def _show_again(self) -> None:
        """Draw everything in the colours that the theme in use has by now."""
        self._inks = None
        self.theme_again()
        for screen in self.screen_stack:
            for node in screen.walk_children():
                node.notify_style_update()

    def _tell_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.notify(str(problem.message), title="A theme was left out", severity="warning", timeout=10)

    def _follow_files(self) -> None:
        """Take over theme files whenever one is written; a bad one is told, and its last good form stays in use."""
        from watchfiles import watch

        self.theme_folders[-1].mkdir(parents=True, exist_ok=True)
        for changes in watch(*filter(Path.is_dir, self.theme_folders), stop_event=self._followed_enough, debounce=200):
            self.call_from_thread(self._files_changed, {Path(path) for _, path in changes})

    def _files_changed(self, paths: set[Path]) -> None:
        from briefing.tui.theming.theme_files import load_themes

        if not any(path.suffix == ".toml" for path in paths):
            return
        found = load_themes(self.theme_folders)
        self._take_themes(found)
        resolved = {os.path.realpath(path) for path in paths}
        problems = [problem for problem in found.problems if os.path.realpath(problem.path) in resolved]
        self._tell_problems(problems)
        if not problems:
            self.notify("Theme files were read again.", timeout=2)

    # Choosing another one

    def action_themes(self) -> None:
        """Choose another theme."""
        from briefing.tui.commands import open_palette

        self.read_themes()
        open_palette(self, only_themes=True)

    def show_theme(self, name: str) -> None:
        """Draw in a theme, which may be left again."""
        if name in self.looks and name != self.theme:
            self.theme = name

    async def choose_theme(self, name: str) -> None:
        """Use a theme from now on."""
        self.show_theme(name)
