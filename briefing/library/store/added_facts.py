"""Facts that readers marked in a text themselves.

An added fact is kept with the verdict on it, in the column that every verdict has its fact in: undoing the verdict
takes it out, and copies, rescues and servers keep it as they keep verdicts. What the extractor finds at the same place
does not show beside it. Counters and the indexes of words and names do not have it; what searches them asks here too.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from briefing.library.store.database import Database
from briefing.library.store.fact_codecs import Plain
from briefing.model.fact_forms import FORM_OF
from briefing.model.kinds import FactKind

Added = Sequence[tuple[FactKind, Plain]]
"""Kind and fields of each."""

_ADDED: Final = "SELECT kind, fact FROM review WHERE id = ? AND live = 1 AND fact LIKE ? ORDER BY key"
_ALL: Final = "SELECT id, kind, fact FROM review WHERE live = 1 AND fact LIKE ? ORDER BY id, key"
IS_ADDED: Final = '%"added_by":"%'
"""What the stored form of an added fact is like, and that of no other: in a text's own words, quotation marks are
escaped."""


def added_to(db: Database, key: bytes) -> Added:
    """What readers added to a source; what is damaged is left out.

    Args:
        db: Connection to the library.
        key: Id of the source, as 32 bytes.
    """
    rows = db.execute(_ADDED, (key, IS_ADDED)).fetchall()
    return _read(rows) if rows else ()


def _read(rows: Iterable[tuple[Any, ...]]) -> list[tuple[FactKind, Plain]]:
    """The facts of rows of kinds and facts."""
    from briefing.model.facts import FACT_CLASSES

    found: list[tuple[FactKind, Plain]] = []
    for kind, fact in rows:
        try:
            found.append((kind, FACT_CLASSES[kind].model_validate_json(fact).model_dump()))
        except (ValueError, KeyError):
            continue
    return found


def all_added(db: Database) -> list[tuple[bytes, FactKind, Plain]]:
    """Everything that readers added, with the id of its source; what is damaged is left out."""
    rows = db.execute(_ALL, (IS_ADDED,)).fetchall()
    return [(bytes(key), of, fact) for key, kind, kept in rows for of, fact in _read([(kind, kept)])]


def names_of(added: Added) -> set[str]:
    """The names that added facts bear."""
    return {str(fact[field]) for kind, fact in added for field in FORM_OF[kind].names if fact[field]}


def with_added(found: Plain, added: Added) -> Plain:
    """The fields of an extraction with added facts, in the order of the text.

    Args:
        found: The fields; they are not changed.
        added: Facts that readers added.
    """
    if not added:
        return found
    fields = dict(found)
    for kind in dict.fromkeys(kind for kind, _ in added):
        form = FORM_OF[kind]
        own = {_place(kind, fact): fact for of, fact in added if of == kind}
        others = []
        for fact in fields[form.field]:
            mine = own.get(_place(kind, fact))
            if mine is None:
                others.append(fact)
            elif not form.placed:
                mine["mentions"] = tuple(sorted({*mine["mentions"], *fact["mentions"]}))
        facts = [*others, *own.values()]
        fields[form.field] = tuple(sorted(facts, key=lambda fact: fact["start"]) if form.placed else facts)
    return fields


def _place(kind: FactKind, fact: Plain) -> tuple[Any, ...]:
    """What tells a fact from others of its kind."""
    return (fact["start"], fact["end"]) if FORM_OF[kind].placed else (fact["kind"], fact["name"])


def found_again(kind: FactKind, fact: Plain, text: str) -> Plain | None:
    """An added fact in another text of its source; None where its words are not there.

    Args:
        kind: Its kind.
        fact: Its fields.
        text: The text.
    """
    if not FORM_OF[kind].placed:
        called = "|".join(re.escape(name) for name in (fact["name"], *fact["aliases"]))
        return {**fact, "mentions": tuple(match.span() for match in re.finditer(rf"(?<!\w)(?:{called})(?!\w)", text))}
    words = fact["evidence"] if kind == "count" else fact["text"]
    start = nearest(words, fact["start"], text)
    if start is None:
        return None
    moved = {"start": start, "end": start + len(words)}
    return {**fact, **moved, **({"speaker_start": None, "speaker_end": None} if kind == "quote" else {})}


def nearest(words: str, place: int, text: str) -> int | None:
    """Where words stand in a text, next to a place; None where they do not.

    Args:
        words: The words.
        place: A character of the text.
        text: The text.
    """
    if not words:
        return None
    starts = (match.start() for match in re.finditer(re.escape(words), text))
    return min(starts, key=lambda start: abs(start - place), default=None)
