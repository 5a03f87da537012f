"""Correcting a fact's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label

from briefing.model.safetext import SafeText
from briefing.tui.dialogs.base import Dialog
from briefing.tui.widgets.fact_fields import FactFields, FieldError, Fields
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.model.facts import Fact
    from briefing.tui.widgets.fact_fields import Value


class CorrectScreen(Dialog[Fields]):
    """Answers with the fields that differ from what was extracted; empty when none does.

    ``text`` is the source's, in which other words of the fact are found.
    """

    def __init__(self, fact: Fact, edited: Mapping[str, Value], text: str = "") -> None:
        super().__init__()
        self._fact = fact
        self._fields = FactFields(fact, text, edited, id="fields")

    def compose(self) -> ComposeResult:
        """The words, the fields, what changes."""
        evidence = getattr(self._fact, "evidence", None) or getattr(self._fact, "text", None)
        with Vertical(classes="box small facts") as box:
            box.border_title = "Correct the fact"
            box.border_subtitle = "Enter saves"
            if evidence is not None:
                yield Label(Content(SafeText(f"“{SafeText(evidence).line()[:200]}”")), classes="said")
            yield self._fields
            yield Label("", id="changes", markup=False)
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Save", id="save", variant="primary", compact=True)
                yield Button("As added" if self._fact.added_by else "As extracted", id="reset", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        """One may type at once."""
        self.set_focus(self._fields.first())

    @on(Input.Changed)
    def _changed(self) -> None:
        """Say what was and what will be."""
        self.query_one("#changes", Label).update(Content(own("\n").join(self._fields.changes())))
        self._say("")

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        try:
            self.dismiss(self._fields.read())
        except FieldError as error:
            self._say(str(error))

    def _say(self, words: str) -> None:
        self.query_one("#wrong", Label).update(Content(words))

    @on(Button.Pressed, "#reset")
    def _reset(self) -> None:
        self.dismiss({})

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
