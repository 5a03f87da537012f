"""The settings: what each is, where it comes from, and changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Button, Input, Label

from briefing.model.safetext import SafeText
from briefing.model.settings import DECLARED, Setting, Settings, shown
from briefing.tui.actions import bindings
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.base import Dialog
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import fold, line
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.widgets.row_list import RowList
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from briefing.model.settings import Origin

_FROM: Final[dict[Origin, str]] = {
    "default": "default",
    "file": "from the file",
    "environment": "from the environment",
    "option": "from the command line",
}
_WINS: Final[dict[Origin, str]] = {
    "environment": "A variable of the environment sets this and goes on to win over the file.",
    "option": "An option of the command line sets this and wins over the file until the program ends.",
}
_TITLES: Final = {
    "library": "Library", "model": "Language model", "theme": "Theme", "jobs": "Processes", "kernels": "Arithmetic",
    "measure": "Line width", "links": "Links", "template": "Template", "notes": "Notes in briefs",
    "watch": "Watch folders", "mcp": "Other programs", "languages": "Languages", "keys": "Keys",
}  # fmt: skip
"""What each setting is called here; beside it stands its name in the file."""
_TITLE: Final = 17
"""Cells of the titles."""
_VALUE: Final = 24
"""Cells that a value has, whatever is said of it."""
_LINES: Final = 3
_FILE: Final = 36
"""Most characters of the file's path that are shown: its end."""


class SettingList(RowList, inherit_bindings=False):
    """A setting to a row: name, value, origin, and below it what it does."""

    BINDINGS = bindings("settings")
    CLICK_CHOOSES = False

    def __init__(self) -> None:
        super().__init__(id="settings")
        self.settings: list[Setting] = []

    def take(self, settings: list[Setting]) -> None:
        """Show these."""
        self.settings = settings
        self.set_rows(range(0, _LINES * len(settings) + 1, _LINES))

    @property
    def current(self) -> Setting:
        """The one under the cursor."""
        return self.settings[self.cursor]

    def draw(self, index: int, width: int, base: Style) -> list[Strip]:
        """Name, value and origin; help; a blank line where that takes one."""
        setting = self.settings[index]
        muted, key = inks(self)["muted"], inks(self)["key"]
        value = plural(len(setting.value), "key") if isinstance(setting.value, dict) else SafeText(_worded(setting))
        sign = own("● ") if setting.origin != "default" else own("  ")
        room = width - _TITLE - len(sign)
        origin = [(own(f"{_origin(setting, room - min(_VALUE, len(value)))} "), muted)]  # beside it is a scroll bar
        value = _ended(value, room - len(origin[0][0]) - 1)
        first = [(sign, key), (own(f"{title_of(setting.name):<{_TITLE}}"), Style(bold=True)), (value, base)]
        about = fold(SafeText(setting.help), width - _TITLE - 3, _LINES - 1)
        lines = [line(first, width, base, origin)]
        lines += [line([(own(" " * (_TITLE + 2)) + part, muted)], width, base) for part in about]
        return lines + [Strip.blank(width, base)] * (_LINES - len(lines))


