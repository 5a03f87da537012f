"""``read``: a source and its facts as linear text, for screen readers, braille displays and paper."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from briefing.cli.command import WithExamples
from briefing.cli.completing import complete_ids_or_files
from briefing.cli.options import ANY_PATH, jobs_option, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.cli.gather import Gathered
    from briefing.export.selection import Document
    from briefing.model.facts import Fact
    from briefing.model.review import Review

_WIDEST: Final = 84
_SAID: Final = {"accepted": " Accepted.", "edited": " Corrected.", "added": " Added by a reader."}


class Numbered(NamedTuple):
    """A fact in words, and where in the text it was read."""

    start: int
    end: int
    words: str


@click.command(
    cls=WithExamples,
    short_help="A source as plain linear text.",
    examples=[
        "briefing read 3f2a",
        "briefing read wire.html --width 60",
    ],
)
@click.argument(
    "refs", nargs=-1, required=True, metavar="ID|PATH...", type=ANY_PATH, shell_complete=complete_ids_or_files
)
@click.option(
    "--width", metavar="N", type=click.IntRange(0, 1000),
    help="Break lines after N columns; 0 for one line a paragraph, which is what a pipe gets.",
)  # fmt: skip
@jobs_option
@with_globals
@click.pass_context
def read(ctx: click.Context, refs: tuple[str, ...], width: int | None, jobs: int | None) -> None:
    """Print sources of the library, or of PATHs, with their facts.

    First what the source is, then its text: behind the words a fact was read from stands its number. Then the facts by
    these numbers, each with paragraph and sentence. Nothing is drawn, nothing depends on colour.
    """
    from briefing.cli.gather import finish, gathered
    from briefing.cli.output import is_terminal

    if width is None:
        width = min(shutil.get_terminal_size().columns, _WIDEST) if is_terminal() else 0
    state = ctx.ensure_object(State)
    paths = [ref for ref in refs if ref == "-" or "://" in ref or Path(ref).exists()]
    ids = [ref for ref in refs if ref not in paths]
    above: list[str] = []
    for some_paths, some_ids in ((), ids), (paths, ()):
        if some_paths or some_ids:
            with gathered(state, some_paths, some_ids, jobs) as found:
                for lines in _pages(found):
                    _print([*above, *lines], width)
                    above = ["", ""]
                finish(ctx, found)


def _pages(found: "Gathered") -> Iterator[list[str]]:
    for _, document in found:
        yield page(document, found.library.reviews(document[0].id))


def _print(lines: Sequence[str], width: int) -> None:
    from briefing.cli.output import write

    for line in lines:
        write(("\n".join(_folded(line, width)) if width else line) + "\n")
    sys.stdout.flush()


def _folded(line: str, width: int) -> Iterator[str]:
    """A line in lines of ``width`` columns, of which wide characters take two. Words, ids and addresses stay whole."""
    from rich.cells import cell_len

    from briefing.tui.text_layout.wrapping import wrap

    start = 0
    for end in wrap(line, width, 0, len(line))[1:]:
        before, after = line[end - 1], line[end : end + 1]
        if not after or before.isspace() or 2 in (cell_len(before), cell_len(after)):
            yield line[start:end].rstrip()
            start = end
    if not line:
        yield line


def page(document: "Document", reviews: "dict[str, Review]") -> list[str]:
    """The lines of a source: header, paragraphs with marks, numbered facts. Rejected facts are left out.

    Args:
        document: The source and its extraction.
        reviews: Verdicts by key of the fact.
    """
    from briefing.export import reviewed

    source, extraction = document
    extraction, states = reviewed(extraction, reviews)
    facts = sorted(_facts((source, extraction), states), key=lambda fact: (fact.end, fact.start))
    lines = [*_header((source, extraction)), "", "Text", ""]
    lines += [line for paragraph in _paragraphs(source.text, facts) for line in (paragraph, "")]
    lines += ["Facts", ""]
    lines += [f"{number}. {fact.words}" for number, fact in enumerate(facts, start=1)] or ["None were found."]
    return lines


def _header(document: "Document") -> list[str]:
    from briefing.model.languages import language_name
    from briefing.model.wording import dated, day, plural

    source, extraction = document
    lines = [source.title.line() or "Untitled source"]
    lines += [f"Publisher: {source.publisher.line()}"] if source.publisher else []
    lines += [f"Author: {source.author.line()}"] if source.author else []
    lines += [f"Published: {dated(source)}"] if source.published else []
    lines += [f"File made: {day(source.made)}"] if source.made else []
    if source.language is not None and source.language != "en":
        lines.append(f"Language: {language_name(source.language)}")
    lines += [f"Length: {plural(source.words, 'word')}", f"File: {source.path.line()}", f"Id: {source.id}"]
    return [*lines, *(f"Warning: {warning.message.line()}" for warning in extraction.warnings)]


def _paragraphs(text: str, facts: Sequence[Numbered]) -> Iterator[str]:
    """The paragraphs, each in a line, with the numbers of the facts behind the words they were read from."""
    from briefing.model.passage import paragraphs
    from briefing.model.safetext import SafeText

    ends = sorted((fact.end, number) for number, fact in enumerate(facts, start=1))
    for start, end in paragraphs(text):
        parts: list[str] = []
        at = start
        for mark, number in ends:
            if start < mark <= end:
                parts += [text[at:mark], f" [{number}]" if mark != at or not parts else f"[{number}]"]
                at = mark
        yield SafeText("".join([*parts, text[at:end]])).line()


def _facts(document: "Document", states: dict[str, str]) -> Iterator[Numbered]:
    """Every fact in a sentence, with its passage and what its reader said of it."""
    from briefing.cli.fact_tables import FACT_TABLES
    from briefing.model.fact_forms import FORMS
    from briefing.model.passage import locate, page_label, paragraphs

    source, found = document
    spans = paragraphs(source.text)

    def numbered(fact: "Fact", start: int, end: int, words: str) -> Numbered:
        paragraph, sentence = locate(start, spans, found.sentences)
        page = page_label(start, source.pages, source.text)
        printed = "page " if source.pages and source.pages[0].kind == "page" else ""
        where = f"Paragraph {paragraph}, sentence {sentence}" + (f", {printed}{page}" if page else "")
        said = _SAID.get(states.get(fact.key, ""), "")
        unsure = "" if fact.confidence == "high" else f" {fact.confidence.capitalize()} confidence."
        return Numbered(start, end, f"{words} {where}.{unsure}{said}")

    for form in FORMS:
        for fact in form.of(found):
            yield numbered(fact, *form.span(fact), FACT_TABLES[form.kind].sentence(fact))
