"""Facets of a search result, to narrow it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import Choice, ChoiceList
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from briefing.model.answers import Facets
    from briefing.model.safetext import SafeText


class FacetsScreen(Dialog[str]):
    """Answers with what is to be added to the query."""

    def __init__(self, query: SafeText, facets: Facets) -> None:
        super().__init__()
        self._query = query
        self._facets = facets

    def compose(self) -> ComposeResult:
        """Group after group."""
        facets = self._facets
        with Vertical(classes="box wide") as box:
            box.border_title = "Narrow the search"
            words = own("What the hits have in common for  ") + self._query
            if not facets.exact:
                words += own(f"\nCounted in the newest {number(facets.counted)} of them.")
            yield Static(Content(words), classes="said")
            yield ChoiceList(id="facets")

    def on_mount(self) -> None:
        """The list is what one came for."""
        listed = self.query_one(ChoiceList)
        listed.empty = own("The hits have nothing in common that would narrow the search.")
        choices: list[Choice] = []
        for title, facets in self._facets.groups:
            choices.append(Choice(None, title))
            for facet in facets:
                count = own(number(facet.n) + ("" if facet.exact else "+"))
                choices.append(Choice(facet.term, facet.value.line(), count))
        listed.show(choices)
        self.set_focus(listed)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Add what is under the cursor."""
        choice = self.query_one(ChoiceList).current()
        if choice is not None and choice.key is not None:
            self.dismiss(choice.key)