class SettingsScreen(Dialog[None]):
    """Every declared setting. What is changed is checked, kept in the user's file and holds at once."""

    def __init__(self) -> None:
        super().__init__()
        self._editing: Setting | None = None

    def compose(self) -> ComposeResult:
        """The list, a field that is there while something is typed, what is wrong."""
        with Vertical(classes="box wide") as box:
            box.border_title = "Settings"
            yield SettingList()
            with Horizontal(classes="field", id="editing"):
                yield Label("", classes="name", id="name", markup=False)
                yield SafeInput(id="value")
            yield Label("", id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Label("", id="chosen", markup=False)
                yield Button("Change", id="change", variant="primary", compact=True)
                yield Button("Default", id="default", compact=True)
                yield Button("Close", id="cancel", compact=True)

    def on_mount(self) -> None:
        """Show what holds, now and after every change."""
        app = reader(self)
        file = own("no file") if app.kept is None else SafeText(str(app.kept.path)).line()
        shown = file if len(file) <= _FILE else own("…") + file[1 - _FILE :]
        self.query_one("#chosen", Label).update(Content(shown))
        self.query_one("#editing").display = False
        app.settings_changed.subscribe(self, self._changed)
        self.list.take(app.all_settings())
        self.set_focus(self.list)

    @property
    def list(self) -> SettingList:
        """The settings."""
        return self.query_one(SettingList)

    def _changed(self, _: Settings) -> None:
        self.list.take(reader(self).all_settings())

    def _say(self, words: SafeText | str) -> None:
        self.query_one("#wrong", Label).update(Content(SafeText(words)))

    @on(RowList.Moved, "#settings")
    def _moved(self) -> None:
        self._end_editing()
        self._say(_WINS.get(self.list.current.origin, ""))

    @on(RowList.Chosen, "#settings")
    @on(Button.Pressed, "#change")
    def action_change(self) -> None:
        """Change the setting under the cursor in the way that fits it."""
        setting = self.list.current
        if setting.name == "theme":
            reader(self).action_themes()
        elif setting.name == "keys":
            from briefing.tui.dialogs.keys import KeysScreen

            self.app.push_screen(KeysScreen())
        elif isinstance(setting.value, bool):
            self._keep(setting, not setting.value)
        else:
            self._edit(setting)

    def _edit(self, setting: Setting) -> None:
        self._editing = setting
        self.query_one("#editing").display = True
        self.query_one("#name", Label).update(Content(title_of(setting.name)))
        field = self.query_one("#value", SafeInput)
        field.value = SafeText("" if setting.value is None else str(setting.value))
        self._say(_WINS.get(setting.origin, "Enter keeps it, Esc leaves it as it was."))
        self.set_focus(field)

    def _end_editing(self) -> None:
        if self._editing is not None:
            self._editing = None
            self.query_one("#editing").display = False
            self.set_focus(self.list)

    @on(Input.Submitted, "#value")
    def _typed(self, message: Input.Submitted) -> None:
        setting = self._editing
        if setting is not None:
            typed = message.value.strip()
            number = DECLARED[setting.name].kind is int and typed.isascii() and typed.isdigit()
            self._keep(setting, int(typed) if number else str(typed) or None)

    @on(Button.Pressed, "#default")
    def action_default(self) -> None:
        """Take the setting under the cursor out of the file."""
        if self._editing is None:
            self._keep(self.list.current, None)

    def _keep(self, setting: Setting, value: Any) -> None:
        self.run_worker(self._kept(setting, value), exclusive=True, group="settings", exit_on_error=False)

    async def _kept(self, setting: Setting, value: Any) -> None:
        problems = await reader(self).keep((setting.name,), value)
        if problems:
            self._say(own("\n").join(problems))
            return
        self._end_editing()
        said = "Kept; it holds from the next start on." if DECLARED[setting.name].at_start else "Kept."
        self._say(_WINS.get(setting.origin, said))

    def action_close(self) -> None:
        """Leave the field, else the screen."""
        if self._editing is not None:
            self._end_editing()
            self._say("")
        else:
            self.dismiss(None)

    @on(Button.Pressed, "#cancel")
    def _close(self) -> None:
        self.dismiss(None)


def _origin(setting: Setting, room: int) -> str:
    """Name and origin of a setting, and when a change of it holds; less of that where there is no room for all."""
    where = _FROM[setting.origin]
    when = " · at the next start" if DECLARED[setting.name].at_start else ""
    ways = (f"{setting.name} · {where}{when}", f"{setting.name} · {where}", where)
    return next((words for words in ways if len(words) < room), "")


def _ended(value: SafeText, room: int) -> SafeText:
    """A value in so many cells: the end of a path says more than its beginning."""
    return value if cell_len(value) <= room or "/" not in value else own("…") + value[1 - room :]


def _worded(setting: Setting) -> str:
    """A value for people: no quotes, and words for nothing."""
    value = setting.value
    if value is None or value == "":
        return "not set"
    if isinstance(value, bool):
        return "on" if value else "off"
    if (setting.name, value) in {("jobs", 0), ("kernels", "auto")}:
        return "as fits the machine"
    if setting.name == "measure":
        return f"{value} columns"
    return value if isinstance(value, str) else shown(value)


def title_of(name: str) -> SafeText:
    """What a setting is called here."""
    return own(_TITLES.get(name) or name.replace("_", " ").capitalize())
