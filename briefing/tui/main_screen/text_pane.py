"""The text of the source in sight: load it, move in it, find, copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content
from textual.widgets import Input
from textual.worker import get_current_worker

from briefing.model.passage import page_place
from briefing.model.safetext import SafeText
from briefing.tui.actions import pane_bindings
from briefing.tui.as_printed.showing import see_page, see_table
from briefing.tui.changes import (
    Arrived,
    EvidenceWanted,
    FactsChanged,
    Opening,
    Previewing,
    SearchLeft,
    SourceChanged,
    TotalsChanged,
)
from briefing.tui.facts.marking import FactMarking
from briefing.tui.main_screen.find_bar import FindBar
from briefing.tui.main_screen.other_programs import open_original, show_in_editor
from briefing.tui.main_screen.passages import copy_marked
from briefing.tui.main_screen.source_loader import FactsLoaded, Hinted, SourceLoaded, SourceLoader
from briefing.tui.main_screen.status_words import mention_words
from briefing.tui.main_screen.writing import write
from briefing.tui.places import Target
from briefing.tui.textual_patches.framed import Framed
from briefing.tui.threads import in_thread
from briefing.tui.widgets.source_names import titled
from briefing.tui.widgets.text_view import TextView
from briefing.tui.widgets.welcome import Welcome
from briefing.tui.wording import TYPE_TITLES, own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from briefing.model.facts import Mention
    from briefing.model.kinds import EntityType
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.line import Said

_FRAME: Final = 6
"""Cells that the frame takes beside its title."""
PREVIEW_DELAY: Final = 0.08
"""Seconds for which the cursor rests on a row before its source is shown."""


class TextPane(Framed, inherit_bindings=False):
    """The text view with its frame and its find bar; in an empty library the welcome."""

    BINDINGS = pane_bindings("text")

    def __init__(self, state: ReaderState, measure: int) -> None:
        """``measure`` is the widest line, in cells."""
        self.view = TextView(measure, id="text")
        self.find_bar = FindBar(self.view, id="find")
        self.welcome = Welcome(id="welcome")
        super().__init__(self.view, id="middle", classes="pane")
        self.state = state
        self.loader = SourceLoader(self, state)
        self.border_title = "Text"
        self._timer: Timer | None = None
        state.place_in_text = lambda: self.view.place
        state.span_in_text = self._span
        state.listen(Opening, self._open)
        state.listen(Previewing, self._preview)
        state.listen(SourceChanged, self._source_changed)
        state.listen(FactsChanged, self._facts_changed)
        state.listen(EvidenceWanted, self._mark_evidence)
        state.listen(TotalsChanged, self._totals_changed)
        state.listen(SearchLeft, lambda _: self._search_left())

    def take_measure(self, measure: int) -> None:
        """The widest line is of so many cells from now on; keys may be others too."""
        if measure != self.view.measure:
            self.view.measure = measure
            self.view.on_resize()
        self.welcome.refresh()

    def mount_rest(self) -> None:
        """Add what is not in sight at first."""
        self.mount(self.welcome, before=self.view)
        self.mount(self.find_bar)

    def _totals_changed(self, _: TotalsChanged) -> None:
        if self.state.totals is not None and not self.state.totals.sources:
            self.border_title = "Welcome"

    # Opening

    def _preview(self, change: Previewing) -> None:
        """Show a source in a moment, if the cursor does not go on by then; where the text is out of sight, later."""
        self._stop_timer()
        if change.target is not None and not self.screen.has_class("-narrow"):
            self._timer = self.set_timer(PREVIEW_DELAY, self.state.settle)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def _open(self, change: Opening) -> None:
        target, source = change.target, self.state.source
        self._stop_timer()
        known = self.state.extraction is not None  # else another source, on its way since, may have kept it from coming
        if source is not None and source.id == target.source_id and not target.query and known:
            self._arrive(target, target.at, ())
        else:
            self.loader.load(target)

    @on(SourceLoaded)
    def _show_source(self, message: SourceLoaded) -> None:
        if message.target is not self.state.target:
            return
        here = self.state.source
        place: int | None = message.target.at
        if here is None or here.id != message.source.id:
            self.keep_place()
            place = message.place if place is None else place
            self.view.show(message.source.text, message.place, message.paragraphs)
            self.state.show(message.source, message.row, message.paragraphs)
        self.view.after_drawing(message.shown.set)
        self.state.row = message.row
        self._arrive(message.target, place, message.matches)

    def _arrive(self, target: Target, at: int | None, matches: Sequence[tuple[int, int]]) -> None:
        """Mark and show what was asked for."""
        view = self.view
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
        self.state.arrived = target
        if not target.preview:
            self.state.go_to("text")
        self.state.announce(Arrived(target))

    def _source_changed(self, _: SourceChanged) -> None:
        if self.state.source is None:
            self.view.show(own(""))
        self.on_resize()

    def on_resize(self) -> None:
        """Another width has room for more of the title, or less."""
        if self.state.source is not None or self.border_title != "Welcome":
            self.say_above(Content(titled(self.state.source, self.outer_size.width - _FRAME)))

    @on(FactsLoaded)
    def _take_facts(self, message: FactsLoaded) -> None:
        self.state.take_facts(message.extraction, message.mentions, message.reviews)

    def _facts_changed(self, change: FactsChanged) -> None:
        """Mark the mentions; where only names have changed, the current one stays so."""
        marks = self.view.marks
        current = marks.spans[marks.mention][0] if change.renamed and marks.mention is not None else None
        if self.state.mentions is not None:
            self.view.set_mentions(self.state.mentions)
        if current is not None:
            self.view.return_to_mention(current)

    def _mark_evidence(self, change: EvidenceWanted) -> None:
        if change.spans:
            self.view.leave_mention()
        self.view.set_evidence(change.spans)
        if change.spans:
            self.view.reveal(*change.spans[0])

    def _search_left(self) -> None:
        if not self.find_bar.shown:
            self.view.set_matches(())

    # Where one is

    def keep_place(self) -> None:
        """Remember where the reader leaves the source in sight."""
        source, place = self.state.source, self.view.place
        if source is not None:
            write(self.screen, self.state, lambda library: library.set_position(source.id, place))

    def save_place(self) -> None:
        """Save the place in the source at the end of the program, in the calling thread."""
        library = self.state.writable
        if self.state.source is not None and library is not None:
            library.set_position(self.state.source.id, self.view.place)

    @on(TextView.Placed)
    def _show_place(self, message: TextView.Placed) -> None:
        seen = f"{message.paragraph}–{message.last}" if message.last > message.paragraph else f"{message.paragraph}"
        words = own(f"¶ {seen}/{message.paragraphs} · {message.percent} %" if message.paragraphs else "")
        source = self.state.source
        page = page_place(self.view.place, source.pages) if source and source.pages else None
        self.say_below(Content(page.line() + " · " + words if page else words))

    def _span(self) -> tuple[int, int] | None:
        return self.view.marks.current_span()

    def mention(self) -> Mention | None:
        """The mention one is on."""
        return self.view.marks.current()

    def said(self) -> list[Said]:
        """Words for the status line: the number of selected words or characters, else the current mention or match."""
        marks = self.view.marks
        selected = self.view.text_selection
        mention = marks.current()
        if selected is not None:
            start, end = self.view.selected_span(selected)
            words = own(f"{plural(end - start, 'character')} selected  ·  y copies, Y with its source, a adds a fact")
        elif mention is not None:
            return mention_words(mention, marks.times())
        elif (match := marks.match) is not None:
            words = own(f"Match {match + 1} of {len(marks.matches)}")
        elif self.find_bar.shown and self.find_bar.value and not len(marks.matches):
            words = own("Not found in this text: ") + SafeText(self.find_bar.value)
        else:
            return []
        return [(words, "muted")]

    # Under the pointer

    @on(TextView.MentionHovered)
    def _hovered(self, message: TextView.MentionHovered) -> None:
        mention = message.mention
        if mention is None:
            self.view.tooltip = None
        else:
            self._hint(mention.name, mention.type)

    @in_thread("hint", exclusive=True)
    def _hint(self, name: SafeText, kind: EntityType) -> None:
        if self.state.library is None:
            return
        mentions, sources = self.state.library.entity_counts(name, kind)
        often = f"\n{TYPE_TITLES[kind]} · {plural(mentions, 'mention')} in {plural(sources, 'source')}"
        if not get_current_worker().is_cancelled:
            self.post_message(Hinted(name.line() + own(often)))

    @on(Hinted)
    def _take_hint(self, message: Hinted) -> None:
        self.view.tooltip = Content(message.words)

    @on(TextView.MentionChanged)
    @on(TextView.Selected)
    def _mention_changed(self) -> None:
        self.state.moved()

    def leave_evidence(self) -> bool:
        """Take the evidence's mark away; whether there was one."""
        there = len(self.view.marks.evidence)
        self.view.set_evidence(())
        return there > 0

    # Mentions

    def action_next_mention(self) -> None:
        """The next match while there are any, else the next mention."""
        self._step(1)

    def action_previous_mention(self) -> None:
        """The match or mention before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self.view.step_match(step) is None and self.view.step_mention(step) is None and self.state.source:
            self.app.notify("No entities are marked. Press t for the types.", timeout=3)

    def action_next_same(self) -> None:
        """The next mention of the entity one is on."""
        self.view.step_mention(1, "entity")

    def action_previous_same(self) -> None:
        """The mention of the entity one is on before."""
        self.view.step_mention(-1, "entity")

    def action_next_of_type(self) -> None:
        """The next mention of the type one is on."""
        self.view.step_mention(1, "type")

    def action_previous_of_type(self) -> None:
        """The mention of the type one is on before."""
        self.view.step_mention(-1, "type")

    def action_card(self) -> None:
        """The card of the entity one is on, else of the next one."""
        mention = self.view.marks.current() or self.view.step_mention(1)
        if mention is not None:
            self.post_message(TextView.MentionChosen(mention))

    def action_goto(self) -> None:
        """Ask for a paragraph, a page or a part, and go there."""
        from briefing.tui.dialogs.go_to import GoToScreen

        def chosen(place: int | None) -> None:
            if place is not None:
                self._go(place)

        if (source := self.state.source) is not None:
            self.app.push_screen(GoToScreen(source.text, self.view.paragraphs, source.pages), chosen)

    def action_see_page(self) -> None:
        """Show the page of the file."""
        see_page(self)

    def action_see_table(self) -> None:
        """Show the table in sight."""
        see_table(self)

    def go_to_place(self, words: str) -> None:
        """Go to a paragraph, a page or a part that was typed, or say what there is."""
        from briefing.tui.dialogs.go_to import NoSuchPlace, find_place

        if (source := self.state.source) is None:
            return
        try:
            self._go(find_place(words, self.view.paragraphs, source.pages, len(source.text)))
        except NoSuchPlace as error:
            self.app.notify(str(error), timeout=4)

    def _go(self, place: int) -> None:
        self.state.history.remember(self.state.here)
        self.view.put_on_top(place)
        self.state.go_to("text")

    # Finding

    def action_find(self) -> None:
        """Open the field that finds in this text."""
        if self.state.source is not None:
            self.find_bar.open()
            self.screen.set_focus(self.find_bar, scroll_visible=False)

    @on(Input.Changed, "#find")
    def _find_changed(self, message: Input.Changed) -> None:
        if self.find_bar.shown:
            self.find_bar.find(message.value)

    @on(Input.Submitted, "#find")
    def _find_done(self) -> None:
        self.find_bar.hide()
        self.state.go_to("text")

    def leave_find(self) -> bool:
        """Close the field and forget the matches; whether there was anything to leave."""
        shown = self.find_bar.shown
        if not shown and not len(self.view.marks.matches):
            return False
        self.find_bar.leave()
        if shown:
            self.state.go_to("text")
        return True

    # Copying, other programs

    def action_copy(self) -> None:
        """Copy the selection, or the sentence of what is marked."""
        copy_marked(self, with_source=False)

    def action_copy_cited(self) -> None:
        """The same with where it stands."""
        copy_marked(self, with_source=True)

    def action_add_fact(self) -> None:
        """Ask what the selected words say, and keep it as a fact of the reader's own."""
        FactMarking(self.view, self.state).ask()

    def action_editor(self) -> None:
        """Show the text in the user's editor; the reader comes back when that is left."""
        if self.state.source is not None:
            show_in_editor(self.app, self.state.source, self.view.place)

    def action_original(self) -> None:
        """Open the file or the page that the source was read from."""
        if self.state.source is not None:
            open_original(self.screen, self.state.source.path)
