"""``export``: the brief."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import Failed
from briefing.cli.options import ANY_PATH, as_extracted_option, picking, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.cli.gather import Gathered
    from briefing.export import ExportFormat, Selection


@click.command(
    cls=WithExamples,
    short_help="Write a cited brief.",
    examples=[
        "briefing export releases/ -o brief.md",
        "briefing export --source 3f2a --source 90bc --format html -o brief.html",
        "briefing export --show-template > own.md.j2",
        "briefing export releases/ --template own.md.j2 -o -",
    ],
)
@picking
@click.option("-o", "--output", default="-", metavar="FILE|-", type=ANY_PATH, help="Where to; - is standard output.")
@click.option(
    "--format", "form", type=click.Choice(["markdown", "json", "html", "csv"]),
    help="By default what the file's name says, else markdown.",
)  # fmt: skip
@click.option("--title", default="", help="The brief's title.")
@click.option("--date", "day", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="The brief's date; today.")
@click.option("--template", type=click.Path(dir_okay=False, path_type=Path), help="A Jinja template of your own.")
@click.option("--show-template", is_flag=True, help="Print our template, to start your own from, and end.")
@click.option("--accepted", is_flag=True, help="Only facts that you accepted or corrected.")
@as_extracted_option
@click.option("--no-compare", is_flag=True, help="Do not say where sources agree and differ.")
@click.option("--overwrite", is_flag=True, help="Replace FILE where it is there already.")
@with_globals
@click.pass_context
def export(
    ctx: click.Context,
    paths: tuple[str, ...],
    ids: tuple[str, ...],
    jobs: int | None,
    output: str,
    form: "ExportFormat | None",
    title: str,
    day: datetime | None,
    template: Path | None,
    show_template: bool,
    accepted: bool,
    as_extracted: bool,
    no_compare: bool,
    overwrite: bool,
) -> None:
    """Write a brief of the PATHs, else of the library: every fact with a footnote that names its passage."""
    from briefing.cli.gather import finish, gathered
    from briefing.export import format_of, render

    made_of = form or format_of(str(template).removesuffix(".j2") if template else output)
    if show_template:
        _print_template(made_of)
        return
    if accepted and paths:
        raise click.UsageError("--accepted is about the library and cannot be used with paths")
    if accepted and as_extracted:
        raise click.UsageError("--accepted and --as-extracted exclude each other")
    if output != "-" and not overwrite and Path(output).is_file():
        raise Failed(f"{output} is there already; --overwrite replaces it")
    today = day.date() if day else date.today()
    state = ctx.ensure_object(State)
    if template is None and made_of == "markdown":
        template = state.template
    with gathered(state, paths, ids, jobs) as found:
        selection = _selection(found, title, today, accepted, as_extracted, compare=not no_compare)
        if not selection.documents:
            finish(ctx, found)
            raise Failed("there are no sources to make a brief of")
        _put(render(selection, made_of, template), output, overwrite)
        finish(ctx, found)


def _selection(
    found: "Gathered", title: str, day: date, accepted: bool, as_extracted: bool, compare: bool
) -> "Selection":
    from briefing.export import Selection, compare_reviewed
    from briefing.model.safetext import SafeText

    documents = tuple({document[0].id: document for _, document in found}.values())
    judged = () if as_extracted else documents
    reviews = {source.id: verdicts for source, _ in judged if (verdicts := found.library.reviews(source.id))}
    comparison = compare_reviewed(documents, reviews, accepted) if compare else None
    return Selection(documents, day, SafeText(title), reviews, comparison, accepted)


def _put(text: str, output: str, overwrite: bool) -> None:
    from briefing.cli.output import write
    from briefing.export import write_file

    if output == "-":
        write(text)
        return
    try:
        write_file(Path(output), text, overwrite)
    except FileExistsError as error:
        raise Failed(f"{output} is there already; --overwrite replaces it") from error


def _print_template(made_of: str) -> None:
    from briefing.cli.output import write
    from briefing.export.templating import shipped

    if made_of not in {"markdown", "html"}:
        raise click.UsageError(f"{made_of} is not made from a template")
    write(shipped("html" if made_of == "html" else "markdown"))
