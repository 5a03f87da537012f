"""Saying what an entity is: the questions that are asked before an edit is made. The main screen makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode

from briefing.model.safetext import SafeText
from briefing.tui.wording import TYPE_TITLES, own

if TYPE_CHECKING:
    from briefing.model.facts import EntityType
    from briefing.tui.dialogs.pick_entity import Picked
    from briefing.tui.main_screen.main import MainScreen

    Entity = tuple[SafeText, EntityType]


class EntityEditing(DOMNode):
    """What a screen does that has an entity: the card's, or the one under the cursor in the text."""

    def current_entity(self) -> Entity | None:
        """The entity that edits are of."""
        raise NotImplementedError

    def written(self) -> SafeText | None:
        """The way of writing that a split takes out."""
        raise NotImplementedError

    @property
    def _main(self) -> MainScreen:
        return self.app.main  # type: ignore[attr-defined, no-any-return]

    def _entity(self) -> Entity | None:
        entity = self.current_entity()
        if entity is None:
            self.app.notify("Go to an entity in the text first: n is the next one.", timeout=3)
        return entity

    def action_merge_entity(self) -> None:
        """Ask which entity it is."""
        from briefing.tui.dialogs.pick_entity import PickEntity

        if (entity := self._entity()) is None:
            return
        name, kind = entity

        def picked(answer: Picked | None) -> None:
            if answer is not None:
                self._main.edit_entities(lambda edits: edits.merge(kind, name, answer.name, answer.type or kind))

        self.app.push_screen(PickEntity(own("Which entity is ") + name.line(), entity), picked)

    def action_rename_entity(self) -> None:
        """Ask for another name."""
        from briefing.tui.dialogs.pick_entity import NameScreen

        if (entity := self._entity()) is None:
            return
        name, kind = entity

        def named(answer: SafeText | None) -> None:
            if answer and answer != name:
                self._main.edit_entities(lambda edits: edits.rename(kind, name, answer))

        self.app.push_screen(NameScreen(name), named)

    def action_split_entity(self) -> None:
        """Ask what one way of writing it means."""
        from briefing.tui.dialogs.pick_entity import PickEntity

        if (entity := self._entity()) is None or (written := self.written()) is None:
            return
        name, kind = entity

        def picked(answer: Picked | None) -> None:
            if answer is not None:
                self._main.edit_entities(
                    lambda edits: edits.split(kind, name, written, answer.name, answer.type or kind)
                )

        question = own("What does “") + written.line() + own("” mean")
        self.app.push_screen(PickEntity(question, entity, new=True), picked)

    def action_retype_entity(self) -> None:
        """Ask for the type."""
        from briefing.tui.dialogs.pick_entity import TypeScreen

        if (entity := self._entity()) is None:
            return
        name, kind = entity

        def chosen(answer: EntityType | None) -> None:
            if answer is not None and answer != kind:
                self._main.edit_entities(lambda edits: edits.retype(kind, name, answer))

        self.app.push_screen(TypeScreen(name, kind), chosen)

    def action_remove_entity(self) -> None:
        """Make sure, as the mentions vanish from everywhere."""
        from briefing.tui.dialogs.confirm import ConfirmScreen

        if (entity := self._entity()) is None:
            return
        name, kind = entity

        def answered(answer: bool | None) -> None:
            if answer:
                self._main.edit_entities(lambda edits: edits.remove(kind, name))

        question = name.line() + own(
            f" is no {TYPE_TITLES[kind]}, nor anything else of note? It is no longer marked in any source; its words"
            " are still found. u on a card takes it back."
        )
        self.app.push_screen(ConfirmScreen(question, own("No entity")), answered)

    def action_undo_entity(self) -> None:
        """Take the last edit back."""
        self._main.undo_entity_edit()

    def action_entity_edits(self) -> None:
        """List the edits."""
        self._main.list_entity_edits()
