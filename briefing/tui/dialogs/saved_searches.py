"""Saved and past searches: run one again, save one under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from briefing.tui.actions import bindings
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import Choice, ChoiceList
from briefing.tui.threads import in_thread
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import number, own, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.library import Library
    from briefing.model.answers import SavedSearch
    from briefing.model.safetext import SafeText

LIST: Final = "\n"
"""In place of a query: a list of names is meant."""
PAST: Final = 50
"""Searches of before that are listed."""


def found_words(search: SavedSearch) -> SafeText:
    """A saved search's number of hits in words: ``12 sources, 3 new``."""
    total = number(search.total) + ("" if search.exact else "+")
    new = number(search.new) + ("" if search.new_exact else "+")
    return own(f"{total} source{'' if total == '1' else 's'}" + (f", {new} new" if search.new else ""))


class SearchList(ChoiceList, inherit_bindings=False):
    """Searches under each other."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("searches")


class SearchesScreen(Dialog[tuple[str, str | None]]):
    """Answers with a query, and the name it is kept under; or with :data:`LIST` and the name of a list of names."""

    def __init__(
        self,
        library: Library,
        saved: Sequence[SavedSearch],
        past: Sequence[SafeText],
        lists: Sequence[tuple[SafeText, int]] = (),
    ) -> None:
        super().__init__()
        self._lists = list(lists)
        self._library = library
        self._saved = list(saved)
        self._past = list(past)

    def compose(self) -> ComposeResult:
        """First those with a name."""
        with Vertical(classes="box wide") as box:
            box.border_title = "Searches"
            yield SearchList(id="searches")
            with Horizontal(classes="buttons"):
                yield Button("Delete", id="delete", compact=True)
                yield Button("Clear history", id="forget", compact=True)

    def on_mount(self) -> None:
        """The list is what one came for."""
        listed = self.query_one(ChoiceList)
        listed.empty = own("No searches yet. Past searches appear here; ^s in the search bar saves one under a name.")
        self._show()
        self.set_focus(listed)

    def _show(self) -> None:
        choices: list[Choice] = []
        if self._saved:
            choices.append(Choice(None, own("Saved")))
        for one in self._saved:
            title = one.name.line() if one.name == one.query else one.name.line() + own("   ") + one.query.line()
            choices.append(Choice(f"s{one.name}", title, found_words(one), current=one.new > 0))
        if self._lists:
            choices.append(Choice(None, own("Lists of names")))
        choices += [Choice(f"l{name}", name.line(), own(plural(n, "name"))) for name, n in self._lists]
        if self._past:
            choices.append(Choice(None, own("Past searches")))
        choices += [Choice(f"p{query}", query.line()) for query in self._past]
        listed = self.query_one(ChoiceList)
        listed.show(choices, min(listed.cursor, max(0, len(choices) - 1)))
        self.query_one("#delete", Button).disabled = not (self._saved or self._lists)
        self.query_one("#forget", Button).disabled = not self._past
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only actions that would change something."""
        named = self._saved or self._lists
        needed = {"delete_search": named, "forget_past": self._past, "choose": named or self._past}
        return bool(needed[action]) if action in needed else super().check_action(action, parameters)

    def _current(self) -> tuple[str, str | None] | None:
        choice = self.query_one(ChoiceList).current()
        if choice is None or choice.key is None:
            return None
        if choice.key[0] == "p":
            return choice.key[1:], None
        if choice.key[0] == "l":
            return LIST, choice.key[1:]
        return next(((one.query, str(one.name)) for one in self._saved if one.name == choice.key[1:]), None)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Ask the one under the cursor."""
        if (current := self._current()) is not None:
            self.dismiss(current)

    @on(Button.Pressed, "#delete")
    def action_delete_search(self) -> None:
        """Keep the one under the cursor no longer."""
        current = self._current()
        if current is not None and current[1] is not None:
            if current[0] == LIST:
                self._lists = [one for one in self._lists if one[0] != current[1]]
            else:
                self._saved = [one for one in self._saved if one.name != current[1]]
            self._write(current[1], listed=current[0] == LIST)
            self._show()

    @on(Button.Pressed, "#forget")
    def action_forget_past(self) -> None:
        """Keep those without a name no longer."""
        self._past = []
        self._write(None, listed=False)
        self._show()

    @in_thread("write")
    def _write(self, name: str | None, *, listed: bool) -> None:
        searches = self._library.searches
        if name is None:
            searches.forget_past()
        elif listed:
            searches.lists.remove(name)
        else:
            searches.remove(name)


class SaveSearchScreen(Dialog[str]):
    """Answers with the name to keep a search under."""

    def __init__(self, query: SafeText) -> None:
        super().__init__()
        self._query = query

    def compose(self) -> ComposeResult:
        """One field."""
        with Vertical(classes="box small") as box:
            box.border_title = "Save the search"
            box.border_subtitle = "Enter saves"
            yield Static(Content(self._query + own("\nSave this search as:")), classes="said")
            yield SafeInput(self._query, id="name")

    def on_mount(self) -> None:
        """Ready to type another name."""
        self.set_focus(self.query_one("#name"))

    @on(Input.Submitted, "#name")
    def _named(self, message: Input.Submitted) -> None:
        message.stop()
        self.dismiss(message.value.strip() or None)
