"""Bits for the contents of a source: types of entities, kinds of facts, warnings."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, get_args

from briefing.model.fact_forms import FORMS
from briefing.model.kinds import ENTITY_TYPES, FactKind

if TYPE_CHECKING:
    from briefing.model.facts import Extraction

_BITS: Final = {name.lower(): 1 << bit for bit, name in enumerate((*ENTITY_TYPES, *get_args(FactKind), "warning"))}


def mask_of(name: str) -> int:
    """The bit of ``person``, ``count``, ``warning`` and so on; 0 for other names."""
    return _BITS.get(name.lower(), 0)


def traits(found: "Extraction") -> int:
    """The bits of an extraction."""
    names: set[str] = {mention.type for mention in found.mentions} | {form.kind for form in FORMS if form.of(found)}
    names |= {"warning"} if found.warnings else set()
    return sum(mask_of(name) for name in names)


def with_kind(bits: int, kind: FactKind, there: bool) -> int:
    """Set or clear the bit of a kind of facts.

    Args:
        bits: The bits as they are.
        kind: The kind.
        there: Whether the source has facts of it.
    """
    return bits | mask_of(kind) if there else bits & ~mask_of(kind)


def with_types(bits: int, types: Iterable[str]) -> int:
    """Replace the bits of entity types.

    Args:
        bits: The bits as they are.
        types: The types that the source has.
    """
    return bits & ~sum(map(mask_of, ENTITY_TYPES)) | sum(mask_of(kind) for kind in set(types))
