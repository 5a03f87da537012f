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
from briefing.library.store import source_rows
from briefing.model.review import Review

if TYPE_CHECKING:
    from briefing.library.search.search import Running
    from briefing.library.store.database import Store
    from briefing.library.store.reviews import Judging
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

    @property
    def _verdicts(self) -> "Judging":
        return verdicts

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
