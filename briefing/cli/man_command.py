"""``man``: the manual pages."""

from pathlib import Path

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import Failed


@click.command(
    cls=WithExamples,
    short_help="The manual pages.",
    examples=[
        "briefing man --into ~/.local/share/man/man1",
        "briefing man search | man -l -",
    ],
)
@click.argument("words", nargs=-1, metavar="[COMMAND]...")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Write all pages into this folder.")
@click.pass_context
def man(ctx: click.Context, words: tuple[str, ...], into: Path | None) -> None:
    """Print the manual page of the program or of a COMMAND, or write those of all into a folder."""
    from briefing.cli.man_pages import pages
    from briefing.cli.output import write
    from briefing.model.words import plural

    root = ctx.find_root().command
    assert isinstance(root, click.Group)
    made = dict(pages(root))
    if into is not None:
        into.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (into / f"{name}.1").write_text(text, encoding="utf-8")
        write(f"wrote {plural(len(made), 'page')} into {into}\n")
        return
    name = "-".join(["briefing", *words])
    if name not in made:
        raise Failed(f"there is no command '{' '.join(words)}'; 'briefing --help' lists them")
    write(made[name])
