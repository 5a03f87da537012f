"""What a reader sees is plain English: no names that only the code knows, no phrases that say nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "briefing"
SHOWN = (
    *ROOT.glob("tui/**/*.py"),
    *ROOT.glob("cli/**/*.py"),
    *ROOT.glob("export/**/*.py"),
    *ROOT.glob("model/word*.py"),
)
UNCLEAR = re.compile(
    r"\bNo \w+ (?:is|are) so\b|\bRead as\b|\bkept under the name\b|^Which\??$|\bThis/all\b|^To look at$|^Take(?: it)?$"
    r"|\bThis went wrong\b|\bRead anew\b|\bnot begun\b|\bcould be taken back\b"
    r"|\bWatch .* no more\b|\bis everything on\b"
    r"|\bcount:[a-z]|\boperator:[a-z]"
)
"""Phrases that a newcomer does not understand, and names that only the code knows."""


def sentences(path: Path) -> Iterator[str]:
    """The words of a module that may be shown: all strings but docstrings and names of attributes."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {
        id(node.body[at].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for at in range(len(node.body))
        if isinstance(node.body[at], ast.Expr) and not _is_help(node, at)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


def _is_help(node: ast.AST, at: int) -> bool:
    """Whether a docstring is shown: that of a command."""
    return at == 0 and any("command" in ast.unparse(one) for one in getattr(node, "decorator_list", ()))


def test_what_is_shown_is_plain_english() -> None:
    wrong = {path.name: [words for words in sentences(path) if UNCLEAR.search(words)] for path in SHOWN}
    assert {name: words for name, words in wrong.items() if words} == {}


def test_the_phrases_are_looked_for_in_what_is_shown_alone(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""No source is so."""\nTITLE = "To look at"\nSAID = f"No source is so, {TITLE}"\n')
    assert [words for words in sentences(module) if UNCLEAR.search(words)] == ["To look at", "No source is so, "]
