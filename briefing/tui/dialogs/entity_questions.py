"""Questions that are asked before an edit of an entity is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from briefing.model.safetext import SafeText
from briefing.tui.threads import in_thread
from briefing.tui.wording import TYPE_TITLES, own, plural

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from briefing.library import Library
    from briefing.library.entities.edits import EntityEdits
    from briefing.model.entity_edit import EntityEdit
    from briefing.model.kinds import EntityType
    from briefing.tui.dialogs.pick_entity import Picked

    Entity = tuple[SafeText, EntityType]

Make = Callable[["EntityEdits"], "EntityEdit"]
AMOUNTS: Final[frozenset[str]] = frozenset({"DATE", "QUANTITY", "MONEY"})
"""Types whose entities are amounts: the same words mean another thing in the next source, so they are not merged."""


class EntityEditor(Protocol):
    """Makes edits of entities, and takes them back."""

    def edit(self, make: Make) -> object:
        """Make an edit."""

    def undo(self) -> object:
        """Take the last edit back."""

    def list_edits(self) -> object:
        """List the edits, to take one back."""


class EntityQuestions:
    """Asks over ``screen``; ``entity`` and ``written`` tell which entity one is on, and how it is written there."""

    def __init__(
        self,
        screen: Screen[Any],
        library: Callable[[], Library | None],
        editor: EntityEditor,
        entity: Callable[[], Entity | None],
        written: Callable[[], SafeText | None],
    ) -> None:
        self.screen = screen
        self.editor = editor
        self._library = library
        self._entity_there = entity
        self._written = written

    @property
    def _app(self) -> App[Any]:
        return self.screen.app

    def _entity(self) -> Entity | None:
        entity = self._entity_there()
        if entity is None:
            self._app.notify("Go to an entity in the text first: n is the next one.", timeout=3)
        return entity

    def merge(self) -> None:
        """Ask which entity it is; over types, make sure."""
        from briefing.tui.dialogs.pick_entity import PickEntity

        if (entity := self._entity()) is None or self._is_amount(entity):
            return
        name, kind = entity

        def picked(answer: Picked | None) -> None:
            if answer is None:
                return
            to = answer.type or kind
            self._make_sure(entity, (answer.name, to), lambda edits: edits.merge(kind, name, answer.name, to))

        self._app.push_screen(PickEntity(own("Which entity is ") + name.line(), entity), picked)

    def split(self) -> None:
        """Ask what one way of writing it means."""
        from briefing.tui.dialogs.pick_entity import PickEntity

        if (entity := self._entity()) is None or self._is_amount(entity) or (written := self._written()) is None:
            return
        name, kind = entity

        def picked(answer: Picked | None) -> None:
            if answer is None:
                return
            to = answer.type or kind
            make: Make = lambda edits: edits.split(kind, name, written, answer.name, to)  # noqa: E731
            self._make_sure(entity, (answer.name, to), make, written)

        question = own("What does “") + written.line() + own("” mean")
        self._app.push_screen(PickEntity(question, entity, new=True), picked)

    def _is_amount(self, entity: Entity) -> bool:
        """Whether it is one, which is said."""
        name, kind = entity
        if kind in AMOUNTS:
            said = name.line() + own(f" is a {TYPE_TITLES[kind]}: it stands for itself and is not merged or split.")
            self._app.notify(said, timeout=5)
        return kind in AMOUNTS

    def _make_sure(self, entity: Entity, to: Entity, make: Make, written: SafeText | None = None) -> None:
        """Edit at once within a type; where the type changes too, say how many sources that is in, and ask."""
        if to[1] == entity[1]:
            self.editor.edit(make)
        else:
            self._count(entity, to, make, written)

    @in_thread("entity-counts", exclusive=True)
    def _count(self, entity: Entity, to: Entity, make: Make, written: SafeText | None) -> None:
        library = self._library()
        if library is not None:
            _, sources = library.entity_counts(*entity)
            self.screen.call_later(self._ask, entity, to, sources, make, written)

    def _ask(self, entity: Entity, to: Entity, sources: int, make: Make, written: SafeText | None) -> None:
        from briefing.tui.dialogs.confirm import ConfirmScreen

        def answered(answer: bool | None) -> None:
            if answer:
                self.editor.edit(make)

        name, kind = entity
        what = own("“") + (written or name).line() + own(f"” ({TYPE_TITLES[kind]})")
        into = own(" become “") + to[0].line() + own(f"” ({TYPE_TITLES[to[1]]})? ")
        question = own("Shall ") + what + into + name.line() + own(f" is in {plural(sources, 'source')}.")
        self._app.push_screen(ConfirmScreen(question, own("Merge" if written is None else "Split")), answered)

    def rename(self) -> None:
        """Ask for another name."""
        from briefing.tui.dialogs.pick_entity import NameScreen

        if (entity := self._entity()) is None:
            return
        name, kind = entity

        def named(answer: SafeText | None) -> None:
            if answer and answer != name:
                self.editor.edit(lambda edits: edits.rename(kind, name, answer))

        self._app.push_screen(NameScreen(name), named)

    def retype(self) -> None:
        """Ask for the type."""
        from briefing.tui.dialogs.pick_entity import TypeScreen

        if (entity := self._entity()) is None:
            return
        name, kind = entity

        def chosen(answer: EntityType | None) -> None:
            if answer is not None and answer != kind:
                self.editor.edit(lambda edits: edits.retype(kind, name, answer))

        self._app.push_screen(TypeScreen(name, kind), chosen)

    def remove(self) -> None:
        """Make sure, as the mentions vanish from everywhere."""
        from briefing.tui.dialogs.confirm import ConfirmScreen

        if (entity := self._entity()) is None:
            return
        name, kind = entity

        def answered(answer: bool | None) -> None:
            if answer:
                self.editor.edit(lambda edits: edits.remove(kind, name))

        question = name.line() + own(
            f" is no {TYPE_TITLES[kind]}, nor anything else of note? It is no longer marked in any source; its words"
            " are still found. u undoes it."
        )
        self._app.push_screen(ConfirmScreen(question, own("No entity")), answered)
