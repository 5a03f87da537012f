"""Sources that could not be read, with the reasons: try again, or take them from the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.strip import Strip
from textual.widgets import Button

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.dialogs.base import Dialog
from briefing.tui.theming.styles import inks
from briefing.tui.threads import in_thread
from briefing.tui.widgets.drawing import fold, line
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import file_name, number, own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.library import Library
    from briefing.model.listing import Failure

_HEIGHT = 4


class FailureList(RowList, inherit_bindings=False):
    """File names, each with the reason below it."""

    BINDINGS = bindings("failures")
    CLICK_CHOOSES = False

    def __init__(self) -> None:
        super().__init__(id="failed")
        self.failures: Sequence[Failure] = ()
        self.empty = own("All files could be read.")

    def show(self, failures: Sequence[Failure]) -> None:
        """Show these; a reason takes up to two lines."""
        self.failures = failures
        self.set_rows(range(0, _HEIGHT * len(failures) + 1, _HEIGHT))

    def current(self) -> Failure | None:
        """The one under the cursor."""
        return self.failures[self.cursor] if self.failures else None

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """Path and reason."""
        failure = self.failures[index]
        muted = inks(self)["muted"]
        path = failure.path.line()
        name = file_name(path)
        folder = SafeText(path.removesuffix(name).rstrip("/\\"))
        lines = [line([(own("⚠ "), muted), (name, Style(bold=True)), (own("  ") + folder, muted)], width, base)]
        lines += [line([(own("  ") + part, muted)], width, base) for part in fold(failure.reason.line(), width - 2, 2)]
        return lines + [Strip.blank(width, base)] * (_HEIGHT - len(lines))


class FailuresScreen(Dialog[list[str]]):
    """Answers with what is to be read again: files and addresses."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library

    def compose(self) -> ComposeResult:
        """The list, and what can be done about it."""
        with Vertical(classes="box wide") as box:
            box.border_title = "Not read"
            yield FailureList()
            with Horizontal(classes="buttons"):
                yield Button("Try again", id="retry", variant="primary", compact=True)
                yield Button("All again", id="retry_all", compact=True)
                yield Button("Forget", id="dismiss", compact=True)
                yield Button("Forget all", id="dismiss_all", compact=True)

    def on_mount(self) -> None:
        """Show what there is."""
        self._show(self._library.failures())
        self.set_focus(self.query_one(FailureList))

    def _show(self, failures: Sequence[Failure]) -> None:
        self.query_one(FailureList).show(failures)
        self.query_one(".box").border_title = f"Not read {number(len(failures))}"
        for button in self.query(Button):
            button.disabled = not failures

    def _current(self) -> list[str]:
        failure = self.query_one(FailureList).current()
        return [failure.path] if failure is not None else []

    @on(RowList.Chosen)
    @on(Button.Pressed, "#retry")
    def action_retry(self) -> None:
        """Try the file under the cursor again."""
        if paths := self._current():
            self.dismiss(self._library.set_aside.refs(paths))

    @on(Button.Pressed, "#retry_all")
    def action_retry_all(self) -> None:
        """Try all of them again."""
        self.dismiss(self._library.set_aside.refs())

    @on(Button.Pressed, "#dismiss")
    def action_forget(self) -> None:
        """Take the file under the cursor from the list."""
        if paths := self._current():
            self._forget(paths)

    @on(Button.Pressed, "#dismiss_all")
    def action_forget_all(self) -> None:
        """Empty the list."""
        self._forget(None)

    @in_thread("write")
    def _forget(self, paths: Sequence[str] | None) -> None:
        self._library.set_aside.forget(paths)
        self.app.call_from_thread(self._show, self._library.failures())
