"""Workspaces in the reader: opened, made of what is marked or listed, changed, archived."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from briefing.model.safetext import SafeText
from briefing.model.selection import EVERYTHING
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.choose import Choice, ChooseScreen
from briefing.tui.main_screen.writing import may_write
from briefing.tui.threads import in_thread
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.wording import number, own, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from briefing.library import Library
    from briefing.library.workspaces import Workspace
    from briefing.tui.state import ReaderState

_MOST: Final = 10_000
"""Sources that a workspace is made of."""
_FIELDS: Final = {"title": ("title", "Title"), "line": ("bottom_line", "Bottom line"), "note": ("note", "Note")}
"""What is written of a workspace: its field and what it is called."""


class WordsScreen(Dialog[str]):
    """Asks for a name, or for a sentence; answers with what was typed."""

    def __init__(self, title: str, subtitle: str, value: str = "") -> None:
        super().__init__()
        self._words = title, subtitle, value

    def compose(self) -> ComposeResult:
        """One field."""
        with Vertical(classes="box small") as box:
            box.border_title, box.border_subtitle, value = self._words
            yield SafeInput(value, id="words")

    def on_mount(self) -> None:
        """One may type at once."""
        self.set_focus(self.query_one(SafeInput))

    @on(Input.Submitted)
    def _done(self, message: Input.Submitted) -> None:
        self.dismiss(message.value.strip())


class WorkspaceMenu:
    """Asks which workspace is meant and what to do with it; ``marked`` gives the ids of the marked sources."""

    def __init__(self, screen: Screen[Any], state: ReaderState, marked: Callable[[], Sequence[str]]) -> None:
        self.screen = screen
        self.state = state
        self._marked = marked

    @in_thread("workspaces", exclusive=True)
    def ask(self) -> None:
        """List the workspaces, and what can be done."""
        if self.state.library is not None:
            self.screen.call_later(self._show, self.state.library.workspaces.all(archived=True))

    @in_thread("workspaces", exclusive=True)
    def open(self, name: str) -> None:
        """Open the workspace of a name, or say which ones there are."""
        from briefing.library.errors import LibraryError

        if self.state.library is None:
            return
        try:
            found = self.state.library.workspaces.get(name)
        except LibraryError as error:
            self._say(str(error))
        else:
            self.screen.call_later(self._list_only, str(found.name))

    def _list_only(self, name: str) -> None:
        where = EVERYTHING._replace(workspace=name)
        if where != self.state.where:
            self.state.where = where
            self.state.relist()

    def _show(self, found: Sequence[Workspace]) -> None:
        now = next((one for one in found if one.name == self.state.where.workspace), None)
        ways = [Choice("all", own("All sources"), current=now is None)]
        ways += [_choice(one, current=one is now) for one in found if not one.archived]
        if any(one.archived for one in found):
            ways.append(Choice(None, own("Archived")))
            ways += [_choice(one, current=one is now) for one in found if one.archived]
        ways.append(Choice(None, own("Make and change")))
        marked = len(self._marked())
        made_of = f"{plural(marked, 'marked source')}" if marked else f"{plural(self.state.listed, 'listed source')}"
        ways.append(Choice("new", own(f"New workspace of {made_of}")))
        if now is not None:
            ways += self._changes(now, marked)

        def chosen(key: str | None) -> None:
            if key == "all":
                self._list_only("")
            elif key is not None and key.startswith("open:"):
                self._list_only(key.removeprefix("open:"))
            elif key is not None and may_write(self.screen, self.state):
                self._change(key, now)

        self.screen.app.push_screen(ChooseScreen("Workspaces", ways), chosen)

    @staticmethod
    def _changes(now: Workspace, marked: int) -> list[Choice]:
        """What can be done with the workspace that is open."""
        name = own("“") + now.name.line() + own("”")
        ways = [
            Choice("put", own(f"Put {plural(marked, 'marked source')} into ") + name),
            Choice("take", own(f"Take {plural(marked, 'marked source')} out of ") + name),
        ]
        return [
            *(ways if marked else []),
            Choice("title", own("Title of the brief of ") + name, now.title.line()[:20]),
            Choice("line", own("Bottom line of ") + name, now.bottom_line.line()[:20]),
            Choice("note", own("Note on ") + name, now.note.line()[:20]),
            Choice("grades", own("Grades of publishers in ") + name),
            Choice("rename", own("Rename ") + name),
            Choice("duplicate", own("Duplicate ") + name),
            Choice("archive", own("Have ") + name + own(" in the list again" if now.archived else " archived")),
            Choice("remove", own("Remove ") + name + own("; its sources stay")),
        ]

    def _change(self, key: str, now: Workspace | None) -> None:
        marked = list(self._marked())
        if key == "new":
            self._ask("New workspace", "Enter makes it", "", lambda library, name: self._new(library, name, marked))
        elif now is None:
            return
        elif key == "put":
            self._do(lambda library: library.workspaces.put_in(now.name, marked), now.name)
        elif key == "take":
            self._do(lambda library: library.workspaces.take_out(now.name, marked), now.name)
        elif key == "archive":
            self._do(lambda library: library.workspaces.change(now.name, {"archived": not now.archived}), now.name)
        elif key == "remove":
            self._do(lambda library: library.workspaces.remove(now.name), "")
        elif key == "grades":
            self._ask_publisher(now)
        elif key in _FIELDS:
            field, title = _FIELDS[key]
            self._ask(title, "Enter keeps it", getattr(now, field), partial(_set, now.name, field), opens=False)
        else:
            title = "Rename" if key == "rename" else "Duplicate"
            self._ask(title, "Enter", now.name, lambda library, name: _named(library, key, now.name, name))

    def _new(self, library: Library, name: str, marked: Sequence[str]) -> Workspace:
        ids = marked or [row.id for row in library.sources(order=self.state.order, limit=_MOST, where=self.state.where)]
        return library.workspaces.new(name, ids)

    def _ask(
        self, title: str, subtitle: str, value: str, do: Callable[[Library, str], Workspace], *, opens: bool = True
    ) -> None:
        """Ask for words, and do something with them."""

        def typed(words: str | None) -> None:
            if words is not None:
                self._do(lambda library: do(library, words), words if opens else self.state.where.workspace)

        self.screen.app.push_screen(WordsScreen(title, subtitle, value), typed)

    @in_thread("workspaces", exclusive=True)
    def _ask_publisher(self, now: Workspace) -> None:
        """Ask which publisher of a workspace is graded there, before what the settings say of it."""
        if self.state.library is None:
            return
        rows = self.state.library.rows(now.sources).values()
        given = now.grades.get("publishers", {})
        names = sorted({row.publisher.line() for row in rows if row.publisher} | set(map(SafeText, given)))
        ways = [Choice(str(name), SafeText(name), own(given.get(name, ""))) for name in names]
        if not ways:
            self._say("No source of the workspace has a publisher.")
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                self._ask_grade(now, name)

        title = own("Grade a publisher in “") + now.name.line() + own("”")
        self.screen.app.call_from_thread(self.screen.app.push_screen, ChooseScreen(title, ways), chosen)

    def _ask_grade(self, now: Workspace, publisher: str) -> None:
        """Ask how reliable a publisher is in a workspace."""
        from briefing.export.grades import RELIABILITY
        from briefing.tui.dialogs.grade_keys import degree_choices

        given = now.grades.get("publishers", {})
        ways = degree_choices(":", RELIABILITY, given.get(publisher))

        def chosen(key: str | None) -> None:
            if key is None:
                return
            rest = {name: grade for name, grade in given.items() if name != publisher}
            tables = {**now.grades, "publishers": {**rest, **({publisher: key[1:]} if key[1:] else {})}}
            self._do(lambda library: library.workspaces.change(now.name, {"grades": tables}), str(now.name))

        self.screen.app.push_screen(ChooseScreen(SafeText(publisher).line(), ways), chosen)

    @in_thread("workspaces")
    def _do(self, do: Callable[[Library], Workspace], opened: str) -> None:
        """Change a workspace, say so, and list what is to be open then."""
        from briefing.library.errors import LibraryError

        if self.state.library is None:
            return
        try:
            made = do(self.state.library)
        except LibraryError as error:
            self._say(str(error))
            return
        self._say(f"{made.name}: {plural(len(made.sources), 'source')}{', archived' if made.archived else ''}.")
        self.screen.call_later(self._list_only, str(made.name) if opened else "")
        self.screen.call_later(self.state.relist, keep=True)

    def _say(self, words: str) -> None:
        self.screen.call_later(partial(self.screen.app.notify, SafeText(words).line(), timeout=4, markup=False))


def _choice(one: Workspace, *, current: bool) -> Choice:
    return Choice(f"open:{one.name}", one.name.line(), own(number(len(one.sources))), current)


def _set(name: str, field: str, library: Library, words: str) -> Workspace:
    return library.workspaces.change(name, {field: SafeText(words)})


def _named(library: Library, how: str, name: str, to: str) -> Workspace:
    return library.workspaces.rename(name, to) if how == "rename" else library.workspaces.duplicate(name, to)
