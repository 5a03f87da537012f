"""What has to do with entities over all sources: cards, what is said under the pointer, edits."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from briefing.model.safetext import SafeText
from briefing.tui.main_screen.entity_editing import EntityEditing
from briefing.tui.main_screen.reading import Place
from briefing.tui.main_screen.reviewing import ReviewingScreen
from briefing.tui.messages import CardMade, Target
from briefing.tui.threads import in_thread
from briefing.tui.widgets.text_view import TextView
from briefing.tui.wording import TYPE_TITLES, own, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.library.entities.edits import EntityEdits
    from briefing.model.entity_edit import EntityEdit
    from briefing.model.facts import EntityType, Extraction
    from briefing.model.mentions import Mentions
    from briefing.model.review import Review
    from briefing.tui.dialogs.entity_card import CardPlace, Choice


_COUNTING: Final = own("Counting anew in all sources; reading and searching go on …")


class EntitiesScreen(ReviewingScreen, EntityEditing):
    """Cards, and what the reader says of entities."""

    _turn: Final = Lock()
    """Edits take turns: each is of what the one before has left."""

    class Edited(Message):
        """An edit of entities was made, or taken back."""

        def __init__(self, edit: EntityEdit, *, undone: bool) -> None:
            self.edit = edit
            self.undone = undone
            super().__init__()

    class EditsListed(Message):
        """The edits that hold."""

        def __init__(self, edits: list[EntityEdit]) -> None:
            self.edits = edits
            super().__init__()

    class Renamed(Message):
        """What was found in the source in sight, with the names that it has now."""

        def __init__(self, extraction: Extraction, mentions: Mentions, reviews: Mapping[str, Review]) -> None:
            self.extraction = extraction
            self.mentions = mentions
            self.reviews = reviews
            super().__init__()

    class Hinted(Message):
        """What is said of the entity under the pointer."""

        def __init__(self, name: SafeText, words: SafeText) -> None:
            self.name = name
            self.words = words
            super().__init__()

    # Cards

    def ask_card(self, name: SafeText, kind: str) -> None:
        """Have the card of an entity made."""
        from briefing.tui.dialogs.entity_card import CardPlace

        self.return_to_card(CardPlace(name, kind))  # type: ignore[arg-type]

    @in_thread("card", exclusive=True)
    def return_to_card(self, place: CardPlace) -> None:
        """The same, at the place where one was on it."""
        card = self.library.entity(place.name, place.type) if self.library is not None else None
        if card is not None and not get_current_worker().is_cancelled:
            self.post_message(CardMade(card, place))

    @on(CardMade)
    def _show_card(self, message: CardMade) -> None:
        from briefing.tui.dialogs.entity_card import CardScreen

        self.app.push_screen(
            CardScreen(message.card, message.place, self.source.id if self.source else None), self._leave_card
        )

    def _leave_card(self, choice: Choice | None) -> None:
        """Go where the card leads; back leads to the card again."""
        if choice is None:
            return
        if choice.query:
            self.ask_query(choice.query)
            return
        self.open(Target(choice.source_id, choice.start, evidence=[(choice.start, choice.end)]))
        if self._back:
            self._back[-1] = self._back[-1]._replace(card=choice.left)

    def ask_query(self, query: SafeText) -> None:
        """Search for it, as if it had been typed."""
        self.action_search()
        self.search_bar.value = query
        self.search_bar.cursor_position = len(query)

    def _travel(self, take: list[Place], put: list[Place]) -> None:
        self.workers.cancel_group(self, "card")
        card = take[-1].card if take else None
        super()._travel(take, put)
        if card is not None:
            self.return_to_card(card)

    # Under the pointer

    @on(TextView.MentionHovered)
    def _hovered(self, message: TextView.MentionHovered) -> None:
        mention = message.mention
        if mention is None:
            self.text_view.tooltip = None
        else:
            self._hint(mention.name, mention.type)

    @in_thread("hint", exclusive=True)
    def _hint(self, name: SafeText, kind: EntityType) -> None:
        if self.library is None:
            return
        mentions, sources = self.library.entity_counts(name, kind)
        words = name.line() + own(
            f"\n{TYPE_TITLES[kind]} · {plural(mentions, 'mention')} in {plural(sources, 'source')}"
        )
        if not get_current_worker().is_cancelled:
            self.post_message(self.Hinted(name, words))

    @on(Hinted)
    def _take_hint(self, message: Hinted) -> None:
        self.text_view.tooltip = Content(message.words)

    # Edits

    def current_entity(self) -> tuple[SafeText, EntityType] | None:
        """The entity one is on in the text."""
        mention = self.text_view.marks.current()
        return None if mention is None else (mention.name, mention.type)

    def written(self) -> SafeText | None:
        """As it is written there."""
        mention = self.text_view.marks.current()
        return None if mention is None else mention.text

    def edit_entities(self, make: Callable[[EntityEdits], EntityEdit], *, undone: bool = False) -> None:
        """Make an edit, or take one back: some seconds for an entity of a hundred thousand sources."""
        self.status.tell(_COUNTING)
        self._edit(make, undone)

    @in_thread("entities")
    def _edit(self, make: Callable[[EntityEdits], EntityEdit], undone: bool) -> None:
        try:
            if self.library is not None:
                with self._turn:
                    edit = make(self.library.entity_edits)
                self.post_message(self.Edited(edit, undone=undone))
        finally:
            self.call_later(self.tell_where)

    def undo_entity_edit(self) -> None:
        """Take the last edit back."""
        self.status.tell(_COUNTING)
        self._undo_last()

    @in_thread("entities")
    def _undo_last(self) -> None:
        if self.library is None:
            return
        try:
            with self._turn:
                known = self.library.entity_edits.all()
                taken = self.library.entity_edits.take_back(known[-1].number) if known else None
            if taken is not None:
                self.post_message(self.Edited(taken, undone=True))
            else:
                self.app.notify("Nothing was said of entities that could be taken back.", timeout=3)
        finally:
            self.call_later(self.tell_where)

    def list_entity_edits(self) -> None:
        """Show the edits, to take one back."""
        self._list_edits()

    @in_thread("edits", exclusive=True)
    def _list_edits(self) -> None:
        if self.library is not None:
            self.post_message(self.EditsListed(self.library.entity_edits.all()))

    @on(EditsListed)
    def _show_edits(self, message: EditsListed) -> None:
        from briefing.tui.dialogs.pick_entity import EditsScreen

        def chosen(number: int | None) -> None:
            if number is not None:
                self.edit_entities(lambda known: known.take_back(number), undone=True)

        self.app.push_screen(EditsScreen(message.edits), chosen)

    @on(Edited)
    def _edited(self, message: Edited) -> None:
        """Everything in sight follows."""
        from briefing.tui.dialogs.entity_card import CardScreen

        said = message.edit.described
        if message.undone:
            self.app.notify(own("Taken back: ") + said, timeout=4)
        else:
            self.app.notify(said + own(". u on a card takes it back."), timeout=4)
        if self.source is not None:
            self._reload(self.source.id, self.source.text)
        self.names_changed()
        if isinstance(self.app.screen, CardScreen):
            self.app.screen.edited(message.edit, undone=message.undone)

    def names_changed(self) -> None:
        """Lists and comparisons hold names too."""
        self._compared = ()
        self.compare()
        if self.all_sources:
            self._load_all()
        self.relist(keep=True)
        if self.searching:
            self._ask(self.search_bar.value, "auto", 0)

    # Without a description Textual would make one with the repr of the text in it.
    @in_thread("reload", exclusive=True)
    def _reload(self, source_id: str, text: str) -> None:
        if self.library is not None:
            found, mentions = self.library.marked(source_id, text)
            self.post_message(self.Renamed(found, mentions, self.library.reviews(source_id)))

    @on(Renamed)
    def _take_names(self, message: Renamed) -> None:
        """Mark and list anew; place, current mention and the cursor in the facts stay."""
        if self.source is None or message.extraction.source_id != self.source.id:
            return
        marks = self.text_view.marks
        current = None if marks.mention is None else marks.spans[marks.mention][0]
        self.extraction = message.extraction
        self._reviews = message.reviews
        self.legend_bar.show(message.mentions.types())
        self.text_view.set_mentions(message.mentions)
        if current is not None:
            self.text_view.return_to_mention(current)
        if not self.all_sources:
            self.show_facts(keep=True)
