"""Writing the brief: what, which format, where."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Checkbox, Input, Label, RadioButton, RadioSet

from briefing.model.safetext import SafeText
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.threads import in_thread
from briefing.tui.widgets.drawing import fit
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.export.selection import Selection
    from briefing.library import Library
    from briefing.model.selection import Order
    from briefing.model.source import Source

What = Literal["this", "hits", "marked", "workspace", "all", "reviewed"]
Format = Literal["markdown", "html", "json", "csv", "bundle"]

_WHATS: Final[dict[What, str]] = {
    "this": "this source",
    "hits": "the hits",
    "marked": "the marked sources",
    "workspace": "the workspace",
    "all": "all sources",
    "reviewed": "all sources, accepted facts only",
}
_SUFFIXES: Final[dict[Format, str]] = {
    "markdown": ".md",
    "html": ".html",
    "json": ".json",
    "csv": ".csv",
    "bundle": ".zip",
}
_MOST: Final = 2000
"""Sources of one brief."""
_WIDEST: Final = 42
"""Cells of a choice that has a title in it."""
_STEM: Final = 40
"""Characters of the file's name that is proposed, of whole words of the title."""


class Choice(RadioButton):
    """A radio button that tells on from off by more than its colour."""

    BUTTON_LEFT = BUTTON_RIGHT = " "

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802, D102 - Textual's name, there a constant
        return "●" if self.value else "○"


class WithNotes(Checkbox):
    """A box that tells on from off by more than its colour."""

    BUTTON_LEFT = BUTTON_RIGHT = " "

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802, D102 - Textual's name, there a constant
        return "■" if self.value else "□"


