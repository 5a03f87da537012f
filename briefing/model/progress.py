"""Progress events of an ingest: found, added, skipped, failed, paused, finished."""

from briefing.model.base import Frozen
from briefing.model.listing import Failure, SourceRow
from briefing.model.safetext import SafeText


class Discovered(Frozen):
    """Number of files found so far; grows while folders are walked."""

    total: int


class Waiting(Frozen):
    """Another ingest of this library is running; this one starts after it."""


class Reading(Frozen):
    """A source that is being read or extracted now."""

    path: SafeText
    page: int = 0
    """Of a source whose pages are recognised in pictures: the number of the page among these; else zero."""
    pages: int = 0

    @property
    def now(self) -> SafeText:
        """What is being read, in words."""
        page = f", words of page {self.page} of {self.pages} are recognised" if self.pages > 1 else ""
        return self.path + SafeText(page)


class Paused(Frozen):
    """The ingest is paused: no new source is started."""


class Resumed(Frozen):
    """The ingest was resumed."""


class Added(Frozen):
    """A source is in the library, extracted. ``known`` when it was there already and nothing had to be done."""

    row: SourceRow
    known: bool = False
    older: str | None = None
    """Id of the source that its file held before it was changed."""


class Gone(Frozen):
    """The file of a source was deleted from a watched folder; the source is kept."""

    row: SourceRow


class Moved(Frozen):
    """The file of a source lies elsewhere now."""

    row: SourceRow
    before: SafeText


class Watched(Frozen):
    """All files in these watched folders are added; new ones will be added as they come."""

    folders: tuple[SafeText, ...]


class Hindered(Frozen):
    """A watched folder cannot be read, or the library cannot be written, for the time being.

    It is tried again from time to time.
    """

    reason: SafeText


class SetAside(Frozen):
    """A source that could not be read, with the reason."""

    failure: Failure


class Skipped(Frozen):
    """Files of unsupported kinds in a folder, an archive or a mail: listed, but no failure."""

    failure: Failure


class Finished(Frozen):
    """The end of an ingest; ``stopped`` when the user stopped it early."""

    added: int
    known: int
    failures: tuple[Failure, ...]
    passed_over: tuple[Failure, ...] = ()
    stopped: bool = False
    seconds: float = 0.0
    publishers: tuple[tuple[SafeText, int], ...] = ()
    """Who published what was added, with the number of sources, the most first; empty for those that name nobody."""


IngestEvent = (
    Discovered
    | Waiting
    | Reading
    | Paused
    | Resumed
    | Added
    | SetAside
    | Skipped
    | Finished
    | Gone
    | Moved
    | Watched
    | Hindered
)
