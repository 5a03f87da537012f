"""What is done with the text in sight: saying where one is, copying, handing it to other programs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from textual import on
from textual.app import SuspendNotSupported
from textual.content import Content

from briefing.model.passage import locate, page_place
from briefing.model.safetext import SafeText
from briefing.tui.main_screen.frame import FrameScreen
from briefing.tui.threads import in_thread
from briefing.tui.widgets.drawing import flat
from briefing.tui.widgets.text_view import TextView
from briefing.tui.wording import day, own, plural

if TYPE_CHECKING:
    from textual.selection import Selection

    from briefing.model.facts import Extraction
    from briefing.model.listing import SourceRow
    from briefing.model.source import Source


class PassageScreen(FrameScreen):
    """Holds the source in sight."""

    def __init__(self, measure: int) -> None:
        super().__init__(measure)
        self.source: Source | None = None
        self.row: SourceRow | None = None
        self.extraction: Extraction | None = None

    # Where one is

    def title_of_source(self) -> SafeText:
        """Title, publisher and date of the source in sight."""
        source = self.source
        if source is None:
            return own("Text")
        parts = [source.title.line() or source.path, source.publisher or "", day(source.published)]
        return flat(own(" · ").join(part for part in parts if part))

    @on(TextView.Placed)
    def _show_place(self, message: TextView.Placed) -> None:
        words = own(f"¶ {message.paragraph}/{message.paragraphs} · {message.percent} %" if message.paragraphs else "")
        page = page_place(self.text_view.place, self.source.pages) if self.source and self.source.pages else None
        self.middle.say_below(Content(page.line() + " · " + words if page else words))

    def tell_selected(self, selection: Selection) -> None:
        """Say how much is selected, and what to do with it."""
        start, end = self.text_view.selected_span(selection)
        self.status.tell(
            own(f"{plural(end - start, 'character')} selected  ·  y copies, Y with its source, Esc leaves")
        )

    # Copying

    def action_copy(self) -> None:
        """Copy the selection, or the sentence of what is marked."""
        self._copy(cited=False)

    def action_copy_cited(self) -> None:
        """The same with where it stands."""
        self._copy(cited=True)

    def _copy(self, cited: bool) -> None:
        span = self._to_copy()
        source = self.source
        if span is None or source is None:
            self.app.notify("Select something with v or the mouse, or go to a mention with n.", timeout=3)
            return
        words = source.text[span[0] : span[1]].strip()
        if cited:
            sentences = self.extraction.sentences if self.extraction else ()
            passage = locate(span[0], self.text_view.paragraphs, sentences)
            where = f"¶ {passage.paragraph}, sentence {passage.sentence}" if sentences else f"¶ {passage.paragraph}"
            page = page_place(span[0], source.pages, source.text)
            where = f"{page.line()}, {where}" if page else where
            words = own("“") + words.line() + own(f"” — {self.title_of_source()}, {where}")
        self.reader.copy(words)
        self.app.notify(f"Copied {plural(len(words), 'character')}.", timeout=2)

    def _to_copy(self) -> tuple[int, int] | None:
        view = self.text_view
        if view.text_selection is not None:
            return view.selected_span(view.text_selection)
        marks = view.marks
        place: int | None = None
        if marks.match is not None:
            place = marks.matches[marks.match][0]
        elif marks.mention is not None:
            place = marks.spans[marks.mention][0]
        elif len(marks.evidence):
            place = marks.evidence[0][0]
        if place is None:
            return None
        spans = self.extraction.sentences if self.extraction else ()
        within = (span for span in (*spans, *view.paragraphs) if span[0] <= place < span[1])
        return next(within, None)

    # Other programs

    def action_editor(self) -> None:
        """Show the text in the user's editor; the reader comes back when that is left."""
        from briefing.tui.outside import Refused, copy_for_editor, edit_command, editor

        source = self.source
        if source is None:
            return
        line = source.text.count("\n", 0, self.text_view.place) + 1
        try:
            command = editor()
            with TemporaryDirectory(prefix="briefing-") as folder, self.app.suspend():
                path = copy_for_editor(Path(folder), source.title.line(), source.text)
                subprocess.run(edit_command(command, path, line), check=False)  # noqa: S603 - the user's own editor
        except (Refused, SuspendNotSupported, OSError) as error:
            words = "No editor can be shown here." if isinstance(error, SuspendNotSupported) else str(error)
            self.app.notify(words, severity="warning", timeout=5)
        else:
            self.app.refresh()

    def action_original(self) -> None:
        """Open the file or the page that the source was read from."""
        if self.source is not None:
            self._open_original(self.source.path)

    @in_thread("outside")
    def _open_original(self, ref: SafeText) -> None:
        from briefing.tui.outside import Refused, open_outside, openable

        try:
            target = openable(ref)
            open_outside(target)
        except (Refused, OSError) as error:
            words = SafeText(str(error)).line()
            self.app.call_from_thread(self.app.notify, words, severity="warning", timeout=5)
        else:
            words = own("Opened ") + SafeText(target).line()
            self.app.call_from_thread(self.app.notify, words, timeout=3)
