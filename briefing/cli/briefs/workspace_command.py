"""``workspace``: named selections of sources, with a bottom line, a note and grades of their own."""

import json
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.command import WithExamples
from briefing.cli.completing import complete_ids, complete_workspaces
from briefing.cli.failing import Failed
from briefing.cli.options import format_option, with_globals
from briefing.cli.output import table, write
from briefing.cli.state import State
from briefing.model.regular_files import MAX_OWN, read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.library import Library
    from briefing.library.workspaces import Workspace

_MOST = 10_000
"""Sources that a query puts into a workspace."""


class _Group(WithExamples, click.Group):
    """Lists, where no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As any group."""
        if not ctx.resilient_parsing and (not args or (args[0].startswith("-") and args[0] not in {"-h", "--help"})):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Group,
    short_help="Named selections of sources.",
    examples=[
        "briefing workspace",
        "briefing workspace new flights --query 'B-52H date:2025-07'",
        "briefing workspace set flights --bottom-line 'The flights go on.' --grade 'Sample Wire=B'",
        "briefing export --workspace flights -o flights.zip",
        "briefing import flights.zip",
        "briefing workspace duplicate flights 'flights, second look'",
        "briefing workspace archive flights",
    ],
)
def workspace() -> None:
    """List the workspaces, make, change and archive them.

    A workspace is a selection of sources under a name, with the bottom line, title and note of its brief and grades
    that go before those of the settings. The verdicts of a workspace are those on the facts of its sources. 'facts',
    'compare', 'check' and 'export' take --workspace NAME; as a bundle a workspace goes to a colleague.
    """


def _command(name: str, help_: str, *examples: str) -> "Callable[[Callable[..., Any]], click.Command]":
    return workspace.command(name=name, cls=WithExamples, short_help=help_, examples=list(examples))


