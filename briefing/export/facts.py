"""Facts as JSON, in a stable shape for other programs."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from briefing import __version__
from briefing.export.selection import Document
from briefing.model.fact_forms import FORMS
from briefing.model.facts import Fact
from briefing.model.listing import Failure, Note
from briefing.model.review import Review

NotesOf = Callable[[str], tuple[Note | None, Mapping[str, Review]]]
"""Returns the note on a source, by its id, and the verdicts on its facts with their notes."""


class Names:
    """Short names for the documents of one call: the stem of the file's name, made unique."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def of(self, path: str) -> str:
        """The next document's name: ``release``, and ``release-2`` where a ``release`` came before."""
        stem = "stdin" if path == "-" else PurePath(_last(path.rpartition(" » ")[2])).stem or "document"
        name, copy = stem, 2
        while name in self._used:
            name, copy = f"{stem}-{copy}", copy + 1
        self._used.add(name)
        return name


def facts_json(documents: Iterable[tuple[str, Document]], errors: Iterable[Failure], text: bool = False) -> str:
    """Write all documents and failures as one JSON object.

    Args:
        documents: Names, each with a source and its extraction.
        errors: Sources that could not be read.
        text: Whether to include the texts.
    """
    return "".join(stream_json(documents, lambda: errors, text))


def stream_json(
    documents: Iterable[tuple[str, Document]], errors: Any, text: bool = False, notes: "NotesOf | None" = None
) -> Iterator[str]:
    """Write all documents and failures as one JSON object, piece by piece, so that a whole library fits.

    Args:
        documents: Names, each with a source and its extraction.
        errors: Called after the last document; returns the sources that could not be read.
        text: Whether to include the texts.
        notes: The notes on a source and its facts; None for none.
    """
    yield f'{{"version": {json.dumps(__version__)}, "documents": ['
    between = "\n"
    for name, document in documents:
        yield between + json.dumps(document_json(name, document, text, notes), ensure_ascii=False)
        between = ",\n"
    failures = [{"path": failure.path, "error": failure.reason} for failure in errors()]
    yield f'\n], "errors": {json.dumps(failures, ensure_ascii=False)}}}\n'


def document_json(name: str, document: Document, text: bool = False, notes: "NotesOf | None" = None) -> dict[str, Any]:
    """One document with all its facts. Offsets count characters of the text, end exclusive.

    Args:
        name: Name of the document, its ``id`` here.
        document: The source and its extraction.
        text: Whether to include the text.
        notes: The notes on a source and its facts, which become ``note`` where there are some; None for none.
    """
    source, found = document
    note, reviews = notes(source.id) if notes is not None else (None, {})
    shape: dict[str, Any] = {
        "id": name,
        "sha256": source.id,
        "path": source.path,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "published": source.published.isoformat() if source.published else None,
        "published_from": source.published_from,
        "published_inferred": source.published_inferred,
        "made": source.made.isoformat() if source.made else None,
        "language": source.language,
        **({"thread": {"id": source.message_id, "replies_to": source.replies_to}} if source.message_id else {}),
        "words": source.words,
        "warnings": [warning.model_dump(mode="json") for warning in found.warnings],
        "entities": [
            {"start": m.start, "end": m.end, "text": m.text, "type": m.type, "name": m.name, "confidence": m.confidence}
            for m in found.mentions
        ],
        **{form.field: [_fact_json(fact, reviews.get(fact.key)) for fact in form.of(found)] for form in FORMS},
    }
    if note is not None:
        shape["note"] = {"text": note.words, "by": note.by, "at": note.at.isoformat() if note.at else None}
    if text:
        shape["text"] = source.text
    return shape


def _fact_json(fact: Fact, review: Review | None) -> dict[str, Any]:
    """A fact, with its note where there is one."""
    return {**fact.model_dump(mode="json"), **({"note": review.note} if review is not None and review.note else {})}


def _last(path: str) -> str:
    """The last part of a path or address."""
    if "://" in path:
        path = urlsplit(path).path.rstrip("/") or urlsplit(path).netloc
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
