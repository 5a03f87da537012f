"""Files of unsupported kinds: counted, listed with what was set aside, reported; they are no failures."""

from collections.abc import Callable, Mapping

from briefing.library.library import Library
from briefing.model.listing import Failure
from briefing.model.progress import IngestEvent, Skipped
from briefing.model.safetext import SafeText
from briefing.model.source import NOT_READ, PassedOver


class PassedOverFiles:
    """Files of unsupported kinds of one ingest, a line for each folder or file that they are in.

    ``quiet``: a folder that holds the same as before is not reported again, as while it is watched.
    """

    def __init__(self, library: Library, on_event: Callable[[IngestEvent], None], *, quiet: bool) -> None:
        self.told: list[Failure] = []
        self._library = library
        self._on_event = on_event
        self._quiet = quiet

    def tell(self, path: SafeText, reason: str, ref: str = "") -> None:
        """List and report one line.

        Args:
            path: The folder or file, as users see it.
            reason: What it holds.
            ref: The file to read to try it again; empty for none.
        """
        failure = Failure(path=path, reason=SafeText(reason).line())
        self._library.set_aside.add(failure, ref)
        self.told.append(failure)
        self._on_event(Skipped(failure=failure))

    def tell_folders(self, folders: Mapping[str, Mapping[str, int]]) -> list[str]:
        """Tell of the files in these folders by kind; returns the folders that no longer hold any."""
        before = {failure.path: failure.reason for failure in self._library.failures()} if folders else {}
        cleared: list[str] = []
        for folder, kinds in folders.items():
            name = SafeText(folder).line()
            said = before.get(name)
            if kinds:
                found = PassedOver.in_folder(folder, kinds)
                if not (self._quiet and said == found.reason):
                    self.tell(found.path, found.reason)
            elif said is not None and NOT_READ.search(said):
                cleared.append(str(name))
        self._library.set_aside.forget(cleared)
        return cleared