class ExportScreen(Dialog[None]):
    """Asks, writes in a thread, and says where the brief is."""

    def __init__(
        self,
        library: Library,
        source: Source | None,
        order: Order,
        marked: Sequence[str] = (),
        workspace: str = "",
        query: str = "",
    ) -> None:
        super().__init__()
        self._there = {"hits": query, "marked": tuple(marked), "workspace": workspace}
        """What some choices stand for; one without is not offered."""
        self._workspace = workspace
        self._marked = tuple(marked)
        self._query = query
        self._library = library
        self._source = source
        self._order: Order = order

    def compose(self) -> ComposeResult:
        """What, format, file."""
        with Vertical(classes="box small") as box:
            box.border_title = "Export"
            box.border_subtitle = "Enter writes"
            with Horizontal(classes="field"):
                yield Label("What", classes="name")
                with RadioSet(id="what", compact=True):
                    for what, title in _WHATS.items():
                        if self._there.get(what, True):
                            yield Choice(
                                Content(self._named(what, title)), id=f"what-{what}", value=what == self._first()
                            )
            with Horizontal(classes="field"):
                yield Label("Format", classes="name")
                with RadioSet(id="format", compact=True):
                    for form in _SUFFIXES:
                        yield Choice(form, id=f"format-{form}", value=form == "markdown")
            with Horizontal(classes="field"):
                yield Label("Notes", classes="name")
                yield WithNotes("with your notes", reader(self).settings.notes, id="notes", compact=True)
            with Horizontal(classes="field"):
                yield Label("File", classes="name")
                yield SafeInput(self._proposed("markdown"), id="file", select_on_focus=False)
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Write", id="write", variant="primary", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        """The file's name is what one changes most."""
        self.set_focus(self.query_one("#file", SafeInput))

    def _first(self) -> What:
        """What is chosen at first."""
        if self._marked:
            return "marked"
        if self._workspace:
            return "workspace"
        return "this" if self._source is not None else "all"

    def _named(self, what: What, words: str) -> SafeText:
        """What a choice says: of one source, of a search or a workspace, which."""
        if what == "workspace":
            return fit(own(f"{words}: {self._workspace}"), _WIDEST)
        if what == "hits":
            return fit(own(f"{words}: ") + SafeText(self._query).line(), _WIDEST)
        if what != "this" or self._source is None:
            return own(words)
        return fit(own(f"{words}: ") + (self._source.title.line() or self._source.path), _WIDEST)

    def _proposed(self, form: Format) -> SafeText:
        title = self._workspace or (self._source.title if self._source is not None else "")
        words = re.findall(r"[a-z0-9]+", title.lower())
        while len(words) > 1 and len("-".join(words)) > _STEM:
            words.pop()
        return own(("-".join(words)[:_STEM] or "brief") + _SUFFIXES[form])

    @property
    def what(self) -> What:
        """The chosen sources."""
        pressed = self.query_one("#what", RadioSet).pressed_button
        return cast("What", (pressed.id or "").removeprefix("what-")) if pressed else "all"

    @property
    def format(self) -> Format:
        """The chosen format."""
        pressed = self.query_one("#format", RadioSet).pressed_button
        return cast("Format", (pressed.id or "").removeprefix("format-")) if pressed else "markdown"

    @on(RadioSet.Changed, "#format")
    def _format_changed(self) -> None:
        field = self.query_one("#file", SafeInput)
        path = Path(field.value)
        if path.suffix in {*_SUFFIXES.values(), ""}:
            field.value = str(path.with_suffix(_SUFFIXES[self.format])) if path.name else field.value

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def _asked(self) -> None:
        typed = self.query_one("#file", SafeInput).value.strip()
        if not typed:
            self._say(own("Name a file."))
            return
        path = Path(typed).expanduser()
        if path.is_dir():
            self._say(own("That is a folder; name a file in it."))
        elif path.exists():
            question = SafeText(f"{path} exists. Write over it?").line()
            self.app.push_screen(ConfirmScreen(question, own("Overwrite")), self._answer(path))
        else:
            self._write(path, self.what, self.format, overwrite=False)

    def _answer(self, path: Path) -> Callable[[bool | None], None]:
        def answered(yes: bool | None) -> None:
            if yes:
                self._write(path, self.what, self.format, overwrite=True)

        return answered

    @in_thread("export", exclusive=True)
    def _write(self, path: Path, what: What, form: Format, overwrite: bool) -> None:
        from briefing.export import ExportError, render_bytes, write_file

        self.app.call_from_thread(self._say, own("Writing …"))
        try:
            selection = self._selection(what)
            made = render_bytes(selection, form, reader(self).template if form == "markdown" else None)
            write_file(path, made, overwrite)
        except FileExistsError:
            self.app.call_from_thread(self._say, own("That file exists by now. Press Write again."))
        except (OSError, ExportError) as error:
            self.app.call_from_thread(self._say, SafeText(str(error)).line())
        else:
            self.app.call_from_thread(self._done, path, len(selection.documents))

    def _selection(self, what: What) -> Selection:
        from briefing.export import Selection, compare_reviewed
        from briefing.library.notes import note_on
        from briefing.tui.kept_grades import KeptGrades

        library, made = self._library, None
        with_notes = self.query_one("#notes", Checkbox).value
        if what == "this" and self._source is not None:
            ids = [self._source.id]
        elif what == "marked":
            ids = list(self._marked)
        elif what == "hits":
            hits = library.search(self._query, limit=_MOST, order="ranked", typing=True).hits
            ids = [hit.source.id for hit in hits if hit.source.newer is None]
        elif what == "workspace":
            made = library.workspaces.get(self._workspace)
            ids = [row.id for row in library.rows(made.sources).values() if row.newer is None]
            ids.sort(key=made.sources.index)
        else:
            ids = [row.id for row in library.sources(order=self._order, limit=_MOST) if row.newer is None]
        documents = tuple((library.source(one), library.extraction(one)) for one in ids)
        reviews = {one: library.reviews(one) for one in ids}
        accepted = what == "reviewed"
        return Selection(
            documents=documents,
            day=date.today(),
            reviews=reviews,
            comparison=compare_reviewed(documents, reviews, accepted, library.claim_edits.all()),
            accepted_only=accepted,
            grades=KeptGrades(self).read().over(made.grades if made is not None else {}),
            title=(made.title or made.name) if made is not None else own(""),
            bottom_line=made.bottom_line if made is not None else own(""),
            workspace=made.packed if made is not None else None,
            notes={one: note for one in ids if (note := note_on(library, one))} if with_notes else None,
        )

    def _say(self, words: SafeText) -> None:
        from textual.content import Content

        self.query_one("#wrong", Label).update(Content(words))

    def _done(self, path: Path, sources: int) -> None:
        reader(self).exported = path
        self.dismiss(None)
        reader(self).tell_file(own("Wrote the brief of ") + plural(sources, "source") + own(" to"), path.resolve())

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
