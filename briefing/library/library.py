"""The library's interface: sources, extractions, lists, search, reviews, entities, tags and files of one SQLite file.

What only some calls need is imported by them: the reader's first screen is a list, and should not wait for more.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from briefing.library.errors import Damaged, LibraryError
from briefing.library.judging import Judgeable
from briefing.library.store import source_lists, source_rows
from briefing.library.store.database import Database, Store
from briefing.model.kinds import EntityType
from briefing.model.listing import Failure, SourceRow, Totals
from briefing.model.safetext import SafeText
from briefing.model.selection import EVERYTHING, Group, GroupBy, Order, SourceFilter

if TYPE_CHECKING:
    from briefing.library.claim_edits import ClaimEdits
    from briefing.library.entities.cards import About
    from briefing.library.entities.edits import EntityEdits
    from briefing.library.store.failures import SetAside
    from briefing.library.store.file_records import Files
    from briefing.library.store.tags import Tags
    from briefing.library.store.watched_folders import Folders
    from briefing.library.store.writer import Item, Writer
    from briefing.library.workspaces import Workspaces
    from briefing.model.entity_card import EntityCard
    from briefing.model.facts import Extraction
    from briefing.model.mentions import Mentions
    from briefing.model.source import Source

_MERGED: Final = 3000
"""As long as it takes to cut one source out of the full-text indexes, merging them takes for so many that are there."""


class Library(Judgeable):
    """Sources, extractions, reviews and search over one SQLite file.

    May be used from any number of threads; reading never waits for writing. Several programs may have one file open.
    Everything raises :class:`LibraryError` where the file cannot be used, or no source has the id that is given.
    """

    def __init__(self, store: "Store", address: Path | str) -> None:
        super().__init__(store)
        self.address = address
        """Where it is: a file, or a database of a server."""
        self.turn: Final = Lock()
        """Held by the ingest that is at work: one after the other, so that one set of workers has the processors."""
        self._kept_writer: Writer | None = None
        self._forgetting: list[Callable[[Collection[str]], None]] = []

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Open the library in a file.

        Args:
            path: The file.
            create: Whether it is made where it does not exist.
        """
        from briefing.library.store.connection import Store as InFile
        from briefing.library.store.removal import finish

        store = InFile(path, create=create)
        finish(store)
        return cls(store, path)

    @property
    def path(self) -> Path:
        """The file; of a library on a server, its address as one."""
        return Path(self.address)

    @property
    def read_only(self) -> bool:
        """Whether the file can only be read: then whatever would write raises :class:`LibraryReadOnly`."""
        return self.store.read_only

    def require_writable(self) -> None:
        """Raise :class:`LibraryReadOnly` where the library can only be read, before any work is begun."""
        self.store.require_writable()

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, source: "Source", extraction: "Extraction") -> SourceRow:
        """Add a source, or replace its extraction. Its verdicts stay where they still fit."""
        from briefing.library.store.writer import Item

        return self.add_all([Item(source, extraction)])[0]

    def add_all(self, items: "Sequence[Item]") -> list[SourceRow]:
        """Add all of them, or none where that fails; much faster than one by one."""
        from briefing.library.store.writer import ready
        from briefing.model.fact_forms import as_found

        made = [
            ready(item._replace(extraction=as_found(item.extraction))) for item in items
        ]  # meanwhile others may write
        with self._writing() as (db, writer):
            return writer.add(db, made)

    def remove(self, *source_ids: str) -> None:
        """Remove sources with all that was found in and said of them, from every file (:meth:`on_removal` too)."""
        ids = dict.fromkeys(source_ids)
        with self._writing() as (db, writer):
            (there,) = db.execute("SELECT coalesce(max(n), 0) FROM total WHERE name = 'sources'").fetchone()
            for source_id in ids:
                writer.remove(db, source_rows.number_of(db, source_id), many=1 < len(ids) > there // _MERGED)
        self._texts.clear()
        for forget in self._forgetting:
            forget(source_ids)
        _overwrite(self.store)

    def on_removal(self, forget: Callable[[Collection[str]], None]) -> None:
        """Have this called with the ids of sources that were taken out."""
        self._forgetting.append(forget)

    @cached_property
    def set_aside(self) -> "SetAside":
        """Sources that could not be read or extracted."""
        from briefing.library.store.failures import SetAside

        return SetAside(self.store)

    @cached_property
    def folders(self) -> "Folders":
        """The folders that are watched."""
        from briefing.library.store.watched_folders import Folders

        return Folders(self.store)

    @cached_property
    def files(self) -> "Files":
        """The files that sources were read from."""
        from briefing.library.store.file_records import Files

        return Files(self.store)

    def fail(self, failure: Failure) -> None:
        """Remember a source that was set aside; forgotten when a source of that path is added."""
        self.set_aside.add(failure)

    def next_place(self) -> int:
        """The place, in the order of adding, after all that are taken."""
        with self.store.read() as db:
            return int(db.execute("SELECT coalesce(max(added), 0) + 1 FROM source").fetchone()[0])

    def sources(
        self,
        order: Order = "newest",
        text: str = "",
        offset: int = 0,
        limit: int = 200,
        *,
        where: SourceFilter = EVERYTHING,
        group: Group | None = None,
    ) -> list[SourceRow]:
        """A page of the sources that pass a filter; pinned ones first.

        Args:
            order: ``newest`` is by date published, undated sources last; ``added`` by the time they were added.
            text: Words of the title or the publisher, in short for ``where.text``; empty for none.
            offset: Sources before the page.
            limit: Sources of the page.
            where: The filter.
            group: One of the :meth:`groups` of the filtered sources; None for all.
        """
        with self.store.read() as db:
            return source_lists.listed(db, order, where._replace(text=text) if text else where, group, offset, limit)

    def groups(self, by: GroupBy, where: SourceFilter = EVERYTHING) -> list[Group]:
        """The groups, with their numbers of sources, that those which pass a filter fall into; first the pinned ones.

        A source with several tags stands in several groups.
        """
        with self.store.read() as db:
            return source_lists.groups(db, by, where)

    def count(self, where: SourceFilter = EVERYTHING) -> int:
        """Number of sources that pass a filter."""
        with self.store.read() as db:
            return source_lists.count(db, where)

    def row(self, source_id: str) -> SourceRow:
        """A source as a line of a list."""
        with self.store.read() as db:
            doc = source_rows.number_of(db, source_id)
            return source_rows.by_number(db, [doc])[doc]

    def rows(self, source_ids: Collection[str]) -> dict[str, SourceRow]:
        """Sources as lines of a list, by id; ids that are not in the library are left out."""
        marks = ",".join("?" * len(source_ids))
        with self.store.read() as db:
            found = db.execute(f"SELECT doc FROM source WHERE id IN ({marks})", [*map(source_rows.key_of, source_ids)])
            return {row.id: row for row in source_rows.by_number(db, [doc for (doc,) in found]).values()}

    def source(self, source_id: str) -> "Source":
        """A source with its text."""
        with self.store.read() as db:
            return source_rows.source_of(db, source_rows.number_of(db, source_id))

    def extraction(self, source_id: str) -> "Extraction":
        """The extraction of a source, with the edits of entities applied."""
        with self.store.read() as db:
            doc = source_rows.number_of(db, source_id)
            return source_rows.extraction_of(db, doc, source_rows.text_of(db, doc))

    def marked(self, source_id: str, text: str) -> "tuple[Extraction, Mentions]":
        """The extraction of a source, whose ``text`` the caller has, with the mentions in columns."""
        from briefing.library.store.reading_rows import marked

        with self.store.read() as db:
            found = marked(db, source_rows.key_of(source_id), text)
        if found is None:
            raise source_rows.unknown(source_id)
        return found

    def extractors(self, source_ids: Collection[str]) -> dict[str, str]:
        """The fingerprints of the extractors that read these sources; ids that are not in the library are left out."""
        marks = ",".join("?" * len(source_ids))
        with self.store.read() as db:
            found = db.execute(
                "SELECT id, coalesce(fingerprint, '') FROM source LEFT JOIN extractor ON number = extractor"
                f" WHERE id IN ({marks})",
                [source_rows.key_of(source_id) for source_id in source_ids],
            )
            return {key.hex(): fingerprint for key, fingerprint in found}

    def has(self, source_id: str) -> bool:
        """Whether the library holds a source with this id."""
        return source_id in self.extractors([source_id])

    def outdated(self, fingerprint: str) -> int:
        """Number of sources that another extractor than the one with this fingerprint read. Quick at any size."""
        with self.store.read() as db:
            return source_rows.outdated(db, fingerprint)

    def outdated_ids(self, fingerprint: str) -> Iterator[str]:
        """The ids of these sources, read as they are asked for."""
        return source_rows.outdated_ids(self.store, fingerprint)

    def resolve(self, ref: str) -> str:
        """The id that ``ref`` is, or begins. Raises :class:`LibraryError` where none or several do."""
        wanted = ref.strip().lower()
        if not wanted or len(wanted) > 64 or not set(wanted) <= set("0123456789abcdef"):
            raise LibraryError(f"“{ref}” is no id. An id is made of the digits 0 to 9 and the letters a to f.")
        low, high = bytes.fromhex(wanted.ljust(64, "0")), bytes.fromhex(wanted.ljust(64, "f"))
        with self.store.read() as db:
            found = db.execute("SELECT id FROM source WHERE id BETWEEN ? AND ? LIMIT 2", (low, high)).fetchall()
        if not found:
            raise source_rows.unknown(ref)
        if len(found) > 1:
            raise LibraryError(f"Several sources have an id that begins with {ref}. Give more of it.")
        return str(found[0][0].hex())

    def totals(self) -> Totals:
        """Totals of the library."""
        with self.store.read() as db:
            return source_rows.totals(db)

    def damaged(self) -> "Iterator[Damaged]":
        """Check every source; returns what is wrong with those that cannot be unpacked."""
        from briefing.library.store.source_rows import problem_of

        with self.store.read() as db:
            docs = db.execute("SELECT doc FROM source ORDER BY doc").fetchall()
            yield from filter(None, (problem_of(db, doc) for (doc,) in docs))

    def failures(self) -> list[Failure]:
        """Sources that were set aside, by path."""
        return self.set_aside.all()

    def entity(self, name: str, kind: EntityType, *, about: "About" = (), occurrences: int = 200) -> "EntityCard":
        """The card of one entity; ``about`` is what lexicons say of it, ``occurrences`` bounds the mentions shown."""
        from briefing.library.entities import cards

        with self.store.read() as db:
            return cards.card(db, name, kind, about, occurrences)

    def entities(self, prefix: str = "", limit: int = 50) -> list[tuple[SafeText, EntityType, int]]:
        """Entities with a word that begins as ``prefix``, in name or alias: name, type and number of sources."""
        from briefing.library.entities import cards

        with self.store.read() as db:
            return cards.listed(db, prefix, limit)

    def entity_counts(self, name: str, kind: EntityType) -> tuple[int, int]:
        """Number of mentions of an entity, and of the sources with it."""
        with self.store.read() as db:
            sql = "SELECT mentions, sources FROM entity WHERE type = ? AND name = ?"
            return db.execute(sql, (kind, name)).fetchone() or (0, 0)

    @property
    def entity_edits(self) -> "EntityEdits":
        """The user's edits of entities."""
        from briefing.library.entities.edits import EntityEdits

        return EntityEdits(self.store)

    @property
    def claim_edits(self) -> "ClaimEdits":
        """What the reader says of events and origins."""
        from briefing.library.claim_edits import ClaimEdits

        return ClaimEdits(self.store)

    @property
    def workspaces(self) -> "Workspaces":
        """Named selections of sources."""
        from briefing.library.workspaces import Workspaces

        return Workspaces(self.store)

    @property
    def tags(self) -> "Tags":
        """The user's tags."""
        from briefing.library.store.tags import Tags

        return Tags(self.store)

    @contextmanager
    def _writing(self) -> "Iterator[tuple[Database, Writer]]":
        """A transaction, and the writer that knows what is there already."""
        try:
            with self.store.write(alone=True) as db:
                self._kept_writer = self._kept_writer or self._new_writer()
                yield db, self._kept_writer
        except BaseException:
            self._kept_writer = None  # what it remembers to have added is not there
            raise

    def _new_writer(self) -> "Writer":
        from briefing.library.store.writer import Writer

        return Writer()


def _overwrite(store: Store) -> None:
    """Have nothing of what was taken out stay in the file."""
    from briefing.library.store.connection import Store as InFile
    from briefing.library.store.removal import overwrite

    if isinstance(store, InFile):
        overwrite(store)
