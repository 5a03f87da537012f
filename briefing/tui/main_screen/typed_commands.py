"""The command line, jump labels, recorded keys: other ways to do what keys and menus do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from briefing.model.safetext import SafeText
from briefing.tui.app_protocol import reader
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.geometry import Region
    from textual.widget import Widget

    from briefing.tui.command_words import Command
    from briefing.tui.main_screen.screen import MainScreen

_MOST: Final = 200
"""Commands that are remembered."""
_USUAL: Final = "briefing.keys"
"""The file that keys are recorded to where none is named."""


class TypedCommands:
    """Carries out what was typed, on the main screen."""

    def __init__(self, main: MainScreen) -> None:
        self._main = main
        self.past: list[str] = []
        self._with: Mapping[str, Callable[[str], object]] = {
            "search": main.search_pane.put,
            "themes": self._theme,
            "add": lambda words: main.ingest.start([words]),
            "goto": main.text_pane.go_to_place,
            "record": self.record,
            "run": self.run,
            "names": main.search_pane.saved.take_names,
            "workspaces": lambda name: main.workspaces().open(name),
        }

    def ask(self) -> None:
        """Ask for a command."""
        from briefing.tui.dialogs.command_line import CommandScreen

        self._main.app.push_screen(CommandScreen(tuple(self.past)), self._chosen)

    def _chosen(self, command: Command | None) -> None:
        if command is None:
            return
        words = f"{command.name} {command.rest}".strip()
        self.past = [*(one for one in self.past if one != words), words][-_MOST:]
        if command.rest:
            self._with[command.name](command.rest)
        else:
            self._main.run_worker(self._main.do(command.name), exit_on_error=False)

    def _theme(self, name: str) -> None:
        app = reader(self._main)
        looks = app.looks
        found = [one for one in looks if one == name] or [one for one in looks if one.startswith(name)]
        if len(found) == 1:
            self._main.run_worker(app.choose_theme(found[0]), exit_on_error=False)
        else:
            known = ", ".join(sorted(looks))
            self._main.app.notify(SafeText(f"There is no theme “{name}”; there are {known}.").line(), timeout=6)

    # Jumping

    def jump(self) -> None:
        """Show a letter beside each place that can be gone to."""
        from briefing.tui.dialogs.jump import LETTERS, JumpScreen, Label

        places = [(region, answer) for region, answer in self._places() if region.width and region.height]
        labels = [
            Label(letter, region.x, region.y, answer) for letter, (region, answer) in zip(LETTERS, places, strict=False)
        ]
        self._main.app.push_screen(JumpScreen(labels), self._jumped)

    def _places(self) -> list[tuple[Region, str]]:
        """The panes and bars that are in sight, then the rows of the list on the left."""
        main = self._main
        widgets: list[tuple[Widget, str]] = [
            (main.search_pane, "search"),
            (main.hits_pane if main.searching else main.sources_pane, "sources"),
            (main.text_pane, "text"),
            (main.facts_pane, "facts"),
            (main.legend_bar, "types"),
            *([(main.pane_tabs, "next_pane")] if main.narrow else []),
        ]
        found = [(widget.region, answer) for widget, answer in widgets if widget.is_on_screen]
        rows = main.hit_list if main.searching else main.source_list
        return [*found, *((region, f"row {index}") for index, region in rows.regions())]

    def _jumped(self, answer: str | None) -> None:
        main = self._main
        if answer is None:
            return
        if answer.startswith("row "):
            main.go_to("sources")
            rows: Any = main.hit_list if main.searching else main.source_list
            rows.move(int(answer.removeprefix("row ")))
        else:
            main.run_worker(main.do(answer), exit_on_error=False)

    # Recorded keys

    def record(self, path: str = "") -> None:
        """Begin to record keys, or end it and write them to a file that is not there yet."""
        app: Any = self._main.app
        if app.recorded is None:
            app.record_to = path or _USUAL
            app.recorded = []
            self._main.app.notify(own(f"Recording keys to {app.record_to}; the same key ends it."), timeout=4)
            return
        keys, app.recorded = app.recorded[:-1], None  # but for the key that ended it
        self._write(Path(str(app.record_to)).expanduser(), keys)

    def _write(self, path: Path, keys: list[tuple[str, str | None]]) -> None:
        from briefing.tui.macros import write_macro

        number, free = 2, path
        while free.exists():
            free, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
        try:
            write_macro(free, keys)
        except OSError as error:
            self._main.app.notify(SafeText(f"{free}: {error.strerror or error}").line(), severity="error", timeout=8)
        else:
            words = f"{len(keys)} keys are in {free.resolve()}; briefing --run {free.name} presses them."
            self._main.app.notify(SafeText(words).line(), timeout=6)

    def run(self, path: str = "") -> None:
        """Press the keys of a file."""
        from briefing.tui.macros import BadMacro, read_macro

        try:
            keys = read_macro(Path(path or _USUAL).expanduser())
        except (BadMacro, OSError) as error:
            self._main.app.notify(SafeText(str(error)).line(), severity="error", timeout=8)
            return
        for key in keys:
            self._main.app.post_message(key)
