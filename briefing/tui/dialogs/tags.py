"""The tags of one source or of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import Choice, ChoiceList
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.widgets.row_list import Move, RowList
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 8
"""Tags that are suggested at once; more are scrolled to."""


class TagInput(SafeInput):
    """Tags to type."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("tags")


class TagList(ChoiceList):
    """Tags in use. From the first one, up leads back to the field."""

    def action_move(self, how: Move) -> None:
        """Move the cursor, or leave the list for the field."""
        if self.cursor or how != "up":
            super().action_move(how)
        else:
            self.screen.set_focus(self.screen.query_one("#tags", SafeInput))


class TagsScreen(Dialog[list[SafeText]]):
    """Answers with all tags that are wanted. Those in use are suggested while one types."""

    def __init__(self, title: SafeText, tags: Sequence[SafeText], known: Sequence[tuple[SafeText, int]]) -> None:
        """``known`` are the tags in use with their numbers of sources."""
        super().__init__()
        self._title = title
        self._tags = tags
        self._known = known

    def compose(self) -> ComposeResult:
        """A field, and below it the tags in use."""
        with Vertical(classes="box small list") as box:
            box.border_title = "Tags"
            box.border_subtitle = "Enter saves"
            yield Label(Content(self._title), classes="said")
            yield TagInput("".join(f"{tag.line()} " for tag in self._tags), placeholder="navy exercise", id="tags")
            suggestions = TagList(id="known")
            suggestions.styles.height = min(_SHOWN, len(self._known))
            yield suggestions
            with Horizontal(classes="buttons"):
                yield Button("Save", id="save", variant="primary", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        """One may type at once."""
        field = self.query_one("#tags", SafeInput)
        self.set_focus(field)
        field.cursor_position = len(field.value)
        self._suggest()

    def _written(self) -> list[str]:
        """The tags in the field."""
        return [word.lstrip("#") for word in self.query_one("#tags", SafeInput).value.replace(",", " ").split()]

    def _begun(self) -> str:
        """The tag that is being typed; empty between two."""
        value = self.query_one("#tags", SafeInput).value
        return "" if not value or value[-1] in " ," else self._written()[-1:][0] if self._written() else ""

    @on(Input.Changed)
    def _suggest(self) -> None:
        """Those that begin as what is typed come first, then the others that are in use."""
        written = {word.casefold() for word in self._written()}
        begun = self._begun().casefold()
        ordered = sorted(self._known, key=lambda one: not one[0].casefold().startswith(begun)) if begun else self._known
        choices = [Choice(tag, own("#") + tag.line(), own(number(n)), tag.casefold() in written) for tag, n in ordered]
        suggestions = self.query_one(ChoiceList)
        suggestions.show(choices, None if self.focused is suggestions else 0)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Put the tag under the cursor into the field, or take it out."""
        choice = self.query_one(ChoiceList).current()
        if choice is None or choice.key is None:
            return
        field = self.query_one("#tags", SafeInput)
        words, begun = self._written(), self._begun()
        if begun and choice.key.casefold().startswith(begun.casefold()) and choice.key.casefold() != begun.casefold():
            words = words[:-1]  # the beginning of this tag
        left = [word for word in words if word.casefold() != choice.key.casefold()]
        words = left if len(left) < len(words) else [*words, choice.key]
        field.value = "".join(f"{word} " for word in words)
        field.cursor_position = len(field.value)

    def action_take_tag(self) -> None:
        """Complete the tag that is being typed; where there is none, go on to the list and the buttons."""
        choice = self.query_one(ChoiceList).current()
        begun = self._begun()
        if begun and choice is not None and (choice.key or "").casefold().startswith(begun.casefold()):
            field = self.query_one("#tags", SafeInput)
            field.value = "".join(f"{word} " for word in [*self._written()[:-1], choice.key])
            field.cursor_position = len(field.value)
        else:
            self.focus_next()

    def action_next_hit(self) -> None:
        """Into the list."""
        suggestions = self.query_one(TagList)
        if suggestions.count:
            self.set_focus(suggestions)

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        self.dismiss([SafeText(word) for word in self._written()])

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
