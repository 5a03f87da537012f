"""``import``: add a colleague's bundle to the library."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import SOME_FAILED, tell
from briefing.cli.options import with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.export.bundle import Bag
    from briefing.export.bundle.annotations import Decision
    from briefing.library import Library
    from briefing.model.listing import Note


@click.command(
    cls=WithExamples,
    name="import",
    short_help="Take in a colleague's bundle.",
    examples=["briefing import flights.zip", "briefing import flights.zip --library desk.db"],
)
@click.argument("bundle", type=click.Path(path_type=Path))
@with_globals
@click.pass_context
def import_bundle(ctx: click.Context, bundle: Path) -> None:
    """Add the sources of BUNDLE, with what was found in them, and the verdicts on it.

    Every file is checked against its hash first; a source that fails is left out. Where you decided otherwise, your
    verdict stays and the other one is shown. Ends with 1 where anything was left out.
    """
    from briefing.cli.output import write
    from briefing.export.bundle import open_bag
    from briefing.export.bundle.annotations import decisions, source_notes
    from briefing.model.wording import plural

    bag = open_bag(bundle)
    with ctx.ensure_object(State).open_library() as library:
        added, usable, left_out = _add_sources(library, bag)
        said = "" if "decisions.jsonld" in bag.damaged else bag.text("decisions.jsonld")
        given = decisions(said) if said else []
        if "decisions.jsonld" in bag.damaged:
            tell(f"decisions.jsonld {bag.damaged['decisions.jsonld']}: no verdict was taken over")
        taken, conflicts = _take_over(library, [one for one in given if one.source_id in usable])
        _take_notes(library, {key: note for key, note in source_notes(said).items() if key in usable} if said else {})
    write(f"{plural(added, 'source')} added, {plural(taken, 'verdict')} taken over, {plural(conflicts, 'conflict')}\n")
    if left_out or bag.damaged:
        ctx.exit(SOME_FAILED)


def _add_sources(library: "Library", bag: "Bag") -> tuple[int, set[str], int]:
    """How many sources were new, the ids of those whose verdicts can be taken over, and how many were left out."""
    from briefing.export.bundle import bundled_sources

    added = left_out = 0
    usable: set[str] = set()
    for source, extraction, wrong in bundled_sources(bag):
        if wrong:
            tell(f"{source.title.line()}: left out: {wrong}")
            left_out += 1
        elif not library.has(source.id):
            library.add(source, extraction)
            usable.add(source.id)
            added += 1
        elif library.source(source.id).text == source.text:
            usable.add(source.id)
        else:
            tell(f"{source.title.line()}: your library reads this file otherwise; the verdicts on it are left out")
            left_out += 1
    return added, usable, left_out


def _take_notes(library: "Library", given: "Mapping[str, Note]") -> None:
    """Take over the notes on sources; where one has a note of one's own that differs, that stays."""
    from briefing.library.notes import note_on, write_note

    for source_id, note in given.items():
        own = note_on(library, source_id)
        if own is None:
            write_note(library, source_id, note.words, by=note.by)
        elif own.words != note.words:
            tell(f"{source_id[:12]}: your note stays; the one in the bundle is: {note.words}")


def _take_over(library: "Library", given: "Sequence[Decision]") -> tuple[int, int]:
    """How many verdicts were taken over, and how many differ from one's own."""
    from briefing.library import LibraryError

    taken = conflicts = 0
    for one in given:
        own = library.reviews(one.source_id).get(one.key)
        if own is not None and own.state != "unreviewed":
            if (own.state, own.edited or None) != (one.state, one.edited or None):
                tell(f"{one.source_id[:12]} {one.key}: {own.state} by you, {one.state} in the bundle; yours stays")
                conflicts += 1
            continue
        try:
            library.review(one.source_id, one.kind, one.key, one.state, one.edited, note=one.note, by=one.by)
            taken += 1
        except LibraryError as error:
            tell(str(error))
    return taken, conflicts
