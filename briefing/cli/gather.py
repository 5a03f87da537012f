"""Load the documents a command is about: paths that are read now, or sources of the library."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import click

from briefing.cli.failing import NoSuchSource
from briefing.cli.state import State, scratch_library

if TYPE_CHECKING:
    import threading

    from briefing.export.selection import Document
    from briefing.ingest import Ingest
    from briefing.library import Library
    from briefing.library.search.fact_filter import FactFilter
    from briefing.model.listing import Failure, SourceRow
    from briefing.model.progress import Finished

_PAGE = 500


class Place(NamedTuple):
    """A document's path or address, and its id."""

    path: str
    source_id: str


class Gathered:
    """The documents in order, fetched one at a time, and the sources that could not be read."""

    def __init__(
        self,
        library: "Library",
        places: Iterable[Place],
        failures: "Sequence[Failure]" = (),
        passed_over: "Sequence[Failure]" = (),
    ) -> None:
        self.library = library
        self.failures = failures
        self.passed_over = passed_over
        self._places = places

    def __iter__(self) -> "Iterator[tuple[str, Document]]":
        """Each document with its name: the stem of its file, made unique."""
        from briefing.export import Names
        from briefing.library.errors import Damaged
        from briefing.model.listing import Failure
        from briefing.model.safetext import SafeText

        names = Names()
        for place in self._places:
            try:
                source, extraction = self.library.source(place.source_id), self.library.extraction(place.source_id)
            except Damaged as error:  # it is named at the end, and the others are done
                self.failures = (*self.failures, Failure(path=SafeText(place.path).line(), reason=error.message))
                continue
            if source.path != place.path:  # the same bytes lie at several paths
                source = source.model_copy(update={"path": SafeText(place.path).line()})
            yield names.of(source.path), (source, extraction)


@contextmanager
def gathered(
    state: State,
    paths: Sequence[str],
    ids: Sequence[str] = (),
    jobs: int | None = None,
    wanted: "FactFilter | None" = None,
) -> "Iterator[Gathered]":
    """The documents of the paths (extracted now, or cached), else of the library; nothing is added to the library.

    Versions that a newer one has replaced are left out: two versions of one file are no two origins that disagree.

    Args:
        state: The call.
        paths: Files, folders and ``-``; empty for the library.
        ids: Beginnings of ids of sources in the library; empty for all, or for those of the call's workspace.
        jobs: Upper bound on worker processes; None for the setting.
        wanted: Only sources that may have such facts, the newest first; None for all.

    Raises:
        click.UsageError: Where both paths and ids are given.
        NoSuchSource: Where an id is not known, or its beginning is that of several.
    """
    if paths and (ids or state.workspace):
        named = "--source" if ids else "--workspace"
        raise click.UsageError(f"{named} names sources of the library and cannot be used with paths")
    if ids and state.workspace:
        raise click.UsageError("--source and --workspace exclude each other")
    if paths:
        stdin = sys.stdin.buffer.read() if "-" in paths else None
        with scratch_library() as library:
            done, run = _taken_in(state, library, paths, jobs, stdin)
            yield Gathered(library, list(_in_order(run.placed)), done.failures, done.passed_over)
        return
    with state.reading() as library:
        if state.workspace:
            ids = library.workspaces.get(state.workspace).sources
        if ids or state.workspace:
            chosen = [library.row(resolved(library, ref)) for ref in dict.fromkeys(ids)]
            yield Gathered(library, [Place(row.path, row.id) for row in chosen])
        else:
            rows = _everything(library) if wanted is None else library.with_facts(wanted)
            yield Gathered(library, (Place(row.path, row.id) for row in rows if row.newer is None))


def resolved(library: "Library", ref: str) -> str:
    """The whole id of a source.

    Args:
        library: The library.
        ref: The beginning of the id.

    Raises:
        NoSuchSource: Where no id, or several, begin so.
    """
    from briefing.library import LibraryError

    try:
        return library.resolve(ref)
    except LibraryError as error:
        raise NoSuchSource(str(error)) from error


def ingest(
    state: State,
    library: "Library",
    paths: Sequence[str],
    jobs: int | None = None,
    stdin: bytes | None = None,
    allow_private: bool = False,
    *,
    outdated: bool = False,
    stop: "threading.Event | None" = None,
) -> "Finished":
    """Read and extract paths into a library, with progress on a terminal; nothing is extracted twice.

    Args:
        state: The call.
        library: The library.
        paths: Files, folders, web addresses and ``-``.
        jobs: Upper bound on worker processes; None for the setting.
        stdin: What ``-`` stands for; None where it is not among the paths.
        allow_private: Whether addresses may be on this machine or a private network.
        outdated: Whether to extract the library's outdated sources instead of paths.
        stop: Ends the ingest once it is set; None for never.
    """
    return _taken_in(state, library, paths, jobs, stdin, allow_private=allow_private, outdated=outdated, stop=stop)[0]


def _taken_in(
    state: State,
    library: "Library",
    paths: Sequence[str],
    jobs: int | None,
    stdin: bytes | None,
    *,
    allow_private: bool = False,
    outdated: bool = False,
    stop: "threading.Event | None" = None,
) -> "tuple[Finished, Ingest]":
    """The result of an ingest, and the ingest, which knows which source each file is."""
    from briefing.cli.progress import watched
    from briefing.ingest import Ingest
    from briefing.paths import kernels_file

    state.require_model()
    settings = state.settings
    run = Ingest(
        library,
        paths,
        jobs=settings.jobs if jobs is None else jobs,
        model=settings.model,
        lexicons=state.lexicons,
        languages=settings.languages,
        kernels=settings.kernels,
        kernels_file=None if state.private else kernels_file(),
        cache=state.open_cache(),
        stdin=stdin,
        allow_private=allow_private,
        outdated=outdated,
    )
    with watched() as on_event:
        return run.run(on_event, stop), run


def _everything(library: "Library") -> "Iterator[SourceRow]":
    """All sources in the order in which they were added, a page at a time."""
    offset = 0
    while rows := library.sources(order="added", offset=offset, limit=_PAGE):
        yield from rows
        offset += len(rows)


def _in_order(placed: "Iterable[tuple[int, str, str]]") -> Iterator[Place]:
    """The sources in the order of the paths: once for every file, also where two files have the same bytes.

    After a file comes what is in it, such as an archive's documents, each once. The files are not looked at again:
    what reads them are other processes, within limits.
    """
    from briefing.sources import INSIDE

    given: set[str] = set()
    seen: set[Place] = set()
    for place in (Place(path, source_id) for _, path, source_id in sorted(placed)):
        if place in seen or (INSIDE in place.path and place.source_id in given):
            continue
        seen.add(place)
        given.add(place.source_id)
        yield place


def finish(ctx: click.Context, found: Gathered) -> None:
    """Name the sources that failed and end with the exit code that says so.

    Args:
        ctx: Context of the command.
        found: Its documents.
    """
    from briefing.cli.output import report

    report(found.passed_over)
    if report(found.failures):
        sys.stdout.flush()
        ctx.exit(1)
