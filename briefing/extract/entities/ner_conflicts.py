"""Demote NER spans that conflict with gazetteer matches."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from briefing.extract.entities.candidates import GUESSED, Found, Text

_THINGS: Final = frozenset({"ORG", "AIRCRAFT", "SHIP", "VEHICLE", "WEAPON", "EVENT"})
_NAMES: Final = frozenset({"ORG", "NATION", "PLACE", "PERSON"})
_LIST: Final = re.compile(r"(?:,| and| &|,? and| or|/|-|'s) ?$")
_AT: Final = re.compile(
    r"\b(?:in|near|at|from|to|into|around|outside|toward|towards|of|through|via|over|across|"
    r"reached|left)(?: the)? $"
)


def contest(text: Text, model: Sequence[Found], known: Sequence[Found]) -> list[Found]:
    """The model's spans, those that contradict known names in a lower tier.

    A person that holds a platform, a service or a base is a headline's run of capitals, not a person; so is a place
    that holds one. An organisation may hold a name ("Syrian Observatory"), but not join two.

    Args:
        text: The document.
        model: Spans of the base model.
        known: Spans found by form, gazetteer and head words.
    """
    starts: dict[int, Found] = {}
    for f in sorted(known, key=lambda f: f.end):
        if f.type not in ("DATE", "QUANTITY", "MONEY"):
            starts[f.start] = f
    sides = _Sides(
        frozenset(f.name.split(" ")[-1] for f in model if f.type == "PERSON" and " " in f.name),
        frozenset(
            text.flat[f.start : f.end]
            for f in known
            if f.type == "PLACE" and _AT.search(text.flat, max(0, f.start - 16), f.start)
        ),
    )
    spans = sorted((f.start, f.end) for f in known)
    out = []
    for f in model:
        if f.type in ("DATE", "QUANTITY"):
            f = _cut(text, f, spans)
        inner = [starts[at] for at in range(f.start, f.end) if at in starts]
        if inner and any(_contradicts(text, f, other, sides) for other in inner):
            f = f._replace(tier=GUESSED)
        elif inner and inner[0].start == f.start and f.type == "ORG" and inner[0].type in ("EVENT", "PLACE"):
            if (inner[0].end - f.start) * 2 >= f.end - f.start and " " in inner[0].name:
                f = f._replace(type=inner[0].type, entry=None)
        elif inner and f.type == "PERSON" and inner[0].start == f.start and inner[0].end == f.end:
            f = f._replace(tier=-1)
        out.append(f)
    return out


def _cut(text: Text, f: Found, spans: list[tuple[int, int]]) -> Found:
    """A date or number without what belongs to a known name before it: ``CTF 50| last December``."""
    at = bisect_left(spans, (f.start, 0)) - 1
    if at < 0 or not f.start < spans[at][1] < f.end:
        return f
    rest = text.flat[spans[at][1] : f.end]
    start = f.end - len(rest.lstrip(" ,-"))
    return f._replace(start=start, name=text.flat[start : f.end])


def _contradicts(text: Text, f: Found, other: Found, sides: "_Sides") -> bool:
    if (other.start, other.end) == (f.start, f.end):
        return f.type != "PERSON" or not _person_after_all(text, f, other, sides)
    if other.end > f.end:
        return f.type == "PERSON"
    if f.type == "PERSON":
        if other.type == "NATION" and other.start == f.start:
            return text.flat[other.start : other.end] not in text.lists.given_names_too
        return other.type in _THINGS
    if f.type == "PLACE":
        if other.end == f.end and " and " in f.name:
            return True
        return other.type in _THINGS or (other.type == "NATION" and _joined(text, f, other))
    if f.type in ("NATION", "DATE"):
        return other.type != f.type
    if f.type in ("ORG", "EVENT"):
        if other.type in ("AIRCRAFT", "WEAPON", "VEHICLE"):
            return other.end - other.start > 3
        if other.type == "EVENT" and other.end == f.end:
            return other.start > f.start  # "Jets of |Operation Harvest Moon|"
        return _joined(text, f, other)
    return False


def _person_after_all(text: Text, f: Found, other: Found, sides: "_Sides") -> bool:
    """Whether one word that the lexicon has as a place or a paper is a person here: ``Lyons said``, ``Mr. Bloomberg``.

    The model is believed about towns and bases unless the text puts something in or near the place anywhere.
    """
    if " " in f.name or other.type not in ("PLACE", "ORG"):
        return False
    if f.name in sides.surnames:
        return True
    doubtful = text.lexicon.doubtful
    return other.type == "PLACE" and (f.name in doubtful or other.name in doubtful) and f.name not in sides.places


class _Sides(NamedTuple):
    """Evidence for names from the rest of the text."""

    surnames: frozenset[str]
    """Last words of the persons that the model finds in full."""
    places: frozenset[str]
    """Known names that stand after "in", "near" and the like."""


def _joined(text: Text, f: Found, other: Found) -> bool:
    """Whether the span is a list, with the known name as one of its members: ``U.S. and Royal Navy``."""
    if other.type not in _NAMES:
        return False
    if other.start > f.start and other.end == f.end:
        joint = _LIST.search(text.flat, f.start, other.start)
        before = text.flat[f.start : joint.start()] if joint else ""
        if joint is None:
            return False
        parts = before.split(" ")
        listed = before in text.lexicon.nations or any(part in text.lexicon.heads for part in parts) or len(parts) == 1
        return joint.group().startswith((",", "-", "/")) or (listed and joint.group().strip() == "and")
    if other.start == f.start:
        rest = text.flat[other.end : f.end]
        return rest.startswith((", ", "/")) or (
            rest.startswith("-") and other.type == "NATION" and rest[1:] in text.lexicon.nations
        )
    return False
