"""What the parts of a library promise: tags, files, searches that are kept, edits of names. Types only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from briefing.library.store.file_records import Fate, Note, Row
    from briefing.model.answers import SavedSearch
    from briefing.model.entity_edit import EntityEdit
    from briefing.model.kinds import EntityType
    from briefing.model.listing import Failure
    from briefing.model.safetext import SafeText


class Tagged(Protocol):
    """Tags."""

    def of(self, source_id: str) -> list[SafeText]:
        """The tags of a source, in alphabetical order."""

    def all(self) -> list[tuple[SafeText, int]]:
        """Every tag in use, in alphabetical order, with the number of its sources."""

    def set(self, source_id: str, tags: Iterable[str]) -> None:
        """Replace the tags of a source; each is written as it is on other sources.

        Args:
            source_id: Id of the source.
            tags: The new tags.
        """

    def change(self, source_ids: Collection[str], add: Iterable[str] = (), take: Iterable[str] = ()) -> None:
        """Add and remove tags of several sources; their other tags stay.

        Args:
            source_ids: Ids of the sources.
            add: Tags to add.
            take: Tags to remove, in whatever case.
        """


class SetAside(Protocol):
    """What could not be read."""

    def all(self) -> list[Failure]:
        """All failures, by path."""

    def add(self, failure: Failure, ref: str = "") -> None:
        """Remember a source that could not be read; forgotten when a source of that path is added.

        Args:
            failure: Path and reason, as shown.
            ref: The file or address to try again where that is not the path shown; empty where it is.
        """

    def forget(self, paths: Collection[str] | None = None) -> int:
        """Take these from the list, by the paths that it shows, or all; returns how many there were."""

    def refs(self, paths: Collection[str] | None = None) -> list[str]:
        """Files and addresses to read to try failures again, each once; standard input is not there any more."""


class WatchedFolders(Protocol):
    """Folders that are watched."""

    def all(self) -> list[Path]:
        """The watched folders, by name; some may not exist at the moment."""

    def watch(self, folder: Path | str) -> Path:
        """Watch a folder; returns the path that is listed."""

    def unwatch(self, folder: Path | str) -> None:
        """Stop watching a folder; its sources are kept. Raises :class:`LibraryError` where it is not watched."""


class FileRecords(Protocol):
    """What is remembered of files."""

    def rows(self, paths: Collection[bytes]) -> dict[bytes, dict[str, Row]]:
        """Records of these files, by path and part."""

    def note(self, notes: Sequence[Note]) -> list[tuple[str, SafeText]]:
        """Remember what was read. The sources are there, and they are the newest versions of themselves."""

    def replace(self, changed: Sequence[tuple[str, Note]]) -> list[tuple[str, SafeText]]:
        """Remember what was read from files that held other sources, by id, before; those get newer versions."""

    def was_removed(self, source_id: str) -> bool:
        """Whether the user removed the source, although its file lies in a watched folder."""

    def contents(self, path: bytes, parts: Collection[str]) -> None:
        """Forget the parts of a file that are not in it any more.

        Args:
            path: The file, an archive or a mail.
            parts: The parts that are in it.
        """

    def vanished(self, roots: Iterable[str]) -> Fate:
        """Find out which of the files at and below ``roots`` are gone, and what became of their sources."""


class KeptSearches(Protocol):
    """Searches that are kept, and those of before."""

    def saved(self) -> list[SavedSearch]:
        """Every kept search by name, with how many sources it finds and how many of these came since the last look."""

    def query(self, name: str) -> SafeText | None:
        """The query of a saved search; None where there is none of that name."""

    def save(self, name: str, query: str) -> None:
        """Save a search, replacing another of that name. Its current hits count as seen.

        Args:
            name: The name, in one line; it must not be empty.
            query: The query.
        """

    def remove(self, name: str) -> None:
        """Keep a search no longer. Raises :class:`LibraryError` where there is none of that name."""

    def mark_seen(self, name: str) -> None:
        """Note that its hits were looked at: only those that come from now on are new."""

    def past(self, prefix: str = "", limit: int = 20) -> list[SafeText]:
        """Past queries that begin as ``prefix`` does, in any case, the latest first.

        Args:
            prefix: Beginning of the queries.
            limit: Upper bound on the queries returned.
        """

    def remember(self, query: str) -> None:
        """Note what was asked. The latest 500 queries are kept; an empty one is not."""

    def forget_past(self) -> None:
        """Forget what was asked before."""


class EntityEditing(Protocol):
    """What is said of entities."""

    def all(self) -> list[EntityEdit]:
        """The edits in force, the oldest first."""

    def merge(self, kind: EntityType, name: str, into: str, into_kind: EntityType | None = None) -> EntityEdit:
        """Merge an entity into another one that is in the library.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
            into: Canonical name of the other one.
            into_kind: Type of the other one; None for the same type.
        """

    def rename(self, kind: EntityType, name: str, to: str) -> EntityEdit:
        """Give an entity another name.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
            to: The new name, which no other entity of this type may have.
        """

    def retype(self, kind: EntityType, name: str, to_kind: EntityType) -> EntityEdit:
        """Change an entity's type; where one of that name and type exists already, the two are merged.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
            to_kind: The new type.
        """

    def split(
        self, kind: EntityType, name: str, written: str, to: str, to_kind: EntityType | None = None
    ) -> EntityEdit:
        """Assign one way of writing an entity to another entity, which may be new.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
            written: The way of writing, as in the text.
            to: Canonical name of the other entity.
            to_kind: Type of the other entity; None for the same type.
        """

    def remove(self, kind: EntityType, name: str) -> EntityEdit:
        """Mark a name as no entity. Its words are still found as words.

        Args:
            kind: Type of the entity.
            name: Its canonical name.
        """

    def undo(self) -> SafeText | None:
        """Undo the last edit and return it; None where there is none."""

    def take_back(self, number: int) -> EntityEdit:
        """Undo one edit by its number. Raises :class:`LibraryError` where a later edit builds on it."""
