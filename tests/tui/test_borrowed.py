"""Textual's private parts: used in one folder only, and there as long as Textual has them."""

import ast
from functools import cache
from pathlib import Path

import pytest
import textual

TUI = Path(__file__).parents[2] / "briefing" / "tui"
FOLDER = TUI / "textual_patches"


@cache
def textuals() -> frozenset[str]:
    """The private names that Textual defines: functions, attributes, modules."""
    found = set()
    for file in Path(textual.__file__).parent.rglob("*.py"):
        found.add(file.stem)
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                found.add(node.attr)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return frozenset(name for name in found if name.startswith("_") and not name.startswith("__"))


def used(file: Path) -> tuple[set[str], set[str]]:
    """Private names that a file looks up and does not define itself; modules and names it imports from Textual."""
    looked_up, own, imported = set(), set(), set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            mine = isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name) and node.value.id == "self"
            (own if mine else looked_up).add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            own.add(node.name)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            names = {*(node.module or "").split("."), *(alias.name for alias in node.names)}
            imported |= {name for name in names if name.startswith("_")}
    return looked_up - own, imported


def test_private_names_are_used_in_one_folder() -> None:
    wrong = []
    for file in sorted(TUI.rglob("*.py")):
        if FOLDER not in file.parents:
            looked_up, imported = used(file)
            wrong += [f"{file.relative_to(TUI)}: {name}" for name in (looked_up & textuals()) | imported]
    assert not wrong


def test_borrowed_names_exist_and_the_reason_is_given() -> None:
    files = sorted(FOLDER.glob("*.py"))
    ours = {name for file in files for name in _defined(file)}
    wrong = []
    for file in files:
        looked_up, imported = used(file)
        wrong += [f"{file.name}: {name}" for name in ((looked_up - ours) | imported) - textuals()]
        wrong += [] if ast.get_docstring(ast.parse(file.read_text("utf-8"))) else [f"{file.name}: no reason"]
    assert not wrong


def _defined(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    stored = {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    return stored | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


OVERRIDDEN = {
    "briefing.tui.textual_patches.sliced_compositor:SlicedCompositor": (
        "render_update", "render_partial_update", "_render_chops",
    ),
    "briefing.tui.textual_patches.sliced_compositor:SlicedScreen": (
        "_dispatch_message", "_on_idle", "_refresh_layout", "_compositor_refresh", "_invoke_and_clear_callbacks",
        "_screen_resized",
    ),
    "briefing.tui.textual_patches.screens:SteadyModal": ("_modal_binding_chain", "_screen_resized"),
    "briefing.tui.textual_patches.plain_palette:PlainPalette": ("_action_command_list",),
    "briefing.tui.textual_patches.scrolled:Scrolled": ("_size_updated",),
}  # fmt: skip


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_what_is_overridden_is_still_called_so(name: str) -> None:
    """A method of Textual's that had another name would be overridden no more, and nothing would fail."""
    module, _, cls = name.partition(":")
    ours = getattr(__import__(module, fromlist=[cls]), cls)
    for method in OVERRIDDEN[name]:
        assert method in vars(ours)
        assert any(method in vars(base) for base in ours.__mro__[1:] if base.__module__.startswith("textual"))