def _picked(function: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add ``--source``, ``--query`` and ``--tag``: which sources are meant."""
    source = click.option("--source", "ids", metavar="ID", multiple=True, shell_complete=complete_ids, help="A source.")
    query = click.option("--query", metavar="QUERY", help="What a search finds.")
    tag = click.option("--tag", metavar="TAG", help="What has this tag.")
    return source(query(tag(function)))


_named = click.argument("name", shell_complete=complete_workspaces)


def _ids(library: "Library", ids: "Sequence[str]", query: str | None, tag: str | None) -> list[str]:
    """The sources that are meant, without those that a newer version replaced."""
    from briefing.cli.gather import resolved
    from briefing.model.selection import SourceFilter

    found = [resolved(library, one) for one in ids]
    if query:
        hits = library.search(query, limit=_MOST).hits
        found += [hit.source.id for hit in hits if hit.source.newer is None]
    if tag:
        rows = library.sources(limit=_MOST, where=SourceFilter(tag=tag))
        found += [row.id for row in rows if row.newer is None]
    if (query or tag) and not found:
        raise Failed(f"nothing has {'the tag ' + tag if tag else ''}{' and ' * bool(tag and query)}{query or ''}")
    return list(dict.fromkeys(found))


@_command("list", "The workspaces.", "briefing workspace list --all")
@click.option("--all", "archived", is_flag=True, help="Archived ones too.")
@format_option("text", "json")
@with_globals
@click.pass_context
def list_workspaces(ctx: click.Context, archived: bool, form: str) -> None:
    """List the workspaces, with how many sources each has and how many verdicts there are on these."""
    with ctx.ensure_object(State).reading() as library:
        found = library.workspaces.all(archived=archived)
        judged = [sum(len(library.reviews(one)) for one in each.sources) for each in found]
    if form == "json":
        shape = [one.model_dump(mode="json") for one in found]
        write(json.dumps({"workspaces": shape}, ensure_ascii=False, indent=1) + "\n")
        return
    rows = [
        (one.name + (" (archived)" if one.archived else ""), len(one.sources), n, one.bottom_line.line())
        for one, n in zip(found, judged, strict=True)
    ]
    table(["NAME", "SOURCES", "VERDICTS", "BOTTOM LINE"], rows, right=(1, 2))


@_command("new", "Make a workspace.", "briefing workspace new flights --query 'B-52H date:2025-07'")
@_named
@_picked
@with_globals
@click.pass_context
def new(ctx: click.Context, name: str, ids: tuple[str, ...], query: str | None, tag: str | None) -> None:
    """Make the workspace NAME of the sources that are named, found or tagged; without any it is empty."""
    with ctx.ensure_object(State).reading() as library:
        _tell(library.workspaces.new(name, _ids(library, ids, query, tag)))


@_command("show", "One workspace with its sources.", "briefing workspace show flights --format json")
@_named
@format_option("text", "json")
@with_globals
@click.pass_context
def show(ctx: click.Context, name: str, form: str) -> None:
    """Show what the workspace NAME holds."""
    with ctx.ensure_object(State).reading() as library:
        found = library.workspaces.get(name)
        rows = library.rows(found.sources)
    if form == "json":
        write(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n")
        return
    _tell(found)
    for title, words in (("title", found.title), ("bottom line", found.bottom_line), ("note", found.note)):
        if words:
            write(f"{title}: {words}\n")
    for graded, grades in found.grades.items():
        for one, grade in grades.items():
            write(f"{graded.removesuffix('s')} {one}: {grade}\n")
    listed = [(one[:12], rows[one].publisher or "", rows[one].title.line()) for one in found.sources if one in rows]
    table(["ID", "PUBLISHER", "TITLE"], listed)


@_command("put", "Put sources into a workspace.", "briefing workspace put flights --source 3f2a90")
@_named
@_picked
@with_globals
@click.pass_context
def put(ctx: click.Context, name: str, ids: tuple[str, ...], query: str | None, tag: str | None) -> None:
    """Put the sources that are named, found or tagged into the workspace NAME."""
    with ctx.ensure_object(State).reading() as library:
        _tell(library.workspaces.put_in(name, _some(_ids(library, ids, query, tag))))


@_command("take", "Take sources out of a workspace.", "briefing workspace take flights --source 3f2a90")
@_named
@_picked
@with_globals
@click.pass_context
def take(ctx: click.Context, name: str, ids: tuple[str, ...], query: str | None, tag: str | None) -> None:
    """Take the sources that are named, found or tagged out of the workspace NAME; they stay in the library."""
    with ctx.ensure_object(State).reading() as library:
        _tell(library.workspaces.take_out(name, _some(_ids(library, ids, query, tag))))


def _some(ids: list[str]) -> list[str]:
    if not ids:
        raise click.UsageError("name the sources: --source ID, --query QUERY or --tag TAG")
    return ids


@_command("set", "Its title, bottom line, note and grades.", "briefing workspace set flights --bottom-line @line.txt")
@_named
@click.option("--title", help="Title of its brief.")
@click.option("--bottom-line", metavar="TEXT|@FILE", help="Your judgement, which its brief begins with.")
@click.option("--note", metavar="TEXT|@FILE", help="For whoever works in it; it stands in no brief.")
@click.option(
    "--grade", "grades", metavar="PUBLISHER=A..F", multiple=True, help="A grade here; PUBLISHER= takes it out."
)
@with_globals
@click.pass_context
def set_fields(
    ctx: click.Context, name: str, title: str | None, bottom_line: str | None, note: str | None, grades: tuple[str, ...]
) -> None:
    """Say what the brief of the workspace NAME is called and begins with; what is not given stays."""
    from briefing.model.safetext import SafeText

    given = {"title": title, "bottom_line": bottom_line, "note": note}
    fields: dict[str, Any] = {field: SafeText(_words(text)) for field, text in given.items() if text is not None}
    if not fields and not grades:
        raise click.UsageError("nothing to set: --title, --bottom-line, --note, --grade")
    with ctx.ensure_object(State).reading() as library:
        if grades:
            fields["grades"] = _graded(library.workspaces.get(name).grades, grades)
        _tell(library.workspaces.change(name, fields))


def _words(text: str) -> str:
    """The text, or what the file after the @ holds."""
    try:
        return read_words(text[1:], MAX_OWN).strip() if text.startswith("@") else text
    except UnicodeDecodeError as error:
        raise Failed(f"{text[1:]} is no UTF-8 text") from error


def _graded(tables: dict[str, dict[str, str]], given: "Sequence[str]") -> dict[str, dict[str, str]]:
    from briefing.export.grades import RELIABILITY

    publishers = dict(tables.get("publishers", {}))
    for one in given:
        publisher, equals, grade = one.rpartition("=")
        if not equals or not publisher.strip() or (grade and grade.upper() not in RELIABILITY):
            raise click.UsageError(f"“{one}” is no grade; write 'Sample Wire=B', with a letter from A to F")
        publishers.pop(publisher.strip(), None)
        publishers.update({publisher.strip(): grade.upper()} if grade else {})
    return {**tables, "publishers": publishers}


@_command("rename", "Call a workspace otherwise.", "briefing workspace rename flights 'Flights of July'")
@_named
@click.argument("to")
@with_globals
@click.pass_context
def rename(ctx: click.Context, name: str, to: str) -> None:
    """Call the workspace NAME what TO says."""
    with ctx.ensure_object(State).reading() as library:
        _tell(library.workspaces.rename(name, to))


@_command("duplicate", "Begin another one as it is.", "briefing workspace duplicate flights 'second look'")
@_named
@click.argument("to")
@with_globals
@click.pass_context
def duplicate(ctx: click.Context, name: str, to: str) -> None:
    """Make a workspace TO that begins as NAME is."""
    with ctx.ensure_object(State).reading() as library:
        _tell(library.workspaces.duplicate(name, to))


@_command("archive", "Out of the list, or back.", "briefing workspace archive flights --undo")
@_named
@click.option("--undo", is_flag=True, help="Have it in the list again.")
@with_globals
@click.pass_context
def archive(ctx: click.Context, name: str, undo: bool) -> None:
    """Leave the workspace NAME out of lists; all of it is kept."""
    with ctx.ensure_object(State).reading() as library:
        _tell(library.workspaces.change(name, {"archived": not undo}))


@_command("remove", "Take a workspace away.", "briefing workspace remove flights")
@_named
@with_globals
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Take the workspace NAME away; its sources and the verdicts on them stay in the library."""
    with ctx.ensure_object(State).reading() as library:
        gone = library.workspaces.remove(name)
    write(f"{gone.name}: removed; its sources stay in the library\n")


def _tell(one: "Workspace") -> None:
    from briefing.model.words import plural

    write(f"{one.name}{' (archived)' if one.archived else ''}: {plural(len(one.sources), 'source')}\n")
