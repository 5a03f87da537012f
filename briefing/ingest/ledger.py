"""Gather what was read from each file, and write it into the library's records of files."""

from typing import Final

from briefing.ingest.messages import Job
from briefing.library.library import Library
from briefing.library.store.file_records import Note
from briefing.model.safetext import SafeText

_MANY: Final = 200
"""Notes that are written at once."""


class Ledger:
    """Gathers notes of files, and writes them after the sources that they are about."""

    def __init__(self, library: Library, tried: str) -> None:
        self.library = library
        self.tried = tried
        """By which readers and extractor files are tried now."""
        self._notes: list[Note] = []
        self._changed: list[tuple[str, Note]] = []
        """Files that held other sources before. What became of those is known when all have been read."""
        self._open: dict[Job, _Open] = {}
        """Files of several sources of which some are not settled."""

    def read(self, job: Job, source_id: str) -> None:
        """Note that the source of a job is in the library.

        Args:
            job: The job.
            source_id: Id of the source.
        """
        if job.stamp is not None:
            note = Note(job.stamp, job.part, source_id)
            if job.before and job.before != source_id:
                self._changed.append((job.before, note))
            else:
                self._notes.append(note)
        self._settle(job, failed=False)

    def fail(self, job: Job) -> None:
        """Note that a job gave no source."""
        if job.stamp is not None and not job.part:
            self._notes.append(Note(job.stamp, tried=self.tried))
        self._settle(job, failed=True)

    def open(self, job: Job, made: int, *, failed: bool) -> None:
        """Note that a file was taken apart into several sources.

        Args:
            job: The file's job.
            made: Number of the sources.
            failed: Whether others in it could not be read.
        """
        self._open[job] = _Open(made, failed)
        self._close(job)

    def write(self, *, all: bool = False) -> list[tuple[str, SafeText]]:  # noqa: A002
        """Write the notes that are due, or all; returns the ids of sources that have moved, and where they were."""
        if not all and len(self._notes) < _MANY:
            return []
        notes, self._notes = self._notes, []
        return self.library.files.note(notes)

    def end(self) -> list[tuple[str, SafeText]]:
        """Write all notes at the end of an ingest; returns the same."""
        changed, self._changed = self._changed, []
        return self.write(all=True) + self.library.files.replace(changed)

    def _settle(self, job: Job, *, failed: bool) -> None:
        if job.parent is not None and job.parent in self._open:
            opened = self._open[job.parent]
            opened.left -= 1
            opened.failed |= failed
            if not failed:
                opened.parts.add(job.part)
            self._close(job.parent)

    def _close(self, job: Job) -> None:
        """Note a file of several sources once all of them are settled."""
        opened = self._open[job]
        if opened.left:
            return
        del self._open[job]
        if job.stamp is not None:
            self.library.files.contents(job.stamp.path, opened.parts)
            self._notes.append(Note(job.stamp, tried=self.tried if opened.failed else None))


class _Open:
    """A file of several sources."""

    def __init__(self, left: int, failed: bool) -> None:
        self.left = left
        self.failed = failed
        self.parts: set[str] = set()
