"""The guided run: the four jobs on the samples, a step at a time, each done by the reader's own keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.dialogs.export import ExportScreen
from briefing.tui.keymap import shown_keys
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import fold, line
from briefing.tui.wording import own

if TYPE_CHECKING:
    from textual import events

_EVERY: Final = 0.2
"""Seconds between two looks at whether a step is done: whatever was done may have done it."""
_LINES: Final = 3


class Step(NamedTuple):
    """What to do, with keys in braces by the ids of their actions, and how one sees that it is done."""

    title: str
    words: str
    done: Callable[[Any], bool]


def _found(app: Any) -> bool:
    result = app.main.search_pane.result
    return bool(result is not None and "2" in result.query and app.state.pane == "text")


def _reviewed(app: Any) -> bool:
    return any(review.state == "accepted" for review in app.state.reviews.values())


STEPS: Final[Sequence[Step]] = (
    Step("Who sent how many aircraft?", "Press {search}, type F-2 and press Enter: the text opens at the hit.", _found),
    Step(
        "Who sent how many aircraft?",
        "Press {facts}: the count that was read there, who operates the aircraft, what the other sources make of it. "
        "The line above the keys says what the sign means.",
        lambda app: app.state.pane == "facts" and app.screen is app.main,
    ),
    Step("Who sent how many aircraft?", "It is right? Press {accept}. ({reject} rejects, {undo} undoes.)", _reviewed),
    Step(
        "Is a quotation right? Where do reports differ?",
        "Press {compare}: claims as rows, sources as columns. Under Quotations the words that were changed are marked.",
        lambda app: isinstance(app.screen, ClaimsScreen),
    ),
    Step(
        "Is a quotation right? Where do reports differ?",
        "Go down with {down} to something that differs and press Enter: you are at its words. {back} leads back.",
        lambda app: app.screen is app.main and app.state.pane == "text",
    ),
    Step(
        "The brief",
        "Press {export}: what goes into it, in which format, into which file.",
        lambda app: isinstance(app.screen, ExportScreen),
    ),
    Step(
        "The brief",
        "Choose all sources if you like, and press Enter in the field of the file: it is written, every claim with its "
        "footnote.",
        lambda app: app.screen is app.main and app.exported is not None,
    ),
)
LAST: Final = (
    "These were the four jobs. {help} lists all keys, {palette} finds everything by name. A click here closes this."
)


class Guide(Widget, inherit_bindings=False):
    """Shown above the legend, over the dialogs' dimmed reader too, until its last step is done and it is clicked."""

    ALLOW_SELECT = False

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__(id="guide")
        self._keymap = keymap
        self.step = 0

    def on_mount(self) -> None:
        """Look after each moment whether the step is done."""
        self.set_interval(_EVERY, self.look)
        self._say()

    def look(self) -> None:
        """Go on where the step is done."""
        if self.step < len(STEPS) and STEPS[self.step].done(self.app):
            self.step += 1
            self._say()

    @property
    def words(self) -> str:
        """What is to be done now, with the keys as they are."""
        words = STEPS[self.step].words if self.step < len(STEPS) else LAST
        names = [part.partition("}")[0] for part in words.split("{")[1:]]
        return words.format(**{name: shown_keys(name, self._keymap).split()[0] for name in names})

    def _say(self) -> None:
        done = self.step >= len(STEPS)
        self.border_title = "Done" if done else STEPS[self.step].title
        self.border_subtitle = "" if done else f"step {self.step + 1} of {len(STEPS)}"
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """So much that nothing moves from step to step."""
        return _LINES

    def render_line(self, y: int) -> Strip:
        """A line of what is to be done."""
        lines = fold(own(self.words), max(8, self.size.width), _LINES)
        said = [(lines[y], inks(self)["plain"])] if y < len(lines) else []
        return line(said, self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Close it."""
        event.stop()
        self.remove()
