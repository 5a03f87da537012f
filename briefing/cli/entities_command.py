"""``entities``: list the entities of all sources, and edit them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

from briefing.cli.command import WithExamples
from briefing.cli.completing import complete_names
from briefing.cli.failing import NoSuchEntity
from briefing.cli.options import format_option, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.model.entity_edit import EntityEdit
    from briefing.model.kinds import EntityType

TYPES: Final = (
    "person", "org", "nation", "place", "aircraft", "ship", "vehicle", "weapon", "event", "date", "quantity", "money",
)  # fmt: skip
"""All types of entity; the model's list would have to be imported, which every command would wait for."""
_TYPE: Final = click.Choice(TYPES, case_sensitive=False)
_NEAR = 5
_MOST = 1000

type_option = click.option("--type", "kind", type=_TYPE, help="Of this type alone.")
of_type = click.option("--type", "kind", type=_TYPE, help="Its type, where entities of several are so called.")
into_type = click.option("--to-type", type=_TYPE, help="The type of the other one, where it is not the same.")


class _Group(WithExamples, click.Group):
    """Lists, where no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As any group."""
        if not ctx.resilient_parsing and (not args or args[0] not in {*self.commands, "-h", "--help"}):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Group,
    short_help="Entities over all sources; what they are.",
    examples=[
        "briefing entities",
        'briefing entities "air force" --type org',
        'briefing entities merge ROKAF "ROK Air Force" --type org',
        'briefing entities split "John Anderson" Anderson "Andersen Air Force Base" --to-type place',
        "briefing entities undo",
    ],
)
def entities() -> None:
    """List the entities of the library, and say what they are.

    What is said holds for all sources, those that come later and those that are extracted anew too, and can be taken
    back. Without a command the entities are listed; a name that is like a command is listed by 'entities list NAME'.
    """


@entities.command(
    name="list",
    cls=WithExamples,
    short_help="Entities with counts, the most frequent first.",
    examples=["briefing entities list norl --type org --limit 10", "briefing entities list --format json"],
)
@click.argument("words", required=False, metavar="[WORDS]", default="")
@type_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@format_option("text", "json")
@with_globals
@click.pass_context
def list_entities(ctx: click.Context, words: str, kind: str | None, limit: int, form: str) -> None:
    """List the entities with WORDS in their name or in a way of writing it; the last word may be unfinished."""
    import json

    from briefing.cli.output import table, write

    with ctx.ensure_object(State).reading() as library:
        asked = limit if kind is None else _MOST
        found = [one for one in library.entities(words, asked) if kind is None or one[1].lower() == kind][:limit]
        counted = [(name, type_, *library.entity_counts(name, type_)) for name, type_, _ in found]
    if form == "json":
        shape = [{"name": n, "type": t, "mentions": mentions, "sources": s} for n, t, mentions, s in counted]
        write(json.dumps({"entities": shape}, ensure_ascii=False, indent=1) + "\n")
        return
    rows = [(type_.lower(), name.line(), mentions, sources) for name, type_, mentions, sources in counted]
    table(["TYPE", "NAME", "MENTIONS", "SOURCES"], rows, right=(2, 3))


def _edit(name: str, help_: str, examples: list[str]) -> Callable[[Callable[..., Any]], click.Command]:
    """A command about edits."""
    return entities.command(name=name, cls=WithExamples, short_help=help_, examples=examples)


@_edit("merge", "One entity is another.", ['briefing entities merge ROKAF "ROK Air Force" --type org'])
@click.argument("name", shell_complete=complete_names)
@click.argument("into", metavar="INTO", shell_complete=complete_names)
@of_type
@into_type
@with_globals
@click.pass_context
def merge(ctx: click.Context, name: str, into: str, kind: str | None, to_type: str | None) -> None:
    """Say that the entity NAME is the entity INTO."""
    with ctx.ensure_object(State).reading() as library:
        type_, exact = _entity(library, name, kind)
        other_type, other = _entity(library, into, to_type, rather=type_)
        _told(library.entity_edits.merge(type_, exact, other, other_type))


@_edit("rename", "Call an entity otherwise.", ['briefing entities rename "ROK Air Force" ROKAF'])
@click.argument("name", shell_complete=complete_names)
@click.argument("to", metavar="TO")
@of_type
@with_globals
@click.pass_context
def rename(ctx: click.Context, name: str, to: str, kind: str | None) -> None:
    """Call the entity NAME by the name TO, which no other one of its type has."""
    with ctx.ensure_object(State).reading() as library:
        _told(library.entity_edits.rename(*_entity(library, name, kind), to))


