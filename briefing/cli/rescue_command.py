"""``rescue``: save what can be read of a damaged library into a new one."""

from pathlib import Path

import click

from briefing.cli.command import WithExamples
from briefing.cli.options import with_globals

_NAMED = 20
"""Lost sources that are named one by one."""


@click.command(
    cls=WithExamples,
    short_help="Save what can be read of a damaged library.",
    examples=["briefing rescue ~/.local/share/briefing/library.db saved.db", "briefing --library saved.db"],
)
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@with_globals
@click.pass_context
def rescue(ctx: click.Context, old: Path, new: Path) -> None:
    """Save all that can be read of the library file OLD into the new file NEW. OLD is not changed.

    First reviews, tags, edits of entities and searches, then the sources with what was found in them. A source of which
    only the text is left is extracted anew by 'briefing --library NEW add --again'. The exit code is 1 where sources
    were lost; each is named.
    """
    from briefing.cli.failing import tell
    from briefing.cli.output import write
    from briefing.library.store.rescue import rescue as save
    from briefing.model.wording import plural

    saved = save(old, new)
    write(f"{plural(saved.sources, 'source')} and {plural(saved.notes, 'note')} saved\n")
    if saved.without_facts:
        again = f"briefing --library {new} add --again"
        write(f"{saved.without_facts} of them without what was found in them; extract that anew with: {again}\n")
    for path in saved.lost[:_NAMED]:
        tell(f"{path}: its text could not be read; add the file again")
    if len(saved.lost) > _NAMED:
        tell(f"{len(saved.lost) - _NAMED} more could not be read")
    if saved.lost:
        ctx.exit(1)
