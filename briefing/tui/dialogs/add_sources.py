"""Choosing files, folders and web addresses to add."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

from rich.text import Text, TextType
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.widgets import Button, DirectoryTree, Input, Label
from textual.widgets.directory_tree import DirEntry

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.dialogs.base import Dialog
from briefing.tui.path_completion import complete_path, folder_of
from briefing.tui.widgets.inputs import SafeInput
from briefing.tui.widgets.row_list import Move


class Files(DirectoryTree, inherit_bindings=False):
    """A tree of files whose names are shown as plain text, whatever they hold."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("files")
    ICON_NODE, ICON_NODE_EXPANDED, ICON_FILE = "▸ ", "▾ ", "  "

    def process_label(self, label: TextType) -> Text:
        """A name as text without markup or control characters."""
        return Text(SafeText(label if isinstance(label, str) else label.plain).line())

    def action_move(self, how: Move) -> None:
        """Move the cursor."""
        if how in ("top", "bottom"):
            self.action_scroll_home() if how == "top" else self.action_scroll_end()
        else:
            name, _, way = how.rpartition("_")
            lines = {"": 1, "half": self.size.height // 2, "page": self.size.height}[name]
            line = self.cursor_line + (lines if way == "down" else -lines)
            self.cursor_line = max(0, min(line, self.last_line))

    def action_fold(self) -> None:
        """Fold the folder the cursor is on, else go to the one it is in."""
        node = self.cursor_node
        if node is not None and node.is_expanded:
            node.collapse()
        elif node is not None and node.parent is not None:
            self.move_cursor(node.parent)

    def action_unfold(self) -> None:
        """Open the folder the cursor is on."""
        if self.cursor_node is not None:
            self.cursor_node.expand()


_NAMES: Final = 44
"""Characters of the names that a path may go on with."""


class PathInput(SafeInput):
    """A path to type. Tab completes it and says how it may go on; where nothing is left to complete, it leads on."""

    def on_key(self, event: Key) -> None:
        """Tab."""
        if event.key != "tab" or "://" in self.value:
            return
        made, names = complete_path(self.value) if self.value else ("", [])
        if made != self.value or (names and not made.endswith(os.sep)):
            event.stop()
            event.prevent_default()
            self.value = made
            self.cursor_position = len(made)
            self.screen.query_one("#chosen", Label).update(SafeText("  ".join(names))[:_NAMES])


class Adding(NamedTuple):
    """A path or address to add, as the user knows it. ``watch`` a folder, rather than reading it once."""

    ref: str
    watch: bool = False


class AddScreen(Dialog[Adding]):
    """Answers with what is to be added. Whether it can be read is told when it is."""

    def compose(self) -> ComposeResult:
        """A path to type, a tree to choose from."""
        with Vertical(classes="box wide") as box:
            box.border_title = "Add files, folders or web addresses"
            box.border_subtitle = "Enter adds · Tab completes, then goes to the tree"
            yield PathInput(
                id="path", placeholder="a path or web address, such as ~/reports or https://example.org/feed"
            )
            yield Files(_here(), id="files")
            with Horizontal(classes="buttons"):
                yield Label("", id="chosen", markup=False)
                yield Button("Add", id="add", variant="primary", compact=True)
                yield Button("Watch folder", id="watch", compact=True)
                yield Button("Folder above", id="above", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        """One may type at once."""
        self.set_focus(self.query_one("#path", SafeInput))

    @on(DirectoryTree.NodeHighlighted)
    def _highlighted(self, message: DirectoryTree.NodeHighlighted[DirEntry]) -> None:
        data = message.node.data
        tree = self.query_one("#files", Files)
        if tree.has_focus and data is not None:
            self.query_one("#path", SafeInput).value = str(data.path)

    @on(Input.Changed, "#path")
    def _typed(self, message: Input.Changed) -> None:
        """The tree shows the folder that is being typed."""
        tree, folder = self.query_one("#files", Files), folder_of(message.value.strip())
        if folder is not None and not tree.has_focus and os.path.realpath(folder) != os.path.realpath(tree.path):
            tree.path = folder

    def action_choose(self) -> None:
        """Add the file under the cursor; fold or open a folder."""
        self.query_one("#files", Files).action_select_cursor()

    @on(DirectoryTree.FileSelected)
    def _file_selected(self, message: DirectoryTree.FileSelected) -> None:
        self.dismiss(Adding(str(message.path)))

    @on(Input.Submitted)
    @on(Button.Pressed, "#add")
    def _add(self) -> None:
        self._answer(watch=False)

    @on(Button.Pressed, "#watch")
    def _watch(self) -> None:
        self._answer(watch=True)

    def _answer(self, watch: bool) -> None:
        typed = self.query_one("#path", SafeInput).value.strip()
        tree = self.query_one("#files", Files)
        data = tree.cursor_node.data if tree.cursor_node else None
        # A name may hold bytes that cannot be shown, so a path from the tree is taken from there, not from the field.
        if data is not None and SafeText(str(data.path)) == typed:
            self.dismiss(Adding(str(data.path), watch))
        elif typed:
            self.dismiss(Adding(typed if "://" in typed else str(Path(typed).expanduser()), watch))

    @on(Button.Pressed, "#above")
    def _above(self) -> None:
        tree = self.query_one("#files", Files)
        tree.path = Path(os.path.realpath(tree.path)).parent

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)


def _here() -> Path:
    """The folder the program was started in; the user's own where that has been deleted meanwhile."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()
