"""What an ingest tells whoever watches it."""

from briefing.model.base import Frozen
from briefing.model.listing import Failure, SourceRow
from briefing.model.safetext import SafeText


class Discovered(Frozen):
    """So many files are to be looked at (grows while folders are walked)."""

    total: int


class Waiting(Frozen):
    """Another ingest of this program is at work; this one begins when that is done."""


class Reading(Frozen):
    """This one is being read or extracted now."""

    path: SafeText


class Paused(Frozen):
    """No new work is begun until it goes on."""


class Resumed(Frozen):
    """It goes on."""


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
    """All that is in these folders is taken in; from now on what comes into them is."""

    folders: tuple[SafeText, ...]


class Hindered(Frozen):
    """For the time being, something keeps a watched folder from being looked into, or the library from being written.

    It is tried again from time to time.
    """

    reason: SafeText


class SetAside(Frozen):
    """A source that could not be read."""

    failure: Failure


class Skipped(Frozen):
    """Files of kinds that are not read, in a folder, an archive or a mail: no failure, but said."""

    failure: Failure


class Finished(Frozen):
    """The end of an ingest; ``stopped`` when the user stopped it before all was done."""

    added: int
    known: int
    failures: tuple[Failure, ...]
    passed_over: tuple[Failure, ...] = ()
    stopped: bool = False
    seconds: float = 0.0


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
