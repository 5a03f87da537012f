"""Clean names of stand-ins for invisible characters: two that look alike are one."""

from collections.abc import Iterable, Iterator

from briefing.model.fact_forms import FactForm, with_facts
from briefing.model.facts import Extraction, Fact, Participant
from briefing.model.safetext import REPLACEMENT, SafeText, without_hidden


def folded(found: Extraction, text: str) -> Extraction:
    """Clean the names of an extraction; spans and words as written stay as they are.

    Args:
        found: The extraction.
        text: The text it was made of.
    """
    if REPLACEMENT not in text and "\u00ad" not in text:
        return found
    mentions = tuple(one.model_copy(update={"name": _name(one.name)}) for one in found.mentions)
    renamed = with_facts(
        found.model_copy(update={"mentions": mentions}), lambda form, facts: (_renamed(form, one) for one in facts)
    )
    return renamed.model_copy(update={"participants": tuple(_joined(renamed.participants))})


def _renamed(form: FactForm, fact: Fact) -> Fact:
    """The fact with its names so."""
    names = {field: name for field in form.names if (name := getattr(fact, field)) is not None}
    return fact.model_copy(update={field: _name(name) for field, name in names.items()})


def _name(name: SafeText) -> SafeText:
    """The name; one of which nothing would be left stays."""
    return SafeText(without_hidden(name)).strip() or name


def _joined(participants: Iterable[Participant]) -> Iterator[Participant]:
    """Join participants that have one name by now."""
    by_name: dict[tuple[str, str], Participant] = {}
    for one in participants:
        named = one
        key = (named.kind, named.name)
        before = by_name.get(key)
        if before is not None:
            named = before.model_copy(
                update={
                    "role": before.role or named.role,
                    "affiliation": before.affiliation or named.affiliation,
                    "aliases": tuple(dict.fromkeys((*before.aliases, *named.aliases))),
                    "core": before.core or named.core,
                    "mentions": tuple(sorted({*before.mentions, *named.mentions})),
                }
            )
        by_name[key] = named
    yield from by_name.values()
