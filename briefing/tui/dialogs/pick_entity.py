"""Dialogs about an entity: pick one, rename it, choose its type, undo an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Button, Input, Label, Static

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.base import Dialog
from briefing.tui.theming.styles import inks
from briefing.tui.threads import in_thread
from briefing.tui.widgets.drawing import line
from briefing.tui.widgets.inputs import ListedInput, SafeInput
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import TYPE_TITLES, TYPES, own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.entity_edit import EntityEdit
    from briefing.model.kinds import EntityType
    from briefing.tui.theming.styles import Ink

_OFFERED = 50


class Picked(NamedTuple):
    """An entity; of no type where it is a new one."""

    name: SafeText
    type: EntityType | None
    sources: int = 0


class _Lines(RowList, inherit_bindings=False):
    """Things to choose from, a line each: what it is, how it looks, what is said beside it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choice")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.lines: Sequence[tuple[SafeText, Ink | EntityType, SafeText]] = ()

    def show(self, lines: Sequence[tuple[SafeText, Ink | EntityType, SafeText]], cursor: int = 0) -> None:
        """Offer other things."""
        self.lines = lines
        self.set_rows(range(len(lines) + 1), cursor)

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """One line."""
        words, name, note = self.lines[index]
        style = inks(self).entity(name) if name in TYPES else inks(self)[name]  # type: ignore[index]
        return [line([(own(" "), base), (words, style)], width, base, [(note, inks(self)["muted"])])]


