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
    from briefing.model.facts import Fact
    from briefing.model.listing import Note

_FIELDS = ("title", "bottom_line", "note", "grades")
"""In what two workspaces of one name may differ."""


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
        kept, differs = _take_workspace(library, bag, usable)
    if kept:
        write(f"workspace {kept}\n")
    conflicts += differs
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


def _take_workspace(library: "Library", bag: "Bag", usable: "set[str]") -> tuple[str, int]:
    """Keep the workspace that was packed; under a name of its own where there is another one of that name.

    Returns the name that it has now, empty where there was none, and in how many fields the two differ.
    """
    import json

    from briefing.export.bundle.packing import WORKSPACE
    from briefing.library import LibraryError
    from briefing.library.workspaces import Workspace
    from briefing.model.data_files import parse_json

    if WORKSPACE not in bag.files:
        return "", 0
    try:
        if WORKSPACE in bag.damaged:
            raise ValueError(bag.damaged[WORKSPACE])
        given = Workspace.model_validate(parse_json(bag.text(WORKSPACE)))
    except ValueError as error:
        tell(f"{WORKSPACE}: {str(error).splitlines()[0]}: the workspace was left out")
        return "", 0
    sources = [one for one in given.sources if one in usable]
    there = {one.name.casefold(): one for one in library.workspaces.all(archived=True)}
    for one in there.values():  # taken in before, under the name that was free then
        begun = one.name.casefold().startswith(given.name.casefold())
        if begun and all(getattr(one, name) == getattr(given, name) for name in _FIELDS):
            return library.workspaces.put_in(one.name, sources).name, 0
    own = there.get(given.name.casefold())
    differing = [name for name in _FIELDS if own is not None and getattr(own, name) != getattr(given, name)]
    for name in differing:
        mine, theirs = (json.dumps(getattr(one, name), ensure_ascii=False) for one in (own, given))
        tell(f"workspace {given.name}: {name.replace('_', ' ')}: {mine} by you, {theirs} in the bundle; yours stays")
    name, n = given.name, 2
    while name.casefold() in there:
        name, n = f"{given.name} ({n})", n + 1
    try:
        return library.workspaces.new(name, sources, given).name, len(differing)
    except LibraryError as error:
        tell(str(error))
        return "", len(differing)


def _facts_in(library: "Library", source_id: str) -> "list[Fact]":
    """All facts of a source."""
    from briefing.model.fact_forms import all_facts

    return list(all_facts(library.extraction(source_id)))


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
            if one.added is not None and all(fact.key != one.key for fact in _facts_in(library, one.source_id)):
                library.add_fact(one.source_id, one.added, note=one.note, by=str(one.added.added_by or one.by or ""))
            library.review(one.source_id, one.kind, one.key, one.state, one.edited, note=one.note, by=one.by)
            taken += 1
        except LibraryError as error:
            tell(str(error))
    return taken, conflicts
