"""``watch``: add everything that comes into watched folders to the library."""

import sys
import time
from typing import TYPE_CHECKING

import click

from briefing.cli.command import WithExamples
from briefing.cli.options import ANY_PATH, format_option, jobs_option, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.ingest.folder_watcher import Watching
    from briefing.library import Library
    from briefing.model.progress import IngestEvent


@click.command(
    cls=WithExamples,
    short_help="Take in what comes into folders.",
    examples=[
        "briefing watch ~/inbox wires/",
        "briefing watch --once",
        "briefing watch --remove wires/",
    ],
)
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=ANY_PATH)
@click.option("--once", is_flag=True, help="Bring the library up to date with the watched folders, and end.")
@click.option("--list", "listing", is_flag=True, help="Which folders are watched.")
@click.option("--remove", "removing", is_flag=True, help="Stop watching these folders. What came from them stays.")
@jobs_option
@format_option("text", "json")
@with_globals
@click.pass_context
def watch(
    ctx: click.Context,
    folders: tuple[str, ...],
    once: bool,
    listing: bool,
    removing: bool,
    jobs: int | None,
    form: str,
) -> None:
    """Put FOLDERs on the list of watched folders, and take in what is and comes in them, until Ctrl+C.

    A file that changes becomes a newer version of its source; the source of one that is deleted is marked and kept. The
    list belongs to the library: without a FOLDER, all that are on it are watched. The reader watches them too.
    """
    if once + listing + removing > 1:
        raise click.UsageError("--once, --list and --remove exclude each other", ctx)
    if removing and not folders:
        raise click.UsageError("--remove needs the folders to watch no more", ctx)
    state = ctx.ensure_object(State)
    if listing:
        with state.reading() as library:
            _list(library, form)
        return
    with state.open_library() as library:
        for folder in folders:
            if removing:
                library.folders.unwatch(folder)
            else:
                library.folders.watch(folder)
        if removing:
            return
        if not library.folders.all():
            raise click.UsageError("no folder is watched yet; name one", ctx)
        state.require_model()
        watching = _watching(state, library, jobs)
        if once:
            _bring_up_to_date(ctx, watching)
        else:
            _stay(watching)


def _watching(state: State, library: "Library", jobs: int | None) -> "Watching":
    from briefing.ingest.folder_watcher import Watching

    settings = state.settings
    return Watching(
        library,
        jobs=settings.jobs if jobs is None else jobs,
        model=settings.model,
        lexicons=state.lexicons,
        languages=settings.languages,
        cache=state.open_cache(),
    )


def _list(library: "Library", form: str) -> None:
    import json

    from briefing.cli.output import write
    from briefing.model.safetext import SafeText

    folders = library.folders.all()
    if form == "json":
        shape = [{"folder": SafeText(str(folder)), "there": folder.is_dir()} for folder in folders]
        write(json.dumps({"folders": shape}, ensure_ascii=False, indent=1) + "\n")
        return
    for folder in folders:
        write(SafeText(str(folder)).line() + ("" if folder.is_dir() else "  (not there)") + "\n")


def _bring_up_to_date(ctx: click.Context, watching: "Watching") -> None:
    from briefing.cli.failing import Interrupted
    from briefing.cli.output import report, write
    from briefing.cli.progress import watched
    from briefing.cli.stopping import stoppable
    from briefing.model.wording import plural

    seen = _Seen()
    with stoppable() as stop, watched() as progress:

        def on_event(event: "IngestEvent") -> None:
            progress(event)
            seen.note(event)

        done = watching.catch_up(on_event, stop)
    said = [f"{plural(done.added, 'source')} added", *seen.said()]
    if done.failures:
        said.append(f"{len(done.failures)} set aside")
    write(", ".join(said) + "\n")
    hindered = report(done.failures) + seen.tell()
    report(done.passed_over)
    if done.stopped:
        raise Interrupted("stopped; the same command goes on from here")
    if hindered:
        ctx.exit(1)


def _stay(watching: "Watching") -> None:
    from briefing.cli.failing import tell
    from briefing.cli.stopping import stoppable

    tell("taking in what is in the watched folders; Ctrl+C ends")
    with stoppable() as stop:
        watching.run(_say, stop)
    tell("not watching any more; the folders stay on the list")


def _say(event: "IngestEvent") -> None:
    """Print one line for everything that happens to a source."""
    from briefing.cli.failing import tell
    from briefing.model.progress import Added, Gone, Hindered, Moved, SetAside, Watched
    from briefing.model.wording import plural

    match event:
        case Added(row=row, older=None, known=False):
            _line("added", row.title, row.path)
        case Added(row=row, older=str()):
            _line("changed", row.title, row.path)
        case Gone(row=row):
            _line("gone", row.title, row.path)
        case Moved(row=row):
            _line("moved", row.title, row.path)
        case SetAside(failure=failure):
            tell(f"{failure.path}: {failure.reason}")
        case Hindered(reason=reason):
            tell(reason)
        case Watched(folders=folders) if folders:
            tell(f"watching {plural(len(folders), 'folder')}")


def _line(what: str, title: str, path: str) -> None:
    from briefing.cli.output import write
    from briefing.model.safetext import SafeText

    write(f"{time.strftime('%H:%M:%S')}  {what:<7}  {SafeText(title).line()}  ({path})\n")
    sys.stdout.flush()


class _Seen:
    """Counts of what became of known sources, in one round."""

    def __init__(self) -> None:
        self.changed = self.moved = self.gone = 0
        self.hindered: list[str] = []

    def note(self, event: "IngestEvent") -> None:
        """Count an event."""
        from briefing.model.progress import Added, Gone, Hindered, Moved

        match event:
            case Added(older=str()):
                self.changed += 1
            case Gone():
                self.gone += 1
            case Moved():
                self.moved += 1
            case Hindered(reason=reason):
                self.hindered.append(reason)

    def said(self) -> list[str]:
        """The counts in words, without those that are zero."""
        return [
            f"{n} {what}" for n, what in ((self.changed, "changed"), (self.moved, "moved"), (self.gone, "gone")) if n
        ]

    def tell(self) -> int:
        """Say what was in the way; how much that was."""
        from briefing.cli.failing import tell

        for reason in self.hindered:
            tell(reason)
        return len(self.hindered)
