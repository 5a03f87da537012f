"""``verify``: whether every footnote of a brief still holds."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import SOME_FAILED, Failed, tell
from briefing.cli.options import format_option, paths_argument, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.export.bundle import Bag
    from briefing.export.cited import CitedNote, CitedSource
    from briefing.export.verify import Broken, Lookup
    from briefing.model.source import Source

_MAX_BRIEF = 256 * 1024 * 1024


@click.command(
    cls=WithExamples,
    short_help="Whether every footnote holds.",
    examples=[
        "briefing verify brief.md",
        "briefing verify brief.html releases/ wire.html",
        "briefing verify flights.zip --format json",
    ],
)
@click.argument("brief", type=click.Path(path_type=Path))
@paths_argument
@format_option("text", "json")
@with_globals
@click.pass_context
def verify(ctx: click.Context, brief: Path, paths: tuple[str, ...], form: str) -> None:
    """Follow each footnote of BRIEF to its source, by hash, and to its words, by offsets.

    BRIEF is a brief as 'export' writes it, in Markdown, HTML or JSON, or a bundle. The sources of a bundle are in it;
    those of another brief are looked for in the PATHs, else in the library. Ends with 1 where a footnote does not hold.
    """
    from briefing.export.bundle.bag import is_bag, open_bag
    from briefing.export.cited import read_notes
    from briefing.export.verify import verify as followed

    damaged: dict[str, str] = {}
    if is_bag(brief):
        if paths:
            raise click.UsageError("a bundle has its sources in it; PATHs go with a brief")
        bag = open_bag(brief)
        damaged = dict(bag.damaged)
        notes = read_notes(bag.text("brief.json"), f"{brief} » brief.json")
        broken = followed(notes, _in_bundle(bag))
    else:
        notes = read_notes(_text(brief), str(brief))
        state = ctx.ensure_object(State)
        broken = followed(notes, _in_files(paths)) if paths else _against_library(state, notes)
    _report(notes, broken, damaged, form)
    if broken or damaged:
        ctx.exit(SOME_FAILED)


def _text(path: Path) -> str:
    if path.stat().st_size > _MAX_BRIEF:
        raise Failed(f"{path} is too large for a brief")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failed(f"{path} is no UTF-8 text") from error


def _in_bundle(bag: "Bag") -> "Lookup":
    from briefing.export.bundle import bundled_sources
    from briefing.export.verify import Lookup

    found = {one.source.id: one for one in bundled_sources(bag)}

    def missing(cited: "CitedSource") -> str:
        one = found.get(cited.id)
        return (one.wrong if one else None) or "its source is not in the bundle"

    def find(cited: "CitedSource") -> "Source | None":
        one = found.get(cited.id)
        return one.source if one and one.wrong is None else None

    return Lookup(find, missing)


def _in_files(paths: Sequence[str]) -> "Lookup":
    """The sources of files and folders, those in archives included. What cannot be read is told and left out."""
    from briefing.export.verify import Lookup
    from briefing.model.source import Unreadable
    from briefing.model.wording import whereabouts
    from briefing.sources import discover, read_all

    found: dict[str, Source] = {}
    names: dict[str, str] = {}
    for file in discover(paths):
        for source in read_all(file):
            if isinstance(source, Unreadable):
                tell(f"{source.path}: {source.reason}")
                continue
            found[source.id] = source
            names[whereabouts(source.path)] = source.id

    def missing(cited: "CitedSource") -> str:
        other = names.get(cited.where)
        if other:
            return f"its source is another one: SHA-256 {other[:16]}, cited was {cited.id[:16]}"
        return f"none of the files has its hash, {cited.id[:16]}"

    return Lookup(lambda cited: found.get(cited.id), missing)


def _against_library(state: State, notes: "Sequence[CitedNote]") -> "list[Broken]":
    from briefing.export.verify import Lookup
    from briefing.export.verify import verify as followed

    with state.reading() as library:
        return followed(
            notes,
            Lookup(
                lambda cited: library.source(cited.id) if library.has(cited.id) else None,
                lambda cited: f"the library has no source with its hash, {cited.id[:16]}",
            ),
        )


def _report(notes: "Sequence[CitedNote]", broken: "Sequence[Broken]", damaged: dict[str, str], form: str) -> None:
    from briefing.cli.output import write
    from briefing.model.safetext import SafeText
    from briefing.model.wording import plural

    if form == "json":
        shape = {
            "notes": len(notes),
            "broken": [one._asdict() for one in broken],
            "damaged": [{"path": path, "reason": reason} for path, reason in sorted(damaged.items())],
        }
        write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")
        return
    for path, reason in sorted(damaged.items()):
        write(SafeText(f"{path} {reason}").line() + "\n")
    for one in broken:
        write(f"note {one.note}, {one.source}: {one.reason}\n")
    holding = len(notes) - len(broken)
    write(f"{plural(holding, 'footnote')} of {len(notes):,} {'holds' if holding == 1 else 'hold'}\n")
