"""``searches``: list saved searches, run one again, or remove one."""

import json
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.completing import complete_saved
from briefing.cli.failing import Failed
from briefing.cli.finding.search_output import show_result
from briefing.cli.options import format_option, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.model.answers import SavedSearch
    from briefing.model.safetext import SafeText


@click.command(
    cls=WithExamples,
    short_help="Saved searches.",
    examples=[
        "briefing searches",
        "briefing searches missiles",
        "briefing searches missiles --remove",
    ],
)
@click.argument("name", required=False, shell_complete=complete_saved)
@click.option("--remove", is_flag=True, help="Delete the saved search, or the list of names, called NAME.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="At most so many hits."
)
@format_option("text", "json")
@with_globals
@click.pass_context
def searches(ctx: click.Context, name: str | None, remove: bool, limit: int, form: str) -> None:
    """List the saved searches with what came since the last look, or run the one called NAME.

    'briefing search QUERY --save NAME' saves one, 'briefing search --queries FILE.csv --save NAME' a list of names.
    Running a search counts as a look: what it shows is no longer new.
    """
    if remove and name is None:
        raise click.UsageError("--remove needs the NAME of a saved search")
    with ctx.ensure_object(State).reading() as library:
        lists = library.searches.lists
        if name is None:
            _list(library.searches.saved(), lists.all(), form)
            return
        listed = library.searches.query(name) is None and any(
            one.casefold() == name.casefold() for one, _ in lists.all()
        )
        if remove:
            lists.remove(name) if listed else library.searches.remove(name)
            return
        if listed:
            from briefing.cli.finding.name_lists import search_list

            search_list(library, lists.get(name), limit, form)
            return
        query = library.searches.query(name)
        if query is None:
            raise Failed(f"there is no saved search '{name}'; 'briefing searches' lists them")
        if not library.read_only:
            library.searches.mark_seen(name)  # first: what comes while it runs is new the next time
        show_result(library.search(query, limit=limit), None, library.totals().sources, form)


def _list(saved: "list[SavedSearch]", lists: "list[tuple[SafeText, int]]", form: str) -> None:
    from briefing.cli.output import table, write
    from briefing.model.listing import as_json
    from briefing.model.words import plural

    if form == "json":
        named = [{"name": name, "names": n} for name, n in lists]
        shape = {"searches": [as_json(one) for one in saved], "lists": named}
        write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")
        return
    rows = [
        (str(one.name), _number(one.new, one.new_exact), _number(one.total, one.exact), str(one.query)) for one in saved
    ]
    rows += [(str(name), "", "", f"a list of {plural(n, 'name')}") for name, n in lists]
    table(["NAME", "NEW", "FOUND", "QUERY"], rows, right=(1, 2))


def _number(n: int, exact: bool) -> str:
    return f"{n:,}{'' if exact else '+'}"
