"""Entities over all sources: show their cards, edit them."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from textual.worker import get_current_worker

from briefing.tui.changes import Moved, NamesChanged
from briefing.tui.dialogs.entity_questions import EntityQuestions
from briefing.tui.places import CardPlace, Target
from briefing.tui.threads import in_thread
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.screen import Screen

    from briefing.model.entity_card import EntityCard
    from briefing.model.entity_edit import EntityEdit
    from briefing.model.facts import Extraction, Mention
    from briefing.model.kinds import EntityType
    from briefing.model.mentions import Mentions
    from briefing.model.review import Review
    from briefing.model.safetext import SafeText
    from briefing.tui.dialogs.entity_card import Choice
    from briefing.tui.dialogs.entity_questions import Make
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.status import Status

_COUNTING: Final = own("Updating all sources; you can go on reading and searching …")
_TURN: Final = Lock()
"""Edits take turns: each is of what the one before has left."""


class EntityController:
    """Shows cards, makes edits and undoes them; the state announces that names have changed.

    ``mention`` tells which one is current in the text, ``search`` searches for a query, ``forward`` goes forward.
    """

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        status: Status,
        mention: Callable[[], Mention | None],
        search: Callable[[str], None],
        forward: Callable[[], None],
    ) -> None:
        self.screen = screen
        self.state = state
        self._status = status
        self._search = search
        self._forward = forward
        self.questions = EntityQuestions(
            screen,
            lambda: state.library,
            self,
            lambda: (found.name, found.type) if (found := mention()) else None,
            lambda: found.text if (found := mention()) else None,
        )

    # Cards

    def show_card(self, name: SafeText, kind: EntityType) -> None:
        """Show the card of an entity.

        Args:
            name: Its canonical name.
            kind: Its type.
        """
        self.return_to_card(CardPlace(name, kind))

    def cancel_card(self) -> None:
        """Drop a card that is being made."""
        self.screen.workers.cancel_group(self.screen, "card")

    @in_thread("card", exclusive=True)
    def return_to_card(self, place: CardPlace) -> None:
        """Show the card of an entity at the place where the user left it."""
        library = self.state.library
        card = library.entity(place.name, place.type) if library is not None else None
        if card is not None and not get_current_worker().is_cancelled:
            self.screen.call_later(self._show_card, card, place)

    def _show_card(self, card: EntityCard, place: CardPlace) -> None:
        from briefing.tui.dialogs.entity_card import CardScreen

        here = self.state.source.id if self.state.source else None
        self.screen.app.push_screen(CardScreen(card, place, here, self), self._leave_card)

    def _leave_card(self, choice: Choice | None) -> None:
        """Go where the card leads; back leads to the card again."""
        if choice is None:
            return
        if choice.forward:
            self._forward()
        elif choice.query:
            self._search(choice.query)
        else:
            self.state.open(Target(choice.source_id, choice.start, evidence=[(choice.start, choice.end)]))
            back = self.state.history.back
            if back:
                back[-1] = back[-1]._replace(card=choice.left)

    # Edits

    def edit(self, make: Make, *, undone: bool = False) -> None:
        """Make an edit, or undo one, in a thread: it takes seconds for an entity of a hundred thousand sources.

        Args:
            make: Given the library, makes the edit.
            undone: Whether it undoes one.
        """
        self._status.tell(_COUNTING)
        if not undone:
            self.state.done("entity", self._undo)
        self._edit(make, undone)

    @in_thread("entities")
    def _edit(self, make: Make, undone: bool) -> None:
        try:
            if self.state.library is not None:
                with _TURN:
                    edit = make(self.state.library.entity_edits)
                self.screen.call_later(self._edited, edit, undone)
        finally:
            self.screen.call_later(self.state.announce, Moved())

    def undo(self) -> None:
        """Take the last edit back."""
        self.state.undone("entity")
        self._undo()

    def _undo(self) -> None:
        self._status.tell(_COUNTING)
        self._undo_last()

    @in_thread("entities")
    def _undo_last(self) -> None:
        library = self.state.library
        if library is None:
            return
        try:
            with _TURN:
                known = library.entity_edits.all()
                taken = library.entity_edits.take_back(known[-1].number) if known else None
            if taken is not None:
                self.screen.call_later(self._edited, taken, True)
            else:
                self.screen.app.notify("No entity edits to undo.", timeout=3)
        finally:
            self.screen.call_later(self.state.announce, Moved())

    @in_thread("edits", exclusive=True)
    def list_edits(self) -> None:
        """List the edits, to take one back."""
        if self.state.library is not None:
            self.screen.call_later(self._show_edits, self.state.library.entity_edits.all())

    def _show_edits(self, edits: list[EntityEdit]) -> None:
        from briefing.tui.dialogs.pick_entity import EditsScreen

        def chosen(number: int | None) -> None:
            if number is not None:
                self.edit(lambda known: known.take_back(number), undone=True)

        self.screen.app.push_screen(EditsScreen(edits), chosen)

    def _edited(self, edit: EntityEdit, undone: bool) -> None:
        """Everything in sight follows."""
        from briefing.tui.dialogs.entity_card import CardScreen

        said, app = edit.described, self.screen.app
        if undone:
            app.notify(own("Undone: ") + said, timeout=4)
        else:
            app.notify(said + own(". u undoes it."), timeout=4)
        if self.state.source is not None:
            self._reload(self.state.source.id, self.state.source.text)
        self.state.announce(NamesChanged())
        self.state.relist(keep=True)
        if isinstance(app.screen, CardScreen):
            app.screen.edited(edit, undone=undone)

    @in_thread("reload", exclusive=True)
    def _reload(self, source_id: str, text: str) -> None:
        library = self.state.library
        if library is not None:
            found, mentions = library.marked(source_id, text)
            self.screen.call_later(self._take_names, found, mentions, library.reviews(source_id))

    def _take_names(self, found: Extraction, mentions: Mentions, reviews: Mapping[str, Review]) -> None:
        """Mark and list anew; place, current mention and the cursor in the facts stay."""
        self.state.take_facts(found, mentions, reviews, renamed=True)
