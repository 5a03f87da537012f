"""A dialog to choose one item of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.dialogs.base import Dialog
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import line
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Sequence


class Choice(NamedTuple):
    """One item: the answer it stands for, its title, words beside it, and whether it is the current one.

    With ``key`` None it is a heading over those that follow.
    """

    key: str | None
    title: SafeText
    note: SafeText = own("")
    current: bool = False


class ChoiceList(RowList, inherit_bindings=False):
    """A list of choices."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choice")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.choices: Sequence[Choice] = ()

    def show(self, choices: Sequence[Choice], cursor: int | None = 0) -> None:
        """Show other choices.

        Args:
            choices: The choices.
            cursor: Number of the choice under the cursor; None leaves the cursor where it is.
        """
        self.choices = choices
        self.set_rows(range(len(choices) + 1), cursor)

    def selectable(self, index: int) -> bool:
        """Headings cannot be chosen."""
        return self.choices[index].key is not None

    def current(self) -> Choice | None:
        """The way under the cursor."""
        return self.choices[self.cursor] if self.choices else None

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """One line."""
        choice = self.choices[index]
        if choice.key is None:
            return [line([(choice.title, inks(self)["heading"])], width, base)]
        sign = own("● " if choice.current else "  "), inks(self)["key"]
        note = (
            [(choice.note + own(" "), inks(self)["muted"])] if choice.note else []
        )  # the bar to scroll by is beside it
        return [line([sign, (choice.title, Style.null())], width, base, note)]


class ChooseScreen(Dialog[str]):
    """Answers with the key of the chosen item."""

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The ways, as many lines as there are."""
        with Vertical(classes="box small list") as box:
            box.border_title = Content(SafeText(self._title).line())
            choices = ChoiceList(id="choices")
            choices.styles.height = len(self._choices)
            yield choices

    def on_mount(self) -> None:
        """Begin at what holds now."""
        now = next((number for number, choice in enumerate(self._choices) if choice.current), 0)
        self.query_one(ChoiceList).show(self._choices, now)
        self.set_focus(self.query_one(ChoiceList))

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Answer with what is under the cursor."""
        choice = self.query_one(ChoiceList).current()
        if choice is not None:
            self.dismiss(choice.key)
