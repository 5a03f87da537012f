"""Correcting a fact's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Label

from briefing.model.fact_forms import form_of
from briefing.model.safetext import SafeText
from briefing.tui.dialogs.base import Dialog
from briefing.tui.fact_forms import LISTED
from briefing.tui.widgets.inputs import SafeInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.model.facts import Fact

Fields = dict[str, str | int | bool | None]


class CorrectScreen(Dialog[Fields]):
    """Answers with the fields that differ from what was extracted; empty when none does."""

    def __init__(self, fact: Fact, edited: Mapping[str, str | int | bool | None]) -> None:
        super().__init__()
        self._fact = fact
        self._corrections = LISTED[form_of(fact).kind].corrections
        self._edited = edited

    def compose(self) -> ComposeResult:
        """A field each."""
        evidence = getattr(self._fact, "evidence", None) or getattr(self._fact, "text", None)
        with Vertical(classes="box small") as box:
            box.border_title = "Correct the fact"
            box.border_subtitle = "Enter saves"
            if evidence is not None:
                yield Label(Content(SafeText(f"“{SafeText(evidence).line()[:200]}”")), classes="said")
            with VerticalScroll():
                for one in self._corrections:
                    with Horizontal(classes="field"):
                        yield Label(one.title, classes="name")
                        yield SafeInput(self._value(one.field), id=f"field-{one.field}")
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Save", id="save", variant="primary", compact=True)
                yield Button("As extracted", id="reset", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        """One may type at once."""
        self.set_focus(self.query(SafeInput).first())

    def _value(self, name: str) -> SafeText:
        value = self._edited.get(name, getattr(self._fact, name))
        return SafeText("" if value is None else str(value)).line()

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        fields: Fields = {}
        for one in self._corrections:
            name, title = one.field, one.title
            typed = self.query_one(f"#field-{name}", SafeInput).value.strip()
            if one.needed and not typed:
                return self._say(f"The {title} may not be empty.")
            value: str | int | None = typed or None
            if one.number and typed:
                digits = typed.replace(",", "").replace(" ", "")
                if not (digits.isascii() and digits.isdigit()):
                    return self._say(f"“{title}” takes a whole number, or nothing.")
                value = int(digits)
            if value != getattr(self._fact, name):
                fields[name] = value
        low, high = (fields.get(name, getattr(self._fact, name, None)) for name in ("low", "high"))
        if isinstance(low, int) and isinstance(high, int) and low > high:
            return self._say("At least may not be more than at most.")
        self.dismiss(fields)
        return None

    def _say(self, words: str) -> None:
        self.query_one("#wrong", Label).update(Content(words))

    @on(Button.Pressed, "#reset")
    def _reset(self) -> None:
        self.dismiss({})

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
