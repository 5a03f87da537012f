"""Answers of the MCP tools: plain data in which every statement has a citation that can be followed to its words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from briefing.model.fact_forms import FORMS
from briefing.model.kinds import FactKind
from briefing.model.passage import Passage, locate, page_place, paragraphs
from briefing.model.wording import whereabouts

if TYPE_CHECKING:
    from briefing.export.selection import Document
    from briefing.library import Library
    from briefing.model.agreement import Comparison
    from briefing.model.source import Source

Kind = Literal["any"] | FactKind
MOST_HITS: Final = 50
MOST_PARAGRAPHS: Final = 60
MOST_FACTS: Final = 200
MOST_COMPARED: Final = 60
"""Sources whose claims are held against each other in one call: more take a minute."""


class Wrong(Exception):
    """A question that cannot be answered; the message says why and what to do."""


class Cited:
    """A source to cite passages of, its text parted once."""

    def __init__(self, source: "Source", sentences: Sequence[tuple[int, int]] = ()) -> None:
        self.source = source
        self.sentences = sentences
        self.paragraphs = paragraphs(source.text)

    def at(self, start: int, end: int) -> dict[str, Any]:
        """The citation of a passage: paragraph, sentence, page, span and words.

        Args:
            start: First character of the passage.
            end: The character after its last.
        """
        source = self.source
        passage = locate(start, self.paragraphs, self.sentences) if self.paragraphs else Passage(1, 1)
        page = page_place(start, source.pages, source.text)
        return {
            **about(source),
            "paragraph": passage.paragraph,
            **({"sentence": passage.sentence} if self.sentences else {}),
            **({"page": page} if page else {}),
            "start": start,
            "end": end,
            "words": source.text[start:end],
        }


def about(source: Any) -> dict[str, Any]:
    """Identify a source: of a file the name alone, as its folders are nobody's business."""
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published.isoformat() if source.published else None,
        "where": whereabouts(source.path),
    }


def search(library: "Library", query: str, limit: int = 10, offset: int = 0) -> dict[str, Any]:
    """Search for sources; each hit has the words around its first match.

    Args:
        library: The library.
        query: The query.
        limit: Upper bound on the hits.
        offset: Hits before the first one.
    """
    result = library.search(query, limit=max(1, min(limit, MOST_HITS)), offset=max(0, offset))
    hits = []
    for hit in result.hits:
        cited = Cited(library.source(hit.source.id))
        hits.append({"snippet": hit.snippet, "citation": cited.at(hit.start, hit.end)})
    return {
        "understood_as": result.interpreted,
        "found": result.total,
        "exact": result.exact,
        **({"note": result.note} if result.note else {}),
        "hits": hits,
    }


def read(library: "Library", source: str, first: int = 1, last: int = 0) -> dict[str, Any]:
    """Read paragraphs of a source, at most :data:`MOST_PARAGRAPHS` at a time.

    Args:
        library: The library.
        source: The source's id, or its beginning.
        first: First paragraph, from 1.
        last: Last paragraph, included; 0 for the end.

    Raises:
        Wrong: Where the source has no such paragraph.
        LibraryError: Where no source, or several, have such an id.
    """
    found = library.source(library.resolve(source))
    extraction = library.extraction(found.id)
    cited = Cited(found, extraction.sentences)
    spans, first = cited.paragraphs, max(1, first)
    last = min(last or len(spans), first + MOST_PARAGRAPHS - 1, len(spans))
    parts = [
        {"paragraph": number, "text": found.text[slice(*spans[number - 1])]} for number in range(first, last + 1)
    ]  # fmt: skip
    if not parts and spans:
        raise Wrong(f"the source has {len(spans)} paragraphs; ask for one of them")
    return {
        "citation": {**about(found), "paragraphs": f"{first}-{last}"},
        "of": len(spans),
        "warnings": [*found.lost, *(warning.message for warning in extraction.warnings)],
        "paragraphs": parts,
    }


