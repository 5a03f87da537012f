"""Adding a fact that the reader marked in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, ContentSwitcher, Input, Label

from briefing.model.fact_forms import corrected, form_of
from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.dialogs.base import Dialog
from briefing.tui.fact_forms import LISTED
from briefing.tui.facts.fields import FactFields, FieldError
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.tabs import Tab, Tabs
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model.facts import Fact
    from briefing.model.kinds import FactKind


class AddFactScreen(Dialog["Fact"]):
    """Answers with the fact, as it was filled in.

    ``drafts`` are what the marked words can be read as, the likeliest kind first; ``text`` is the source's.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog"), *bindings("fact")]

    def __init__(self, drafts: Sequence[Fact], text: str) -> None:
        super().__init__()
        self._forms = {form_of(one).kind: FactFields(one, text, id=form_of(one).kind) for one in drafts}
        self._kind: FactKind = form_of(drafts[0]).kind
        start, end = form_of(drafts[0]).span(drafts[0])
        self._words = SafeText(text[start:end]).line()

    def compose(self) -> ComposeResult:
        """The kinds, the fields of one."""
        with Vertical(classes="box small facts") as box:
            box.border_title = "Add a fact"
            box.border_subtitle = "Enter adds"
            yield Label(Content(own("“") + self._words[:200] + own("”")), classes="said")
            yield Tabs(id="fact-kind")
            with ContentSwitcher(initial=self._kind):
                yield from self._forms.values()
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Add", id="save", variant="primary", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        """One may type at once."""
        self._show()

    @property
    def _fields(self) -> FactFields:
        return self._forms[self._kind]

    def _show(self) -> None:
        tabs = self.query_one(Tabs)
        tabs.show([Tab(kind, own(kind.capitalize()), own(""), own(LISTED[kind].titles[1])) for kind in self._forms])
        tabs.active = self._kind
        self.query_one(ContentSwitcher).current = self._kind
        self.set_focus(self._fields.first())

    def action_next_fact_kind(self) -> None:
        """Read the words as a fact of the next kind."""
        kinds = list(self._forms)
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self._show()

    @on(Bar.Chosen, "#fact-kind")
    def _chosen(self, message: Bar.Chosen) -> None:
        self._kind = message.key  # type: ignore[assignment]
        self._show()

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        try:
            self.dismiss(corrected(self._fields.fact, self._fields.read()))
        except (FieldError, ValueError) as error:
            self.query_one("#wrong", Label).update(Content(SafeText(str(error)).line()))

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
