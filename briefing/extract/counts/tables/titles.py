"""Read whose things a table's title says that it lists."""

import re
from collections.abc import Callable
from typing import Final

_BEHIND_OF: Final = re.compile(
    r"\b(?:of|for|by)\s+(?:the\s+)?([A-ZÀ-Þ][\w.’'-]*(?:\s(?:(?:and|of|the)\s)?[A-ZÀ-Þ][\w.’'-]*){0,3})"
)


def nation_of_title(title: str, nation: Callable[[str], str]) -> str:
    """The nation that a title is about, "Fleet of Poland" or "Polish fleet"; empty for none or for several.

    Args:
        title: The title.
        nation: Gives the nation of a name or an adjective, or an empty text.
    """
    tried = [" ".join(title.split()[:size]) for size in (2, 1)]
    for match in _BEHIND_OF.finditer(title):
        words = match[1].split()
        tried += [" ".join(words[:size]) for size in range(len(words), 0, -1)]
    found = {name for name in map(nation, tried) if name}
    return found.pop() if len(found) == 1 else ""
