"""Verdicts as W3C Web Annotations on passages of the sources: written into a bundle, and read from one."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, get_args

from briefing.export.selection import Document, ExportError, Reviews
from briefing.model.data_files import parse_json
from briefing.model.fact_forms import all_facts, form_of
from briefing.model.facts import FACT_CLASSES, Extraction, Fact, FactKind
from briefing.model.listing import Note
from briefing.model.review import Review, ReviewState
from briefing.model.safetext import SafeText

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32
"""Characters before and after the words that help to find them again."""


class Decision(NamedTuple):
    """One verdict, by the id of the source and the key of the fact."""

    source_id: str
    kind: FactKind
    key: str
    state: ReviewState
    edited: dict[str, Any] | None
    note: str | None = None
    by: str | None = None
    added: Fact | None = None
    """The fact itself, where its reader marked it."""


def annotations(documents: Iterable[Document], reviews: Reviews, notes: Mapping[str, Note] | None = None) -> str:
    """Write all verdicts as one annotation page (JSON-LD); the targets are the sources' texts in the bundle.

    Args:
        documents: Sources with their extractions.
        reviews: Verdicts by id of the source, then by key of the fact.
        notes: Notes on sources by id, where notes are to be in it, those on facts without a verdict as well.
    """
    items = [
        annotation
        for source, extraction in documents
        for annotation in (
            *_on_source(source.id, (notes or {}).get(source.id)),
            *_of_source(source.text, extraction, reviews.get(source.id, {}), notes is not None),
        )
    ]
    shape = {"@context": _CONTEXT, "type": "AnnotationPage", "items": items}
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def _on_source(source_id: str, note: Note | None) -> Iterator[dict[str, Any]]:
    if note is not None:
        yield {
            "id": f"urn:briefing:{source_id[:16]}:note",
            "type": "Annotation",
            "motivation": "commenting",
            **({"created": note.at.isoformat()} if note.at else {}),
            **({"creator": {"type": "Person", "name": str(note.by)}} if note.by else {}),
            "body": [{"type": "TextualBody", "purpose": "commenting", "value": str(note.words)}],
            "target": {"source": f"texts/{source_id}.txt"},
        }


def _of_source(
    text: str, extraction: Extraction, reviews: "dict[str, Review] | Any", with_notes: bool
) -> Iterator[dict[str, Any]]:
    for fact in all_facts(extraction):
        review = reviews.get(fact.key)
        if review is None or (review.state == "unreviewed" and not (with_notes and review.note)):
            continue
        start, end = form_of(fact).span(fact)
        body = [
            {"type": "TextualBody", "purpose": "assessing", "value": review.state},
            {"type": "TextualBody", "purpose": "identifying", "value": fact.key},
        ]
        if review.edited:
            value = json.dumps(review.edited, ensure_ascii=False, sort_keys=True)
            body.append({"type": "TextualBody", "purpose": "editing", "format": "application/json", "value": value})
        if fact.added_by:
            made = fact.model_dump_json()
            body.append({"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": made})
        if review.note:
            body.append({"type": "TextualBody", "purpose": "commenting", "value": str(review.note)})
        yield {
            "id": f"urn:briefing:{extraction.source_id[:16]}:{fact.key}",
            "type": "Annotation",
            "motivation": "describing" if fact.added_by else "editing" if review.edited else "assessing",
            **({"created": review.at.isoformat()} if review.at else {}),
            **({"creator": {"type": "Person", "name": str(review.by)}} if review.by else {}),
            "body": body,
            "target": {
                "source": f"texts/{extraction.source_id}.txt",
                "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    {
                        "type": "TextQuoteSelector",
                        "exact": text[start:end],
                        "prefix": text[max(0, start - _AROUND) : start],
                        "suffix": text[end : end + _AROUND],
                    },
                ],
            },
        }


def decisions(text: str) -> list[Decision]:
    """Read the verdicts of an annotation page. Raises :class:`ExportError` for anything else."""
    try:
        return [_decision(item) for item in parse_json(text)["items"] if item["motivation"] != "commenting"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExportError(f"the decisions of the bundle cannot be read: {error}") from error


def source_notes(text: str) -> dict[str, Note]:
    """Read the notes on sources of an annotation page, by id. Raises :class:`ExportError` for anything else."""
    try:
        items = [item for item in parse_json(text)["items"] if item["motivation"] == "commenting"]
        return {_source_of(item): _note(item) for item in items}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ExportError(f"the notes of the bundle cannot be read: {error}") from error


def _note(item: dict[str, Any]) -> Note:
    by = item.get("creator", {}).get("name")
    return Note(SafeText(str(item["body"][0]["value"])).line(), SafeText(str(by)).line() if by else None)


def _source_of(item: dict[str, Any]) -> str:
    return str(item["target"]["source"]).removeprefix("texts/").removesuffix(".txt")


def _decision(item: dict[str, Any]) -> Decision:
    said = {body["purpose"]: str(body["value"]) for body in item["body"]}
    source_id = _source_of(item)
    key, state = said["identifying"], said["assessing"]
    kind = key.partition(":")[0]
    if kind not in get_args(FactKind) or state not in get_args(ReviewState):
        raise ValueError(f"{key} is {state}")
    edited = parse_json(said["editing"]) if "editing" in said else None
    if edited is not None and not isinstance(edited, dict):
        raise ValueError(f"the correction of {key} is none")
    by = item.get("creator", {}).get("name")
    note = said.get("commenting")
    added = FACT_CLASSES[kind].model_validate_json(said["describing"]) if "describing" in said else None  # type: ignore[index]
    return Decision(source_id, kind, key, state, edited, note, str(by) if by else None, added)  # type: ignore[arg-type]
