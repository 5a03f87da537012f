"""Reading a source: opening it, going about in it, finding, going back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import Input
from textual.worker import get_current_worker

from briefing.model.safetext import SafeText
from briefing.tui.main_screen.passages import PassageScreen
from briefing.tui.messages import FactsLoaded, SourceLoaded, Target
from briefing.tui.threads import in_thread
from briefing.tui.widgets.legend import Legend
from briefing.tui.widgets.text_view import TextView
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.library import Library
    from briefing.model.facts import EntityType, Mention
    from briefing.tui.dialogs.entity_card import CardPlace

_FIRST_FRAME: Final = 0.25
"""Seconds after which the mentions of a source are read even if its text is not on the screen yet."""


class Place(NamedTuple):
    """A place one has been at."""

    source_id: str
    at: int
    card: CardPlace | None = None
    """The card from which one left it."""


class ReadingScreen(PassageScreen):
    """Opening sources, going from mark to mark, and back."""

    def __init__(self, measure: int) -> None:
        super().__init__(measure)
        self._target: Target | None = None
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self._find_from = 0

    # Opening

    def open(self, target: Target) -> None:
        """Go to a place of a source, loading it if it is not the one in sight."""
        if not target.preview:
            self._remember()
        self._target = target
        if self.source is not None and self.source.id == target.source_id and not target.query:
            self._arrive(target, target.at, ())
        else:
            self._load(target)

    @in_thread("open", exclusive=True)
    def _load(self, target: Target) -> None:
        library = self.library
        if library is None:
            return
        source = library.source(target.source_id)
        matches = library.matches(target.query, target.source_id, typing=True) if target.query else []
        row = library.row(target.source_id)
        place = library.position(target.source_id)
        if get_current_worker().is_cancelled:
            return
        loaded = SourceLoaded(target, source, row, place, matches)
        self.post_message(loaded)
        loaded.shown.wait(_FIRST_FRAME)  # reading ten thousand mentions would keep the text from being drawn
        if self.source is None or self.source.id != target.source_id or self.extraction is None:
            found, mentions = library.marked(target.source_id, source.text)
            if not get_current_worker().is_cancelled:
                self.post_message(FactsLoaded(target, found, mentions, library.reviews(target.source_id)))

    @on(SourceLoaded)
    def _show_source(self, message: SourceLoaded) -> None:
        if message.target is not self._target:
            return
        place: int | None = message.target.at
        if self.source is None or self.source.id != message.source.id:
            self.keep_place()
            self.source, self.extraction = message.source, None
            place = message.place if place is None else place
            self.text_view.show(message.source.text, message.place, message.paragraphs)
            self.middle.say_above(Content(self.title_of_source()))
        self.text_view.after_drawing(message.shown.set)
        self.row = message.row
        self._arrive(message.target, place, message.matches)

    def _arrive(self, target: Target, at: int | None, matches: Sequence[tuple[int, int]]) -> None:
        """Mark and show what was asked for."""
        view = self.text_view
        spans = list(matches)
        view.set_evidence(target.evidence)
        if target.query or not target.preview:
            view.set_matches(spans)
        if target.top and at is not None:
            view.put_on_top(at)
        elif at is not None and at > 0:
            nearest = min(range(len(spans)), key=lambda number: abs(spans[number][0] - at), default=None)
            if nearest is not None:
                view.go_to_match(nearest)
            else:
                view.reveal(at, target.evidence[0][1] if target.evidence else None)
        if not target.preview:
            self.go_to("text")
            self.mark_read()
        self.source_list.select(target.source_id)

    def mark_read(self) -> None:
        """Note that the source in sight was read."""

    @on(FactsLoaded)
    def _show_mentions(self, message: FactsLoaded) -> None:
        if self.source is None or message.extraction.source_id != self.source.id:
            return
        self.extraction = message.extraction
        self.legend_bar.show(message.mentions.types())
        self.text_view.set_mentions(message.mentions)
        self.facts_taken(message)

    def facts_taken(self, message: FactsLoaded) -> None:
        """What was found in the source in sight is here; the panel shows it."""

    # Where one was

    @in_thread("write")
    def write(self, task: Callable[[Library], object]) -> None:
        """Write something down in the library without waiting for it; not where it can only be read, which is said."""
        if self.library is not None and not self.library.read_only:
            task(self.library)

    def may_write(self) -> bool:
        """Whether the library can be written; where it cannot, the user is told, and what to do."""
        from briefing.library import LibraryError

        if self.library is not None:
            try:
                self.library.require_writable()
            except LibraryError as error:
                self.reader.tell_error(error)
                return False
        return True

    def keep_place(self) -> None:
        """Remember where the reader leaves the source in sight."""
        if self.source is not None:
            source_id, place = self.source.id, self.text_view.place
            self.write(lambda library: library.set_position(source_id, place))

    def save_place(self) -> None:
        """The same at the end of the program, in the calling thread."""
        if self.source is not None and self.library is not None and not self.library.read_only:
            self.library.set_position(self.source.id, self.text_view.place)

    def here(self) -> Place | None:
        """The place in sight."""
        return Place(self.source.id, self.text_view.place) if self.source else None

    def _remember(self) -> None:
        here = self.here()
        if here is not None and (not self._back or self._back[-1] != here):
            self._back.append(here)
            del self._back[:-200]
            self._forward.clear()

    def action_back(self) -> None:
        """To the place before the last jump."""
        self._travel(self._back, self._forward)

    def action_forward(self) -> None:
        """To the place one came back from."""
        self._travel(self._forward, self._back)

    def _travel(self, take: list[Place], put: list[Place]) -> None:
        here = self.here()
        if not take:
            self.app.notify("There is no other place to go to.", timeout=2)
            return
        if here is not None:
            put.append(here)
        place = take.pop()
        self.open(Target(place.source_id, place.at, preview=True, top=True))
        self.go_to("text")

    # Mentions and cards

    @on(TextView.MentionChanged)
    @on(TextView.Selected)
    def _mention_changed(self) -> None:
        self.tell_where()

    def tell_what(self) -> bool:
        """Count what is selected, else name the current mention or match."""
        selected = self.text_view.text_selection
        mention = self.text_view.marks.current()
        if selected is not None:
            self.tell_selected(selected)
        elif mention is not None:
            self.status.tell_mention(mention, self.text_view.marks.times())
        elif (match := self.text_view.marks.match) is not None:
            self.status.tell(own(f"Match {match + 1} of {len(self.text_view.marks.matches)}"))
        elif self.find_bar.has_class("-shown") and self.find_bar.value and not len(self.text_view.marks.matches):
            self.status.tell(own("Not in this text: ") + SafeText(self.find_bar.value))
        else:
            return super().tell_what()
        return True

    @on(TextView.MentionChosen)
    def _mention_chosen(self, message: TextView.MentionChosen) -> None:
        self.ask_card(message.mention.name, message.mention.type)

    def action_next_mention(self) -> None:
        """The next match while there are any, else the next mention."""
        self._step(1)

    def action_previous_mention(self) -> None:
        """The match or mention before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        view = self.text_view
        if view.step_match(step) is None and view.step_mention(step) is None and self.source:
            self.app.notify("No entities are marked. Press t for the types.", timeout=3)

    def action_next_same(self) -> None:
        """The next mention of the entity one is on."""
        self.text_view.step_mention(1, "entity")

    def action_previous_same(self) -> None:
        """The mention of the entity one is on before."""
        self.text_view.step_mention(-1, "entity")

    def action_next_of_type(self) -> None:
        """The next mention of the type one is on."""
        self.text_view.step_mention(1, "type")

    def action_previous_of_type(self) -> None:
        """The mention of the type one is on before."""
        self.text_view.step_mention(-1, "type")

    def action_goto(self) -> None:
        """Ask for a paragraph, a page or a part, and go there."""
        from briefing.tui.dialogs.go_to import GoToScreen

        source, view = self.source, self.text_view

        def chosen(place: int | None) -> None:
            if place is not None:
                self._remember()
                view.put_on_top(place)
                self.go_to("text")

        if source is not None:
            self.app.push_screen(GoToScreen(source.text, view.paragraphs, source.pages), chosen)

    def action_card(self) -> None:
        """The card of the entity one is on."""
        mention = self.text_view.marks.current()
        if mention is None:
            mention = self.text_view.step_mention(1)
        if mention is not None:
            self.ask_card(mention.name, mention.type)

    def ask_card(self, name: SafeText, kind: EntityType) -> None:
        """Show the card of an entity."""
        raise NotImplementedError

    @on(Legend.Switched)
    def _types_switched(self, message: Legend.Switched) -> None:
        self.text_view.set_shown(message.shown)

    # Finding

    def action_find(self) -> None:
        """Open the field that finds in this text."""
        if self.source is not None:
            self._find_from = self.text_view.place
            self.find_bar.add_class("-shown")
            self.take_focus(self.find_bar)
            self._find(self.find_bar.value)

    @on(Input.Changed, "#find")
    def _find_changed(self, message: Input.Changed) -> None:
        if self.find_bar.has_class("-shown"):
            self._find(message.value)

    def _find(self, words: str) -> None:
        """Mark the words, letters of either case; blanks match any white space. Go to the first from where one was."""
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        found = [match.span() for match in re.finditer(pattern, self.text_view.text, re.IGNORECASE)] if pattern else []
        self.text_view.set_matches(found)
        if found:
            after = (number for number, (start, _) in enumerate(found) if start >= self._find_from)
            self.text_view.go_to_match(next(after, 0))

    @on(Input.Submitted, "#find")
    def _find_done(self) -> None:
        self.find_bar.remove_class("-shown")
        self.go_to("text")

    def leave_find(self) -> bool:
        """Close the field and forget the matches; whether there was anything to leave."""
        shown = self.find_bar.has_class("-shown")
        if not shown and not len(self.text_view.marks.matches):
            return False
        self.find_bar.remove_class("-shown")
        self.text_view.set_matches(())
        if shown:
            self.text_view.reveal(self._find_from)
            self.go_to("text")
        return True

    def current_mention(self) -> Mention | None:
        """The mention one is on."""
        return self.text_view.marks.current()
