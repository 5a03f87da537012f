"""Show the keys of every action, and change them."""

from __future__ import annotations

from typing import Final

from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Button, Label, Static

from briefing.model.safetext import SafeText
from briefing.model.settings import Settings
from briefing.tui.actions import ACTIONS, SCOPE_TITLES, Action, bindings
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.base import Dialog, Leaving
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.keymap import resolve, shown_key, shown_keys, split_keys
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import line
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own

_KEPT: Final = "Kept."


class KeyList(RowList, inherit_bindings=False):
    """An action to a row, under the places where they work."""

    BINDINGS = bindings("keys")
    CLICK_CHOOSES = False

    def __init__(self) -> None:
        super().__init__(id="actions")
        self.rows: list[Action | str] = []
        for scope, title in SCOPE_TITLES.items():
            actions = [action for action in ACTIONS if action.scopes[0] == scope]
            self.rows += [title, *actions] if actions else []

    def on_mount(self) -> None:
        """Show them, the cursor on the first action."""
        self.set_rows(range(len(self.rows) + 1), 0)

    def selectable(self, index: int) -> bool:
        """Headings are not."""
        return not isinstance(self.rows[index], str)

    @property
    def current(self) -> Action:
        """The action under the cursor."""
        action = self.rows[self.cursor]
        assert not isinstance(action, str), "the cursor stands on no heading"
        return action

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """A heading, or title, keys and help."""
        row = self.rows[index]
        if isinstance(row, str):
            return [line([(own(row), inks(self)["heading"])], width, base)]
        app = reader(self)
        own_keys = row.id in app.keymap.keys
        keys = shown_keys(row.id, app.keymap.keys)
        pieces = [
            (own("● " if own_keys else "  "), inks(self)["key"]),
            (own(f"{row.title:<17} "), base),
            (own(f"{keys:<14} "), Style(bold=True)),
            (own(row.help), inks(self)["muted"]),
        ]
        return [line(pieces, width, base)]


class KeysScreen(Dialog[None]):
    """Shows the keys and gives actions others, which the user's file keeps."""

    def compose(self) -> ComposeResult:
        """The list, what is wrong with the keys as they are, buttons."""
        with Vertical(classes="box wide") as box:
            box.border_title = "Keys"
            yield KeyList()
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Another key", id="other", variant="primary", compact=True)
                yield Button("One more", id="more", compact=True)
                yield Button("Default", id="default", compact=True)
                yield Button("Close", id="cancel", compact=True)

    def on_mount(self) -> None:
        """Say what is wrong already."""
        reader(self).settings_changed.subscribe(self, self._changed)
        self._tell_problems()
        self.set_focus(self.list)

    @property
    def list(self) -> KeyList:
        """The actions."""
        return self.query_one(KeyList)

    def _changed(self, _: Settings) -> None:
        self.list.redraw()

    def _tell_problems(self, first: str = "") -> None:
        said = [first] if first else []
        self._say(own("\n").join([*said, *reader(self).keymap.problems[:3]]))

    def _say(self, words: SafeText) -> None:
        self.query_one("#wrong", Label).update(Content(words))

    @on(RowList.Chosen, "#actions")
    @on(Button.Pressed, "#other")
    def action_other_key(self) -> None:
        """Ask for the key that takes the place of all there are."""
        self._ask(more=False)

    @on(Button.Pressed, "#more")
    def action_more_keys(self) -> None:
        """Ask for a key beside those there are."""
        self._ask(more=True)

    def _ask(self, more: bool) -> None:
        action = self.list.current

        def pressed(key: str | None) -> None:
            if key:
                held = split_keys(reader(self).keymap.keys.get(action.id, action.keys))[0] if more else []
                self._propose(action, ",".join(dict.fromkeys([*held, key])))

        self.app.push_screen(PressScreen(action), pressed)

    def _propose(self, action: Action, keys: str) -> None:
        """Keep the keys; ask before where another action loses one."""
        before = dict(reader(self).settings.keys)
        known = set(resolve(before).problems)
        fresh = [problem for problem in resolve({**before, action.id: keys}).problems if problem not in known]
        if not fresh:
            self._keep(action, keys)
            return
        question = own("\n").join(
            [*fresh, f"Give {shown_keys(action.id, {action.id: keys})} to {action.title} anyway?"]
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self._keep(action, keys)

        self.app.push_screen(ConfirmScreen(question, own("Give")), answered)

    @on(Button.Pressed, "#default")
    def action_default(self) -> None:
        """The keys the program comes with."""
        self._keep(self.list.current, None)

    def _keep(self, action: Action, keys: str | None) -> None:
        self.run_worker(self._kept(action, keys), exclusive=True, group="settings", exit_on_error=False)

    async def _kept(self, action: Action, keys: str | None) -> None:
        problems = await reader(self).keep(("keys", action.id), keys)
        if problems:
            self._say(own("\n").join(problems))
        else:
            self._tell_problems(_KEPT)

    @on(Button.Pressed, "#cancel")
    def _close(self) -> None:
        self.dismiss(None)


class PressScreen(Leaving[str]):
    """Answers with the next key that is pressed, in Textual's name; Esc answers nothing."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self._action = action

    def compose(self) -> ComposeResult:
        """What is asked."""
        with Vertical(classes="box small") as box:
            box.border_title = "Press a key"
            yield Static(Content(f"The key for “{self._action.title}”. Esc leaves it as it is."))

    def on_key(self, event: events.Key) -> None:
        """Take it, whatever it does elsewhere."""
        event.stop()
        event.prevent_default()
        if event.key != "escape" and not shown_key(event.key):
            return
        self.dismiss(None if event.key == "escape" else event.key)

    def on_click(self) -> None:
        """A click leaves it as it is."""
        self.dismiss(None)
