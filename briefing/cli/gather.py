"""The documents a command is about: paths that are read now, or sources of the library."""

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
    from briefing.library import Library
    from briefing.model.listing import Failure, SourceRow
    from briefing.model.progress import Finished

_PAGE = 500


class Place(NamedTuple):
    """Where a document came from, and its id."""

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
        from briefing.model.safetext import SafeText

        names = Names()
        for place in self._places:
            source, extraction = self.library.source(place.source_id), self.library.extraction(place.source_id)
            if source.path != place.path:  # the same bytes lie at several paths
                source = source.model_copy(update={"path": SafeText(place.path).line()})
            yield names.of(source.path), (source, extraction)


@contextmanager
def gathered(
    state: State, paths: Sequence[str], ids: Sequence[str] = (), jobs: int | None = None
) -> "Iterator[Gathered]":
    """The documents of ``paths`` (extracted now, or found in the cache), else of the library: all, or those of ``ids``.

    All are those that no newer version has replaced: two versions of one file are no two origins that disagree.
    Nothing of ``paths`` is put into the library. Raises :class:`NoSuchSource` where an id is not known.
    """
    if paths and ids:
        raise click.UsageError("--source names sources of the library and cannot be used with paths")
    if paths:
        stdin = sys.stdin.buffer.read() if "-" in paths else None
        with scratch_library() as library:
            done = ingest(state, library, paths, jobs, stdin)
            yield Gathered(library, list(_in_order(library, paths, stdin)), done.failures, done.passed_over)
        return
    with state.reading() as library:
        if ids:
            chosen = [library.row(resolved(library, ref)) for ref in dict.fromkeys(ids)]
            yield Gathered(library, [Place(row.path, row.id) for row in chosen])
        else:
            yield Gathered(library, (Place(row.path, row.id) for row in _everything(library) if row.newer is None))


def resolved(library: "Library", ref: str) -> str:
    """The id that begins with ``ref``. Raises :class:`NoSuchSource` where none or several do."""
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
    """Read and extract ``paths`` into ``library``, with progress on a terminal; nothing is extracted twice."""
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
        kernels=settings.kernels,
        kernels_file=kernels_file(),
        cache=state.open_cache(),
        stdin=stdin,
        allow_private=allow_private,
        outdated=outdated,
    )
    with watched() as on_event:
        return run.run(on_event, stop)


def _everything(library: "Library") -> "Iterator[SourceRow]":
    """All sources in the order in which they were added, a page at a time."""
    offset = 0
    while rows := library.sources(order="added", offset=offset, limit=_PAGE):
        yield from rows
        offset += len(rows)


def _in_order(library: "Library", paths: Sequence[str], stdin: bytes | None) -> Iterator[Place]:
    """What was read of ``paths``, in their order: once for every file, also where two files have the same bytes.

    After a file comes what is in it, such as an archive's documents.
    """
    from briefing.sources import INSIDE, source_id

    every = [Place(row.path, row.id) for row in _everything(library)]
    within: dict[str, list[Place]] = {}
    for place in every:
        within.setdefault(place.path.partition(INSIDE)[0], []).append(place)
    given: set[str] = set()
    seen: set[str] = set()
    for ref in paths:
        for path, key in [(ref, source_id(stdin or b""))] if ref == "-" else _files(ref):
            if path in seen:
                continue
            seen.add(path)
            own = [Place(path, key)] if key and library.has(key) else []
            for place in (*own, *(other for other in within.get(path, ()) if other.source_id not in {key, *given})):
                given.add(place.source_id)
                yield place
    yield from (place for place in every if place.source_id not in given)


def _files(ref: str) -> Iterator[tuple[str, str]]:
    """The files of a path with their ids; an empty id where one cannot be read, which the ingest has reported."""
    from briefing.sources import MAX_BYTES, discover, is_address, source_id

    for path in () if is_address(ref) else discover([ref]):
        try:
            yield str(path), source_id(path.read_bytes()) if path.stat().st_size <= MAX_BYTES else ""
        except OSError:
            yield str(path), ""
    if is_address(ref):
        yield ref, ""


def finish(ctx: click.Context, found: Gathered) -> None:
    """Name the sources that failed and end with the exit code that says so."""
    from briefing.cli.output import report

    report(found.passed_over)
    if report(found.failures):
        sys.stdout.flush()
        ctx.exit(1)
