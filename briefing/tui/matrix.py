"""A comparison as a matrix: claims as rows under their event, sources as columns, copies of one text in one column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.model.safetext import SafeText
from briefing.tui.agreement import TONES, Tone
from briefing.tui.claims import Head, Said, changed_words, once, part_of, rows_of_groups, words_of_status
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.model.agreement import Agreement, ClaimItem, Comparison
    from briefing.model.event import Event
    from briefing.tui.claims import Part, Row

_SECTIONS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("Numbers", frozenset({"count"})),
    ("Dates and places", frozenset({"date", "ordinal"})),
    ("Quotations", frozenset({"quote"})),
    ("Names", frozenset({"name", "participant"})),
)
_SILENT: Final = "○"


class Column(NamedTuple):
    """A source under a short name, with the copies of its text."""

    name: SafeText
    documents: tuple[str, ...]


class EventHead(NamedTuple):
    """The line over the claims of an event: when, where, what; empty for what belongs to none."""

    words: SafeText


class Section(NamedTuple):
    """The line over claims of one kind; ``columns`` are named in it."""

    title: SafeText
    columns: tuple[Column, ...]


class Cell(NamedTuple):
    """What one column says: the words, whether they differ from what most say, and where they stand."""

    words: SafeText
    departs: bool
    said: Said


class Cells(NamedTuple):
    """A claim as a row: a cell for each column, None where it says nothing."""

    tone: Tone
    claim: SafeText
    cells: tuple[Cell | None, ...]
    note: SafeText
    mark: SafeText = own(" ")
    """The sign of the verdict on it."""


MatrixRow = EventHead | Section | Cells | Head | Said


def columns_of(comparison: Comparison, names: Mapping[str, SafeText]) -> list[Column]:
    """The columns of a comparison in the order of the names; copies of one text share one (``Gazette +1``).

    Args:
        comparison: The comparison.
        names: Short names by id of the source.
    """
    first: dict[str, str] = {}
    for group in comparison.near_duplicates:
        known = [document for document in names if document in group.documents]
        for document in known:
            first.setdefault(document, first.get(known[0], known[0]))
    members: dict[str, list[str]] = {}
    for document in names:
        members.setdefault(first.get(document, document), []).append(document)
    return [
        Column(names[head] + own(f" +{len(same) - 1}") if len(same) > 1 else names[head], tuple(same))
        for head, same in members.items()
    ]


def matrix_of(
    comparison: Comparison, part: Part, names: Mapping[str, SafeText]
) -> list[tuple[MatrixRow, Agreement | None]]:
    """The rows of a part, each with its claim, None for headings.

    Args:
        comparison: The comparison.
        part: The part of the list.
        names: Short names by id of the source.
    """
    columns = columns_of(comparison, names)
    groups = [group for group in comparison.groups if part_of(group) == part]
    rows: list[tuple[MatrixRow, Agreement | None]] = []
    for event, own_groups in _by_event(comparison, groups):
        if event is not None or len(comparison.events) > 0:
            rows.append((EventHead(event_words(event)), None))
        speaking = {item.document for group in own_groups for item in group.items}
        here = tuple(column for column in columns if speaking.intersection(column.documents))
        for title, kinds in _SECTIONS:
            chosen = [group for group in own_groups if group.kind in kinds]
            if not chosen:
                continue
            quoted = "quote" in kinds
            rows.append((Section(own(title), () if quoted else here), None))
            for group in chosen:
                made = _quotation(group, columns) if quoted else iter((_cells(group, here),))
                rows += [(row, group) for row in made]
    return rows


def listed_by_event(
    comparison: Comparison,
    groups: Sequence[Agreement],
    titles: Mapping[str, SafeText],
    names: Mapping[str, SafeText],
) -> list[tuple[EventHead | Row, Agreement | None]]:
    """Claims one under the other, those of an event under its heading.

    Args:
        comparison: The comparison.
        groups: The claims.
        titles: Titles by id of the source.
        names: Short names by id of the source.
    """
    rows: list[tuple[EventHead | Row, Agreement | None]] = []
    for event, own_groups in _by_event(comparison, groups):
        if comparison.events:
            rows.append((EventHead(event_words(event)), None))
        rows += rows_of_groups(own_groups, titles, names)
    return rows


def _by_event(comparison: Comparison, groups: Sequence[Agreement]) -> Iterator[tuple[Event | None, list[Agreement]]]:
    """The claims of each event in order of time, then those of none."""
    known = {event.id for event in comparison.events}
    for event in (*comparison.events, None):
        own_groups = [g for g in groups if (g.event if g.event in known else None) == (event.id if event else None)]
        if own_groups:
            yield event, own_groups


def event_words(event: Event | None) -> SafeText:
    """The heading of an event: when, where, what; for None that of claims that belong to none."""
    if event is None:
        return own("Not tied to an event")
    from briefing.model.wording import when

    days = when(event.start_date, event.end_date)
    parts = [SafeText(days), event.place or SafeText(), event.what.line()]
    return own(" · ").join([part for part in parts if part])


def _cells(group: Agreement, columns: Sequence[Column]) -> Cells:
    most = _most_said(group)
    cells = tuple(_cell(group, column, most) for column in columns)
    return Cells(TONES[group.status], group.claim.line(), cells, plural(group.origins, "origin"))


def _cell(group: Agreement, column: Column, most: SafeText) -> Cell | None:
    items = [item for item in group.items if item.document in column.documents]
    if not items:
        return None
    values = list(dict.fromkeys(_shown(group, item) for item in items))
    first = items[0]
    said = Said(first.document, column.name, first.value.line(), (), first.start, first.end)
    return Cell(own(" / ").join(values), any(value != most for value in values), said)


def _shown(group: Agreement, item: ClaimItem) -> SafeText:
    """A value as short as a column is: no number instead of the words of a source that gives none."""
    if group.kind == "count" and item.low is None and item.high is None:
        return own("no number")
    if group.kind == "date":
        from briefing.model.wording import when

        return SafeText(when(item.value))
    return item.value.line()


def _most_said(group: Agreement) -> SafeText:
    """The value that most items have, of several the first one."""
    values = [_shown(group, item) for item in group.items]
    return max(values, key=values.count)


def _quotation(group: Agreement, columns: Sequence[Column]) -> Iterator[Head | Said]:
    """The claim, and below it each wording once, with all who have it and the words in which it departs."""
    yield Head(TONES[group.status], group.claim, words_of_status(group))
    by_words: dict[str, list[ClaimItem]] = {}
    for item in once(group.items):
        by_words.setdefault(item.value.line().rstrip(" .,;:").casefold(), []).append(item)
    wordings = [items[0].value.line() for items in by_words.values()]
    changed = changed_words(wordings) if len(wordings) > 1 else [()] * len(wordings)
    for words, items, spans in zip(wordings, by_words.values(), changed, strict=True):
        documents = {item.document for item in items}
        named = [column.name for column in columns if documents.intersection(column.documents)]
        yield Said(items[0].document, own(", ").join(named), words, spans, items[0].start, items[0].end, quoted=True)


def silent_sign() -> SafeText:
    """The sign in the cell of a source that does not speak of a claim."""
    return own(_SILENT)
