"""Hold the code's shape to what a reader can take in: ``shape.py [FOLDER]``, one line for each fault, exit code 1.

Files of at most 400 lines, functions of at most 50, folders of at most 30 files, classes of at most 60 methods with
those of our own bases counted, no import circle (imports inside functions included), and names that Textual keeps to
itself imported in one folder only.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

LINES, FUNCTION, FILES, METHODS = 400, 50, 30, 60
PRIVATE = "tui/textual_patches/"
Functions = ast.FunctionDef | ast.AsyncFunctionDef


def modules(root: Path) -> dict[str, tuple[Path, ast.Module]]:
    """Name of each module, its file and its tree."""
    found = {}
    for file in sorted(root.rglob("*.py")):
        name = ".".join(file.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__")
        found[name] = (file, ast.parse(file.read_text("utf-8")))
    return found


def imported(tree: ast.Module, known: set[str]) -> Iterator[str]:
    """Modules of ours that a module imports when it runs: not those that only the type checker sees."""
    hidden = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in hidden:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in known else node.module for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import one another, by Tarjan's algorithm."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in sorted(edges[name]):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            at = stack.index(name)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for name in sorted(edges):
        if name not in order:
            visit(name)
    return found


def sizes(found: dict[str, tuple[Path, ast.Module]]) -> Iterator[str]:
    """Files, functions and folders that are too long."""
    folders: dict[Path, int] = {}
    for file, tree in found.values():
        folders[file.parent] = folders.get(file.parent, 0) + (file.name != "__init__.py")
        if (lines := len(file.read_text("utf-8").splitlines())) > LINES:
            yield f"{file}: {lines} lines"
        for node in ast.walk(tree):
            if isinstance(node, Functions) and (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION:
                yield f"{file}:{node.lineno}: {node.name} has {length} lines"
    yield from (f"{folder}: {files} files" for folder, files in folders.items() if files > FILES)


def methods(found: dict[str, tuple[Path, ast.Module]]) -> Iterator[str]:
    """Classes with too many methods. Bases are looked up by name, first in the same file."""
    classes: dict[str, list[tuple[str, ast.ClassDef]]] = {}
    for module, (_, tree) in found.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                classes.setdefault(node.name, []).append((module, node))

    def own(module: str, node: ast.ClassDef, seen: frozenset[ast.ClassDef]) -> set[str]:
        names = {one.name for one in node.body if isinstance(one, Functions)}
        for base in node.bases:
            name = getattr(base, "id", getattr(getattr(base, "value", None), "id", ""))
            near = sorted(classes.get(name, []), key=lambda one: one[0] != module)
            if near and near[0][1] not in seen:
                names |= own(*near[0], seen | {node})
        return names

    for name, places in classes.items():
        for module, node in places:
            if (count := len(own(module, node, frozenset()))) > METHODS:
                yield f"{module}: {name} has {count} methods"


def private(found: dict[str, tuple[Path, ast.Module]]) -> Iterator[str]:
    """Imports of what Textual keeps to itself, outside the folder for it."""
    for file, tree in found.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
                names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
                if any(name.startswith("_") for name in names) and PRIVATE not in file.as_posix():
                    yield f"{file}:{node.lineno}: {', '.join(names)} is private to Textual"


def main(root: Path) -> int:
    """Print every fault; returns the exit code."""
    found = modules(root)
    edges = {name: {*imported(tree, {*found})} & {*found} - {name} for name, (_, tree) in found.items()}
    faults = [*sizes(found), *methods(found), *private(found)]
    faults += [f"import circle: {' '.join(circle)}" for circle in circles(edges)]
    print("\n".join(faults) or f"{len(found)} modules hold")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else "briefing")))
