"""Find what readers added to sources by hand: the indexes of words and names do not have it.

Added facts are few, and stand with the verdicts: they are read as a query is resolved.
"""

from collections.abc import Callable, Iterator
from typing import Final

from briefing.library.search.conditions import Added, Condition, Near, Words
from briefing.library.search.matcher import Tokens
from briefing.library.store.added_facts import all_added
from briefing.library.store.database import Database
from briefing.library.store.fact_codecs import Plain
from briefing.library.store.tokenizer import words
from briefing.model.fact_forms import FORM_OF
from briefing.model.kinds import FactKind

_PARTICIPANTS: Final = {"PERSON": {"person"}, "NATION": {"nation"}, "ORG": {"organisation", "unit"}}
"""Kinds of participants that are entities of a type."""


def added_quotes(db: Database, wanted: Condition) -> Added | None:
    """The added quotations with words that a query asks for; None where there are none.

    Args:
        db: Connection to the library.
        wanted: The words, or words near each other.
    """
    if not isinstance(wanted, Words | Near):
        return None
    return _added(
        (key, kind, fact)
        for key, kind, fact in all_added(db)
        if kind == "quote" and Tokens(words(fact["text"])).places(wanted)
    )


def added_names(db: Database, entity: str, holds: Callable[[str], bool]) -> Added | None:
    """The added facts that bear a name of a type: quotations of a speaker, participants; None where there are none.

    Args:
        db: Connection to the library.
        entity: Type of the entity, ``SPEAKER`` for whom is quoted.
        holds: Whether a name is wanted.
    """

    def bears(kind: FactKind, fact: Plain) -> bool:
        if entity == "SPEAKER":
            return kind == "quote" and bool(fact["speaker"]) and holds(fact["speaker"])
        return kind == "participant" and fact["kind"] in _PARTICIPANTS.get(entity, ()) and holds(fact["name"])

    if entity != "SPEAKER" and entity not in _PARTICIPANTS:
        return None
    return _added((key, kind, fact) for key, kind, fact in all_added(db) if bears(kind, fact))


def _added(found: Iterator[tuple[bytes, FactKind, Plain]]) -> Added | None:
    places = []
    for key, kind, fact in found:
        from briefing.model.facts import FACT_CLASSES  # most libraries have no such fact: a search is to start fast

        made = FACT_CLASSES[kind].model_validate(fact)
        places += [(key, start, end) for start, end in FORM_OF[kind].spans(made)]
    return Added(tuple(sorted(places))) if places else None