@_edit("type", "An entity is of another type.", ["briefing entities type Anderson person --type place"])
@click.argument("name", shell_complete=complete_names)
@click.argument("to_type", metavar="TYPE", type=_TYPE)
@of_type
@with_globals
@click.pass_context
def retype(ctx: click.Context, name: str, to_type: str, kind: str | None) -> None:
    """Say that the entity NAME is of another TYPE."""
    with ctx.ensure_object(State).reading() as library:
        _told(library.entity_edits.retype(*_entity(library, name, kind), _type(to_type)))


@_edit(
    "split",
    "A way of writing means another entity.",
    ['briefing entities split "John Anderson" Anderson "Andersen Air Force Base" --to-type place'],
)
@click.argument("name", shell_complete=complete_names)
@click.argument("written", metavar="WRITTEN")
@click.argument("to", metavar="TO")
@of_type
@into_type
@with_globals
@click.pass_context
def split(ctx: click.Context, name: str, written: str, to: str, kind: str | None, to_type: str | None) -> None:
    """Say that where the entity NAME is written as WRITTEN, the entity TO is meant, which may be a new one."""
    with ctx.ensure_object(State).reading() as library:
        type_, exact = _entity(library, name, kind)
        _told(library.entity_edits.split(type_, exact, written, to, _type(to_type) if to_type else None))


@_edit("remove", "What is so called is no entity.", ['briefing entities remove "Press Release" --type org'])
@click.argument("name", shell_complete=complete_names)
@of_type
@with_globals
@click.pass_context
def remove(ctx: click.Context, name: str, kind: str | None) -> None:
    """Say that NAME is no entity. It is no longer marked nor listed; its words are still found."""
    with ctx.ensure_object(State).reading() as library:
        _told(library.entity_edits.remove(*_entity(library, name, kind)))


@_edit("edits", "What was said.", ["briefing entities edits", "briefing entities edits --format json"])
@format_option("text", "json")
@with_globals
@click.pass_context
def edits(ctx: click.Context, form: str) -> None:
    """List what was said of entities, the oldest first, with the numbers to take it back by."""
    import json

    from briefing.cli.output import table, write

    with ctx.ensure_object(State).reading() as library:
        made = library.entity_edits.all()
    if form == "json":
        write(json.dumps({"edits": [one._asdict() for one in made]}, ensure_ascii=False, indent=1) + "\n")
    else:
        table(["NUMBER", "WHAT", "SAID"], [(one.number, one.action, one.described) for one in made], right=(0,))


@_edit("undo", "Take back what was said.", ["briefing entities undo", "briefing entities undo 12"])
@click.argument("number", required=False, type=int, metavar="[NUMBER]")
@with_globals
@click.pass_context
def undo(ctx: click.Context, number: int | None) -> None:
    """Take back what was said last of an entity, or what 'entities edits' lists under NUMBER."""
    from briefing.cli.output import write

    with ctx.ensure_object(State).reading() as library:
        known = library.entity_edits.all()
        if number is None and not known:
            raise NoSuchEntity("there are no entity edits to undo")
        taken = library.entity_edits.take_back(known[-1].number if number is None else number)
    write(f"taken back: {taken.described}\n")


def _told(edit: "EntityEdit") -> None:
    from briefing.cli.output import write

    write(f"{edit.described}\n")


def _type(written: str) -> "EntityType":
    return written.upper()  # type: ignore[return-value]


def _entity(
    library: "Library", name: str, kind: str | None, *, rather: "EntityType | None" = None
) -> "tuple[EntityType, str]":
    """The entity of that name; letters of either case. Raises :class:`NoSuchEntity` where none or several are."""
    wanted = name.casefold().strip()
    listed = library.entities(name, _MOST)
    found = [(type_, str(other)) for other, type_, _ in listed if other.casefold() == wanted]
    if kind is not None:
        found = [one for one in found if one[0] == _type(kind)] or _unlisted(library, name, _type(kind))
    exact = [one for one in found if one[1] == name] or found
    exact = [one for one in exact if one[0] == rather] or exact
    if len(exact) == 1:
        return exact[0]
    if exact:
        types = ", ".join(type_.lower() for type_, _ in exact)
        raise NoSuchEntity(f"several entities are called “{name}”; say which with --type: {types}")
    near = ", ".join(f"{other} ({type_.lower()})" for other, type_, _ in listed[:_NEAR])
    called = f"no entity{f' of type {kind}' if kind else ''} is called “{name}”"
    raise NoSuchEntity(f"{called}; there are {near}" if near else f"{called}; 'briefing entities' lists them")


def _unlisted(library: "Library", name: str, kind: "EntityType") -> "list[tuple[EntityType, str]]":
    """Dates and amounts are in no list."""
    return [(kind, name)] if library.entity_counts(name, kind)[1] else []
