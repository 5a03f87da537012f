"""Nodes of a query's tree, their written form as a query, and limits on their number and depth."""

import re
from typing import Final

from briefing.library.search.value import Value
from briefing.library.store.tokenizer import alternatives

MOST_CHARACTERS: Final = 4000
"""Of a query, that are searched; what stands behind them is passed over."""
_DEEPEST_TREE: Final = 30
"""Levels of a tree."""


class Text(Value):
    """Words in a row: ``text`` as typed, cut into words only when it is searched.

    ``prefix`` lets the last word go on; ``near`` lets the words stand in any order with at most so many others
    between; ``fuzzy`` allows so many wrong letters in a single word.
    """

    text: str
    field: str | None = None
    prefix: bool = False
    near: int | None = None
    fuzzy: int = 0


class Dates(Value):
    """Published from the beginning of ``first`` to the end of ``last``: ``2025``, ``2025-07`` or ``2025-07-11``."""

    first: str | None
    last: str | None


class Everything(Value):
    """Matches all sources."""


class And(Value):
    """All of the parts must match."""

    parts: tuple["Node", ...]


class Or(Value):
    """Any of the parts may match."""

    parts: tuple["Node", ...]


class Not(Value):
    """The part must not match."""

    part: "Node"


Node = Text | Dates | Everything | And | Or | Not


def show(tree: Node) -> str:
    """A query that is understood as ``tree``."""
    match tree:
        case Text():
            return show_text(tree)
        case Dates(first, last):
            return f"date:{first}" if first == last else f"date:[{first or '*'} TO {last or '*'}]"
        case And(parts):
            return " ".join(f"({show(p)})" if isinstance(p, Or) else show(p) for p in parts)
        case Or(parts):
            return " OR ".join(f"({show(p)})" if isinstance(p, And) else show(p) for p in parts)
        case Not(part):
            return f"-({show(part)})" if isinstance(part, And | Or) else f"-{show(part)}"
        case _:
            return "*"


QUOTES: Final = '"“”„'
"""Marks that a phrase may stand between."""
UNQUOTED: Final = str.maketrans(dict.fromkeys(QUOTES, " "))
_PLAIN: Final = re.compile(rf"(?![-+!])(?!(?:AND|OR|NOT)\Z)[^\s{QUOTES}()\[\]{{}}:*?~^&|/\\]+")


def show_text(term: Text) -> str:
    """A term as a query, its words in quotes where they need them."""
    shown = term.text if _PLAIN.fullmatch(term.text) or not term.text else f'"{term.text}"'
    if term.near is not None:
        shown += f"~{term.near}"
    elif term.fuzzy:
        shown += f"~{term.fuzzy}"
    return (f"{term.field}:" if term.field else "") + shown + ("*" if term.prefix else "")


def join(parts: list[Node], kind: type[And] | type[Or]) -> Node | None:
    """Join parts into one tree with no tree of the same kind directly inside it; None without parts.

    Args:
        parts: The parts; a single one is returned as it is.
        kind: ``And`` or ``Or``.
    """
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def within_limits(tree: Node | None) -> Node | None:
    """The tree without what would be lost if it were written down and read again: what is shown is what is meant."""
    tree = tree and _pruned(tree, 0)
    while tree is not None and len(show(tree)) > MOST_CHARACTERS:
        tree = _shorter(tree)
    return tree


def _pruned(tree: Node, depth: int) -> Node | None:
    """The tree but for what is nested too deeply."""
    match tree:
        case And(parts) | Or(parts):
            kept = [part for each in parts if (part := _pruned(each, depth + 1)) is not None]
            return join(kept, type(tree)) if depth < _DEEPEST_TREE else None
        case Not(part):
            inner = _pruned(part, depth + 1)
            return Not(inner) if inner is not None and depth < _DEEPEST_TREE else None
        case _:
            return tree


def _shorter(tree: Node) -> Node | None:
    """The tree without its last term, or its last word where it is only one."""
    match tree:
        case And(parts) | Or(parts):
            last = _shorter(parts[-1]) if isinstance(parts[-1], And | Or) else None
            return join([*parts[:-1], *([last] if last is not None else [])], type(tree))
        case Not(part):
            inner = _shorter(part)
            return Not(inner) if inner is not None else None
        case Text(text=text):
            words = text.split()[:-1] if " " in text else [text[: len(text) - 10]]
            return tree.but(text=" ".join(words)) if alternatives(" ".join(words)) else None
        case _:
            return None
