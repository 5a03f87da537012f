"""The fields of a fact, to correct or to fill in: typed values are read and checked, changes are told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.suggester import SuggestFromList
from textual.widgets import Label

from briefing.model.fact_forms import form_of
from briefing.model.safetext import SafeText
from briefing.tui.fact_forms import LISTED
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.model.facts import Fact
    from briefing.tui.fact_forms import Correction

Value = str | int | bool | None
Fields = dict[str, Value]
_YES: Final = {True: "yes", False: "no"}
_NOTHING: Final = "nothing"


class FieldError(Exception):
    """What was typed cannot be taken; the message says why."""


class FactFields(VerticalScroll, can_focus=False):
    """A line for each field of a fact.

    ``text`` is its source's: words of the fact are looked for in it. Without one they cannot be changed.
    """

    def __init__(
        self,
        fact: Fact,
        text: str = "",
        edited: Mapping[str, Value] | None = None,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.fact = fact
        self._text = text
        self._edited = edited or {}
        all_fields = LISTED[form_of(fact).kind].corrections
        self.corrections = [one for one in all_fields if text or not one.words]

    def compose(self) -> ComposeResult:
        """A field each."""
        for one in self.corrections:
            choices = ("yes", "no") if one.yes_or_no else one.choices
            with Horizontal(classes="field"):
                yield Label(one.title, classes="name")
                yield SafeInput(
                    shown(self._edited.get(one.field, getattr(self.fact, one.field))),
                    id=f"field-{one.field}",
                    suggester=SuggestFromList(choices, case_sensitive=False) if choices else None,
                    placeholder=", ".join(choices),
                )

    def first(self) -> SafeInput:
        """The field that one changes first: not the words, which were read or marked."""
        named = next(one for one in self.corrections if not one.words)
        return self.query_one(f"#field-{named.field}", SafeInput)

    def read(self) -> Fields:
        """The fields that differ from the fact's. Raises :class:`FieldError` where one cannot be taken."""
        fields: Fields = {}
        for one in self.corrections:
            typed = self.query_one(f"#field-{one.field}", SafeInput).value.strip()
            if one.words:
                fields |= self._place(one, typed)
                continue
            value = _value(one, typed)
            if value != getattr(self.fact, one.field):
                fields[one.field] = value
        low, high = (fields.get(name, getattr(self.fact, name, None)) for name in ("low", "high"))
        if isinstance(low, int) and isinstance(high, int) and low > high:
            raise FieldError("At least may not be more than at most.")
        return fields

    def _place(self, one: Correction, typed: str) -> Fields:
        """The place of other words than those that were read, the nearest one that has them."""
        start, end = form_of(self.fact).span(self.fact)
        if typed == shown(getattr(self.fact, one.field)):
            return {}
        if typed == shown(self._edited.get(one.field)) and typed:
            return {name: self._edited[name] for name in ("start", "end", one.field) if name in self._edited}
        if not typed:
            raise FieldError("The words may not be empty.")
        pattern = r"\s+".join(map(re.escape, typed.split()))
        found = min(re.finditer(pattern, self._text), key=lambda match: abs(match.start() - start), default=None)
        if found is None:
            raise FieldError("These words do not stand in the source as they are typed here.")
        if found.span() == (start, end):
            return {}
        return {"start": found.start(), "end": found.end(), one.field: self._text[found.start() : found.end()]}

    def changes(self) -> list[SafeText]:
        """What is typed now and was not before: ``of what: ship → frigate``; as far as it can be taken."""
        try:
            fields = self.read()
        except FieldError:
            return []
        return [
            own(f"{one.title}: ") + _told(getattr(self.fact, one.field)) + own(" → ") + _told(fields[one.field])
            for one in self.corrections
            if one.field in fields
        ]


def shown(value: Value) -> SafeText:
    """A value as it stands in a field."""
    if isinstance(value, bool):
        return own(_YES[value])
    return SafeText("" if value is None else str(value)).line()


def _told(value: Value) -> SafeText:
    words = shown(value)
    return words or own(_NOTHING)


def _value(one: Correction, typed: str) -> Value:
    """What was typed, as a value of the field."""
    if one.needed and not typed:
        raise FieldError(f"The {one.title} may not be empty.")
    if not typed:
        return False if one.yes_or_no else None
    if one.number:
        digits = typed.replace(",", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit()):
            raise FieldError(f"“{one.title}” takes a whole number, or nothing.")
        return int(digits)
    if one.yes_or_no:
        return _chosen(one, typed, ("yes", "no")) == "yes"
    return _chosen(one, typed, one.choices) if one.choices else typed


def _chosen(one: Correction, typed: str, choices: Sequence[str]) -> str:
    """The choice that was typed, or begun so that no other one is."""
    begun = [choice for choice in choices if choice.startswith(typed.casefold())]
    if typed.casefold() in begun:
        return typed.casefold()
    if len(begun) != 1:
        raise FieldError(f"“{one.title}” is one of: {', '.join(choices)}.")
    return begun[0]
