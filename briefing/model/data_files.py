"""Parse TOML and JSON that others may have written, so that every fault in it is one error."""

import json
import re
from typing import Any, Final

from briefing.model.own_files import MAX_TOML as MAX_TOML

_DEEPEST: Final = 100
_DOTTED: Final = re.compile(rf"""(?<![\w"'-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{_DEEPEST}}}""")
"""A key of more parts than any has: reading it takes time with the square of its length."""


def parse_toml(text: str) -> dict[str, Any]:
    """Parse TOML. Raises ``tomllib.TOMLDecodeError``, and nothing else; it ends with ``(at line N, …)``."""
    import tomllib  # a list of sources needs no settings beyond the usual

    if len(text) > MAX_TOML:
        raise tomllib.TOMLDecodeError("too large for such a file (at line 1, column 1)")
    if dotted := _DOTTED.search(text):
        line = text.count("\n", 0, dotted.start()) + 1
        raise tomllib.TOMLDecodeError(f"a key of more than {_DEEPEST} parts (at line {line}, column 1)")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError, OverflowError) as error:  # brackets without end, numbers of 5,000 digits
        lines = text.split("\n")
        deepest = max(range(len(lines)), key=lambda n: lines[n].count("[") + lines[n].count("{"))
        longest = max(range(len(lines)), key=lambda n: len(lines[n]))
        nested = isinstance(error, RecursionError)
        line = (deepest if nested else longest) + 1
        what = "nested too deeply" if nested else "a value that cannot be read"
        raise tomllib.TOMLDecodeError(f"{what} (at line {line}, column 1)") from error


def parse_json(text: str | bytes) -> Any:
    """Parse JSON. Raises ValueError, and nothing else: also for lists in lists without end."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
