"""The plural of what is counted."""

import re
from typing import Final

_PLURALS: Final = {
    "man": "men", "woman": "women", "person": "people", "child": "children", "serviceman": "servicemen",
    "body": "bodies", "life": "lives", "foot": "feet", "infantry": "infantry", "crew": "crew",
}  # fmt: skip
_UNCHANGED: Final = re.compile(
    r"(?:aircraft|craft|personnel|troops|staff|police|series|cattle|ammunition|[^aeiou]\d+[A-Z]{2,}|s)$", re.IGNORECASE
)


def several(noun: str) -> str:
    """The plural of what is counted: ``fighters``, ``F-16s``, ``fishermen``, ``merchant vessels``, ``aircraft``."""
    head, _, last = noun.rpartition(" ")
    if " of " in f" {noun} ":
        first, _, rest = noun.partition(" of ")
        return f"{several(first)} of {rest}"
    if last.casefold() in _PLURALS:
        made = _PLURALS[last.casefold()]
    elif last.endswith("man") and len(last) > len("man") and last[:-3].isalpha() and last not in _NO_MEN:
        made = last[:-3] + "men"
    elif _UNCHANGED.search(last) or (last[:1].isupper() and not re.search(r"\d[A-Z]?$|^[A-Z][a-z]{3,}$", last)):
        made = last  # a type has its name: MRTT, but Typhoons
    elif last.endswith("ss") or re.search(r"(?:ch|sh|x|z)$", last):
        made = last + "es"
    elif re.search(r"[^aeiou\d]y$", last):
        made = last[:-1] + "ies"
    else:
        made = last + "s"
    return f"{head} {made}" if head else made


_NO_MEN: Final = frozenset({"German", "Roman", "Ottoman", "human", "shaman", "caiman"})
