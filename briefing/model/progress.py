"""What an ingest tells whoever watches it."""

from briefing.model.base import Frozen
from briefing.model.listing import Failure, SourceRow
from briefing.model.safetext import SafeText


class Discovered(Frozen):
    """So many files are to be looked at (grows while folders are walked)."""

    total: int


class Reading(Frozen):
    """This one is being read or extracted now."""

    path: SafeText


class Added(Frozen):
    """A source is in the library, extracted. ``known`` when it was there already and nothing had to be done."""

    row: SourceRow
    known: bool = False


class SetAside(Frozen):
    """A source that could not be read."""

    failure: Failure


class Finished(Frozen):
    """The end of an ingest; ``stopped`` when the user stopped it before all was done."""

    added: int
    known: int
    failures: tuple[Failure, ...]
    stopped: bool = False
    seconds: float = 0.0


IngestEvent = Discovered | Reading | Added | SetAside | Finished
