"""What could not be read, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.ink import inks
from briefing.tui.screens.dialog import Dialog
from briefing.tui.widgets.drawing import fold, line
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import file_name, number, own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.listing import Failure


class FailureList(RowList, inherit_bindings=False):
    """File names, each with the reason below it."""

    BINDINGS = bindings("rows")

    def __init__(self, failures: Sequence[Failure]) -> None:
        super().__init__(id="failed")
        self._failures = failures
        self.empty = own("Everything so far could be read.")

    def on_mount(self) -> None:
        """Show them; a reason takes up to two lines."""
        self.set_rows(range(0, 4 * len(self._failures) + 1, 4), 0)

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """Path and reason."""
        failure = self._failures[index]
        muted = inks(self)["muted"]
        path = failure.path.line()
        name = file_name(path)
        folder = SafeText(path.removesuffix(name).rstrip("/\\"))
        lines = [line([(own("⚠ "), muted), (name, Style(bold=True)), (own("  ") + folder, muted)], width, base)]
        lines += [line([(own("  ") + part, muted)], width, base) for part in fold(failure.reason.line(), width - 2, 2)]
        return lines + [Strip.blank(width, base)] * (4 - len(lines))


class FailuresScreen(Dialog[None]):
    """A list to look at."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        super().__init__()
        self._failures = failures

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="box wide") as box:
            box.border_title = f"Not read {number(len(self._failures))}"
            box.border_subtitle = "Esc"
            yield FailureList(self._failures)
