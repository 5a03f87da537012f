"""What a comparison says of the facts of a brief: which sources agree, differ or are silent."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from briefing.export.brief import Citation, Claim, ClaimValue
from briefing.export.selection import Document, Selection
from briefing.model.agreement import Agreement
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.statuses import narrowed

Place = tuple[int, int, int]
"""Number of a source, start and end in its text."""

_KIND_OF_FACT: Final = {"name": "participant"}
"""Kinds of claims that are about a fact of another kind."""


class Claims:
    """The claims of a selection's comparison that its reader has not rejected, with the sources numbered."""

    def __init__(self, selection: Selection, kept: Sequence[Document]) -> None:
        self._numbers = {source.id: index for index, (source, _) in enumerate(kept, start=1)}
        gone = {
            place
            for (source, before), (_, after) in zip(selection.documents, kept, strict=True)
            for place in _places(source.id, before) - _places(source.id, after)
        }
        self._groups: list[Agreement] = []
        self._at: dict[tuple[str, Place], list[int]] = {}
        for group in selection.comparison.groups if selection.comparison else ():
            self._take(group, gone)

    def _take(self, group: Agreement, gone: "set[tuple[str, str, int, int]]") -> None:
        fact = _KIND_OF_FACT.get(group.kind, group.kind)
        items = tuple(
            item
            for item in group.items
            if item.document in self._numbers and (fact, item.document, item.start, item.end) not in gone
        )
        if not items:
            return
        for item in items:
            place = (self._numbers[item.document], item.start, item.end)
            self._at.setdefault((fact, place), []).append(len(self._groups))
        self._groups.append(narrowed(group, items))

    def of(self, fact: str, places: Iterable[Place]) -> tuple[int, ...]:
        """Which claims hold a fact that stands at one of ``places``, as positions in the brief's claims."""
        return tuple(sorted({index for place in places for index in self._at.get((fact, place), ())}))

    def written(self, cite: Callable[[Iterable[Place]], tuple[Citation, ...]]) -> tuple[Claim, ...]:
        """All claims, each value once with the footnotes of its sources."""
        claims = []
        for group in self._groups:
            values: dict[SafeText, list[Place]] = {}
            for item in group.items:
                place = (self._numbers[item.document], item.start, item.end)
                values.setdefault(item.value.line(), []).append(place)
            claims.append(
                Claim(
                    kind=group.kind,
                    status=group.status,
                    claim=group.claim.line(),
                    origins=group.origins,
                    values=tuple(
                        ClaimValue(value=value, citations=cite(sorted(places))) for value, places in values.items()
                    ),
                    silent=tuple(sorted(self._numbers[key] for key in group.silent if key in self._numbers)),
                )
            )
        return tuple(claims)


def _places(source_id: str, extraction: Extraction) -> set[tuple[str, str, int, int]]:
    """Where the facts of an extraction stand: kind, source, start, end."""
    return {
        *(("count", source_id, fact.start, fact.end) for fact in extraction.counts),
        *(("quote", source_id, fact.start, fact.end) for fact in extraction.quotes),
        *(("participant", source_id, *span) for fact in extraction.participants for span in fact.mentions),
    }
