"""Give speakers and operators the names of the participants that they are."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from briefing.model.facts import Count, Participant, Quote
from briefing.model.safetext import SafeText

F = TypeVar("F", Count, Quote)
_FIELDS: Final = ("speaker", "relay", "operator", "asserted_by")


def names_by_form(participants: Iterable[Participant]) -> dict[str, SafeText]:
    """The name of the one participant that each form stands for; forms of several are left out."""
    participants = list(participants)
    names = {str(p.name) for p in participants}
    found: dict[str, SafeText | None] = {}
    for participant in participants:
        for alias in participant.aliases:
            form = str(alias)
            if form not in names:
                found[form] = participant.name if found.setdefault(form, participant.name) == participant.name else None
    return {form: name for form, name in found.items() if name is not None}


def renamed(facts: Sequence[F], names: dict[str, SafeText]) -> tuple[F, ...]:
    """The facts with every person, body or nation in them under its participant's name.

    Args:
        facts: The facts.
        names: Names by form, see :func:`names_by_form`.
    """
    changed = []
    for fact in facts:
        update = {
            field: names[str(value)]
            for field in _FIELDS
            if (value := getattr(fact, field, None)) is not None and str(value) in names
        }
        changed.append(fact.model_copy(update=update) if update else fact)
    return tuple(changed)
