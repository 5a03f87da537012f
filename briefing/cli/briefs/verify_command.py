"""``verify``: check that every footnote of a brief still holds."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import SOME_FAILED, Failed, tell
from briefing.cli.options import format_option, paths_argument, with_globals
from briefing.cli.state import State
from briefing.model.regular_files import read_words

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
        "briefing verify brief.md releases/ --note 7",
        "briefing verify flights.zip --format json",
    ],
)
@click.argument("brief", type=click.Path(path_type=Path))
@paths_argument
@click.option("--note", "shown", type=click.IntRange(1), multiple=True, help="Print this footnote's whole passage.")
@format_option("text", "json")
@with_globals
@click.pass_context
def verify(ctx: click.Context, brief: Path, paths: tuple[str, ...], shown: tuple[int, ...], form: str) -> None:
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
        lookup = _in_bundle(bag)
    else:
        notes = read_notes(_text(brief), str(brief))
        lookup = _in_files(paths) if paths else _in_library(ctx.ensure_object(State), notes)
    broken = followed(notes, lookup)
    whole = _passages(notes, lookup, shown)
    _report(notes, broken, damaged, form, whole)
    if broken or damaged:
        ctx.exit(SOME_FAILED)


def _text(path: Path) -> str:
    try:
        return read_words(path, _MAX_BRIEF)
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


def _in_library(state: State, notes: "Sequence[CitedNote]") -> "Lookup":
    """The sources that are cited, as the library has them."""
    from briefing.export.verify import Lookup

    with state.reading() as library:
        ids = {note.source.id for note in notes}
        found = {one: library.source(one) for one in sorted(ids) if library.has(one)}
    return Lookup(
        lambda cited: found.get(cited.id), lambda cited: f"the library has no source with its hash, {cited.id[:16]}"
    )


def _passages(notes: "Sequence[CitedNote]", lookup: "Lookup", shown: Sequence[int]) -> dict[int, str]:
    """The whole passages of the footnotes that are asked for, as their sources have them now."""
    by_number = {note.number: note for note in notes}
    if unknown := [number for number in shown if number not in by_number]:
        raise click.UsageError(f"the brief has no note {unknown[0]}; its notes are 1 to {max(by_number)}")
    whole = {}
    for number in shown:
        note = by_number[number]
        source = lookup.find(note.source)
        whole[number] = " ".join(source.text[note.start : note.end].split()) if source else lookup.missing(note.source)
    return whole


def _report(
    notes: "Sequence[CitedNote]",
    broken: "Sequence[Broken]",
    damaged: dict[str, str],
    form: str,
    whole: dict[int, str],
) -> None:
    from briefing.cli.output import write
    from briefing.model.safetext import SafeText
    from briefing.model.wording import plural

    if form == "json":
        shape = {
            "notes": len(notes),
            "broken": [one._asdict() for one in broken],
            "damaged": [{"path": path, "reason": reason} for path, reason in sorted(damaged.items())],
            **({"passages": whole} if whole else {}),
        }
        write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")
        return
    for number, words in whole.items():
        write(SafeText(f"note {number}: {words}").line() + "\n")
    for path, reason in sorted(damaged.items()):
        write(SafeText(f"{path} {reason}").line() + "\n")
    for one in broken:
        write(f"note {one.note}, {one.source}: {one.reason}\n")
    holding = len(notes) - len(broken)
    write(f"{plural(holding, 'footnote')} of {len(notes):,} {'holds' if holding == 1 else 'hold'}\n")
