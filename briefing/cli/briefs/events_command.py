"""``events``: the events that the sources of the library report, and what the user says of them."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import Failed
from briefing.cli.options import format_option, with_globals
from briefing.cli.output import table, write
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.claim_edit import ClaimEdit, TextPlace


_WIDTH = 70


class _Group(WithExamples, click.Group):
    """Lists, where no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As any group."""
        if not ctx.resilient_parsing and (not args or args[0] not in {*self.commands, "-h", "--help"}):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Group,
    short_help="Events over all sources; what belongs together.",
    examples=[
        "briefing events",
        "briefing events join e2 e5",
        "briefing events split 3f2a90 51c0aa",
        "briefing events move 3f2a90:120 e2",
        "briefing events origins join 3f2a90:120 51c0aa:88",
        "briefing events undo",
    ],
)
def events() -> None:
    """List the events of the library, and say what belongs together.

    A fact is named by its source, as its SHA-256 begins, and the character at which it begins, as 'compare --format
    json' gives it. What is said holds for every comparison and every extraction, and can be taken back.
    """


@events.command(name="list", cls=WithExamples, short_help="The events, with their sources.",
                examples=["briefing events list --format json"])  # fmt: skip
@format_option("text", "json")
@with_globals
@click.pass_context
def list_events(ctx: click.Context, form: str) -> None:
    """List the events that the sources of the library report or recall, in order of time."""
    from briefing.model.wording import shortened, when

    with ctx.ensure_object(State).reading() as library:
        comparison = _compared(library)
    if form == "json":
        shape = [event.model_dump(mode="json") for event in comparison.events]
        write(json.dumps({"events": shape}, ensure_ascii=False, indent=1) + "\n")
        return
    rows = [
        (event.id, when(event.start_date, event.end_date), shortened(event.what, _WIDTH), len(event.documents),
         " ".join(document[:6] for document in event.documents[:4]))
        for event in comparison.events
    ]  # fmt: skip
    table(["ID", "WHEN", "WHAT", "SOURCES", "IDS"], rows, right=(3,))


def _command(name: str, help_: str, examples: list[str]) -> Callable[[Callable[..., Any]], click.Command]:
    return events.command(name=name, cls=WithExamples, short_help=help_, examples=examples)


@_command("join", "Two events are one.", ["briefing events join e2 e5"])
@click.argument("ids", metavar="EVENT EVENT...", nargs=-1, required=True)
@with_globals
@click.pass_context
def join(ctx: click.Context, ids: tuple[str, ...]) -> None:
    """Say that the EVENTs are one event."""
    with ctx.ensure_object(State).reading() as library:
        comparison = _compared(library)
        places = [_anchor(comparison, one) for one in ids]
        words = " = ".join(str(event.what.line()) for event in comparison.events if event.id in ids)
        _told(library.claim_edits.add("join events", places, words=words))


@_command("split", "Some sources report an event of their own.", ["briefing events split 3f2a90 51c0aa"])
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@with_globals
@click.pass_context
def split(ctx: click.Context, sources: tuple[str, ...]) -> None:
    """Say that the SOURCEs report an event of their own, apart from the sources that were with them."""
    from briefing.cli.gather import resolved
    from briefing.model.claim_edit import TextPlace

    with ctx.ensure_object(State).reading() as library:
        ids = [resolved(library, one) for one in sources]
        places = [TextPlace(source_id=one, start=0) for one in ids]
        words = ", ".join(str(library.row(one).title.line()) for one in ids)
        _told(library.claim_edits.add("split event", places, words=words))


@_command("move", "A fact belongs to another event.", ["briefing events move 3f2a90:120 e2"])
@click.argument("facts", metavar="SOURCE:CHARACTER...", nargs=-1, required=True)
@click.argument("event", metavar="EVENT|new")
@with_globals
@click.pass_context
def move(ctx: click.Context, facts: tuple[str, ...], event: str) -> None:
    """Say that the facts belong to EVENT, or with 'new' to one of their own."""
    with ctx.ensure_object(State).reading() as library:
        places = [_place(library, one) for one in facts]
        to = None if event == "new" else _anchor(_compared(library), event)
        _told(library.claim_edits.add("move", places, to, _words(library, places)))


@events.group(name="origins", cls=click.Group, short_help="Who stands behind a claim.")
def origins() -> None:
    """Say that two statements of one claim go back to one asserter, or that one goes back to another."""


@origins.command(name="join", short_help="Statements go back to one asserter.")
@click.argument("facts", metavar="SOURCE:CHARACTER...", nargs=-1, required=True)
@with_globals
@click.pass_context
def join_origins(ctx: click.Context, facts: tuple[str, ...]) -> None:
    """Say that what stands at these places goes back to one asserter."""
    with ctx.ensure_object(State).reading() as library:
        places = [_place(library, one) for one in facts]
        _told(library.claim_edits.add("join origins", places, words=_words(library, places)))


@origins.command(name="split", short_help="A statement goes back to somebody else.")
@click.argument("facts", metavar="SOURCE:CHARACTER...", nargs=-1, required=True)
@with_globals
@click.pass_context
def split_origins(ctx: click.Context, facts: tuple[str, ...]) -> None:
    """Say that what stands at these places goes back to somebody else than the rest of its claim."""
    with ctx.ensure_object(State).reading() as library:
        places = [_place(library, one) for one in facts]
        _told(library.claim_edits.add("split origin", places, words=_words(library, places)))


@_command("edits", "What was said.", ["briefing events edits"])
@with_globals
@click.pass_context
def edits(ctx: click.Context) -> None:
    """List what was said of events and origins."""
    with ctx.ensure_object(State).reading() as library:
        for edit in library.claim_edits.all():
            write(f"{edit.number:4}  {edit.described}\n")


@_command("undo", "Take an edit back.", ["briefing events undo", "briefing events undo 3"])
@click.argument("number", type=click.IntRange(1), required=False)
@with_globals
@click.pass_context
def undo(ctx: click.Context, number: int | None) -> None:
    """Take the last edit back, or the one of that NUMBER."""
    with ctx.ensure_object(State).reading() as library:
        taken = library.claim_edits.take_back(number) if number else library.claim_edits.undo()
    write(f"Taken back: {taken.described}.\n" if taken else "There is no edit of events to take back.\n")


def _compared(library: "Library") -> "Comparison":
    """What the sources of the library say, with the edits so far."""
    from briefing.export import compare_reviewed

    rows = library.sources(order="added", limit=library.totals().sources)
    ids = [row.id for row in rows if row.newer is None]
    documents = [(library.source(one), library.extraction(one)) for one in ids]
    return compare_reviewed(documents, {}, edits=library.claim_edits.all())


def _anchor(comparison: "Comparison", event: str) -> "TextPlace":
    """A place that belongs to an event: where it goes, the event goes."""
    from briefing.model.claim_edit import TextPlace

    if event not in {one.id for one in comparison.events}:
        raise Failed(f"there is no event {event}; 'briefing events' lists them")

    def rank(group: "Agreement") -> int:
        return ("count", "quote", "ordinal", "date").index(group.kind) if group.kind != "name" else 9

    groups = [g for g in comparison.groups if g.event == event and g.kind in {"count", "quote", "ordinal", "date"}]
    if groups:
        item = min(groups, key=rank).items[0]
        return TextPlace(source_id=item.document, start=item.start)
    documents = next(one.documents for one in comparison.events if one.id == event)
    return TextPlace(source_id=documents[0], start=0)


def _place(library: "Library", named: str) -> "TextPlace":
    """The place that ``SOURCE:CHARACTER`` names."""
    from briefing.cli.gather import resolved
    from briefing.model.claim_edit import TextPlace

    source, colon, start = named.rpartition(":")
    if not colon or not (start.isascii() and start.isdigit()):
        raise click.UsageError(f"{named} is no place: a source and a character, as 3f2a90:120")
    place = TextPlace(source_id=resolved(library, source), start=int(start))
    if place.start >= len(library.source(place.source_id).text):
        raise Failed(f"{named}: the text of that source ends before")
    return place


def _words(library: "Library", places: "Sequence[TextPlace]") -> str:
    """The words that stand at some places."""
    return "; ".join(library.source(one.source_id).text[one.start : one.start + 40].line() for one in places)


def _told(edit: "ClaimEdit") -> None:
    write(f"{edit.number}: {edit.described}. 'briefing events undo' takes it back.\n")
