"""``add``, ``list``, ``show``, ``remove``: manage the sources of the library."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

import click

from briefing.cli.command import WithExamples
from briefing.cli.completing import complete_ids
from briefing.cli.failing import Failed, Interrupted, NoSuchSource
from briefing.cli.finding.listing import ID_WIDTH, ORDERS
from briefing.cli.options import ANY_PATH, format_option, jobs_option, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.model.progress import Finished
    from briefing.model.safetext import SafeText
    from briefing.model.selection import Order

_PUBLISHERS: Final = 8
"""Publishers that are named of what was added."""
_STOPPED = "stopped; the same command goes on from here"


@click.command(
    cls=WithExamples,
    short_help="Put sources into the library.",
    examples=[
        "briefing add releases/ wire.html mail.mbox report.pdf",
        "briefing add https://example.org/news/feed.rss",
        "curl -s https://example.org/release | briefing add -",
        "briefing add --retry",
    ],
)
@click.argument("paths", nargs=-1, metavar="[PATH|URL|-]...", type=ANY_PATH)
@click.option("--retry", is_flag=True, help="Try again what was set aside before.")
@click.option("--again", is_flag=True, help="Extract anew what an older version read, or one with other lexicons.")
@jobs_option
@click.option("--allow-private", is_flag=True, help="Fetch addresses of this machine and of private networks too.")
@click.option(
    "--queue", is_flag=True, help="Have them read by 'briefing work', on whatever machine; of a library on a server."
)
@click.option(
    "--send", is_flag=True, help="With --queue: the files' bytes too, for machines that do not see the files."
)
@with_globals
@click.pass_context
def add(
    ctx: click.Context,
    paths: tuple[str, ...],
    retry: bool,
    again: bool,
    jobs: int | None,
    allow_private: bool,
    queue: bool,
    send: bool,
) -> None:
    """Put files, folders, web addresses or standard input (-) into the library.

    Archives, mail and feeds become one source for each document, message or entry in them. A file that was changed
    since it was added becomes a newer version of its source.

    What is in it already is left as it is, so the same command goes on with a run that was stopped.

    With --again, the texts in the library are what is read: the files need not be there any more. Your verdicts, tags
    and notes stay.
    """
    from briefing.cli.gather import ingest
    from briefing.cli.output import write
    from briefing.cli.stopping import stoppable

    if bool(paths) + retry + again != 1:
        raise click.UsageError("name what to add, or give one of --retry and --again, and nothing else", ctx)
    state = ctx.ensure_object(State)
    if queue and (retry or again or "-" in paths):
        raise click.UsageError("--queue takes files, folders and addresses", ctx)
    if queue and state.library_path is not None:
        raise Failed("only a library on a server has a queue; without --queue, it is added at once")
    if send and not queue:
        raise click.UsageError("--send is for --queue: what is added at once is read here", ctx)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with state.open_library() as library:
        if queue:
            from briefing.cli.shared.queue import put

            put(state, library, tuple(_from_root(path) for path in paths), send=send)
            return
        refs = library.set_aside.refs() if retry else [_from_root(path) for path in paths]
        if retry and not refs:
            write("nothing is set aside\n")
            return
        try:
            with stoppable() as stop:
                done = ingest(state, library, refs, jobs, stdin, allow_private, outdated=again, stop=stop)
        except KeyboardInterrupt:
            raise Interrupted(_STOPPED) from None
    _sum_up(ctx, done, "extracted anew" if again else "added")


def _from_root(path: str) -> str:
    """A file as the library remembers it, wherever the program is started next."""
    from briefing.library.store.watched_folders import absolute
    from briefing.sources import is_address

    return path if path == "-" or is_address(path) else str(absolute(path))


def _sum_up(ctx: click.Context, done: "Finished", what: str) -> None:
    from briefing.cli.output import report, write
    from briefing.model.wording import plural

    said = [f"{plural(done.added, 'source')} {what}"]
    if done.known:
        said.append(f"{done.known} known already")
    if done.failures:
        said.append(f"{len(done.failures)} set aside")
    write(", ".join(said) + "\n" + _published(done))
    failed = report(done.failures)
    report(done.passed_over)
    if done.stopped:
        raise Interrupted(_STOPPED)
    if failed:
        ctx.exit(1)


def _published(done: "Finished") -> str:
    """A line with the publishers of what was added; none where no source names one."""
    named = [f"{name.line()} ({n})" for name, n in done.publishers if name]
    without = sum(n for name, n in done.publishers if not name)
    if not named:
        return ""
    more = len(named) - _PUBLISHERS
    rest = [f"{more} more"] * (more > 0) + [f"{without} without a publisher"] * (without > 0)
    return f"from {', '.join([*named[:_PUBLISHERS], *rest])}\n"


@click.command(
    name="list",
    cls=WithExamples,
    short_help="What is in the library.",
    examples=[
        "briefing list",
        'briefing list "air force" --order title',
        "briefing list --format json",
        "briefing list --failed",
    ],
)
@click.argument("words", required=False, metavar="[WORDS]", default="")
@click.option(
    "--order", type=click.Choice(ORDERS), default=ORDERS[0], show_default=True,
    help="What comes first.",
)  # fmt: skip
@click.option("--failed", is_flag=True, help="What was set aside, with the reasons.")
@format_option("text", "json")
@with_globals
@click.pass_context
def list_(ctx: click.Context, words: str, order: str, failed: bool, form: str) -> None:
    """List the sources of the library, or those with WORDS in title or publisher."""
    from briefing.cli.finding.listing import list_sources

    list_sources(ctx.ensure_object(State), words, cast("Order", order), failed, form)


@click.command(
    name="show",
    cls=WithExamples,
    short_help="One source with its facts.",
    examples=[
        "briefing show 3f2a",
        "briefing show 3f2a --text",
    ],
)
@click.argument("ref", metavar="ID", shell_complete=complete_ids)
@format_option("text", "json")
@click.option("--text", "whole", is_flag=True, help="The source's text, and nothing else.")
@with_globals
@click.pass_context
def show_source(ctx: click.Context, ref: str, form: str, whole: bool) -> None:
    """Show one source of the library with its facts; the beginning of its ID is enough."""
    import json

    from briefing.cli.facts_text import print_document
    from briefing.cli.gather import resolved
    from briefing.cli.output import write
    from briefing.export import Names, document_json
    from briefing.library.notes import notes_of

    with ctx.ensure_object(State).reading() as library:
        key = resolved(library, ref)
        document, said = (library.source(key), library.extraction(key)), notes_of(library, key)
    if whole:
        write(document[0].text.rstrip("\n") + "\n")
    elif form == "json":
        shape = document_json(Names().of(document[0].path), document, text=True, notes=lambda _: said)
        write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")
    else:
        print_document(document, said[0])


@click.command(
    cls=WithExamples,
    short_help="Take sources out of the library.",
    examples=[
        "briefing remove 3f2a 90bc --yes",
        "briefing remove --failed scans/broken.pdf",
    ],
)
@click.argument("refs", nargs=-1, metavar="[ID|PATH]...", shell_complete=complete_ids)
@click.option("--failed", is_flag=True, help="Forget that these PATHs, or all, were set aside.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_globals
@click.pass_context
def remove(ctx: click.Context, refs: tuple[str, ...], failed: bool, yes: bool) -> None:
    """Take sources out of the library, with what was found in them and said of it. The files stay where they are.

    Nothing of them stays in the library's file, beside it, or in the cache.
    """
    from briefing.cli.failing import tell
    from briefing.cli.gather import resolved
    from briefing.cli.output import write

    if not refs and not failed:
        raise click.MissingParameter(ctx=ctx, param_hint="ID...", param_type="argument")
    missed = False
    with ctx.ensure_object(State).reading() as library:
        if failed:
            missed = _forget_failed(library, refs, yes)
            refs = ()
        chosen: dict[str, SafeText] = {}
        for ref in refs:
            try:
                row = library.row(resolved(library, ref))
            except NoSuchSource as error:
                tell(error.message)
                missed = True
                continue
            title = row.title.line()
            if _is_sure(f"Remove {title}?", yes):
                chosen[row.id] = title
        if chosen:
            library.remove(*chosen)
        for key, title in chosen.items():
            write(f"removed {key[:ID_WIDTH]} {title}\n")
    if missed:
        ctx.exit(1)


def _forget_failed(library: "Library", paths: Sequence[str], yes: bool) -> bool:
    """Take these paths from the list of what was set aside, or all; whether one was not on it."""
    from briefing.cli.failing import tell
    from briefing.cli.output import write

    listed = {str(failure.path) for failure in library.failures()}
    named = {path: path if path in listed else _from_root(path) for path in paths}
    for path, full in named.items():
        if full not in listed:
            tell(f"{path} is not among what was set aside; see that with: briefing list --failed")
    chosen = listed & set(named.values()) if paths else listed
    if chosen and (paths or _is_sure(f"Forget all {len(chosen)} that were set aside?", yes)):
        write(f"{library.set_aside.forget(chosen)} forgotten\n")
    return bool(set(named.values()) - listed)


def _is_sure(question: str, yes: bool) -> bool:
    """Whether to go ahead: whoever is not there to be asked has made sure."""
    from briefing.cli.output import is_terminal

    return yes or not is_terminal(sys.stdin) or click.confirm(question, default=False)
