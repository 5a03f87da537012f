"""Print one document with its facts for a person: a few aligned lines a kind, each fact with its passage."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from briefing.cli.fact_tables import FACT_TABLES
from briefing.cli.output import heading, styled, table, write
from briefing.model.fact_forms import FORMS
from briefing.model.languages import language_name
from briefing.model.passage import locate, paragraphs
from briefing.model.wording import SIGNS, dated, plural

if TYPE_CHECKING:
    from briefing.export.selection import Document
    from briefing.model.listing import Note


def print_document(document: "Document", note: "Note | None" = None) -> None:
    """Origin, warnings, then counts, participants, quotes and entities. ``¶2.1`` is paragraph 2, sentence 1.

    Args:
        document: The source and its extraction.
        note: What its reader wrote on the source; None for nothing.
    """
    source, found = document
    spans = paragraphs(source.text)

    def passage(offset: int) -> str:
        return "¶{}.{}".format(*locate(offset, spans, found.sentences))

    heading(source.title or "untitled source")
    published = dated(source)
    language = None if source.language in {None, "en"} else language_name(source.language or "")
    known = [source.publisher, source.author, published, language, plural(source.words, "word"), source.path]
    styled("dim", ", ".join(str(part) for part in known if part), source.path)
    styled("dim", source.id)
    if note is not None:
        styled("bold", f"Note: {note.words}")
    for warning in found.warnings:
        styled("yellow", f"{SIGNS['warning']} {warning.message}")
    for form in FORMS:
        if facts := form.of(found):
            listed = FACT_TABLES[form.kind]
            _title(listed.title, len(facts))
            table(listed.heads, [listed.line(fact, passage) for fact in facts], right=listed.right)
    if found.mentions:
        _title("Entities", len(found.mentions))
        table(["TYPE", "NAMES"], _entities(document))
    write("\n")


def _title(name: str, amount: int) -> None:
    write("\n")
    heading(f"{name} ({amount:,})")


def _entities(document: "Document") -> list[tuple[str, str]]:
    """Names by type with how often each stands in the text, the most frequent first."""
    by_type: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in document[1].mentions:
        by_type[mention.type][mention.name] += 1
    return [
        (kind, ", ".join(f"{name} ({times})" if times > 1 else name for name, times in names.most_common()))
        for kind, names in by_type.items()
    ]
