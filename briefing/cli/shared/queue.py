"""``work`` and ``queue``: read and extract for a shared library, on any number of machines."""

import sys
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.options import format_option, jobs_option, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.library.postgres.tasks import Reader
    from briefing.library.postgres.tasks import State as QueueState

_STOPPED = "stopped; what was not done is taken by others, or by the same command"


def reader_of(state: State) -> "Reader":
    """By which program texts are read here."""
    from briefing import __version__
    from briefing.extract.nlp.fingerprint import fingerprint
    from briefing.library.postgres.tasks import Reader

    state.require_model()
    return Reader(
        fingerprint(state.settings.model, state.lexicons, state.settings.languages), __version__, state.settings.model
    )


def put(state: State, library: "Library", paths: tuple[str, ...], *, send: bool) -> None:
    """Put files into the queue, and print how many.

    Args:
        state: The call.
        library: The library, on a server.
        paths: Files, folders and web addresses.
        send: Whether the server keeps the files' bytes until they are read.
    """
    from briefing.cli.output import write
    from briefing.library.opening import queue_of
    from briefing.model.wording import plural

    tasks = queue_of(library)
    from briefing.ingest.work import wanted  # only where there is a queue

    new, known = tasks.put(wanted(paths, send=send), reader_of(state))
    write(f"{plural(new, 'source')} queued" + (f", {known} known already" if known else "") + "\n")


@click.command(
    cls=WithExamples,
    short_help="Take work from the queue of a shared library.",
    examples=[
        "briefing --library postgresql://desk@news.example/library work --jobs 4",
        "briefing work --until-empty",
    ],
)
@jobs_option
@click.option("--until-empty", is_flag=True, help="End once nothing is left, rather than wait for more.")
@click.option("--lease", type=click.FloatRange(1, 3600), default=60.0, show_default=True, metavar="SECONDS",
              help="How long others wait for a worker that says nothing before they take what it held.")  # fmt: skip
@with_globals
@click.pass_context
def work(ctx: click.Context, jobs: int | None, until_empty: bool, lease: float) -> None:
    """Read what is in the queue of a library on a server, with N processes, until Ctrl+C.

    Files are read where they lie, so this machine must see them under the same path, unless they were queued with
    --send. What cannot be read is tried three times, on whatever machine, and then set aside with the reason.
    """
    from functools import partial

    from briefing.cli.failing import Interrupted, tell
    from briefing.cli.output import report, write
    from briefing.cli.progress import watched
    from briefing.cli.stopping import stoppable
    from briefing.ingest import Ingest
    from briefing.ingest.processes import default_jobs
    from briefing.ingest.work import require_same
    from briefing.ingest.work import work as run
    from briefing.library.opening import queue_of
    from briefing.model.wording import plural
    from briefing.paths import kernels_file

    state = ctx.ensure_object(State)
    with state.open_library() as library:
        tasks = queue_of(library)
        library.require_writable()
        reader, count = reader_of(state), jobs or state.settings.jobs or default_jobs()
        if said := require_same(tasks, reader):
            tell(said)
        make = partial(
            Ingest, library, jobs=count, model=state.settings.model, lexicons=state.lexicons,
            kernels=state.settings.kernels, kernels_file=kernels_file(), cache=state.open_cache(),
            languages=state.settings.languages,
        )  # fmt: skip
        try:
            with stoppable() as stop, watched() as on_event:
                done = run(
                    library, make, jobs=count, reader=reader, stop=stop, until_empty=until_empty, lease=lease,
                    on_event=on_event, tell=tell,
                )  # fmt: skip
        except KeyboardInterrupt:
            raise Interrupted(_STOPPED) from None
    write(f"{plural(done.added, 'source')} added, {done.known} known already\n")
    if report(done.failures):
        sys.stdout.flush()
        ctx.exit(1)


@click.command(
    cls=WithExamples,
    short_help="What is in the queue of a shared library.",
    examples=["briefing queue", "briefing queue --format json", "briefing queue --retry"],
)
@click.option("--retry", is_flag=True, help="Put what was set aside back into the queue.")
@format_option("text", "json")
@with_globals
@click.pass_context
def queue(ctx: click.Context, retry: bool, form: str) -> None:
    """Show what waits in the queue of a library on a server, who is at work, and what was set aside."""
    import json

    from briefing.cli.output import write
    from briefing.library.opening import queue_of
    from briefing.model.wording import plural

    with ctx.ensure_object(State).reading() as library:
        tasks = queue_of(library)
        if retry:
            write(f"{plural(tasks.retry(), 'source')} put back\n")
            return
        found = tasks.state()
    if form == "json":
        readers = [{**one._asdict(), "waiting": n} for one, n in found.readers]
        workers = [{"name": name, "held": held, "a_minute": rate} for name, held, rate in found.workers]
        failures = [{"path": name, "error": reason, "attempts": n} for name, reason, n in found.failures]
        shape = {**found._asdict(), "readers": readers, "workers": workers, "failures": failures}
        write(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")
        return
    _show(found)


def _show(found: "QueueState") -> None:
    from briefing.cli.output import table, write
    from briefing.model.safetext import SafeText

    write(f"{found.waiting:,} waiting, {found.held:,} at work, {found.done:,} done, {found.failed:,} set aside\n")
    if found.workers:
        write("\n")
        table(
            ["WORKER", "HOLDS", "DONE A MINUTE"],
            [(SafeText(name).line(), str(held), f"{rate:.0f}") for name, held, rate in found.workers],
        )
    if found.failures:
        write("\n")
        table(
            ["PATH", "REASON"], [(SafeText(name).line(), SafeText(reason).line()) for name, reason, _ in found.failures]
        )
