"""``export``: write a brief."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.briefs.selecting import Wanted, originals_of, selection_of
from briefing.cli.command import WithExamples
from briefing.cli.failing import Failed
from briefing.cli.options import ANY_PATH, as_extracted_option, picking, with_globals
from briefing.cli.state import State
from briefing.model.regular_files import MAX_OWN, read_words

if TYPE_CHECKING:
    from briefing.export import Selection


class FormatType(click.Choice[str]):
    """Our formats, which help and completion show, and those of other packages."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The format of that name."""
        if value not in self.choices:
            from briefing.export.plugins import plugin_exports

            if value in (others := plugin_exports()):
                return str(value)
            self.fail(f"{value!r} is not one of {', '.join(map(repr, (*self.choices, *others)))}.", param, ctx)
        return super().convert(value, param, ctx)


@click.command(
    cls=WithExamples,
    short_help="Write a cited brief.",
    examples=[
        "briefing export releases/ -o brief.md",
        "briefing export --source 3f2a --source 90bc --format html -o brief.html",
        "briefing export releases/ --bottom-line @line.txt -o flights.zip",
        "briefing export --show-template > own.md.j2",
        "briefing export releases/ --template own.md.j2 -o -",
    ],
)
@picking
@click.option("-o", "--output", default="-", metavar="FILE|-", type=ANY_PATH, help="Where to; - is standard output.")
@click.option(
    "--format", "form",
    type=FormatType(["markdown", "json", "html", "csv", "docx", "csl-json", "ftm", "geojson", "bundle"]),
    help="By default what the file's name says, else markdown. Other packages may add formats.",
)  # fmt: skip
@click.option("--title", default="", help="The brief's title.")
@click.option("--date", "day", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="The brief's date; today.")
@click.option("--bottom-line", metavar="TEXT|@FILE", default="", help="Your judgement, which the brief begins with.")
@click.option(
    "--grades", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Reliability of publishers and sources, as TOML; grades.toml beside the settings.",
)  # fmt: skip
@click.option(
    "--since", metavar="BRIEF.json|BUNDLE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Say what changed since that brief.",
)  # fmt: skip
@click.option("--template", type=click.Path(dir_okay=False, path_type=Path), help="A Jinja template of your own.")
@click.option("--show-template", is_flag=True, help="Print our template, to start your own from, and end.")
@click.option("--notes", is_flag=True, help="With your notes on sources and facts; the setting notes does so always.")
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
    form: str | None,
    title: str,
    day: datetime | None,
    bottom_line: str,
    grades: Path | None,
    since: Path | None,
    template: Path | None,
    show_template: bool,
    notes: bool,
    accepted: bool,
    as_extracted: bool,
    no_compare: bool,
    overwrite: bool,
) -> None:
    """Write a brief of the PATHs, else of the library: claims under their events, each with its footnotes.

    A bundle is the brief with its sources and your verdicts, as a zip that 'verify' checks and 'import' takes in.
    """
    from briefing.cli.gather import finish, gathered
    from briefing.export import format_of

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
    wanted = Wanted(
        title, today, _words(bottom_line), grades, since, accepted, as_extracted,
        compare=not no_compare, notes=notes or state.settings.notes, workspace=state.workspace,
    )  # fmt: skip
    with gathered(state, paths, ids, jobs) as found:
        selection = selection_of(found, wanted)
        if not selection.documents:
            finish(ctx, found)
            raise Failed("there are no sources to make a brief of")
        _put(_made(selection, made_of, template), output, overwrite)
        finish(ctx, found)


def _words(bottom_line: str) -> str:
    """The bottom line, or what the file after the @ holds."""
    if not bottom_line.startswith("@"):
        return bottom_line
    try:
        return read_words(bottom_line[1:], MAX_OWN)
    except UnicodeDecodeError as error:
        raise Failed(f"{bottom_line[1:]} is no UTF-8 text") from error


def _made(selection: "Selection", made_of: str, template: Path | None) -> bytes:
    from briefing.export import render_bytes

    originals = originals_of(selection) if made_of == "bundle" else None
    return render_bytes(selection, made_of, template, originals)


def _put(data: bytes, output: str, overwrite: bool) -> None:
    from briefing.cli.output import is_terminal, write
    from briefing.export import write_file
    from briefing.model.safetext import SafeText

    if output == "-":
        try:
            text = data.decode()  # a template or another package's format may bring escapes of its own
            write(SafeText(text) if sys.stdout.isatty() else text)
        except UnicodeDecodeError:
            if is_terminal():
                raise Failed("this format is no text; name a file with -o") from None
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        return
    try:
        write_file(Path(output), data, overwrite)
    except FileExistsError as error:
        raise Failed(f"{output} is there already; --overwrite replaces it") from error


def _print_template(made_of: str) -> None:
    from briefing.cli.output import write
    from briefing.export.templating import shipped

    if made_of not in {"markdown", "html"}:
        raise click.UsageError(f"{made_of} is not made from a template")
    write(shipped("html" if made_of == "html" else "markdown"))
