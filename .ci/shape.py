"""Hold the code's shape to what a reader can take in: ``shape.py [FOLDER]``, one line for each fault, exit code 1.

Files of at most 400 lines, functions of at most 40 in the body, folders of at most 30 files, classes of at most 60
methods with those of our own bases counted, no import circle (imports inside functions included), names that Textual
keeps to itself imported in one folder only, and docstrings of public functions that name their parameters where they
are two or more.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LINES, FUNCTION, FILES, METHODS = 400, 40, 30, 60
PRIVATE = "tui/textual_patches/"
NAMED = (
    "model", "config", "paths", "library", "compare", "export", "sources", "ingest", "extract", "cli", "tui",
)  # fmt: skip
"""Rooms whose public functions name their parameters."""
PROMISES = {"library.library": "library.promises"}
"""Modules that keep the promises of another: what its protocols say of a method is not said again."""
CALLED_BY_OTHERS = re.compile(
    r"(on|action|watch|validate|compute|key)_|render|compose$|(check_action|check_consume_key|get_content_(height|width)"
    r"|get_widget_and_offset_at|notify|set_timer|convert|format_(epilog|usage)|parse_args|resolve_command"
    r"|shell_complete)$"
)
"""Methods of Textual's and click's classes: what they are given is told there."""
CALLED_OTHERWISE = re.compile(
    r"click\b|\bcommand\(|^(\w+\.)?(overload|override|property|cached_property|on\()|\.setter$"
)
"""Decorators of what nobody calls with these parameters, or whose docstring is the help that users see."""
Functions = ast.FunctionDef | ast.AsyncFunctionDef
Classes = dict[str, list[tuple[str, ast.ClassDef]]]


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


def written(node: Functions) -> int:
    """Lines of a function's body but for its docstring."""
    said = (node.body[0].end_lineno or 0) if ast.get_docstring(node) is not None else node.body[0].lineno - 1
    return (node.end_lineno or 0) - said


def sizes(found: dict[str, tuple[Path, ast.Module]]) -> Iterator[str]:
    """Files, functions and folders that are too long."""
    folders: dict[Path, int] = {}
    for file, tree in found.values():
        folders[file.parent] = folders.get(file.parent, 0) + (file.name != "__init__.py")
        if (lines := len(file.read_text("utf-8").splitlines())) > LINES:
            yield f"{file}: {lines} lines"
        for node in ast.walk(tree):
            if isinstance(node, Functions) and (length := written(node)) > FUNCTION:
                yield f"{file}:{node.lineno}: {node.name} has {length} lines"
    yield from (f"{folder}: {files} files" for folder, files in folders.items() if files > FILES)


def classes_of(found: dict[str, tuple[Path, ast.Module]]) -> Classes:
    """Module and tree of each class, by its name."""
    classes: Classes = {}
    for module, (_, tree) in found.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                classes.setdefault(node.name, []).append((module, node))
    return classes


def own(node: ast.ClassDef) -> set[str]:
    """Names of a class's own methods."""
    return {one.name for one in node.body if isinstance(one, Functions)}


def inherited(
    module: str, node: ast.ClassDef, classes: Classes, seen: frozenset[ast.ClassDef] = frozenset()
) -> set[str]:
    """Names of the methods of our bases of a class. Bases are looked up by name, first in the same file."""
    names: set[str] = set()
    for base in node.bases:
        name = getattr(base, "id", getattr(getattr(base, "value", None), "id", ""))
        near = sorted(classes.get(name, []), key=lambda one: one[0] != module)
        if near and near[0][1] not in seen:
            names |= own(near[0][1]) | inherited(*near[0], classes, seen | {node})
    return names


def methods(found: dict[str, tuple[Path, ast.Module]]) -> Iterator[str]:
    """Classes with too many methods."""
    classes = classes_of(found)
    for name, places in classes.items():
        for module, node in places:
            if (count := len(own(node) | inherited(module, node, classes))) > METHODS:
                yield f"{module}: {name} has {count} methods"


def public(found: dict[str, tuple[Path, ast.Module]]) -> Iterator[tuple[str, Functions, bool]]:
    """Each public function that is called with the parameters written here: its module, and whether it is a method."""
    classes = classes_of(found)
    for module, (_, tree) in found.items():
        waiting: list[tuple[ast.AST, set[str] | None]] = [(tree, None)]
        while waiting:
            above, others = waiting.pop()
            for node in ast.iter_child_nodes(above):
                if isinstance(node, ast.If | ast.Try):
                    waiting.append((node, others))
                elif getattr(node, "name", "_").startswith("_"):
                    continue
                elif isinstance(node, ast.ClassDef):
                    promised = any(ast.unparse(base).startswith("Protocol") for base in node.bases)
                    if promised and module.partition(".")[2] not in PROMISES.values():
                        continue  # those who keep the promise name the parameters
                    waiting.append((node, inherited(module, node, classes)))
                elif isinstance(node, Functions):
                    called = others is not None and (node.name in others or CALLED_BY_OTHERS.match(node.name))
                    if not called and not any(CALLED_OTHERWISE.search(ast.unparse(one)) for one in node.decorator_list):
                        yield module, node, others is not None


def parameters(node: Functions, method: bool) -> list[str]:
    """The parameters of a function as a docstring names them, without ``self`` and ``cls``."""
    given = node.args
    names = [one.arg for one in (*given.posonlyargs, *given.args)]
    if method and not any(ast.unparse(one) == "staticmethod" for one in node.decorator_list):
        names = names[1:]
    names += [f"*{given.vararg.arg}"] if given.vararg else []
    names += [one.arg for one in given.kwonlyargs]
    return [*names, *([f"**{given.kwarg.arg}"] if given.kwarg else [])]


def unnamed(found: dict[str, tuple[Path, ast.Module]]) -> Iterator[str]:
    """Docstrings with another list of parameters than their function, where these are two or more."""
    functions = [(module.partition(".")[2], module, node, method) for module, node, method in public(found)]
    said_there = {(module, node.name) for module, _, node, method in functions if method}
    for inside, module, node, method in functions:
        wanted = parameters(node, method)
        if len(wanted) < 2 or inside.partition(".")[0] not in NAMED or (PROMISES.get(inside), node.name) in said_there:
            continue
        _, _, said = (ast.get_docstring(node) or "").partition("\nArgs:\n")
        named = re.findall(
            r"^    (\*{0,2}\w+):", re.split(r"^\S", said, maxsplit=1, flags=re.MULTILINE)[0], re.MULTILINE
        )
        if named != wanted:
            yield f"{found[module][0]}:{node.lineno}: {node.name} has the parameters {', '.join(wanted)}; see its Args"


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
    faults = [*sizes(found), *methods(found), *private(found), *unnamed(found)]
    faults += [f"import circle: {' '.join(circle)}" for circle in circles(edges)]
    print("\n".join(faults) or f"{len(found)} modules hold")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else "briefing")))
