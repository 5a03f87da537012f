"""Facts as rows of a table: CSV that a spreadsheet opens without running formulas from it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final

from briefing.export.selection import Document, Selection
from briefing.export.verdicts import reviewed
from briefing.model.facts import Count, Mention, Participant, Quote
from briefing.model.passage import locate, page_label, paragraphs
from briefing.model.wording import number, whereabouts

COLUMNS: Final = (
    "document", "title", "publisher", "published", "path", "kind", "start", "end", "paragraph", "sentence", "page",
    "evidence", "number", "low", "high", "approx", "item", "category", "operator",
    "name", "type", "role", "affiliation", "aliases", "core", "speaker", "speaker_kind", "cue", "confidence", "review",
)  # fmt: skip
"""One set of columns for all kinds; what a kind does not have stays empty."""

# What spreadsheets take for the start of a formula, full-width forms included, also behind white space.
_FORMULA: Final = tuple("=+-@＝＋－＠\t\r")

Row = dict[str, str | int | bool | None]


def brief_csv(selection: Selection) -> str:
    """Write all counts, participants and quotes of a selection as CSV: without rejected ones, with corrections."""
    out = io.StringIO()
    write_header(out)
    for source, extraction in selection.documents:
        kept, states = reviewed(extraction, selection.reviews.get(source.id, {}), selection.accepted_only)
        shown = source.model_copy(update={"path": whereabouts(source.path)})
        write_rows(out, rows((shown, kept), source.id[:12], states, entities=False))
    return out.getvalue()


def write_header(out: IO[str]) -> None:
    """The line of column names."""
    csv.writer(out, lineterminator="\n").writerow(COLUMNS)


def write_rows(out: IO[str], found: Iterable[Row]) -> None:
    """Write rows as CSV lines, every cell made safe for spreadsheets.

    Args:
        out: The text file.
        found: Rows, by column.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([guarded(row.get(column)) for column in COLUMNS] for row in found)


def guarded(cell: str | int | bool | None) -> str | int:
    """Make a cell that no spreadsheet takes for a formula: text that looks like one gets an apostrophe in front."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return cell
    if not cell:
        return ""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell[0] in "\t\r" else str(cell)


def rows(
    document: Document, name: str, states: Mapping[str, str] | None = None, entities: bool = True
) -> Iterator[Row]:
    """Make a row of every fact of a document, mentions of entities first.

    Args:
        document: The source and its extraction.
        name: Name of the document.
        states: State of review by key of the fact; None where nothing is reviewed.
        entities: Whether to include mentions of entities.
    """
    source, extraction = document
    spans = paragraphs(source.text)
    shared: Row = {
        "document": name,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published.isoformat() if source.published else None,
        "path": source.path,
    }
    facts: list[Mention | Count | Participant | Quote] = list(extraction.mentions) if entities else []
    facts += [*extraction.counts, *extraction.participants, *extraction.quotes]
    for fact in facts:
        start, end = _span(fact)
        passage = locate(start, spans, extraction.sentences)
        key = None if isinstance(fact, Mention) else fact.key
        yield {
            **shared,
            "start": start,
            "end": end,
            "paragraph": passage.paragraph,
            "sentence": passage.sentence,
            "page": page_label(start, source.pages, source.text),
            "evidence": source.text[start:end],
            "confidence": fact.confidence,
            "review": (states or {}).get(key, "unreviewed") if key else None,
            **_cells(fact),
        }


def _span(fact: Mention | Count | Participant | Quote) -> tuple[int, int]:
    if isinstance(fact, Participant):
        return fact.mentions[0] if fact.mentions else (0, 0)
    return fact.start, fact.end


def _cells(fact: Mention | Count | Participant | Quote) -> Row:
    if isinstance(fact, Mention):
        return {"kind": "entity", "name": fact.name, "type": fact.type}
    if isinstance(fact, Count):
        bounds: Row = {"number": number(fact), "low": fact.low, "high": fact.high, "approx": fact.approx}
        return {"kind": "count", **bounds, "item": fact.item, "category": fact.category, "operator": fact.operator}
    if isinstance(fact, Participant):
        who: Row = {"kind": "participant", "name": fact.name, "type": fact.kind, "role": fact.role}
        return {**who, "affiliation": fact.affiliation, "aliases": "; ".join(fact.aliases), "core": fact.core}
    return {"kind": "quote", "speaker": fact.speaker, "speaker_kind": fact.speaker_kind, "cue": fact.cue}
