"""Completions of a query that is being typed. Each one, taken, gives a query that means what it shows."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from briefing.library.search import date_ranges
from briefing.library.search.cursor import Typed, typed
from briefing.library.search.name_prefix import Name, named
from briefing.library.search.plan import all_tags
from briefing.library.search.query import ENTITY_FIELDS, FIELDS, MOST_CHARACTERS, STATES, TYPES, narrowing
from briefing.library.search.saved import past
from briefing.library.store import row_ids
from briefing.library.store.database import Database
from briefing.library.store.tokenizer import texts
from briefing.model.answers import Suggestion, SuggestionKind
from briefing.model.safetext import SafeText

ABOUT_FIELDS: Final = {
    "person": "people in the text",
    "org": "organisations, services and units in the text",
    "nation": "nations in the text",
    "place": "places in the text",
    "aircraft": "aircraft in the text",
    "ship": "ships in the text",
    "vehicle": "vehicles in the text",
    "weapon": "weapons in the text",
    "event": "exercises, operations and other events in the text",
    "speaker": "who is quoted",
    "publisher": "who published the source",
    "title": "words of the title",
    "quote": "words of the quotes",
    "date": "when it was published: 2025, 2025-07, [2025-07 TO 2025-08]",
    "tag": "a tag of yours",
    "note": "words of what you noted on a source or its facts",
    "is": ", ".join(STATES),
    "type": "what the source holds, or the format it came in",
}
"""What each field is about."""
_ABOUT_STATES: Final = {
    "unread": "not opened yet",
    "read": "opened before",
    "unreviewed": "review not done yet",
    "reviewed": "review done",
    "pinned": "pinned to the top of the list",
    "gone": "file deleted or replaced since",
}
_FIELD_OF: Final = {kind: field for field, kind in ENTITY_FIELDS.items()}
_FEW: Final = 2
"""Suggestions of each lesser kind, where there are better ones."""


def suggest(db: Database, query: str, cursor: int, limit: int) -> list[Suggestion]:
    """Completions of what is typed at the cursor, the likeliest first.

    Args:
        db: Connection to the library.
        query: The query.
        cursor: Number of characters before the cursor.
        limit: Upper bound on the suggestions.
    """
    query = SafeText(query)
    cursor = min(max(cursor, 0), len(query))
    if cursor > MOST_CHARACTERS:
        return []
    here = typed(query, cursor)
    ending = cursor == len(query)
    if here.done:
        found: Iterable[Suggestion] = _of_before(db, query) if ending else ()
    elif here.field is None:
        found = _anything(db, query, here, limit, whole=ending)
    else:
        found = _values(db, query, here, limit)
    return list(islice(found, max(0, limit)))


def _anything(db: Database, query: str, here: Typed, limit: int, *, whole: bool) -> Iterator[Suggestion]:
    """For a word without a field: the fields that begin so, names, tags, states, and what was asked before."""
    before = list(_of_before(db, query)) if whole else []
    if not here.value:
        yield from before[: 2 * _FEW]
        yield from _fields(query, here)
        return
    lesser = [
        *islice(_fields(query, here), _FEW),
        *before[:_FEW],
        *islice(_tags(db, query, here), _FEW),
        *islice(_states(query, here), _FEW),
    ]
    names = list(_names(db, query, here, limit))
    room = max(limit - len(lesser), limit // 2)
    yield from names[:room]
    yield from lesser


def _values(db: Database, query: str, here: Typed, limit: int) -> Iterator[Suggestion]:
    """Values of the field that is being typed."""
    match here.field:
        case "tag":
            return _tags(db, query, here)
        case "is":
            return _states(query, here)
        case "type":
            return _types(query, here)
        case "date":
            return _dates(db, query, here)
        case field if field in ENTITY_FIELDS:
            return _names(db, query, here, limit)
        case _:
            return iter(())


def _of_before(db: Database, query: str) -> Iterator[Suggestion]:
    """Searches that are kept and queries of before that begin so: they take the place of the whole query."""
    begun = query.lstrip().casefold()
    for name, kept in db.execute("SELECT name, query FROM saved_search ORDER BY name"):
        if name.casefold().startswith(begun) or (begun and kept.casefold().startswith(begun)):
            safe = SafeText(kept)
            yield Suggestion(
                shown=SafeText(name), about=None if name == kept else safe, kind="saved", query=safe, cursor=len(safe)
            )
    for asked in past(db, begun, 2 * _FEW + 1):
        if asked.casefold() != begun.rstrip():
            yield Suggestion(shown=asked, about=None, kind="past", query=asked, cursor=len(asked))


def _fields(query: str, here: Typed) -> Iterator[Suggestion]:
    for field in FIELDS:
        if field.startswith(here.value.lower()):
            yield _taken(query, here, here.start, f"{field}:", "field", ABOUT_FIELDS[field])


def _names(db: Database, query: str, here: Typed, limit: int) -> Iterator[Suggestion]:
    """Names with a word that begins so; the words before it are taken for a part of the name where there is such."""
    kinds = tuple(_FIELD_OF) if here.field is None else (ENTITY_FIELDS[here.field],)
    if here.field is None:
        kinds = tuple(kind for kind in kinds if kind != "SPEAKER")
    seen: set[Name] = set()
    for first in range(len(here.before) + 1):
        words = " ".join(word for _, word in here.before[first:])
        start = here.before[first][0] if first < len(here.before) else here.start
        for name in named(db, f"{words} {here.value}", kinds, limit):
            if name not in seen and (term := narrowing(_FIELD_OF[name.type], name.name)):
                seen.add(name)
                kind: SuggestionKind = "publisher" if name.type == "PUBLISHER" else "entity"
                about = f"{_FIELD_OF[name.type]}, {name.sources:,} source{'s' * (name.sources != 1)}"
                yield _taken(query, here, start, term, kind, about, shown=name.name)


def _tags(db: Database, query: str, here: Typed) -> Iterator[Suggestion]:
    begun = " " + " ".join(texts(here.value))
    for name in all_tags(db):
        if begun in " " + " ".join(texts(name)) and (term := narrowing("tag", name)):
            yield _taken(query, here, here.start, term, "tag", "tag", shown=name)


def _states(query: str, here: Typed) -> Iterator[Suggestion]:
    if here.field is None and len(here.value) < 2:
        return
    for name in STATES:
        if name.startswith(here.value.lower()):
            yield _taken(query, here, here.start, f"is:{name}", "value", _ABOUT_STATES[name])


def _types(query: str, here: Typed) -> Iterator[Suggestion]:
    for name in TYPES:
        if name.startswith(here.value.lower()):
            yield _taken(query, here, here.start, f"type:{name}", "value", f"holds, or came as, {name}")


def _dates(db: Database, query: str, here: Typed) -> Iterator[Suggestion]:
    """Years with sources, months of a year that was typed, and the ranges of them."""
    opening, _, last = here.value.upper().rpartition(" TO ")
    first = date_ranges.period(opening.lstrip("[{ ").strip()) if opening else None
    written = last.lstrip("[{").strip()
    found = list(_periods(db, written))
    for one in found:
        if first is None:
            term = f"date:[{one} TO *]" if here.value[:1] in {"[", "{"} else f"date:{one}"
            yield _taken(query, here, here.start, term, "value", "and later" if "[" in term else "published then")
        elif date_ranges.last_day(one) >= date_ranges.first_day(first):
            yield _taken(query, here, here.start, f"date:[{first} TO {one}]", "value", "both included")
    if first is None and len(found) > 1 and here.value[:1] not in {"[", "{"}:
        yield _taken(query, here, here.start, f"date:[{found[-1]} TO {found[0]}]", "value", "both included")
        yield _taken(query, here, here.start, f"date:[{found[0]} TO *]", "value", "and later")


def _periods(db: Database, written: str) -> list[str]:
    """Years, or months of a year that was typed, in which sources were published, the latest first; six at most."""
    months = len(written) > 4 or (len(written) == 4 and date_ranges.period(written) is not None)
    found: list[str] = []
    below = row_ids.day_range(None, None)[1] + 1
    lowest = row_ids.day_range(None, None)[0]
    if months and (year := date_ranges.period(written[:4])):
        lowest, below = row_ids.day_range(date_ranges.first_day(year), date_ranges.last_day(year))
        below += 1
    while len(found) < 6:
        doc = db.execute("SELECT max(doc) FROM source WHERE doc >= ? AND doc < ?", (lowest, below)).fetchone()[0]
        day = row_ids.day_of(doc) if doc is not None else None
        if day is None:
            break
        one = f"{day:%Y-%m}" if months else f"{day:%Y}"
        if one.startswith(written.rstrip("-/.")):
            found.append(one)
        below = row_ids.day_range(date_ranges.first_day(one), None)[0]
    return found


def _taken(
    query: str, here: Typed, start: int, term: str, kind: SuggestionKind, about: str, shown: str | None = None
) -> Suggestion:
    """The query with ``term`` in place of what is being typed, from ``start`` on."""
    put = term.partition(":")[2] if here.inside and kind != "field" else term
    rest = query[here.end :]
    gap = " " if kind != "field" and not rest[:1].isspace() and not rest.startswith(")") else ""
    whole = SafeText(query[:start] + put + gap + rest)
    return Suggestion(
        shown=SafeText(term if shown is None else shown).line(),
        about=SafeText(about),
        kind=kind,
        query=whole,
        cursor=start + len(put) + len(gap),
    )
