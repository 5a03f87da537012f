"""Settings while the reader runs: current values, where they are kept, and the effect of a change."""

from __future__ import annotations

from asyncio import to_thread
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.signal import Signal

from briefing.model.safetext import SafeText
from briefing.model.settings import DECLARED, ConfigError, Setting, Settings
from briefing.tui.kept_settings import Kept
from briefing.tui.keymap import resolve
from briefing.tui.textual_patches.colour_reports import ColoursTurned, hear_reports
from briefing.tui.theming.theme_switching import AUTO, DEFAULT_THEME, LIGHT_THEME, Themed

if TYPE_CHECKING:
    from collections.abc import Sequence


class Preferring(Themed, inherit_bindings=False):
    """The settings' part of the app. Without ``kept``, a change holds until the end of the program."""

    def __init__(
        self, settings: Settings, themes: Sequence[Path], kept: Kept | None, *, theme: str = "", follow: bool = False
    ) -> None:
        """``theme`` is the one to begin with, where that is not the one of the settings."""
        hear_reports()
        super().__init__(theme or settings.theme, themes, follow=follow)
        self.settings = settings
        self.kept = kept
        self.template: Path | None = kept.template if kept else None
        self.ingest_options: dict[str, object] = _for_ingest(settings)
        self.settings_changed: Signal[Settings] = Signal(self, "settings-changed")
        self.keymap = resolve(settings.keys)
        self.set_keymap(self.keymap.keys)

    def all_settings(self) -> list[Setting]:
        """Every setting as it stands."""
        if self.kept is not None:
            return list(self.kept)
        return [Setting(name, getattr(self.settings, name), "default", one.help) for name, one in DECLARED.items()]

    async def keep(self, key: tuple[str, ...], value: Any) -> list[SafeText]:
        """Set a setting in the user's file and apply it; returns what is wrong with it, if anything.

        Args:
            key: The setting's name, or ``keys`` and the id of an action.
            value: The new value; None takes the key out of the file.
        """
        if self.kept is None:
            return [SafeText("There is no settings file to keep this in.")]
        try:
            self.kept = await to_thread(self.kept.changed, key, value)
        except ConfigError as error:
            return [SafeText(problem) for problem in error.problems]
        self._take(self.kept.settings)
        return []

    def _take(self, settings: Settings) -> None:
        """Apply changed settings, as far as that can be done while the program runs."""
        before, self.settings = self.settings, settings
        if settings.keys != before.keys:
            self.keymap = resolve(settings.keys)
            self.set_keymap(self.keymap.keys)
        if settings.theme != before.theme:
            self.show_theme(settings.theme)
        self.ingest_options |= _for_ingest(settings)
        self.template = self.kept.template if self.kept else None
        self.settings_changed.publish(settings)

    @property
    def follows_terminal(self) -> bool:
        """Whether the theme is to be light or dark as the terminal is: not one that was chosen, or of few colours."""
        return self.settings.theme == AUTO and self.theme in {DEFAULT_THEME, LIGHT_THEME}

    def on_colours_turned(self, message: ColoursTurned) -> None:
        """The terminal is dark or light now."""
        wanted = LIGHT_THEME if message.light else DEFAULT_THEME
        if self.follows_terminal and wanted not in self.looks:
            self.read_themes()
        if self.follows_terminal:
            self.show_theme(wanted)

    async def choose_theme(self, name: str) -> None:
        """Use a theme from now on, and at the next start."""
        self.show_theme(name)
        if self.kept is None or name == self.settings.theme:
            return
        for problem in await self.keep(("theme",), name):
            self.notify(problem, title="The theme could not be kept", severity="warning", timeout=10)

    def action_settings(self) -> None:
        """Show and change the settings; the same key leaves them."""
        from briefing.tui.dialogs.settings import SettingsScreen

        if isinstance(self.screen, SettingsScreen):
            self.screen.dismiss(None)
        elif not any(isinstance(screen, SettingsScreen) for screen in self.screen_stack):
            self.push_screen(SettingsScreen())


def _for_ingest(settings: Settings) -> dict[str, object]:
    """Options of an ingest from the settings."""
    return {
        "jobs": settings.jobs,
        "model": settings.model,
        "kernels": settings.kernels,
        "languages": settings.languages,
    }