class PickEntity(Dialog[Picked]):
    """Answers with an entity that is there, or, with ``new``, with one that is not yet."""

    class Offered(Message):
        """Entities that have to do with what was typed."""

        def __init__(self, typed: str, found: Sequence[Picked]) -> None:
            self.typed = typed
            self.found = found
            super().__init__()

    def __init__(self, question: SafeText, entity: tuple[SafeText, EntityType], *, new: bool = False) -> None:
        super().__init__()
        self._question = question
        self._entity = entity
        self._new = new
        self._found: list[Picked] = []
        self._found_for: str | None = None
        """What was typed when these were found."""
        self._chosen = False
        """Whether Enter was pressed before they were."""

    def compose(self) -> ComposeResult:
        """A field, and the entities that fit what is typed."""
        with Vertical(classes="box small picker") as box:
            box.border_title = Content(self._question + own("?"))
            box.border_subtitle = "Enter chooses"
            yield ListedInput(id="name", placeholder="beginning of a name")
            yield _Lines(id="offered")

    def on_mount(self) -> None:
        """Offer names with the same first word; one may type at once."""
        self.set_focus(self.query_one(SafeInput))
        self._offer("")

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._offer(message.value)

    @in_thread("offer", exclusive=True)
    def _offer(self, typed: str) -> None:
        library = reader(self).state.library
        if library is None:
            return
        name, kind = self._entity
        words = [typed] if typed.strip() else [*sorted(name.split(), key=len, reverse=True)[:3], ""]
        found: dict[tuple[str, str], Picked] = {}
        for word in words:
            for other, type_, sources in library.entities(word, _OFFERED):
                if (other, type_) != (name, kind):
                    found.setdefault((other, type_), Picked(other, type_, sources))
        same_first = sorted(found.values(), key=lambda one: one.type != kind)
        self.post_message(self.Offered(typed, same_first[:_OFFERED]))

    @on(Offered)
    def _show(self, message: Offered) -> None:
        typed = SafeText(message.typed).strip()
        if typed != self.query_one(SafeInput).value.strip():
            return
        self._found, self._found_for = list(message.found), typed
        known = {one.name.casefold() for one in self._found if one.type == self._entity[1]}
        if self._new and typed and typed.casefold() not in known:
            self._found.insert(0, Picked(SafeText(typed), None))
        offered = self.query_one("#offered", _Lines)
        offered.empty = own("No other entity has a name that begins so.")
        offered.show(
            [
                (
                    one.name.line(),
                    one.type,
                    own(f"{TYPE_TITLES[one.type]}  ") + plural(one.sources, "source"),
                )
                if one.type is not None
                else (own("“") + one.name.line() + own("”"), "key", own("a new entity"))
                for one in self._found
            ]
        )
        if self._chosen:
            self.action_choose()

    def action_next_hit(self) -> None:
        """Down the list while typing."""
        self.query_one("#offered", _Lines).action_move("down")

    def action_previous_hit(self) -> None:
        """Up the list while typing."""
        self.query_one("#offered", _Lines).action_move("up")

    def action_next_hits(self) -> None:
        """A page down the list while typing."""
        self.query_one("#offered", _Lines).action_move("page_down")

    def action_previous_hits(self) -> None:
        """A page up the list while typing."""
        self.query_one("#offered", _Lines).action_move("page_up")

    @on(Input.Submitted)
    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Answer with the entity under the cursor, once these are the ones that fit what is typed."""
        cursor = self.query_one("#offered", _Lines).cursor
        self._chosen = self.query_one(SafeInput).value.strip() != self._found_for
        if not self._chosen and cursor < len(self._found):
            self.dismiss(self._found[cursor])


class NameScreen(Dialog[SafeText]):
    """Answers with another name."""

    def __init__(self, name: SafeText) -> None:
        super().__init__()
        self._called = name

    def compose(self) -> ComposeResult:
        """A field with the name."""
        with Vertical(classes="box small") as box:
            box.border_title = Content(own("Rename ") + self._called.line())
            box.border_subtitle = "Enter saves"
            yield SafeInput(self._called.line(), id="name", select_on_focus=False)
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Save", id="save", variant="primary", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        """One may type at once."""
        self.set_focus(self.query_one(SafeInput))

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        typed = SafeText(self.query_one(SafeInput).value).strip()
        if typed:
            self.dismiss(SafeText(typed))
        else:
            self.query_one("#wrong", Label).update(Content("An entity needs a name."))

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)


class TypeScreen(Dialog["EntityType"]):
    """Answers with a type of entity."""

    def __init__(self, name: SafeText, kind: EntityType) -> None:
        super().__init__()
        self._called = name
        self._kind = kind

    def compose(self) -> ComposeResult:
        """The types."""
        with Vertical(classes="box small picker") as box:
            box.border_title = Content(own("What is ") + self._called.line() + own("?"))
            yield _Lines(id="types")

    def on_mount(self) -> None:
        """Begin at the type it has."""
        lines = self.query_one(_Lines)
        own_type = own("now")
        lines.show(
            [(own(TYPE_TITLES[one]), one, own_type if one == self._kind else own("")) for one in TYPES],
            TYPES.index(self._kind),
        )
        self.set_focus(lines)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Answer with the type under the cursor."""
        self.dismiss(TYPES[self.query_one(_Lines).cursor])


class EditsScreen(Dialog[int]):
    """Lists what was said of entities, the newest first; answers with the number of the edit to take back."""

    def __init__(self, edits: Sequence[EntityEdit]) -> None:
        super().__init__()
        self._edits = list(reversed(edits))

    def compose(self) -> ComposeResult:
        """A line for each."""
        with Vertical(classes="box wide") as box:
            box.border_title = "Entity edits"
            if self._edits:
                box.border_subtitle = "Enter takes back"
                yield Static(Content(plural(len(self._edits), "edit") + own(", the newest first")), classes="said")
            yield _Lines(id="edits")

    def on_mount(self) -> None:
        """The newest is the first."""
        lines = self.query_one(_Lines)
        lines.empty = own("No edits yet. On the card of an entity, m r s t and x edit it.")
        lines.show([(one.described, "plain", own(one.action)) for one in self._edits])
        self.set_focus(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only actions that would change something."""
        return bool(self._edits) if action == "choose" else super().check_action(action, parameters)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Take back what is under the cursor."""
        cursor = self.query_one(_Lines).cursor
        if cursor < len(self._edits):
            self.dismiss(self._edits[cursor].number)
