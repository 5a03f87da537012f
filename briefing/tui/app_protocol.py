"""Protocols of the app and the main screen, so that screens and controllers need not import them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from textual.app import App
    from textual.dom import DOMNode
    from textual.signal import Signal

    from briefing.library import Library
    from briefing.model.kinds import EntityType
    from briefing.model.safetext import SafeText
    from briefing.model.settings import Setting, Settings
    from briefing.tui.kept_settings import Kept
    from briefing.tui.keymap import Keymap
    from briefing.tui.recalled import ListsFile
    from briefing.tui.state import ReaderState
    from briefing.tui.textual_patches.terminal import Terminal
    from briefing.tui.theming.palette import Look
    from briefing.tui.widgets.legend import Legend


class ShowsCards(Protocol):
    """Shows cards of entities."""

    def show_card(self, name: SafeText, kind: EntityType) -> None:
        """Show the card of an entity.

        Args:
            name: Its canonical name.
            kind: Its type.
        """


class AsksAgain(Protocol):
    """Asks searches that are kept."""

    def ask_again(self, query: str, name: str | None) -> None:
        """Run a past or saved search.

        Args:
            query: The query.
            name: The name it is saved under; None for a past one.
        """


class Main(Protocol):
    """The main screen, as the palette sees it."""

    legend_bar: Legend

    @property
    def cards(self) -> ShowsCards:
        """The controller that shows cards."""

    @property
    def searches(self) -> AsksAgain:
        """The controller that runs saved searches."""

    async def do(self, name: str) -> object:
        """Carry out an action by its id."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action would change anything."""


class ReaderApp(Protocol):
    """The app as screens and controllers need it, beside what every Textual app can do."""

    state: ReaderState
    settings: Settings
    kept: Kept | None
    keymap: Keymap
    template: Path | None
    """The user's template for briefs."""
    ingest_options: dict[str, object]
    """Options of :class:`briefing.ingest.Ingest`."""
    refs: Sequence[str]
    """What was named on the command line."""
    empty: bool
    """Whether the library was known to hold nothing at the start."""
    samples: Path | None
    tour: Path | None
    """A file that says, by being there, that the tour was shown; None where it is not to be offered."""
    extractor: Callable[[], str] | None
    """Makes the extractor's fingerprint."""
    lists: ListsFile | None
    exported: Path | None
    """The file that the last brief was written to."""
    settings_changed: Signal[Settings]
    looks: Mapping[str, Look]
    """The themes that can be used, by name."""

    @property
    def main(self) -> Main:
        """The screen at the bottom."""

    @property
    def theme(self) -> str:
        """The name of the theme in use."""

    @property
    def terminal(self) -> Terminal:
        """What the terminal is told beside what it draws."""

    def open_library(self) -> Library:
        """Open the library, in a thread."""

    def tell_file(self, words: str, path: Path) -> None:
        """Show a notification that ends with a file, a link where the terminal shows links.

        Args:
            words: What became of the file.
            path: The file.
        """

    def copy(self, text: str) -> None:
        """Put text on the clipboard."""

    def tell_error(self, error: BaseException | None) -> None:
        """Show an error of a thread."""

    def all_settings(self) -> list[Setting]:
        """Every setting as it stands."""

    async def keep(self, key: tuple[str, ...], value: Any) -> list[SafeText]:
        """Set a setting in the user's file; returns what is wrong with it.

        Args:
            key: The setting's name, or ``keys`` and the id of an action.
            value: The new value; None takes the key out of the file.
        """

    def show_theme(self, name: str) -> None:
        """Use a theme for now."""

    async def choose_theme(self, name: str) -> None:
        """Use a theme from now on."""

    def action_themes(self) -> None:
        """Ask for another theme."""


def reader(node: DOMNode | App[Any]) -> ReaderApp:
    """The app of a widget or screen, by what is asked of it."""
    return cast("ReaderApp", node.app)