def facts(library: "Library", source: str = "", query: str = "", kind: Kind = "any", limit: int = 50) -> dict[str, Any]:
    """List facts under the user's verdicts, of one source, of those that match a query, or of the newest.

    Args:
        library: The library.
        source: The source's id, or its beginning; empty for the query.
        query: The query; empty for the newest sources.
        kind: Kind of the facts, or ``any``.
        limit: Upper bound on the facts.
    """
    listed: list[dict[str, Any]] = []
    most = max(1, min(limit, MOST_FACTS))
    sources = 0
    for document in _documents(library, source, query):
        sources += 1
        listed += _facts_of(document, kind)
        if len(listed) > most:
            break
    return {"sources": sources, "facts": listed[:most], "more": len(listed) > most}


def claims(library: "Library", query: str = "", sources: Sequence[str] = ()) -> dict[str, Any]:
    """Compare sources, and list their claims with statuses and citations.

    Args:
        library: The library.
        query: The query whose hits are compared; empty for the newest sources.
        sources: Ids of sources, or their beginnings, to compare instead.

    Raises:
        Wrong: Where the sources are too many to compare.
    """
    from briefing.export import compare_reviewed

    documents = [*_named(library, sources)] if sources else [*_documents(library, "", query, MOST_COMPARED + 1)]
    if len(documents) > MOST_COMPARED:
        raise Wrong(f"more than {MOST_COMPARED} sources answer that; narrow the query, or name the sources")
    reviews = {source.id: library.reviews(source.id) for source, _ in documents}
    return _claims(compare_reviewed(_unjudged(library, documents), reviews, edits=library.claim_edits.all()), documents)


_LEFT_OUT: Final = {"start", "end", "mentions", "speaker_start", "speaker_end", "evidence"}


def _facts_of(document: "Document", kind: Kind) -> list[dict[str, Any]]:
    source, found = document
    cited = Cited(source, found.sentences)
    return [
        {
            "fact": form.kind,
            **fact.model_dump(mode="json", exclude=_LEFT_OUT, exclude_none=True),
            "citation": cited.at(*form.span(fact)),
        }
        for form in FORMS
        if kind in {"any", form.kind}
        for fact in form.of(found)
        if form.spans(fact)
    ]


def _documents(library: "Library", source: str, query: str, most: int = MOST_COMPARED) -> Iterator["Document"]:
    """The documents, without facts that their reader rejected."""
    if source:
        yield from _named(library, [source])
        return
    if query:
        ids: Iterable[str] = [hit.source.id for hit in library.search(query, limit=most).hits]
    else:
        ids = [row.id for row in library.sources(limit=most) if row.newer is None]
    yield from _named(library, ids)


def _named(library: "Library", refs: Iterable[str]) -> Iterator["Document"]:
    from briefing.export import reviewed

    for ref in refs:
        key = library.resolve(ref)
        yield library.source(key), reviewed(library.extraction(key), library.reviews(key))[0]


def _unjudged(library: "Library", documents: Sequence["Document"]) -> list["Document"]:
    """As they were extracted: a comparison takes verdicts into account by itself."""
    return [(source, library.extraction(source.id)) for source, _ in documents]


def _claims(comparison: "Comparison", documents: Sequence["Document"]) -> dict[str, Any]:
    from briefing.model.wording import status

    cited = {source.id: Cited(source, found.sentences) for source, found in documents}
    events = {event.id: {"what": event.what, "date": event.start_date} for event in comparison.events}
    return {
        "sources": [about(source) for source, _ in documents],
        "copies": [
            {"sources": list(pair.documents), "similarity": round(pair.similarity, 2), "how": pair.how}
            for pair in comparison.near_duplicates
        ],
        "claims": [
            {
                "claim": group.claim,
                "kind": group.kind,
                "status": group.status,
                "in_words": status(group.kind, group.status),
                "origins": group.origins,
                **({"event": events[group.event]} if group.event in events else {}),
                "said": [
                    {
                        "value": item.value,
                        **({"asserted_by": item.asserted_by} if item.asserted_by else {}),
                        "citation": cited[item.document].at(item.start, item.end),
                    }
                    for item in group.items
                ],
                "silent": list(group.silent),
            }
            for group in comparison.groups
            if len(group.items) > 1 or group.silent
        ],
    }


TOOLS: Final[Mapping[str, Any]] = {"search": search, "read": read, "facts": facts, "claims": claims}
"""By name; each takes the library and then what its description says."""
