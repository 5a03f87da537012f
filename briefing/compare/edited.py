"""What a reader said of events and origins, applied to a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.compare.claims import Item
    from briefing.compare.events import Events
    from briefing.compare.reports import Report
    from briefing.model.claim_edit import ClaimEdit, TextPlace

Place = tuple[int, int]
"""The number of a source and a place of its text."""


class ReaderEdits:
    """Edits by the numbers of the sources that are compared; those of other sources say nothing here."""

    def __init__(self, edits: Iterable[ClaimEdit], reports: Sequence[Report]) -> None:
        self._edits = list(edits)
        self._reports = reports
        self._numbers: Mapping[str, int] = {report.source.id: report.number for report in reports}

    def _places(self, places: Iterable[TextPlace]) -> list[Place]:
        return [(self._numbers[one.source_id], one.start) for one in places if one.source_id in self._numbers]

    def apply(self, events: Events) -> None:
        """Move facts, join and split events, in the order in which that was said."""
        for edit in self._edits:
            places = self._places(edit.places)
            if edit.action == "move":
                self._move(events, places, self._places([edit.to]) if edit.to else [], own=edit.to is None)
            elif edit.action == "join events":
                kept = events.at(*places[0]) if places else None
                for place in places[1:]:
                    if kept is not None and (other := events.at(*place)) != kept:
                        events.join(kept, other)
            elif edit.action == "split event" and places:
                events.split(sorted({document for document, _ in places}))

    def _move(self, events: Events, places: Sequence[Place], to: Sequence[Place], *, own: bool) -> None:
        if not places or (not to and not own):
            return
        number = events.at(*to[0]) if to else events.new().number
        for document, start in places:
            events.move(document, self._around(document, start), number)

    def _around(self, document: int, start: int) -> tuple[int, int]:
        """The fact that begins at a place, else the place alone."""
        found = self._reports[document].extraction
        ends = [fact.end for fact in (*found.counts, *found.quotes) if fact.start == start]
        return start, max(ends, default=start + 1)

    def origins(self, items: Sequence[Item]) -> list[Item]:
        """The items of a claim with the origins that their reader gave them."""
        made = list(items)
        for edit in self._edits:
            if "origin" not in edit.action:
                continue
            places = set(self._places(edit.places))
            here = [n for n, item in enumerate(made) if (item.document, item.start) in places]
            if edit.action == "split origin":
                for n in here:
                    made[n] = made[n]._replace(origin_key=f"edit {edit.number} document {made[n].document}")
            elif len(here) > 1:
                keys = {made[n].origin_key for n in here}
                kept = made[here[0]].origin_key
                made = [item._replace(origin_key=kept) if item.origin_key in keys else item for item in made]
        return made
