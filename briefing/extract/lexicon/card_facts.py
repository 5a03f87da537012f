"""Facts of the lexicons about an entity, for its card. spaCy is not needed."""

import re
from pathlib import Path
from typing import Final

from briefing.extract.lexicon.build import load_lexicon
from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.model.facts import EntityType
from briefing.model.safetext import SafeText

_DESIGNATION: Final = re.compile(r"([A-Z][A-Za-z]{0,3}(?:/[A-Z])?)[- –]?(\d{1,4})")
_MOST_NATIONS: Final = 12
_PLATFORMS: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})
_KINDS: Final = {
    "seat": "seat of government",
    "service": "armed service",
    "forces": "armed forces",
    "group": "armed group",
    "international": "international body",
    "water": "sea or strait",
    "media": "news organisation",
}
"""Kinds whose word alone says too little."""


def about(name: str, kind: EntityType, lexicons: Path | None = None) -> tuple[tuple[SafeText, SafeText], ...]:
    """Labels and values of what the lexicons say of an entity: kind, maker, operators; empty where it is in none.

    Loading the lexicons takes half a second, once in a process.

    Args:
        name: Canonical name.
        kind: Type.
        lexicons: Folder of the user's own lexicon files; None for none.
    """
    entry = _entry(load_lexicon(lexicons), name, kind)
    if entry is None:
        return ()
    said = {
        "is": _KINDS.get(entry.kind, entry.kind),
        "family": entry.family,
        "called": ", ".join(one for one in entry.names if one not in name),
        "maker": entry.maker,
        "of": entry.parent,
    }
    if entry.kind != "nation":
        label = "operators" if kind in _PLATFORMS else "nation" if len(entry.nations) == 1 else "nations"
        more = ["…"] if len(entry.nations) > _MOST_NATIONS else []
        said[label] = ", ".join([*entry.nations[:_MOST_NATIONS], *more])
    if entry.former:
        said["now"] = "no more"
    return tuple((SafeText(label), SafeText(value)) for label, value in said.items() if value)


def _entry(lexicon: Lexicon, name: str, kind: EntityType) -> Entry | None:
    """What stands behind a name: under it, under a designation in it (``B-52H``), or as another way to write it."""
    found = [lexicon.entry(name)]
    if (match := _DESIGNATION.match(name)) is not None:
        found.append(lexicon.designations.get("".join(match.groups()).upper()))
    found += [hit.term.entry for hit in lexicon.find(name) if hit.end - hit.start == len(name)]
    return next((entry for entry in found if entry is not None and entry.type == kind), None)
