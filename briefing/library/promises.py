"""What a library promises to the other rooms, whatever keeps it: types only, of which nothing is there at run time.

:class:`briefing.library.Library` keeps these promises over a file and over a server, and the type checker holds it to
them. What is said of each call more closely stands with its implementation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from briefing.library.entities.cards import About
    from briefing.library.errors import Damaged
    from briefing.library.library import Library
    from briefing.library.search.fact_filter import FactFilter
    from briefing.library.search.search import SearchOrder
    from briefing.library.store.file_records import Fate, Note, Row
    from briefing.library.store.reviews import Edited
    from briefing.library.store.writer import Item
    from briefing.model.answers import Facets, SavedSearch, SearchResult, Suggestion
    from briefing.model.entity_card import EntityCard
    from briefing.model.entity_edit import EntityEdit
    from briefing.model.facts import Extraction
    from briefing.model.kinds import EntityType, FactKind
    from briefing.model.listing import Failure, SourceRow, Totals
    from briefing.model.mentions import Mentions
    from briefing.model.review import Review, ReviewState
    from briefing.model.safetext import SafeText
    from briefing.model.selection import Group, GroupBy, Order, SourceFilter
    from briefing.model.source import Source


class Tagged(Protocol):
    """Tags."""

    def of(self, source_id: str) -> list[SafeText]:
        """The tags of a source, in alphabetical order."""

    def all(self) -> list[tuple[SafeText, int]]:
        """Every tag in use, in alphabetical order, with the number of its sources."""

    def set(self, source_id: str, tags: Iterable[str]) -> None:
        """Give a source these tags and no others; each is written as it is on other sources."""

    def change(self, source_ids: Collection[str], add: Iterable[str] = (), take: Iterable[str] = ()) -> None:
        """Put tags on several sources and take others off; what else these have stays."""


class SetAside(Protocol):
    """What could not be read."""

    def all(self) -> list[Failure]:
        """What was set aside, by path."""

    def add(self, failure: Failure, ref: str = "") -> None:
        """Remember a source; forgotten when a source of that path is added."""

    def forget(self, paths: Collection[str] | None = None) -> int:
        """Take these from the list, by the paths that it shows, or all; how many there were."""

    def refs(self, paths: Collection[str] | None = None) -> list[str]:
        """What to read to try these again, or all; each file once, by path. What was piped in is not there any more."""


class WatchedFolders(Protocol):
    """Folders that are watched."""

    def all(self) -> list[Path]:
        """The watched folders, by name; some may not be there at the moment."""

    def watch(self, folder: Path | str) -> Path:
        """Put a folder on the list; how it is listed."""

    def unwatch(self, folder: Path | str) -> None:
        """Take a folder from the list; what came from it stays. Raises :class:`LibraryError` where it is not on it."""


class FileRecords(Protocol):
    """What is remembered of files."""

    def rows(self, paths: Collection[bytes]) -> dict[bytes, dict[str, Row]]:
        """What is known of these files, and by part of what is in them."""

    def note(self, notes: Sequence[Note]) -> list[tuple[str, SafeText]]:
        """Remember what was read. The sources are there, and they are the newest versions of themselves."""

    def replace(self, changed: Sequence[tuple[str, Note]]) -> list[tuple[str, SafeText]]:
        """Remember what was read from files that held other sources, by id, before; those get newer versions."""

    def was_removed(self, source_id: str) -> bool:
        """Whether the reader took the source out of the library, although its file lies in a watched folder."""

    def contents(self, path: bytes, parts: Collection[str]) -> None:
        """Of what is in a file, remember only these parts: the others are not in it any more."""

    def vanished(self, roots: Iterable[str]) -> Fate:
        """Find out which of the files at and below ``roots`` are gone, and what became of their sources."""


class KeptSearches(Protocol):
    """Searches that are kept, and those of before."""

    def saved(self) -> list[SavedSearch]:
        """Every kept search by name, with how many sources it finds and how many of these came since the last look."""

    def query(self, name: str) -> SafeText | None:
        """What the search of that name asks for; None where there is none."""

    def save(self, name: str, query: str) -> None:
        """Keep a search under a name, in place of another of that name. What it finds now counts as seen."""

    def remove(self, name: str) -> None:
        """Keep a search no longer. Raises :class:`LibraryError` where there is none of that name."""

    def mark_seen(self, name: str) -> None:
        """Note that its hits were looked at: only those that come from now on are new."""

    def past(self, prefix: str = "", limit: int = 20) -> list[SafeText]:
        """What was asked before and begins so, in any case, the latest first."""

    def remember(self, query: str) -> None:
        """Note what was asked. The latest 500 queries are kept; an empty one is not."""

    def forget_past(self) -> None:
        """Forget what was asked before."""


class EntityEditing(Protocol):
    """What is said of entities."""

    def all(self) -> list[EntityEdit]:
        """The edits that hold, the oldest first."""

    def merge(self, kind: EntityType, name: str, into: str, into_kind: EntityType | None = None) -> EntityEdit:
        """The entity ``name`` is the entity ``into``, of the same type without ``into_kind``."""

    def rename(self, kind: EntityType, name: str, to: str) -> EntityEdit:
        """The entity is called ``to``, which no other one of its type is."""

    def retype(self, kind: EntityType, name: str, to_kind: EntityType) -> EntityEdit:
        """The entity is of another type. Where one of that name and type is there already, it is that one."""

    def split(
        self, kind: EntityType, name: str, written: str, to: str, to_kind: EntityType | None = None
    ) -> EntityEdit:
        """Where the entity is written as ``written``, it is ``to``: another entity that is there, or a new one."""

    def remove(self, kind: EntityType, name: str) -> EntityEdit:
        """What is so called is no entity. Its words are found as words only."""

    def undo(self) -> SafeText | None:
        """Take the last edit back; what that one said, None where there is none."""

    def take_back(self, number: int) -> EntityEdit:
        """Take one edit back; raises where a later one is about what came of it."""


class Opened(Protocol):
    """A library that is open."""

    @property
    def read_only(self) -> bool:
        """Whether the file can only be read: then whatever would write raises :class:`LibraryReadOnly`."""

    def require_writable(self) -> None:
        """Raise :class:`LibraryReadOnly` where the library can only be read, before any work is begun."""

    def close(self) -> None:
        """Let go of the file."""

    def interrupt(self) -> None:
        """Stop the searches that run in other threads."""

    def totals(self) -> Totals:
        """How much the library holds."""

    def damaged(self) -> Iterator[Damaged]:
        """Look into every source there is: what is wrong with those that cannot be unpacked any more."""


class Filled(Protocol):
    """Sources come in and go out."""

    def add(self, source: Source, extraction: Extraction) -> SourceRow:
        """Put a source in, or its new extraction in place of the old one. Its verdicts stay where they still fit."""

    def add_all(self, items: Sequence[Item]) -> list[SourceRow]:
        """Put all of them in, or none where that fails; much faster than one by one."""

    def remove(self, *source_ids: str) -> None:
        """Take sources out, with all that was found in them and thought of them."""

    def on_removal(self, forget: Callable[[Collection[str]], None]) -> None:
        """Have this called with the ids of sources that were taken out."""

    def fail(self, failure: Failure) -> None:
        """Remember a source that was set aside; forgotten when a source of that path is added."""

    def failures(self) -> list[Failure]:
        """Sources that were set aside, by path."""

    def next_place(self) -> int:
        """The place, in the order of adding, after all that are taken."""


class Lists(Protocol):
    """Sources as lines of lists."""

    def sources(
        self,
        order: Order = "newest",
        text: str = "",
        offset: int = 0,
        limit: int = 200,
        *,
        where: SourceFilter = ...,
        group: Group | None = None,
    ) -> list[SourceRow]:
        """A page of the sources that pass the filter ``where``, or those of one :meth:`groups` of them."""

    def groups(self, by: GroupBy, where: SourceFilter = ...) -> list[Group]:
        """The groups, with their numbers, that the sources which pass a filter fall into; first the pinned ones."""

    def count(self, where: SourceFilter = ...) -> int:
        """How many sources pass a filter."""

    def row(self, source_id: str) -> SourceRow:
        """A source as a line of a list."""

    def rows(self, source_ids: Collection[str]) -> dict[str, SourceRow]:
        """Sources as lines of a list, by id; ids that are not in the library are left out."""


class Texts(Protocol):
    """Sources themselves, and what was found in them."""

    def source(self, source_id: str) -> Source:
        """A source with its text."""

    def extraction(self, source_id: str) -> Extraction:
        """All that was found in a source."""

    def marked(self, source_id: str, text: str) -> tuple[Extraction, Mentions]:
        """The same as the reader holds it of the source in sight, whose ``text`` it has: the mentions in columns."""

    def extractors(self, source_ids: Collection[str]) -> dict[str, str]:
        """The fingerprints of the extractors that read these sources; ids that are not in the library are left out."""

    def has(self, source_id: str) -> bool:
        """Whether the library holds a source with this id."""

    def outdated(self, fingerprint: str) -> int:
        """How many sources were read by another extractor than the one with this fingerprint. Quick at any size."""

    def outdated_ids(self, fingerprint: str) -> Iterator[str]:
        """The ids of these sources, read as they are asked for."""

    def resolve(self, ref: str) -> str:
        """The id that ``ref`` is, or begins. Raises :class:`LibraryError` where none or several do."""


class Judged(Protocol):
    """What people make of sources and facts."""

    def review(
        self, source_id: str, kind: FactKind, key: str, state: ReviewState, edited: Edited | None = None
    ) -> Review:
        """Say what the reader thinks of the fact with this key; ``unreviewed`` takes it back."""

    def undo_review(self) -> Review | None:
        """Take the last verdict back; what holds for its fact now, or None where there is nothing to take back."""

    def reviews(self, source_id: str) -> dict[str, Review]:
        """The verdicts on a source's facts, by the facts' keys."""

    def pin(self, source_id: str, pinned: bool = True) -> None:
        """Put a source before all others, whatever the order, or back where it belongs."""

    def mark_read(self, source_id: str, read: bool = True) -> None:
        """Note that a source was read."""

    def mark_reviewed(self, source_id: str, reviewed: bool = True) -> None:
        """Note that the review of a source is done."""

    def position(self, source_id: str) -> int:
        """Where the reader left a source: an offset in its text."""

    def set_position(self, source_id: str, position: int) -> None:
        """Note where the reader is in a source."""


class Entities(Protocol):
    """Names over all sources."""

    def entity(self, name: str, kind: EntityType, *, about: About = (), occurrences: int = 200) -> EntityCard:
        """All that is known of one entity over all sources; ``about`` is what lexicons say of it."""

    def entities(self, prefix: str = "", limit: int = 50) -> list[tuple[SafeText, EntityType, int]]:
        """Entities with a word that begins so, in their name or in an alias: name, type and number of sources."""

    def entity_counts(self, name: str, kind: EntityType) -> tuple[int, int]:
        """How many mentions an entity has, and in how many sources."""


class Searched(Protocol):
    """Finding sources, and how to go on."""

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        order: SearchOrder = "auto",
        within: Collection[str] | None = None,
        typing: bool = False,
    ) -> SearchResult:
        """A page of the sources that answer ``query``, in the language of :mod:`briefing.library.search.query`."""

    def facets(
        self, query: str, *, within: Collection[str] | None = None, typing: bool = False, limit: int = 8
    ) -> Facets:
        """What the sources that answer ``query`` have in common: entities by type, publishers, years, tags."""

    def suggest(self, query: str, cursor: int, limit: int = 8) -> list[Suggestion]:
        """Ways to go on with ``query``, typed up to ``cursor``: fields, names, tags, values, searches of before."""

    def matches(self, query: str, source_id: str, *, typing: bool = False) -> list[tuple[int, int]]:
        """Where what ``query`` asks for stands in a source's text, in order: the places that make it a hit."""

    def with_facts(self, wanted: FactFilter) -> Iterator[SourceRow]:
        """The sources that may have facts of that kind, the newest first; their facts tell whether they do."""


class AnyLibrary(Opened, Filled, Lists, Texts, Judged, Entities, Searched, Protocol):
    """All that a library promises, whatever keeps it. Everything raises :class:`LibraryError`."""

    @property
    def tags(self) -> Tagged:
        """The tags that the reader puts on sources."""

    @property
    def set_aside(self) -> SetAside:
        """What could not be read or extracted."""

    @property
    def folders(self) -> WatchedFolders:
        """The folders that are watched."""

    @property
    def files(self) -> FileRecords:
        """The files that sources were read from."""

    @property
    def searches(self) -> KeptSearches:
        """Searches that are kept, and those of before."""

    @property
    def entity_edits(self) -> EntityEditing:
        """What the reader says of entities: that one is another, is called otherwise, is none."""


if TYPE_CHECKING:

    def _kept(library: Library) -> AnyLibrary:
        return library
