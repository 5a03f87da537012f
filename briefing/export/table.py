"""Facts as rows of a table: CSV that a spreadsheet opens without running formulas from it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO, Final

from briefing.export.fact_cells import CELLS, Row
from briefing.export.selection import Document, Selection
from briefing.export.verdicts import reviewed
from briefing.model.fact_forms import FORMS, all_facts, form_of
from briefing.model.facts import Fact, Mention
from briefing.model.passage import locate, page_label, paragraphs
from briefing.model.wording import whereabouts

COLUMNS: Final = (
    "document", "title", "publisher", "published", "path", "kind", "start", "end", "paragraph", "sentence", "page",
    "evidence", *dict.fromkeys(column for form in FORMS for column in CELLS[form.kind].columns), "confidence", "review",
)  # fmt: skip
"""One set of columns for all kinds, which share those of one name; what a kind does not have stays empty."""

# What spreadsheets take for the start of a formula, full-width forms included, also behind white space.
_FORMULA: Final = tuple("=+-@＝＋－＠\t\r")


def brief_csv(selection: Selection) -> str:
    """Write all facts of a selection as CSV: without rejected ones, with corrections."""
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
    for fact in chain(extraction.mentions if entities else (), all_facts(extraction)):
        start, end = (fact.start, fact.end) if isinstance(fact, Mention) else form_of(fact).span(fact)
        passage = locate(start, spans, extraction.sentences)
        yield {
            **shared,
            "start": start,
            "end": end,
            "paragraph": passage.paragraph,
            "sentence": passage.sentence,
            "page": page_label(start, source.pages, source.text),
            "evidence": source.text[start:end],
            "confidence": fact.confidence,
            **_cells(fact, states or {}),
        }


def _cells(fact: Mention | Fact, states: Mapping[str, str]) -> Row:
    if isinstance(fact, Mention):
        return {"kind": "entity", "name": fact.name, "type": fact.type}
    kind = form_of(fact).kind
    return {"kind": kind, "review": states.get(fact.key, "unreviewed"), **CELLS[kind].of(fact)}
