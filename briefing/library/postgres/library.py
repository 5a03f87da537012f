"""A library on a server: what differs from one in a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg.errors import QueryCanceled

from briefing.library.library import Library
from briefing.library.postgres import reviews as verdicts
from briefing.library.postgres.connection import Server
from briefing.library.postgres.index import ServerIndex
from briefing.library.postgres.schema import prepare
from briefing.library.store import reviews, source_rows
from briefing.model.facts import FactKind
from briefing.model.review import Review, ReviewState, remarked

if TYPE_CHECKING:
    from briefing.library.search.search import Running
    from briefing.library.store.database import Store
    from briefing.library.store.reviews import Edited
    from briefing.library.store.writer import Writer


def open_on_server(address: str, *, create: bool) -> Library:
    """Open the library in a database of a server; see :func:`briefing.library.opening.open_library`.

    Args:
        address: Address of the database.
        create: Whether to make the library where there is none.

    Raises:
        LibraryError: Where there is none, it cannot be reached, or it may not be used.
    """
    server = Server(address, ServerIndex())
    prepare(server, create=create)
    return ServerLibrary(server, address)


class ServerLibrary(Library):
    """Sources, extractions, reviews and search in a PostgreSQL database, which many people and programs may have open.

    What somebody has read, where they are in it and what they searched is theirs alone; verdicts are kept under the
    name of their author.
    """

    def position(self, source_id: str) -> int:
        """Where you left a source."""
        with self.store.read() as db:
            source_rows.number_of(db, source_id)
            found = db.execute("SELECT position FROM reading WHERE id = ?", (source_rows.key_of(source_id),)).fetchone()
            return int(found[0]) if found else 0

    def set_position(self, source_id: str, position: int) -> None:
        """Note where you are in a source."""
        _note_mine(self.store, source_id, "position", position)

    def mark_read(self, source_id: str, read: bool = True) -> None:
        """Note that you have read a source."""
        _note_mine(self.store, source_id, "was_read", int(read))

    def review(
        self,
        source_id: str,
        kind: FactKind,
        key: str,
        state: ReviewState,
        edited: "Edited | None" = None,
        *,
        note: str | None = None,
        by: str | None = None,
    ) -> Review:
        """Say what you think of the fact with this key, and why; ``unreviewed`` takes it back.

        Args:
            source_id: Id of the source.
            kind: Kind of the fact.
            key: Key of the fact.
            state: The verdict.
            edited: Corrected fields by name; None for none.
            note: The reason, if one is given.
            by: Who gave it, where that is not the connected user.
        """
        with self.store.write() as db:
            edited = remarked(edited, note, by or db.execute("SELECT current_user::text").fetchone()[0])
            doc = source_rows.number_of(db, source_id)
            return reviews.judge(db, doc, kind, key, state, edited, verdicts.put)

    def undo_review(self) -> Review | None:
        """Take your last verdict back; what holds for its fact now, or None where there is nothing to take back."""
        with self.store.write() as db:
            return verdicts.undo(db)

    def _new_writer(self) -> "Writer":
        from briefing.library.postgres.writer import ServerWriter

        return ServerWriter()

    @contextmanager
    def _stoppable(self) -> "Iterator[Running]":
        from briefing.library.search.search import Stopped

        with super()._stoppable() as running:
            try:
                yield running
            except QueryCanceled as error:
                raise Stopped from error


def _note_mine(store: "Store", source_id: str, column: str, value: int) -> None:
    """Note something of a source that is nobody else's business."""
    key = source_rows.key_of(source_id)
    with store.write() as db:
        source_rows.number_of(db, source_id)
        if not db.execute(f"UPDATE reading SET {column} = ? WHERE id = ?", (value, key)).rowcount:
            db.execute(f"INSERT INTO reading (id, {column}) VALUES (?, ?)", (key, value))


def verdicts_of(library: Library, source_id: str) -> list[tuple[str, Review]]:
    """Everybody's verdicts on the facts of a source, each with its author; of each fact first the one that holds.

    Args:
        library: The library.
        source_id: Id of the source.
    """
    with library.store.read() as db:
        return verdicts.of_authors(db, source_id)


def disputes(library: Library) -> Iterator[tuple[str, list[tuple[str, Review]]]]:
    """Facts on which people differ: the id of the source, and everybody's verdict, first the one that holds."""
    with library.store.read() as db:
        for source_id in verdicts.disputed(db):
            every = verdicts.of_authors(db, source_id)
            for key in dict.fromkeys(review.key for _, review in every):
                about = [(author, review) for author, review in every if review.key == key]
                if len({(review.state, str(review.edited)) for _, review in about}) > 1:
                    yield source_id, about
