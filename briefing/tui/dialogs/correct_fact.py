"""Correcting a fact's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Label

from briefing.model.safetext import SafeText
from briefing.tui.dialogs.base import Dialog
from briefing.tui.widgets.inputs import SafeInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.model.facts import Fact

Fields = dict[str, str | int | bool | None]

_FIELDS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "count": (("low", "at least"), ("high", "at most"), ("item", "of what"), ("operator", "operator")),
    "participant": (("name", "name"), ("role", "role"), ("affiliation", "affiliation")),
    "quote": (("speaker", "speaker"),),
}
_NUMBERS: Final = {"low", "high"}
_NEEDED: Final = {"item", "name"}


class CorrectScreen(Dialog[Fields]):
    """Answers with the fields that differ from what was extracted; empty when none does."""

    def __init__(self, fact: Fact, edited: Mapping[str, str | int | bool | None]) -> None:
        super().__init__()
        self._fact = fact
        self._kind = fact.key.partition(":")[0]
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
                for name, title in _FIELDS[self._kind]:
                    with Horizontal(classes="field"):
                        yield Label(title, classes="name")
                        yield SafeInput(self._value(name), id=f"field-{name}")
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
        for name, title in _FIELDS[self._kind]:
            typed = self.query_one(f"#field-{name}", SafeInput).value.strip()
            if name in _NEEDED and not typed:
                return self._say(f"The {title} may not be empty.")
            value: str | int | None = typed or None
            if name in _NUMBERS and typed:
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
