"""What a source holds, as bits: which types of entities, which kinds of facts, whether it has warnings."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, get_args

from briefing.model.fact_forms import FORMS
from briefing.model.kinds import ENTITY_TYPES, FactKind

if TYPE_CHECKING:
    from briefing.model.facts import Extraction

_BITS: Final = {name.lower(): 1 << bit for bit, name in enumerate((*ENTITY_TYPES, *get_args(FactKind), "warning"))}


def mask_of(name: str) -> int:
    """The bit of ``person``, ``count``, ``warning`` and so on; 0 for what is none of them."""
    return _BITS.get(name.lower(), 0)


def traits(found: "Extraction") -> int:
    """The bits of all that was found."""
    names: set[str] = {mention.type for mention in found.mentions} | {form.kind for form in FORMS if form.of(found)}
    names |= {"warning"} if found.warnings else set()
    return sum(mask_of(name) for name in names)


def with_kind(bits: int, kind: FactKind, there: bool) -> int:
    """The bits, that of one kind of facts set or not."""
    return bits | mask_of(kind) if there else bits & ~mask_of(kind)


def with_types(bits: int, types: Iterable[str]) -> int:
    """The bits with these types of entities in place of the ones that were there."""
    return bits & ~sum(map(mask_of, ENTITY_TYPES)) | sum(mask_of(kind) for kind in set(types))
