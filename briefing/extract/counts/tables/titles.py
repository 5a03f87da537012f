"""Read whose things a table's title says that it lists."""

import re
from collections.abc import Callable
from typing import Final

_BEHIND_OF: Final = re.compile(
    r"\b(?:of|for|by)\s+(?:the\s+)?([A-ZÀ-Þ][\w.’'-]*(?:\s(?:(?:and|of|the)\s)?[A-ZÀ-Þ][\w.’'-]*){0,3})"
)

_NUMBER: Final = re.compile(r"^(?:table|tab\.|annex|figure|fig\.|list)\s*[A-Z]?\d*[a-z]?\s*[.:–—-]\s*", re.IGNORECASE)
_WHOSE: Final = re.compile(r"\b(?:of|by|in|with)\s+(?:the\s+)?((?:\d{1,3}(?:st|nd|rd|th)\s)?[A-ZÀ-Þ].*)$")


def side_of_title(title: str, side: Callable[[str], str]) -> str:
    """The side in no lexicon that a title names, "Table 3: 4th Armoured Brigade"; empty for none.

    Args:
        title: The title.
        side: Gives the name that a text is where it is a side's, or an empty text.
    """
    words = _NUMBER.sub("", title.strip()).partition(",")[0].strip(" .:")
    whose = _WHOSE.search(words)
    return side(words) or (side(whose[1]) if whose else "")


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
