"""Normalise what is counted, to compare it: B-52H and B-52, aircraft and planes."""

import re
from typing import Final, NamedTuple

from briefing.compare.nouns import singular
from briefing.compare.wording import keys

_DESIGNATION: Final = re.compile(
    r"\b(?P<family>[A-Z][A-Za-z]{0,4}(?:/[A-Z])?-\d+|[A-Z]{1,3}\d{2,4}|Type \d{2,3}|\d{3}(?=-\d))"
    r"(?P<variant>[A-Za-z0-9]*(?:[-/][A-Z0-9]{1,3})*)"
)
_MARK: Final = re.compile(r"[A-Z]{1,4}\.?\d{1,2}[A-Z]?")
_NAME: Final = re.compile(r"[A-Z](?:[a-z]|[A-Z]{2})")

# Everyday words for the same thing: what stands first is what the others are counted as.
_SAME: Final = (
    "aircraft airplane aeroplane plane warplane", "fighter fighterjet jetfighter", "ship vessel",
    "troops troop soldier serviceman servicemember personnel", "person people human individual",
    "drone uav uas", "airman airmen", "helicopter chopper", "sailor crewman", "policeman police officer",
)  # fmt: skip
_ALIASES: Final = {word: group.split()[0] for group in _SAME for word in group.split()}
_EMPTY: Final = frozenset(
    {"of", "the", "a", "an", "and", "military", "jet", "force", "member", "service", "more", "extra", "additional"}
)


class Thing(NamedTuple):
    """What is counted: a designation with its variant, or a common noun."""

    family: str
    variant: str = ""
    typed: bool = False
    """A type of aircraft, ship, vehicle or weapon, not a common noun."""
    nouns: frozenset[str] = frozenset()
    """What else the text calls it: the bomber of "B-52H bombers"."""

    def fits(self, other: "Thing") -> bool:
        """Whether both can be one thing: the same family, and no two variants that exclude each other."""
        short, long = sorted((self.variant, other.variant), key=len)
        return self.family == other.family and long.startswith(short)


def thing(item: str, evidence: str = "") -> Thing:
    """Parse the item of a count into a designation with its variant, or a common noun.

    Args:
        item: The item, normalised.
        evidence: How the text puts it; its last two words are kept as nouns.
    """
    nouns = frozenset(_noun(key) for key in keys(evidence)[-2:])
    if match := _DESIGNATION.search(item):
        variant = match["variant"].casefold().replace("-", "").replace("/", "")
        return Thing(match["family"].casefold().replace("-", ""), variant, typed=True, nouns=nouns)
    words = item.split()
    names = [word for word in words if _NAME.match(word) and word.casefold() not in _ALIASES]
    marks = [word for word in names if _MARK.fullmatch(word)]
    if len(names) > len(marks):
        family = " ".join(word for word in names if word not in marks).casefold().removesuffix("s")
        return Thing(family, "".join(marks).casefold(), typed=True, nouns=nouns)
    said = [noun for key in keys(item) if (noun := _noun(key)) not in _EMPTY] or list(map(_noun, keys(item)))
    return Thing(" ".join(sorted(said)), nouns=frozenset(said[-1:]))


def _noun(word: str) -> str:
    """The singular, as its everyday equivalent."""
    single = word if word in _ALIASES else singular(word)
    return _ALIASES.get(single, single)
