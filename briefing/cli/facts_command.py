"""``facts``: print the facts of sources, for people and for programs."""

import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.options import as_extracted_option, asking, format_option, picking, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.cli.gather import Gathered
    from briefing.export.selection import Document
    from briefing.library.search.fact_filter import FactFilter


@click.command(
    cls=WithExamples,
    short_help="Entities, counts, participants, quotes.",
    examples=[
        "briefing facts release.txt",
        "briefing facts releases/ --format json > facts.json",
        "briefing facts --format jsonl | head -n 1",
        "briefing facts --item tanker --operator Iran --at-least 10",
    ],
)
@picking
@format_option("table", "json", "jsonl", "csv")
@click.option("--text", "whole", is_flag=True, help="With json and jsonl: each document's text too.")
@asking
@as_extracted_option
@with_globals
@click.pass_context
def facts(
    ctx: click.Context,
    paths: tuple[str, ...],
    ids: tuple[str, ...],
    jobs: int | None,
    form: str,
    whole: bool,
    as_extracted: bool,
    wanted: "FactFilter | None",
) -> None:
    """Entities, counts, participants and quotes of the PATHs (files, folders, -), else of the library.

    Facts that you rejected are left out, and those that you corrected are shown as corrected. The PATHs are only read:
    'add' puts them into the library. Offsets count characters of the text, end exclusive.

    With --item, --category, --operator, --at-least and --at-most only such counts, with --name such participants, with
    --speaker such quotes: the words stand in the name, in whatever case. Of a library the newest sources come first
    then.
    """
    from briefing.cli.gather import finish, gathered

    if whole and form not in {"json", "jsonl"}:
        raise click.UsageError("--text goes with --format json or jsonl")
    with gathered(ctx.ensure_object(State), paths, ids, jobs, wanted) as found:
        _print(found, form, whole, not as_extracted, wanted)
        finish(ctx, found)


def _print(found: "Gathered", form: str, whole: bool, reviewed: bool, wanted: "FactFilter | None") -> None:
    from briefing.cli.facts_text import print_document
    from briefing.cli.output import write
    from briefing.export.facts import document_json, stream_json
    from briefing.library.notes import notes_of

    notes = partial(notes_of, found.library) if reviewed else None
    everything = ((name, *_as_reviewed(found, document, reviewed)) for name, document in found)
    judged = everything if wanted is None else _only(everything, wanted)
    documents = ((name, document) for name, document, _ in judged)
    if form == "json":
        for piece in stream_json(documents, lambda: found.failures, whole, notes):
            write(piece)
    elif form == "jsonl":
        for name, document in documents:
            write(json.dumps(document_json(name, document, whole, notes), ensure_ascii=False) + "\n")
    elif form == "csv":
        from briefing.export.table import rows, write_header, write_rows

        write_header(sys.stdout)
        for name, document, states in judged:
            write_rows(sys.stdout, rows(document, name, states))
    else:
        some = False
        for _, document in documents:
            print_document(document)
            some = True
        if wanted is not None and not some:
            write("No source has such facts.\n")


_Judged = tuple[str, "Document", dict[str, str]]
"""A document with its name and the states of its facts by key."""


def _only(documents: "Iterable[_Judged]", wanted: "FactFilter") -> "Iterator[_Judged]":
    """The documents that have such facts, with these alone."""
    from briefing.model.fact_forms import all_facts

    for name, (source, extraction), states in documents:
        kept = wanted.kept(extraction)
        if any(all_facts(kept)):
            yield name, (source, kept), states


def _as_reviewed(found: "Gathered", document: "Document", honoured: bool) -> "tuple[Document, dict[str, str]]":
    """The document as its reader left it, or as it was extracted, with the state of each of its facts by key."""
    from briefing.export import reviewed

    source, extraction = document
    verdicts = found.library.reviews(source.id)
    if not honoured:
        return document, {key: review.state for key, review in verdicts.items()}
    kept, states = reviewed(extraction, verdicts)
    return (source, kept), states
